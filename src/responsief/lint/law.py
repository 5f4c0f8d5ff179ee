"""What a rule rests on: its article, whether anybody read it there, and what the law does not allow a rule to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic, did_you_mean, finding
from responsief.laws import LAWS, links
from responsief.lint.subject import Subject, place, rewritten, scalar
from responsief.lint.words import OPEN
from responsief.source import Scalar
from responsief.syntax.nodes import Mapping, Sequence, Yaml

_KEYS: Final = frozenset({"grondslag", "aanvullen", "horen"})
_NAMED: Final = re.compile(r"(?P<naam>[A-Za-z][\w.]*(?: (?:op de|van de|inzake de|\w+)){0,4}?) (?:art\. ?|artikel )?\d")
_OWN: Final = re.compile(r"(?:arts?\.?|artikel(?:en)?|lid|bijlage|hoofdstuk|paragraaf|afdeling|§)\b", re.IGNORECASE)
_LONGEST: Final = 30  # letters of a name of a law that may be misspelt; what is longer is a regulation of somebody's own
_BY_SMALL: Final = {name.lower(): name for name in LAWS}

_EXCLUDING: Final = (
    "in geen",
    "nimmer",
    "onder geen",
    "uitzondering",
    "afgeweken",
    "afwijk",
    "hardheidsclausule",
    "uitsluitend",
)
#: words that leave no room for the circumstances of a person
_CATEGORICAL: Final = re.compile(
    r"\b(?:in geen geval|in geen enkel geval|nimmer|onder geen (?:enkele? )?(?:beding|omstandighe(?:id|den))|zonder (?:enige )?uitzondering"
    r"|(?:kan|mag|wordt) (?:hiervan |daarvan |nooit |in geen geval )*(?:nooit|niet) (?:hiervan |daarvan )?worden afgeweken|wordt (?:nooit|niet) (?:hiervan |daarvan )?afgeweken"
    r"|(?:hardheidsclausule|afwijken|afwijking)\b[^.;]{0,60}\b(?:is|zijn|wordt|blijft) (?:altijd |steeds )?(?:uitgesloten|niet mogelijk|niet van toepassing|onmogelijk)"
    r")\b(?! (?:wordt |worden )?(?:meer|hoger|langer|ten nadele)\b)",
    re.IGNORECASE,
)
#: what a court said of a hardship clause; of a criterion it says nothing
_CLAUSES_STAY_OPEN: Final = " (een hardheidsclausule mag niet bij voorbaat voor een groep dicht zijn: Rechtbank Amsterdam 28-4-2016, ECLI:NL:RBAMS:2016:2701)"
#: in a clause also a short list of who it is for; a criterion says nothing else
_ONLY: Final = re.compile(r"\buitsluitend (?:als|indien|wanneer|in geval van|bij)\b", re.IGNORECASE)


def articles(one: Subject) -> Iterator[Diagnostic]:
    """An article of a law that nobody knows under that name (there is no link then), or a ground without an article."""
    ruleset = one.ruleset
    for written in _grounds(one.root):
        at = 0
        for piece in written.value.split("; "):
            if not links(piece, ruleset.regeling, ruleset.tekst_van):
                yield from _unlinked(written, piece, at)
            at += len(piece) + 2
    for mapping in [*(m for _, m in one.criteria), *(m for _, m in one.clauses), *(m for _, m, _ in one.elsewhere)]:
        ground = scalar(mapping, "grondslag")
        if ground is not None and not re.search(r"\d", ground.value) and not OPEN.search(ground.value):
            yield finding("geen-artikel", ground.span(), grondslag=ground.value)


def _unlinked(written: Scalar, piece: str, at: int) -> Iterator[Diagnostic]:
    found = _NAMED.match(piece)
    if found is None or _OWN.match(piece):
        return
    name = found["naam"]
    if name in LAWS:  # known, and without an address: a treaty, a book of its own
        return
    meant = _BY_SMALL.get(name.lower())
    span = written.span(at, len(name))
    if meant is not None:
        better = written.value[:at] + meant + written.value[at + len(name) :]
        yield finding("wet-onbekend", span, naam=name, hulp=f"schrijf «{meant}»", herstel=rewritten(written, better))
        return
    short = " " not in name and 2 <= len(name) <= 8 and any(letter.isupper() for letter in name)
    hint = did_you_mean(name, LAWS) if short or len(name) <= _LONGEST else ""
    if hint or short:
        yield finding("wet-onbekend", span, naam=name, hulp=hint or None)


def _grounds(root: Mapping) -> Iterator[Scalar]:
    stack: list[Yaml] = [root]
    while stack:
        here = stack.pop()
        if isinstance(here, Sequence):
            stack += here.items
        elif isinstance(here, Mapping):
            for key, (_, value) in here.entries.items():
                if key in _KEYS and isinstance(value, Scalar):
                    yield value
                elif not isinstance(value, Scalar):
                    stack.append(value)


def unverified(one: Subject) -> Iterator[Diagnostic]:
    """How much of a ruleset nobody compared with its source: one tip for all of it."""
    ruleset = one.ruleset
    local = [clause for clauses in ruleset.clausules_bij.values() for clause in clauses]
    read = [term.geverifieerd for term in ruleset.begrippen.values()]
    read += [criterion.geverifieerd for criterion in ruleset.criteria]
    read += [clause.geverifieerd for clause in (*ruleset.hardheid, *local)]
    read += [said.geverifieerd for said in ruleset.samenloop]
    read += [point.geverifieerd for point in ruleset.aandacht]
    read += [value.geverifieerd for figure in ruleset.bedragen.values() for value in figure.waarden]
    count = read.count(False)
    if ruleset.geverifieerd and not count:
        return
    where = place(one.root, "geverifieerd", "regelset")
    if not ruleset.geverifieerd:
        yield finding("niet-nagelezen", where, wat="de tekst van deze regeling is")
    else:
        yield finding("niet-nagelezen", where, wat="1 onderdeel is" if count == 1 else f"{count} onderdelen zijn")


def categorical(one: Subject) -> Iterator[Diagnostic]:
    """Words that exclude everybody in advance, in a clause or in a rule of the municipality's own."""
    for clause, mapping in [*one.clauses, *((c, m) for c, m, _ in one.elsewhere)]:
        if clause.soort != "geen":  # that there is none may be said; not that one that is there never helps
            yield from _excludes(mapping, "tekst", "reikwijdte", "maatstaf", "titel", clause=True)
    for criterion, mapping in one.criteria:
        if criterion.rust_op in ("beleidsregel", "verordening"):
            yield from _excludes(mapping, "tekst", "uitleg")


def _excludes(mapping: Mapping, *keys: str, clause: bool = False) -> Iterator[Diagnostic]:
    for key in keys:
        text = scalar(mapping, key)
        suspect = text is not None and any(word in text.value.lower() for word in _EXCLUDING)
        found = _CATEGORICAL.search(text.value) if text is not None and suspect else None
        if text is not None and suspect and found is None and clause:
            found = _ONLY.search(text.value)
        if text is not None and found is not None:
            ground = _CLAUSES_STAY_OPEN if clause else ""
            yield finding("categorisch", text.span(found.start(), len(found[0])), woorden=found[0], bron=ground)
            return


def objection(one: Subject) -> Iterator[Diagnostic]:
    """Awb 6:7 gives six weeks for an objection; another term needs another article."""
    remedy = one.ruleset.rechtsmiddel
    if (
        remedy is not None
        and remedy.soort == "bezwaar"
        and remedy.grondslag.startswith("Awb 6:7")
        and remedy.termijn != "6 weken"
    ):
        procedure = one.root.get("procedure")
        way = procedure.get("rechtsmiddel") if isinstance(procedure, Mapping) else None
        where = place(way, "termijn") if isinstance(way, Mapping) else one.ruleset.span
        yield finding("bezwaartermijn", where, termijn=remedy.termijn)
