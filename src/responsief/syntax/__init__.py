"""What was written: untyped nodes with their places."""
