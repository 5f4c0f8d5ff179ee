"""Counts per ruleset, by household form and age: gathered per part, added up, and shown only as far as they tell of ten or more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.difference.report import SAMEN, Group, Impact
from responsief.frozen import dataclass
from responsief.ir.ruleset import Ruleset
from responsief.population.impact import PER_YEAR
from responsief.population.shield import ANDERE, K, Tally, shielded, shown_reasons
from responsief.scan.groups import AGE, FORM
from responsief.scan.modes import ABOUT, PERHAPS, Looked, Mode
from responsief.tables.layout import KEY

if TYPE_CHECKING:
    import polars as pl

DIVISIONS: Final = (FORM, AGE)
MOST_OPEN: Final = 8
MOST_EXTRA: Final = 10  # ids that are told of each thing that was asked beside the outcome
STEP: Final = 10  # in which such counts are told: several are about the same people


@dataclass(frozen=True, slots=True)
class Counted:
    """What a report may say of one ruleset: its groups as `shielded` gives them. A cell stands as a transition to itself."""

    regelset: Ruleset
    beeld: Impact
    kan_weten: bool = True  # of niet-gebruik: is there anything that says who receives it?
    nog_open: tuple[
        tuple[str, int | None], ...
    ] = ()  # criteria that keep people from an outcome, with how many; None: of nearly all
    extra: Mapping[str, tuple[tuple[str, int | None], ...]] = field(
        default_factory=dict
    )  # of what was asked beside the outcome the ids met most, with at least how many; None: of nearly all
    niet_te_zeggen: Mapping[str, int] = field(
        default_factory=dict
    )  # why that could not be said of others, with of at least how many
    niemand_beslist: bool = False  # could nobody be decided at all? Of fewer than k people that is not told

    @property
    def waarom_niemand(self) -> str:
        """The reason that is met most among those of whom nobody could be decided; «» where it can't be shown."""
        return next((why for why in self.beeld.niet_beslist if why != ANDERE), "")


def count_part(looked: Looked, decided: pl.DataFrame, groups: pl.DataFrame, ruleset: Ruleset, mode: Mode) -> list[list[Any]]:
    """The counts of one ruleset in one part: form, age, cell, how many, how many have an amount, and the amounts per year in cents."""
    import polars as pl

    about = ABOUT.get(mode, ("toegekend", "gedeeltelijk"))
    amount = pl.when(pl.col("cel").is_in(about) & (mode in ("recht", "niet-gebruik"))).then(pl.col("bedrag")).otherwise(None)
    yearly = amount.fill_null(0) * PER_YEAR.get(ruleset.per, 1)
    table = looked.cellen.join(groups, on=KEY).join(decided.select(KEY, "bedrag"), on=KEY)
    counted = (
        table.group_by(FORM, AGE, "cel")
        .agg(pl.len().alias("n"), (yearly > 0).sum().alias("met"), yearly.sum().alias("jaar"))
        .sort(FORM, AGE, "cel")
    )
    return [list(row) for row in counted.iter_rows()]


def open_part(looked: Looked, decided: pl.DataFrame, mode: Mode) -> dict[str, int]:
    """Of the people of whom it can't be said yet: of each criterion, of how many it is unknown."""
    import polars as pl

    cell = PERHAPS if mode == "niet-gebruik" else "onbepaald"
    if mode not in ("recht", "niet-gebruik"):
        return {}
    some = decided.join(looked.cellen.filter(pl.col("cel") == cell).select(KEY), on=KEY, how="semi")
    return {name.removeprefix("oordeel."): some[name].null_count() for name in some.columns if name.startswith("oordeel.")}


def extra_part(decided: pl.DataFrame, extra: Sequence[str]) -> dict[str, dict[str, int]]:
    """Of what was asked beside the outcome: of how many people each id was found, and («») of how many it was looked for."""
    import polars as pl

    found = {}
    for name in extra:
        told = decided[name].drop_nulls()
        ids = told.str.split(",").explode().value_counts(name="n").filter(pl.col(name) != "").sort(name)
        found[name] = {"": len(told), **dict(ids.iter_rows())}
    return found


def reasons_of(decided: pl.DataFrame) -> dict[str, int]:
    """Why people could not be decided, with how many."""
    told = decided["reden"].drop_nulls().value_counts().sort("reden")
    return dict(told.iter_rows())


def add_up(files: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """The counts of all parts together: per ruleset its rows and reasons."""
    found: dict[str, dict[str, Any]] = {}
    for path in files:
        for ruleset, told in json.loads(path.read_text(encoding="utf-8")).items():
            into = found.setdefault(
                ruleset, {"rijen": {}, "redenen": {}, "open": {}, "kan_weten": False, "extra": {}, "niet_te_zeggen": {}}
            )
            for form, age, cell, *numbers in told["rijen"]:
                kept = into["rijen"].setdefault((form, age, cell), [0, 0, 0])
                for at, number in enumerate(numbers):
                    kept[at] += number
            for name in ("redenen", "open", "niet_te_zeggen"):
                for what, number in told.get(name, {}).items():
                    into[name][what] = into[name].get(what, 0) + number
            for name, counts in told.get("extra", {}).items():
                kept_ids = into["extra"].setdefault(name, {})
                for ident, number in counts.items():
                    kept_ids[ident] = kept_ids.get(ident, 0) + number
            into["kan_weten"] = into["kan_weten"] or told["kan_weten"]
    return found


def shown(ruleset: Ruleset, told: Mapping[str, Any], population: str, k: int = K) -> Counted:
    """What may be shown of the counts of one ruleset."""
    everybody = Tally()
    groups: dict[str, dict[str, Tally]] = {name: {} for name in DIVISIONS}
    for (form, age, cell), numbers in sorted(told["rijen"].items()):
        for tally in (everybody, groups[FORM].setdefault(form, Tally()), groups[AGE].setdefault(age, Tally())):
            number, paid, yearly = numbers
            tally.add_many((cell, cell), number, (yearly, yearly), (paid, paid, 0, 0, 0))
    picture = shielded(ruleset.id, population, everybody, groups, told["redenen"], k)
    waiting = max((everybody.overgangen.get((name, name), 0) for name in (PERHAPS, "onbepaald")), default=0)
    silent = {why: n // STEP * STEP for why, n in shown_reasons(told["niet_te_zeggen"], k).items()}
    still_open = tuple(_still_open(told["open"], waiting, k))
    nobody = everybody.aantal >= k and sum(told["redenen"].values()) == everybody.aantal
    return Counted(ruleset, picture, told["kan_weten"], still_open, _extra(told["extra"], k), silent, nobody)


def why_nobody(counted: Mapping[str, Mapping[str, Any]], k: int = K) -> str | None:
    """Where nobody could be decided by any ruleset: the reason that is met most, «» where it can't be shown; None where somebody was."""
    reasons: Counter[str] = Counter()  # each ruleset shows its own: the same few people stand in all of them
    for told in counted.values():
        if sum(told["redenen"].values()) < sum(numbers[0] for numbers in told["rijen"].values()):
            return None
        reasons.update({why: n for why, n in shown_reasons(told["redenen"], k).items() if why != ANDERE})
    return next((why for why, _ in reasons.most_common()), "")


def _still_open(unknown: Mapping[str, int], everybody: int, k: int) -> Iterator[tuple[str, int | None]]:
    """The criteria that are unknown of most people; what is known of a few only is not told apart."""
    most = sorted(((n, name) for name, n in unknown.items() if n >= k), key=lambda one: (-one[0], one[1]))
    for number, name in most[:MOST_OPEN]:
        yield name, number if everybody - number == 0 or everybody - number >= k else None


def _extra(counts: Mapping[str, Mapping[str, int]], k: int) -> dict[str, tuple[tuple[str, int | None], ...]]:
    """The ids that were found most, in steps of `STEP`: of several that are about the same people no difference is told."""
    found = {}
    for name, ids in counts.items():
        everybody = ids[""]
        most = sorted(((n, ident) for ident, n in ids.items() if ident and n >= k), key=lambda one: (-(one[0] // STEP), one[1]))
        told = [(ident, n // STEP * STEP) for n, ident in most[:MOST_EXTRA]]
        found[name] = tuple([(ident, n if everybody - n >= k else None) for ident, n in told])
    return found


def cell(group: Group, name: str) -> int | None:
    """How many of a group are in a cell; None when that is not shown."""
    if group.afgeschermd and not group.overgangen:
        return None
    number = group.overgangen.get((name, name), 0)
    return number if number or not group.overgangen.get((SAMEN, SAMEN)) else None
