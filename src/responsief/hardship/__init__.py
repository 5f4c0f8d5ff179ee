"""responsief."""
