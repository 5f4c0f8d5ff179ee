"""The hardship pass: signals, clauses, alternatives, boundary, weighing -> Review. A proposal for a person who decides."""

from responsief.hardship.review import review

__all__ = ["review"]
