"""JSON Schema (2020-12) of what goes in and out: a situation, the files of a register, the JSON of decisions, acts and overviews."""

from responsief.schemas.decision import decision_schema
from responsief.schemas.editor import shipped_names
from responsief.schemas.finalised import act_schema, finalised_schema
from responsief.schemas.rights import rights_schema
from responsief.schemas.ruleset import ruleset_schema
from responsief.schemas.situation import situation_schema

__all__ = [
    "act_schema",
    "decision_schema",
    "finalised_schema",
    "rights_schema",
    "ruleset_schema",
    "shipped_names",
    "situation_schema",
]
