"""A synthetic population as tables: any size, the same for the same seed, no household like anybody's."""
