"""Every case of the shipped rulesets with what a desk decides on it: once for all tests of a process that look at it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import responsief
from responsief.decision import Decision
from responsief.desk import Desk
from responsief.register import read_files, shipped
from responsief.trial_files import Case, read_trials


class Decided(NamedTuple):
    """A case of a ruleset, and its decision."""

    ruleset: str
    case: Case
    decision: Decision


@cache
def desk() -> Desk:
    return responsief.open_desk()


@cache
def decided() -> tuple[Decided, ...]:
    found = []
    for document in read_files([shipped()]).documents["proef"]:
        file = read_trials(document, desk().register.versions)
        assert file.findings == ()
        for case in file.gevallen:
            assert case.situatie is not None
            decision = desk().decide(case.situatie, file.regelset, case.peildatum, today=case.peildatum)
            found.append(Decided(file.regelset, case, decision))
    return tuple(found)
