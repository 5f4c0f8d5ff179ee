"""Everything that one person may be entitled to, on one page: each ruleset with its outcome, a no with its way out; what the
rights mean for each other; and what fits besides. A person decides; what is unknown is asked, never left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property, partial
from typing import Any, Final

from responsief.backends.unknown import Unknown
from responsief.decision import FORMAAT, Amount, Decision, Needed, NotDecided, NotRaised, Signal
from responsief.frozen import dataclass
from responsief.hardship.offers import LAW
from responsief.ir.nodes import Node
from responsief.ir.ruleset import Interaction, Provision, Ruleset
from responsief.ir.verdict import Uitkomst, Verdict
from responsief.register import Aids
from responsief.situation import Situation
from responsief.values import Between

ORDER: Final = ("toegekend", "gedeeltelijk", "wacht", "onbepaald", "afgewezen")
NOT_REFUSED: Final = ORDER[:-1]


@dataclass(frozen=True, slots=True)
class Seen:
    """A ruleset with its verdict, what an expression of it came to, what is still needed, and the whole decision."""

    regelset: Ruleset
    verdict: Verdict
    value: Callable[[Node], Any]
    needed: Callable[[], tuple[Needed, ...]]
    decide: Callable[[], Decision]


@dataclass(frozen=True)
class Right:
    """One right on the page. `eerste_stap` and `drempel` (1 light … 5 heavy) say how to get at it, where the ruleset does. The
    whole decision, with its review and texts, is made when it is read."""

    regelset: str
    titel: str
    uitkomst: Uitkomst
    peildatum: date
    bedrag: Amount | None
    wacht_tot: date | None
    wie: str
    eerste_stap: str | None
    drempel: int
    maak_nog_nodig: Callable[[], tuple[Needed, ...]] = field(compare=False, repr=False)
    maak_besluit: Callable[[], Decision] = field(compare=False, repr=False)

    @cached_property
    def nog_nodig(self) -> tuple[Needed, ...]:
        """What must still be known, and who supplies it; nothing where it is decided."""
        return self.maak_nog_nodig() if self.uitkomst == "onbepaald" else ()

    @cached_property
    def besluit(self) -> Decision:
        """The concept decision: every no with its grounds, its clauses and what does help."""
        return self.maak_besluit()


@dataclass(frozen=True, slots=True)
class Together:
    """What one right means for another, as it was taken into account: both by name, the article, and whether it was read."""

    regelset: str
    titel: str
    met: str
    met_titel: str
    tekst: str
    grondslag: str
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class AlsoThere:
    """A provision of the catalogue that is no ruleset here, whose conditions are known to hold."""

    id: str
    titel: str
    grondslag: str
    wie_beslist: str
    eerste_stap: str
    drempel: int
    na_te_gaan: tuple[str, ...]
    geverifieerd: bool


@dataclass(frozen=True)
class MaybeThere:
    """A provision of the law or the municipality of which not every condition is known; `vragen` are what it waits for."""

    id: str
    titel: str
    grondslag: str
    maak_vragen: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)

    @cached_property
    def vragen(self) -> tuple[str, ...]:
        """What must be known first, as questions; worked out when it is read."""
        return self.maak_vragen()


@dataclass(frozen=True)
class Overview:
    """What `rights` hands out. `rechten`: what there is a right to first, a no last; `spoed`: the signals that can't wait; `ook`:
    what of the catalogue fits besides, `misschien` of what that is not known yet."""

    peildatum: date
    gemeente: str | None
    spoed: tuple[Signal, ...]
    rechten: tuple[Right, ...]
    ook: tuple[AlsoThere, ...]
    misschien: tuple[MaybeThere, ...]
    samenloop: tuple[Together, ...]
    niet_beslist: tuple[NotDecided, ...]
    niet_ter_sprake: tuple[NotRaised, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is written from. `runs` are those of the catalogue: without a decision, and about each refusal."""

    aids: Aids
    runs: tuple[tuple[Any, ...], ...]
    situation: Situation
    day: date
    spoed: tuple[Signal, ...]
    titles: Mapping[str, str]  # of every ruleset

    def holds(self, ident: str) -> bool | None:
        """The condition of a provision: it holds when it does whichever decision it is looked at with."""
        found = [self.aids.holds(ident, run) for run in self.runs]
        return False if False in found else None if None in found else True

    @property
    def has(self) -> frozenset[str]:
        """The provisions and rulesets that she has on this day."""
        return _running(self.situation, self.day)


def overview(
    page: Page, seen: Sequence[Seen], not_decided: tuple[NotDecided, ...], not_raised: tuple[NotRaised, ...]
) -> Overview:
    """The page of one situation."""
    ranked = sorted(seen, key=lambda one: (ORDER.index(one.verdict.uitkomst), one.regelset.titel))
    fitting, open_ones = _besides(page, seen)
    return Overview(
        page.day,
        page.situation.effective.persoon.gemeente,
        page.spoed,
        tuple(map(_right, ranked)),
        tuple(map(_also, fitting)),
        tuple([MaybeThere(p.id, p.titel, p.grondslag, partial(_asked, page, p)) for p in open_ones]),
        tuple(_together(page, ranked)),
        not_decided,
        not_raised,
    )


def _right(one: Seen) -> Right:
    ruleset, verdict = one.regelset, one.verdict
    return Right(
        ruleset.id,
        ruleset.titel,
        verdict.uitkomst,
        verdict.peildatum,
        Amount(verdict.bedrag, ruleset.per) if verdict.bedrag is not None else None,
        verdict.wacht_tot,
        ruleset.orgaan,
        ruleset.eerste_stap,
        ruleset.drempel,
        one.needed,
        one.decide,
    )


def _besides(page: Page, seen: Sequence[Seen]) -> tuple[list[Provision], list[Provision]]:
    """What the law or the municipality gives besides, on conditions that hold, and what it may give: first what the signals that
    can't wait bring up. What she has already is no news."""
    situation = page.situation
    taken = {i for one in seen for i in (one.regelset.voorziening, *page.aids.by_ruleset.get(one.regelset.id, ()))} | page.has
    wanted = [*dict.fromkeys(w for w in situation.hulpvraag or () if w)]
    wanted += [b.leefgebied for b in situation.behoeften or () if b.leefgebied]
    pressing = [ident for signal in page.spoed for ident in signal.biedt]

    def order(one: Provision) -> tuple[int, int, int, int, str]:
        first = pressing.index(one.id) if one.id in pressing else len(pressing)
        need = min((wanted.index(area) for area in one.leefgebieden if area in wanted), default=len(wanted))
        return first, LAW[one.soort], need, one.drempel, one.id

    rights = sorted([p for p in page.aids.provisions if p.id not in taken and _a_right(p, page.day)], key=order)
    truths = {p.id: page.holds(p.id) for p in rights}
    return [p for p in rights if truths[p.id]], [p for p in rights if truths[p.id] is None]


def _also(one: Provision) -> AlsoThere:
    check = (*one.na_te_gaan, *one.zelf_uitzoeken)
    return AlsoThere(one.id, one.titel, one.grondslag, one.wie_beslist, one.eerste_stap, one.drempel, check, one.geverifieerd)


def _asked(page: Page, one: Provision) -> tuple[str, ...]:
    assert one.voorwaarden is not None
    if page.aids.compiled.program.slot(one.voorwaarden) is None:
        return ()
    return Unknown(page.aids.compiled, page.runs[0], page.situation, page.day).questions(one.voorwaarden)[:MOST_QUESTIONS]


MOST_QUESTIONS: Final = 3  # of one provision


def _a_right(provision: Provision, day: date) -> bool:
    """Something of the law or of the municipality that exists that day and depends on conditions. What is sensitive is for a
    conversation, not for a page."""
    valid = (provision.van is None or provision.van <= day) and (provision.tot is None or day <= provision.tot)
    lawful = provision.wet == "binnen_wet" and provision.soort in ("wettelijk", "gemeentelijk")
    return valid and lawful and provision.voorwaarden is not None and provision.gevoelig is None


def _running(situation: Situation, day: date) -> frozenset[str]:
    """The provisions and rulesets that she has on a day; of a date that is known for a part the first and last day count."""
    had = situation.eerder.voorzieningen or ()
    return frozenset(
        [
            one.regelset
            for one in had
            if one.regelset is not None
            and (since := _day(one.toegekend_op, first=True)) is not None
            and since <= day
            and not ((until := _day(one.gestopt_op, first=False)) is not None and until <= day)
        ]
    )


def _day(value: Any, *, first: bool) -> date | None:
    known = (value.lo if first else value.hi) if isinstance(value, Between) else value
    return known if isinstance(known, date) else None


def _together(page: Page, seen: Sequence[Seen]) -> list[Together]:
    """What each ruleset says of another right that comes up too: of a ruleset that does not refuse, of a provision that fits or
    that she has."""
    open_to_her = [one.regelset for one in seen if one.verdict.uitkomst in NOT_REFUSED]
    there = {ident: r.titel for r in open_to_her for ident in (r.voorziening, r.id) if ident is not None}
    has = page.has
    names = {p.id: p.titel for p in page.aids.provisions}
    decided = {ident for one in seen for ident in (one.regelset.id, one.regelset.voorziening)}

    def title(said: Interaction) -> str | None:
        if "afgewezen" in said.uitkomsten:  # where this refusal leaves the other open, that is news whether or not it came up
            return there.get(said.met) or names.get(said.met) or page.titles.get(said.met)
        if said.met in there or said.met in decided:
            return there.get(said.met)
        return names[said.met] if said.met in names and (said.met in has or page.holds(said.met)) else None

    return [
        Together(one.regelset.id, one.regelset.titel, said.met, other, said.tekst, said.grondslag, said.geverifieerd)
        for one in seen
        for said in one.regelset.samenloop
        if one.verdict.uitkomst in said.uitkomsten
        and (said.als is None or one.value(said.als) is True)
        and (other := title(said)) is not None
    ]


def rights_json(found: Overview) -> dict[str, Any]:
    """The page as stable JSON (schema: `responsief schema overzicht`): Dutch names, dates as ISO text, amounts in cents."""
    return {
        "peildatum": found.peildatum.isoformat(),
        "gemeente": found.gemeente,
        "spoed": [_fields(s, "id", "label", "grondslag", "urgentie_werkdagen", "voorrang") for s in found.spoed],
        "rechten": [_right_json(one) for one in found.rechten],
        "ook": [_fields(one, *ALSO) | {"na_te_gaan": list(one.na_te_gaan)} for one in found.ook],
        "misschien": [_fields(one, "id", "titel", "grondslag") | {"vragen": list(one.vragen)} for one in found.misschien],
        "samenloop": [_fields(one, *TOGETHER) for one in found.samenloop],
        "niet_beslist": [_fields(one, "regelset", "reden") for one in found.niet_beslist],
        "niet_ter_sprake": [_fields(one, "regelset", "titel", "reden", "oordeel") for one in found.niet_ter_sprake],
        "formaat": FORMAAT,
    }


ALSO: Final = ("id", "titel", "grondslag", "wie_beslist", "eerste_stap", "drempel", "geverifieerd")
TOGETHER: Final = ("regelset", "titel", "met", "met_titel", "tekst", "grondslag", "geverifieerd")
HELP: Final = ("id", "titel", "grondslag", "wie_beslist", "eerste_stap", "past")


def _right_json(one: Right) -> dict[str, Any]:
    amount, until = one.bedrag, one.wacht_tot
    return {
        "regelset": one.regelset,
        "titel": one.titel,
        "uitkomst": one.uitkomst,
        "peildatum": one.peildatum.isoformat(),
        "bedrag": {"centen": amount.centen, "per": amount.per} if amount is not None else None,
        "wacht_tot": until.isoformat() if until is not None else None,
        "wie_beslist": one.wie,
        "eerste_stap": one.eerste_stap,
        "drempel": one.drempel,
        "nog_nodig": [_fields(n, "gegeven", "reden", "vraag", "van") for n in one.nog_nodig],
        **_way_out(one),
    }


def _way_out(one: Right) -> dict[str, Any]:
    """What is in the way, and what can then be done; nothing of a full grant."""
    review = one.besluit.hardheid
    if review is None:
        return {"gronden": [], "clausules": [], "alternatieven": []}
    clauses = [c for c in review.clausules if c.status in ("in_bereik", "onbekend")]
    return {
        "gronden": [_fields(c, "id", "titel", "grondslag", "waarde", "grens") for c in one.besluit.draft.failed],
        "clausules": [_fields(c, "id", "grondslag", "criterium", "status", "wie_beslist") for c in clauses],
        "alternatieven": [_fields(a, *HELP) for a in review.alternatieven],
    }


def _fields(one: object, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}
