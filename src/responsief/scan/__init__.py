"""Deciding a whole population, part by part: files in (with a mapping of their columns), results and a report out."""
