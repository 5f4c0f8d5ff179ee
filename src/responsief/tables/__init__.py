"""What a population looks like as tables: which columns there are, situations into tables, and back."""
