"""The parts of a ruleset that are compared one by one: what kind of change each is, how it is called, and in which words it is told.

What is not in these tables is compared by hand, in `written` and `catalogues`; a test holds that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from responsief.difference.pairs import same
from responsief.difference.report import Change, Richting, Wat
from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import (
    Advance,
    Area,
    Attention,
    Bar,
    Begin,
    Interaction,
    Raised,
    Reading,
    Remedy,
    TermDef,
)
from responsief.ir.types import Type
from responsief.motivation.words import AREAS, CIRCUMSTANCES, circumstance
from responsief.render.changes import Compared
from responsief.render.marks import bare, data
from responsief.render.names import ASKED, FROM, INSTRUMENTS, POWERS, REMEDIES, RESTS, WHO, enumeration, kind
from responsief.source import Span
from responsief.values import format_day, format_number


@dataclass(frozen=True, slots=True)
class Part:
    """An attribute, and which kind of change it is. `bij_meer` is the direction when it becomes more, or gets more in it
    («anders»: it can't be ordered at all)."""

    naam: str
    label: str
    wat: Wat = "tekst"
    woorden: Mapping[str, str] | None = None
    bij_meer: Richting = "gelijk"


RULESET: Final = (
    Part("titel", "titel"),
    Part("naam", "naam van de regeling"),
    Part("doel", "doel"),
    Part("leefgebieden", "leefgebieden", woorden=AREAS),
    Part("eerste_stap", "eerste stap"),
    Part("drempel", "drempel"),
    Part("voorziening", "voorziening in de catalogus"),
    Part("ter_sprake", "wanneer dit ter sprake komt"),
    Part("samenloop", "samenloop met andere regelingen"),
    Part("aandacht", "aandachtspunten"),
    Part("geverifieerd", "nagelezen"),
    Part("gelezen_vanaf", "nagelezen vanaf"),
    Part("regeling", "nummer van de regeling", "artikel"),
    Part("tekst_van", "versie van de tekst", "artikel"),
    Part("soort", "soort regeling", "artikel", INSTRUMENTS),
    Part("orgaan", "wie beslist", "procedure"),
    Part("beslistermijn", "beslistermijn", "procedure"),
    Part("aanvullen", "termijn om aan te vullen", "procedure"),
    Part("horen", "termijn om te reageren", "procedure"),
    Part("rechtsmiddel", "niet eens met het besluit", "procedure"),
    Part("voorschot", "voorschot", "procedure"),
    Part("peildatum", "peildatum", "geldigheid", bij_meer="anders"),
    Part("ingang", "vanaf wanneer er recht is", "geldigheid", bij_meer="anders"),
    Part("bekendgemaakt", "bekendgemaakt op", "geldigheid"),
)
CRITERION: Final = (
    Part("titel", "titel"),
    Part("grondslag", "artikel", "artikel"),
    Part("rust_op", "waar het op rust", "artikel", RESTS),
    Part("doel", "doel"),
    Part("uitleg", "uitleg voor de inwoner"),
    Part("tekst", "wettekst"),
    Part("bewijs", "bewijs"),
    Part("wie_wijzigt", "wie dit kan veranderen", woorden=WHO),
    Part("wat_wijzigt", "wat er kan veranderen"),
    Part("geverifieerd", "nagelezen"),
    Part("lezingen", "andere lezingen"),
    Part("bevoegdheid", "bevoegdheid", "gevolg", POWERS, "anders"),
)
CLAUSE: Final = (
    Part("titel", "titel"),
    Part("grondslag", "artikel", "artikel"),
    Part("tekst", "tekst van de clausule"),
    Part("maatstaf", "maatstaf"),
    Part("reikwijdte", "reikwijdte in woorden"),
    Part("wegen", "wat meeweegt"),
    Part("vragen", "vragen voor het gesprek"),
    Part("geverifieerd", "nagelezen"),
    Part("wie_beslist", "wie beslist", "clausule"),
)
TERM: Final = (
    Part("label", "omschrijving"),
    Part("grondslag", "artikel", "artikel"),
    Part("geverifieerd", "nagelezen"),
)
OPEN: Final = (
    Part("label", "omschrijving"),
    Part("grondslag", "artikel", "artikel"),
    Part("type", "soort waarde", "begrip"),
    Part("anders", "wat geldt als niemand het invult", "begrip"),
)
FACT: Final = (
    Part("label", "omschrijving"),
    Part("vraag", "vraag"),
    Part("van", "wie het weet", woorden=ASKED),
    Part("bewaren", "hoe lang opnieuw te gebruiken"),
    Part("eenheid", "eenheid", "begrip"),
    Part("soort", "soort waarde", "begrip"),
    Part("type", "soort waarde", "begrip"),
)
FIGURE: Final = (
    Part("label", "omschrijving"),
    Part("grondslag", "artikel", "artikel"),
    Part("indexering", "indexering", "cijfer"),
    Part("tot", "geldt tot en met", "cijfer"),
    Part("type", "soort waarde", "cijfer"),
)
PROVISION: Final = (
    *(Part(name, label, "voorziening") for name, label in (
        ("titel", "titel"), ("grondslag", "artikel"), ("wie_beslist", "wie beslist"), ("eerste_stap", "eerste stap"),
        ("drempel_reden", "reden van de drempel"), ("soort", "soort"), ("bereik", "waar het is"), ("wet", "binnen of buiten de wet"),
        ("na_te_gaan", "na te gaan"), ("zelf_uitzoeken", "zelf uit te zoeken"), ("regelset", "regelset"),
        ("gevoelig", "gevoelig"), ("geverifieerd", "nagelezen"), ("bron", "bron"), ("termijn", "termijn"), ("overdracht", "overdracht"),
    )),
    Part("drempel", "drempel", "voorziening", bij_meer="strenger"),
    Part("leefgebieden", "leefgebieden", "voorziening", AREAS, "ruimer"),
)  # fmt: skip
BUNDLE: Final = (
    Part("titel", "titel", "voorziening"),
    Part("met", "wat erin zit", "voorziening"),
    Part("waarom", "waarom", "voorziening"),
)
SIGNAL: Final = (
    *(Part(name, label, "signaal") for name, label in (
        ("dan", "naam"), ("label", "omschrijving"), ("grondslag", "artikel"), ("urgentie_uit", "waar de termijn vandaan komt"),
        ("geverifieerd", "nagelezen"), ("bron", "bron"),
    )),
    Part("als", "wanneer", "signaal", bij_meer="strenger"),  # all of them must hold
    Part("biedt", "wat het biedt", "signaal", bij_meer="ruimer"),
    Part("voorrang", "voorrang", "signaal", bij_meer="ruimer"),
    Part("urgentie_werkdagen", "binnen hoeveel werkdagen", "signaal", bij_meer="strenger"),
)  # fmt: skip
SIGNAL_FACT: Final = (Part("label", "omschrijving", "signaal"),)

OPPOSITE: Final[dict[Richting, Richting]] = {"ruimer": "strenger", "strenger": "ruimer"}


@dataclass(frozen=True, slots=True)
class Thing:
    """What a change is about: a criterion, a clause, a figure. `old` and `new` are it on both sides, each with its words."""

    id: str
    titel: str
    plaats: Span | None
    grondslag: str
    old: Any
    new: Any
    sides: tuple[Compared | None, Compared | None]

    def change(self, wat: Wat, words: Iterable[str], richting: Richting = "gelijk", label: str = "") -> Change:
        """A change of it. `words` are what it was and what it becomes; `label` says of which part."""
        was, wordt = words
        titel = f"{self.titel}: {label}" if label else self.titel
        return Change(wat, self.id, titel, was, wordt, self.plaats, richting, grondslag=self.grondslag)

    def parts(self, parts: tuple[Part, ...]) -> Iterator[Change]:
        """The changes of these parts."""
        for part in parts:
            was, wordt = getattr(self.old, part.naam), getattr(self.new, part.naam)
            if not same(was, wordt):
                told = self.told(was, wordt, part.woorden)
                yield self.change(part.wat, told, _direction(part, was, wordt), "" if part.label == "artikel" else part.label)

    def told(self, was: Any, wordt: Any, words: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Both values in words; as they were written where the words do not show the difference."""
        told = said(was, self.sides[0], words), said(wordt, self.sides[1], words)
        return told if told[0] != told[1] else apart(told[0], was, wordt)


def _direction(part: Part, was: Any, wordt: Any) -> Richting:
    """Which way a part goes: more is `bij_meer`, less the opposite, otherwise it can't be ordered."""
    if part.bij_meer in ("gelijk", "anders"):
        return part.bij_meer
    if isinstance(was, tuple) and isinstance(wordt, tuple):
        return by_members(set(was), set(wordt), part.bij_meer)
    before, after = (0 if one is None else one for one in (was, wordt))
    return part.bij_meer if after > before else OPPOSITE[part.bij_meer]


def by_members(was: set[Any], wordt: set[Any], bij_meer: Richting = "ruimer") -> Richting:
    """Which way it goes when some come in and others fall out."""
    if was == wordt:
        return "gelijk"
    return bij_meer if was < wordt else OPPOSITE[bij_meer] if wordt < was else "anders"


# --- words -------------------------------------------------------------------------------------------------------------------


def said(value: Any, side: Compared | None, words: Mapping[str, str] | None = None) -> str:
    """A value in plain words; nothing for what is not there."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case int():
            return str(value)
        case Fraction():
            return format_number(value)
        case date():
            return format_day(value)
        case str():
            return (words or {}).get(value) or bare(data(value))
        case Soort():
            return " · ".join([kind(value.naam), *(kind(o) for o in value.opties)]) + (", of geen" if value.geen else "")
        case Type():
            return f"{value}{': ' + ', '.join(kind(o) for o in value.options) if value.options else ''}"
        case (str() as what, str() as why) if what in CIRCUMSTANCES:
            return f"{circumstance(what)}: {said(why, side)}"
        case tuple() | frozenset():
            every = [said(one, side, words) for one in (sorted(value) if isinstance(value, frozenset) else value)]
            return enumeration(every)
        case _ if isinstance(value, ir.Node):
            return side.speaker.item(value).words() if side is not None else _written(value)
    told = _SAID.get(type(value))
    return bare(data(told(value, lambda node: said(node, side)))) if told is not None else str(value)


def apart(words: str, was: Any, wordt: Any) -> tuple[str, str]:
    """Two expressions of which the words are the same: as they are written, or with what makes the difference told."""
    texts = _written(was), _written(wordt)
    return texts if texts[0] != texts[1] else (words, f"{words} (anders opgeschreven, of een naam erin staat nu ergens anders)")


def _written(value: Any) -> str:
    """An expression as it stands in the file; nothing for anything else."""
    return value.place.text if isinstance(value, ir.Node) else ""


Say = Callable[[ir.Node | None], str]
_SAID: Final[dict[type, Callable[[Any, Say], str]]] = {
    Remedy: lambda v, _: (
        f"{REMEDIES.get(v.soort, kind(v.soort))} binnen {v.termijn} na {FROM.get(v.vanaf, kind(v.vanaf))}, bij {v.bij} ({v.grondslag})"
    ),
    Advance: lambda v, _: f"binnen {v.termijn} ({v.grondslag})",
    Begin: lambda v, say: f"{v.uitleg} {say(v.vanaf)} ({v.grondslag})",
    Raised: lambda v, say: f"{v.uitleg} {say(v.als)}",
    Attention: lambda v, say: f"{kind(v.soort)}: {v.tekst} ({v.grondslag}) Dit geldt hierbij: {say(v.als)}",
    Interaction: lambda v, say: f"met {v.met}: {v.tekst} ({v.grondslag}) {say(v.als)}",
    Reading: lambda v, say: f"{v.lezing}: {say(v.eis)}",
    Bar: lambda v, say: f"{say(v.als)} {v.reden} ({v.grondslag})",
    Area: lambda v, _: f"{v.naam}: {', '.join(sorted(v.gemeenten | v.deels))}",
    TermDef: lambda v, say: f"{v.tekst} ({v.grondslag}) {say(v.uiterlijk)}",
}
