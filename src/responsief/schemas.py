"""JSON Schema of what goes in and out. (Written next.)"""

from __future__ import annotations

from typing import Any

from responsief.situation import Situation


def situation_schema() -> dict[str, Any]:
    return Situation.model_json_schema()


def ruleset_schema() -> dict[str, Any]:
    return {}


def decision_schema() -> dict[str, Any]:
    return {}
