"""What can be said beside an outcome, in columns: the facts still needed, the clauses in reach, the signals that fire and what else holds.

Each is one column of ids with commas between them, in alphabetical order. It is null of whom it is not about (who gets everything, or for the
facts still needed: whose outcome is known), and of whom columns can't say it; then `buiten_extra` says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from responsief.backends.compiled import Compiled
from responsief.backends.to_columns.algebra import Expr, Space
from responsief.backends.to_columns.gaps import TO_TRY
from responsief.backends.to_columns.meaning import Meaning
from responsief.backends.to_columns.needed import OpenFacts, asked, lacking
from responsief.backends.to_columns.outcome import criteria_in_force
from responsief.frozen import dataclass
from responsief.ir.ruleset import Criterion
from responsief.ir.signals import SignalRule

Extra = Literal["nodig", "clausules", "signalen", "alternatieven"]
EXTRAS: Final[tuple[Extra, ...]] = ("nodig", "clausules", "signalen", "alternatieven")
WHY_NOT: Final = "buiten_extra"

Condition = tuple[str, int | None, bool | None]  # what it is of, its slot in the catalogue, and its value where it has none


@dataclass(frozen=True)
class Catalogue:
    """What a register's catalogue offers beside one ruleset, on a day and in a place: its program, the facts that signal rules read,
    those rules, and the provisions that can be a way out of this ruleset."""

    compiled: Compiled
    facts: tuple[Condition, ...]
    rules: tuple[SignalRule, ...]
    provisions: tuple[Condition, ...]


def beside(
    meaning: Meaning, verdict: Mapping[str, Expr], wanted: Sequence[Extra], catalogue: Catalogue | None
) -> dict[str, Expr]:
    """The columns of what is asked beside a verdict, by name. Raises GapError."""
    s, outcome = meaning.space, verdict["uitkomst"]  # of a row that is set apart it is null: nothing is told of that one
    about = s.sure(s.compare("!=", outcome, s.lit("toegekend")))
    open_case = s.sure(s.compare("=", outcome, s.lit("onbepaald")))
    columns: dict[str, Expr] = {}
    reason = s.null("text")
    for name in (one for one in EXTRAS if one in wanted):
        whom, outside = about, dict[str, Expr]()
        match name:
            case "nodig":
                facts = OpenFacts(meaning)
                found = facts.found()
                whom, outside = open_case, {TO_TRY: facts.to_be_tried(found)}
                flags = [(one.path, one.flag) for one in found]
            case "clausules":
                flags = list(_in_reach(meaning, outcome))
            case _:
                assert catalogue is not None, "signals and alternatives come from a catalogue"
                ruleset = meaning.program.ruleset
                assert ruleset is not None
                plain = meaning.operators.plain
                case = {
                    "regelset": plain(s.lit(ruleset.id)),
                    "uitkomst": plain(outcome),
                    "ontbreekt": plain(s.both((open_case, lacking(meaning)))),
                }
                offered = Meaning(
                    catalogue.compiled, meaning.today, meaning.tables.schema, meaning.stated, beside=meaning, case=case
                )
                if name == "signalen":
                    flags = list(fires(s, catalogue.rules, _holding(offered, catalogue.facts)).items())
                else:
                    flags = list(_holding(offered, catalogue.provisions).items())
                outside = offered.outside()
        sure = s.negate(s.either(outside.values()))
        columns[name] = s.choose(s.both((whom, sure)), s.joined(sorted(flags, key=lambda one: one[0])), s.null("text"))
        for why, holds in outside.items():
            reason = s.choose(s.both((whom, holds)), s.lit(why), reason)
    return columns | {WHY_NOT: reason}


def _holding(offered: Meaning, conditions: Sequence[Condition]) -> dict[str, Expr]:
    """Of each condition of the catalogue whether it is known to hold."""
    s = offered.space
    offered.prepare(slot for _, slot, _ in conditions if slot is not None)
    return {
        ident: s.sure(offered.at(slot).value) if slot is not None else s.lit(fixed is True) for ident, slot, fixed in conditions
    }


def fires(space: Space, rules: Sequence[SignalRule], facts: Mapping[str, Expr]) -> dict[str, Expr]:
    """Of each signal whether a rule gives it, when of these facts it is so whether they hold (`backends/chain.py`).

    Round after round, from nothing: a signal needs no more rounds than there are signals, and rules that go round in a circle give nothing
    that did not come from outside it.
    """
    found = dict.fromkeys((rule.dan for rule in rules), space.false)
    for _ in found:
        held = {**facts, **{name: space.either((facts.get(name, space.false), flag)) for name, flag in found.items()}}
        given: dict[str, list[Expr]] = {name: [] for name in found}
        for rule in rules:
            given[rule.dan].append(space.both(held.get(name, space.false) for name in rule.als))
        after = {name: space.either(flags) for name, flags in given.items()}
        if all(after[name] is flag for name, flag in found.items()):
            break
        found = after
    return found


def _in_reach(meaning: Meaning, outcome: Expr) -> Iterator[tuple[str, Expr]]:
    """Of each clause whether it can set a criterion aside that is in the way (`hardship/clauses.py`)."""
    s, ruleset = meaning.space, meaning.program.ruleset
    assert ruleset is not None
    failed = list(_failed(meaning, outcome))
    for clause in ruleset.hardheid:
        if (clause.vanaf is not None and meaning.today < clause.vanaf) or clause.soort == "groepsniveau":
            continue
        reached = s.either(flag for criterion, flag in failed if clause.can_reach(criterion))
        barred = s.either([s.sure(meaning.read(bar.als).value) for bar in clause.niet_als])
        yield clause.id, s.both((reached, s.negate(barred)))


def _failed(meaning: Meaning, outcome: Expr) -> Iterator[tuple[Criterion, Expr]]:
    """The criteria in the way, each with of whom (`HardCase.failed`)."""
    s = meaning.space
    refused, waits = (s.sure(s.compare("=", outcome, s.lit(word))) for word in ("afgewezen", "wacht"))
    for criterion in criteria_in_force(meaning):
        no = s.sure(s.negate(meaning.read(criterion.eis).value))
        for hers, which in asked(meaning, criterion):
            match which.gevolg:
                case "afwijzen":
                    stands = refused
                case "kan_weigeren":
                    stands = s.negate(waits)
                case "wacht_tot":
                    stands = waits
                case "deel":
                    stands = s.true
            yield which, s.both((hers, no, stands))
