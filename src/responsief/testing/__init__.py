"""What test cases are worth, and what helps to write them."""
