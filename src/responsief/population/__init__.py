"""Many households at once: a built-in set, a file of somebody's own, and what a change of regulation does to them."""
