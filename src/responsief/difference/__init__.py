"""What a change of regulation does: proved, with people in whose case it makes a difference."""
