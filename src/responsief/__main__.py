"""`python -m responsief` is the command line."""

from responsief.cli import main

main()
