"""Explained eligibility decisions for the Dutch municipal social domain, with a hardship pass on every no.

    >>> import responsief
    >>> desk = responsief.open_desk()

Names load when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from responsief.decision import Decision as Decision
    from responsief.decision import Decisions as Decisions
    from responsief.decision import Review as Review
    from responsief.decision import Sender as Sender
    from responsief.decision import Texts as Texts
    from responsief.decision_json import to_json as to_json
    from responsief.desk import Desk as Desk
    from responsief.desk import open_desk as open_desk
    from responsief.diagnostics import Diagnostic as Diagnostic
    from responsief.diagnostics import InvalidError as InvalidError
    from responsief.finalise import Act as Act
    from responsief.finalise import Finalised as Finalised
    from responsief.finalise import RefusedError as RefusedError
    from responsief.finalise import finalise as finalise_decision  # noqa: F401  # public, see _HOMES
    from responsief.finalise import finalised_json as finalised_json
    from responsief.finalise import make_act as make_act
    from responsief.finalise import parse_act as parse_act
    from responsief.finalise import read_act as read_act
    from responsief.finalise import start as start_act  # noqa: F401  # public, see _HOMES
    from responsief.intake import parse_situation as parse_situation
    from responsief.intake import read_sender as read_sender
    from responsief.intake import read_situation as read_situation
    from responsief.register import Register as Register
    from responsief.situation import Situation as Situation

# `responsief.finalise` is the package, so its function can't have that name here: both short names get their noun.
_ELSEWHERE = {"finalise_decision": "finalise", "start_act": "start"}
_HOMES = {
    "Act": "finalise",
    "Decision": "decision",
    "Decisions": "decision",
    "Desk": "desk",
    "Diagnostic": "diagnostics",
    "Finalised": "finalise",
    "InvalidError": "diagnostics",
    "RefusedError": "finalise",
    "Register": "register",
    "Review": "decision",
    "Sender": "decision",
    "Situation": "situation",
    "Texts": "decision",
    "finalise_decision": "finalise",
    "finalised_json": "finalise",
    "make_act": "finalise",
    "open_desk": "desk",
    "parse_act": "finalise",
    "parse_situation": "intake",
    "read_act": "finalise",
    "read_sender": "intake",
    "read_situation": "intake",
    "start_act": "finalise",
    "to_json": "decision_json",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605  # the table is the one list of public names


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"responsief.{_HOMES[name]}"), _ELSEWHERE.get(name, name))
    raise AttributeError(f"module 'responsief' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__name__"]
