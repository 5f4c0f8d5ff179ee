"""What a scan looks for. Each mode says of every person and ruleset in which group of the count she falls (`cel`), and which rows stand
in the file per person of that mode. None of them looks for somebody who gets too much: a scan is for what people miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from responsief.backends.explain import Explainer
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.frozen import dataclass
from responsief.ir.ruleset import Ruleset
from responsief.scan.engines import people
from responsief.scan.near import Gap, Margin, near
from responsief.scan.receives import receives
from responsief.situation import Situation
from responsief.tables.layout import KEY, Layout

if TYPE_CHECKING:
    import polars as pl

    Tables = Mapping[str, pl.DataFrame]

Mode = Literal["recht", "niet-gebruik", "bijna", "zonder-hulp"]
MODES: Final[tuple[Mode, ...]] = ("recht", "niet-gebruik", "bijna", "zonder-hulp")

UNUSED, HAS, PERHAPS_HAS, PERHAPS, OTHER = (
    "recht en krijgt het niet", "recht en krijgt het", "recht, en onbekend of iemand het krijgt", "nog niet te zeggen, en krijgt het niet",
    "geen recht, of niet te zeggen",
)  # fmt: skip
NEAR, REFUSED, NOT_REFUSED = "bijna recht", "afgewezen, niet dichtbij", "niet afgewezen"
NO_HELP, TO_CHECK, HELPED = (
    "afgewezen, niets dat helpt",
    "afgewezen, wat helpt moet nog worden nagegaan",
    "afgewezen, iets anders helpt",
)
#: the group of each mode that it is about, and that its file per person holds
ABOUT: Final[dict[str, tuple[str, ...]]] = {"niet-gebruik": (UNUSED,), "bijna": (NEAR,), "zonder-hulp": (NO_HELP, TO_CHECK)}
#: the groups of each mode in the order of a table; of «recht» these are the outcomes
CELLS: Final[dict[str, tuple[str, ...]]] = {
    "recht": ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht", "niet_beslist"),
    "niet-gebruik": (UNUSED, PERHAPS_HAS, PERHAPS, HAS, OTHER),
    "bijna": (NEAR, REFUSED, NOT_REFUSED),
    "zonder-hulp": (NO_HELP, TO_CHECK, HELPED, NOT_REFUSED),
}
_GRANTED: Final = ("toegekend", "gedeeltelijk")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a mode makes of one ruleset in one part: `cellen` with `sleutel` and `cel` of everybody, `rijen` for the file per person."""

    cellen: pl.DataFrame
    rijen: pl.DataFrame | None


class Look:
    """One mode, ready to look at the frames that an engine gives."""

    def __init__(self, mode: Mode, desk: Desk, layout: Layout, margin: Margin) -> None:
        self.mode = mode
        self.desk = desk
        self.layout = layout
        self.margin = margin

    def at(self, tables: Tables, ruleset: Ruleset, decided: pl.DataFrame, on: date) -> Looked:
        """What this mode makes of one ruleset in one part."""
        import polars as pl

        match self.mode:
            case "recht":
                return Looked(decided.select(KEY, pl.col("uitkomst").alias("cel")), None)
            case "niet-gebruik":
                return self._unused(tables, ruleset, decided, on)
            case "bijna":
                one_ground = (
                    (pl.col("uitkomst") == "afgewezen") & (pl.col("gronden") != "") & ~pl.col("gronden").str.contains(",")
                )
                found = list(self._near(tables, ruleset, decided.filter(one_ground), on))
                return self._rest(decided, found, _NEAR_COLUMNS, ruleset, REFUSED)
            case "zonder-hulp":
                found = list(self._helpless(tables, ruleset, decided.filter(pl.col("uitkomst") == "afgewezen"), on))
                return self._rest(decided, found, _HELP_COLUMNS, ruleset, HELPED)

    def _unused(self, tables: Tables, ruleset: Ruleset, decided: pl.DataFrame, on: date) -> Looked:
        import polars as pl

        told = decided.join(receives(tables, ruleset.id, ruleset.per, on), on=KEY, maintain_order="left").with_columns(
            unused_cell(pl).alias("cel")
        )
        rows = told.filter(pl.col("cel") == UNUSED).select(
            KEY,
            pl.lit(ruleset.id).alias("regelset"),
            pl.lit(", ".join(ruleset.leefgebieden)).alias("leefgebieden"),
            "uitkomst",
            "bedrag",
            pl.lit(ruleset.per).alias("per"),
            pl.lit(ruleset.eerste_stap or "").alias("eerste_stap"),
        )
        return Looked(told.select(KEY, "cel"), rows)

    def _rest(
        self,
        decided: pl.DataFrame,
        found: Sequence[tuple[Any, ...]],
        columns: Mapping[str, str],
        ruleset: Ruleset,
        refused: str,
    ) -> Looked:
        """The cells of a mode that looks at refused people one by one; the first value of what was found is the key, the last the cell."""
        import polars as pl

        rows = pl.DataFrame(
            [
                pl.Series(name, [one[at] for one in found], dtype=getattr(pl, kind))
                for at, (name, kind) in enumerate(columns.items())
            ]
        )
        cells = decided.select(KEY, "uitkomst").join(rows.select(KEY, "cel"), on=KEY, how="left", maintain_order="left")
        other = pl.when(pl.col("uitkomst") == "afgewezen").then(pl.lit(refused)).otherwise(pl.lit(NOT_REFUSED))
        named = rows.select(KEY, pl.lit(ruleset.id).alias("regelset"), pl.all().exclude(KEY, "cel"), pl.col("cel").alias("wat"))
        return Looked(cells.select(KEY, pl.coalesce("cel", other).alias("cel")), named)

    # --- one by one

    def _each(self, tables: Tables, some: pl.DataFrame) -> Iterator[tuple[int, Situation]]:
        """The situations of some people of a part."""
        import polars as pl

        wanted = some[KEY].implode()
        mine = {name: frame.filter(pl.col(KEY).is_in(wanted)) for name, frame in tables.items()}
        for key, situation in people(mine, self.layout):
            if isinstance(situation, Situation):  # who is none was not refused either
                yield key, situation

    def _near(self, tables: Tables, ruleset: Ruleset, some: pl.DataFrame, on: date) -> Iterator[tuple[Any, ...]]:
        grounds = dict(zip(some[KEY], some["gronden"], strict=True))
        for key, situation in self._each(tables, some):
            try:
                judged = self.desk.judge(situation, ruleset.id, on)
            except (InvalidError, LookupError):
                continue
            explainer = Explainer(judged.compiled, judged.verdict, judged.heard)
            criterion = next(c for c in judged.verdict.criteria if c.id == grounds[key])
            gap = near(explainer, criterion.eis, self.margin)
            if gap is not None:
                yield key, criterion.id, criterion.titel, *_numbers(gap), NEAR

    def _helpless(self, tables: Tables, ruleset: Ruleset, some: pl.DataFrame, on: date) -> Iterator[tuple[Any, ...]]:
        grounds = dict(zip(some[KEY], some["gronden"], strict=True))
        for key, situation in self._each(tables, some):
            try:
                review = self.desk.decide(situation, ruleset.id, on).hardheid
            except (InvalidError, LookupError):
                continue
            offered = review.alternatieven if review is not None else ()
            # what is there for everybody proves nothing: only what is conditional and holds counts
            if any(one.voorwaardelijk and one.past == "ja" for one in offered):
                continue
            open_ones = [one.titel for one in offered if one.voorwaardelijk]
            yield key, grounds[key], "; ".join(open_ones[:5]), TO_CHECK if open_ones else NO_HELP


def unused_cell(words: Any) -> Any:
    """Of «niet-gebruik» the cell, from `uitkomst` and `ontvangt`. `words`: polars, or narwhals."""
    granted, open_case = words.col("uitkomst").is_in(_GRANTED), words.col("uitkomst") == "onbepaald"
    has, lit = words.col("ontvangt"), words.lit
    return (
        words.when(granted & has.is_null())
        .then(lit(PERHAPS_HAS))
        .when(granted & has)
        .then(lit(HAS))
        .when(granted)
        .then(lit(UNUSED))
        .when(open_case & ~has.fill_null(True))
        .then(lit(PERHAPS))
        .otherwise(lit(OTHER))
    )


_NEAR_COLUMNS: Final = {
    KEY: "Int64", "criterium": "String", "titel": "String", "waarde": "Float64", "grens": "Float64", "verschil": "Float64", "eenheid": "String",
    "cel": "String",
}  # fmt: skip
_HELP_COLUMNS: Final = {KEY: "Int64", "gronden": "String", "na_te_gaan": "String", "cel": "String"}


def _numbers(gap: Gap) -> tuple[float, float, float, str]:
    """Value, limit and the distance between them: euros of money."""
    share = 100 if gap.soort.value == "geld" else 1
    return (
        float(gap.waarde / share),
        float(gap.grens / share),
        float(abs(gap.waarde - gap.grens) / share),
        "euro" if share == 100 else "",
    )
