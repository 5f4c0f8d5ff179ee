"""JSON Schema (2020-12) of what goes in and out: a situation, the files of a register, and the JSON of decisions."""

from responsief.schemas.decision import decision_schema
from responsief.schemas.ruleset import ruleset_schema
from responsief.schemas.situation import situation_schema

__all__ = ["decision_schema", "ruleset_schema", "situation_schema"]
