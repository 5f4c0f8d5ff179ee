"""What letter and note have in common: the grounds, the circumstances with their weighing, the clauses, what comes instead.

Everything here is read from the Draft; nothing is decided again. What comes out is named and numbered once, so that both
texts speak of the same «voorwaarde 2».
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from responsief.decision import Alternative, Clause, Criterion, Draft, Review, Sender, Signal, Weighing
from responsief.motivation.danger import in_confidence, in_danger
from responsief.motivation.terms import add_working_days
from responsief.motivation.words import IN_CONFIDENCE, SUGGESTED, circumstance, plain
from responsief.situation import Omstandigheid

MOST: Final = 5  # alternatives in a letter
PURPOSE: Final = (
    " Doel van de regel: "  # what the hardship pass adds to a reason; the letter has told the purpose with the ground
)
# Sensitive help that a housemate may be the last to read about: not in a letter while nobody said who reads the post. Where
# the catalogue does not say what about it is sensitive, it may be one of these.
PRIVATE: Final = frozenset({"geweld", "verslaving", "justitie", "niet_gezegd"})
_CHILD: Final = re.compile(r"kind (\d+) \((?:(\d+(?: of \d+)?) jaar|leeftijd onbekend)\)")  # as the hardship pass names a child
DEBT_HELP: Final = frozenset({"schuldhulpverlening", "schuldhulp_ondernemer"})

Consequence = Literal["afwijzen", "wegen", "deel", "wacht"]
Standing = Literal["mee", "niet", "wegen", "geen"]


class Ground(NamedTuple):
    """A criterion that stands in the way, its number on paper and what it does to the outcome."""

    number: int
    criterion: Criterion
    consequence: Consequence


class Circumstance(NamedTuple):
    """A circumstance that the client raised (or that must be weighed by name), with the suggestions about it."""

    number: int
    kind: str | None
    name: str
    told: str  # the name in the letter: of a child whose age is known with the age
    words: str | None
    evidence: tuple[str, ...]
    raised: bool  # by the client; otherwise it is weighed because the law asks for it (a child's interest, a promise)
    weighings: tuple[Weighing, ...]


class Reach(NamedTuple):
    """A clause with one status against some of the grounds."""

    clause: Clause
    numbers: tuple[int, ...]


class ToldClauses(NamedTuple):
    """What the letter says of the clauses: which can reach, which don't and are told, and whether there are others."""

    possible: tuple[Reach, ...]
    impossible: tuple[Reach, ...]
    others: bool


class Help(NamedTuple):
    """What the letter names of the help that was found. `more`: there is help that is told in person."""

    named: tuple[Alternative, ...]
    more: bool


class Case(NamedTuple):
    """A decided case, read once for both texts."""

    grounds: tuple[Ground, ...]
    circumstances: tuple[Circumstance, ...]
    reaches: tuple[Reach, ...]
    beyond: tuple[int, ...]


def read(draft: Draft) -> Case:
    """The grounds, circumstances and clauses of a decided case, named and numbered."""
    listed = grounds(draft)
    return Case(listed, circumstances(draft), reaches(draft.hardheid, listed), beyond_reach(draft.hardheid, listed))


def grounds(draft: Draft) -> tuple[Ground, ...]:
    """Every criterion that stands in the way, numbered in the order of the ruleset."""
    weigh = set(draft.te_wegen)
    return tuple([Ground(n, c, _consequence(draft, c, weigh)) for n, c in enumerate(draft.failed, 1)])


def _consequence(draft: Draft, criterion: Criterion, weigh: set[str]) -> Consequence:
    if criterion.id in weigh:
        return "wegen"
    if criterion.gevolg == "deel" and criterion.id not in draft.afgewezen_op:
        return "deel"
    if criterion.gevolg == "wacht_tot" and draft.uitkomst == "wacht":
        return "wacht"
    return "afwijzen"


def circumstances(draft: Draft) -> tuple[Circumstance, ...]:
    """Every circumstance of the situation, in the client's order, then what the review weighs besides those."""
    left: dict[tuple[str, str | None], list[Weighing]] = {}
    for weighing in draft.hardheid.weging if draft.hardheid else ():
        left.setdefault((weighing.omstandigheid, weighing.woorden), []).append(weighing)
    every = tuple(left.items())
    found: list[Circumstance] = []
    for one in draft.situatie.omstandigheden or ():
        own: list[Weighing] = []
        for key, weighings in every:
            if _about(key, one):
                own += weighings
                left.pop(key, None)
        papers = tuple([paper for paper in one.bewijs or () if paper and plain(paper)])
        words = one.woorden if one.woorden and plain(one.woorden) else None
        name = circumstance(one.soort)
        found.append(Circumstance(len(found) + 1, one.soort, name, name, words, papers, True, tuple(own)))
    children = _children([words for kind, words in left if kind == "belang_van_kind" and words])
    for (kind, told), others in left.items():
        name = circumstance(kind)
        found.append(Circumstance(len(found) + 1, kind, name, children.get(told or "", name), told, (), False, tuple(others)))
    return tuple(found)


def _children(named: list[str]) -> dict[str, str]:
    """How the letter names each child («kind 1 (12 jaar)»): by age, and by number where that would be the same name."""
    if not named:
        return {}
    found = {words: match for words in named if (match := _CHILD.fullmatch(words))}
    names = {words: "Het belang van uw kind" + (f" van {m[2]} jaar" if m[2] else "") for words, m in found.items()}
    same = Counter(names.values())
    return {words: name if same[name] == 1 else f"{name} (kind {found[words][1]})" for words, name in names.items()}


def _about(key: tuple[str, str | None], one: Omstandigheid) -> bool:
    """Are the weighings of this kind, with these words, about this circumstance?"""
    kind, told = key
    if told is not None and one.woorden is not None:
        return kind in (one.soort or "overig", "overig") and (told == one.woorden or plain(told) == plain(one.woorden))
    return kind == (one.soort or "overig") and not (told and one.woorden is None)


def standing(item: Circumstance) -> tuple[Standing, tuple[str, ...]]:
    """What the suggestions come to, and their reasons. `geen`: no clause reaches, so the circumstance can't change the outcome.

    None of these is the weighing: a person does that.
    """
    reached = [w for w in item.weighings if w.clausule is not None]
    for key, suggestion in (("mee", "weegt_mee"), ("wegen", "nog_te_wegen"), ("niet", "weegt_niet_mee")):
        own = [w for w in reached if w.voorstel == suggestion]
        if own:
            return key, tuple(dict.fromkeys(w.reden for w in own))  # type: ignore[return-value]  # the keys above are Standing
    if item.weighings:
        return "geen", tuple(dict.fromkeys(w.reden for w in item.weighings))
    return "wegen", ()


def reaches(review: Review | None, listed: tuple[Ground, ...]) -> tuple[Reach, ...]:
    """The clauses, entries of one clause with the same status and reason together; those that reach come first."""
    if review is None:
        return ()
    number = {ground.criterion.id: ground.number for ground in listed}
    together: dict[tuple[str, str, str], tuple[Clause, list[int]]] = {}
    for clause in review.clausules:
        _, numbers = together.setdefault((clause.id, clause.status, clause.reden), (clause, []))
        if clause.criterium in number:
            numbers.append(number[clause.criterium])
    rank = {"in_bereik": 0, "onbekend": 1, "buiten_bereik": 2, "geblokkeerd": 3}
    return tuple(
        sorted((Reach(c, tuple(sorted(n))) for c, n in together.values()), key=lambda reach: rank[reach.clause.status])
    )


@lru_cache(maxsize=4096)
def own_questions(questions: tuple[str, ...]) -> tuple[str, ...]:
    """The questions that somebody wrote; not the list of every circumstance that a clause names."""
    return tuple([question for question in questions if question.strip() and not question.startswith(SUGGESTED)])


def beyond_reach(review: Review | None, listed: tuple[Ground, ...]) -> tuple[int, ...]:
    """The grounds of a refusal that no clause reaches while another ground is reached: a deviation alone can't carry a grant."""
    if review is None:
        return ()
    open_to = {c.criterium for c in review.clausules if c.status in ("in_bereik", "onbekend") and c.soort != "groepsniveau"}
    shut = tuple([g.number for g in listed if g.consequence == "afwijzen" and g.criterion.id not in open_to])
    return shut if any(g.criterion.id in open_to for g in listed) else ()


def violent(draft: Draft) -> bool:
    """Is there violence or danger, by the facts or in her words? Then a housemate must not read the client's own words."""
    return in_danger(draft.situatie)


def discreet(draft: Draft, sender: Sender) -> bool:
    """Must the letter say nothing that a housemate could read something in?

    Where violence or danger is told, unless it is known that nobody else reads the post; of distress, addiction or shelter
    where it is known that somebody does.
    """
    if sender.gedeeld_adres is False:
        return False
    return violent(draft) or (sender.gedeeld_adres is True and in_confidence(draft.situatie))


def unsafe(path: str, sender: Sender, *values: str | None) -> bool:
    """Is this a fact about safety or shelter, at an address where others may read the post? Then it is asked in person."""
    if sender.gedeeld_adres is False:
        return False
    return path.startswith("veiligheid") or (path.startswith("wonen.") and "opvang" in values)


def confidential(item: Circumstance, sender: Sender) -> bool:
    """Must this circumstance stay out of the letter by name, because others may read the post?"""
    return item.kind in IN_CONFIDENCE and sender.gedeeld_adres is not False


def for_letter(draft: Draft, sender: Sender) -> Help:
    """The alternatives that a letter may name, at most five, in the order of the review.

    Not: what lies outside the law, own strength that the client didn't raise, and what a housemate must not read. Of those
    five what is left out counts as one: the letter says that there is more, in every such letter in the same words.
    """
    if draft.hardheid is None:
        return Help((), more=False)
    situation = draft.situatie
    raised = bool(situation.krachten or situation.netwerk or situation.plan.doelen)
    fit = [one for one in draft.hardheid.alternatieven if one.soort != "buiten_wet" and (raised or one.soort != "eigen_kracht")]
    quiet = discreet(draft, sender)
    shown = [one for one in fit if not _in_person(one, sender, quiet)]
    more = shown[:MOST] != fit[:MOST]
    return Help(tuple(shown[: MOST - more]), more)


def _in_person(one: Alternative, sender: Sender, quiet: bool) -> bool:
    """Must this not be named in a letter? Where nobody said who reads the post, only what may bring danger or shame."""
    if not one.gevoelig or sender.gedeeld_adres is False:
        return False
    return sender.gedeeld_adres is True or quiet or one.gevoelig in PRIVATE


def clauses_told(draft: Draft, case: Case) -> ToldClauses:
    """What the letter says of the clauses. A clause that reaches elsewhere is for the note, with two exceptions.

    The regulation's own hardship clause, and the only clause there is: whoever knows of it wants to know why not.
    """
    named = [reach for reach in case.reaches if reach.clause.soort != "geen"]
    possible = tuple([r for r in named if r.clause.status in ("in_bereik", "onbekend") and r.clause.soort != "groepsniveau"])
    if draft.uitkomst == "onbepaald":
        return ToldClauses(possible, (), others=False)
    titles = {reach.clause.titel for reach in possible}
    rest = [reach for reach in named if reach.clause.titel not in titles]
    only = len({reach.clause.id for reach in named}) == 1
    told = tuple([r for r in rest if only or r.clause.status == "geblokkeerd" or r.clause.soort == "verordening_clausule"])
    return ToldClauses(possible, told, others=len(told) < len(rest))


def signals(draft: Draft) -> tuple[Signal, ...]:
    """The signals of the case: of the review, or of a full grant those that can't wait."""
    return draft.hardheid.signalen if draft.hardheid is not None else draft.haast


_MUNICIPAL: Final = re.compile(r"\b(?:college|burgemeester|gemeente)")


def municipal(draft: Draft) -> bool:
    """Does the municipality decide here? What the law asks of a municipality, no other body can promise."""
    return _MUNICIPAL.search(draft.regeling.orgaan.lower()) is not None


def counted_from(draft: Draft) -> date:
    """From which day a legal term for a talk counts: the reference date, and never before the client came."""
    asked = draft.situatie.aanvraag
    came = [day for day in (asked.gemeld_op, asked.ontvangen_op) if isinstance(day, date)]
    return max(draft.peildatum, min(came)) if came else draft.peildatum


def legal_day(draft: Draft) -> tuple[Signal, date] | None:
    """The first day, from the reference date, by which a statute asks for something, and the signal that it comes from.

    What must happen at once has no day: the letter asks to call today.
    """
    legal = [s for s in signals(draft) if s.urgentie_uit == "wet" and s.urgentie_werkdagen]
    if not legal or not municipal(draft):
        return None
    first = min(legal, key=lambda s: (s.urgentie_werkdagen, not debt_talk(s)))
    try:
        return first, add_working_days(counted_from(draft), first.urgentie_werkdagen or 0)
    except OverflowError:
        return None


def debt_talk(signal: Signal) -> bool:
    """Does the law promise a conversation about debts here (Wgs 4 lid 2)?"""
    return signal.geverifieerd and "Wgs 4 lid 2" in signal.grondslag and not DEBT_HELP.isdisjoint(signal.biedt)


def unverified(draft: Draft) -> tuple[str, ...]:
    """What rests on a text that nobody has compared with its source yet, by name and article."""
    regulation, review = draft.regeling, draft.hardheid
    found = [] if regulation.geverifieerd else [f"de regelset als geheel ({regulation.regelset}, versie {regulation.versie})"]
    found += [f"voorwaarde «{c.titel}» ({c.grondslag})" for c in draft.criteria if not c.geverifieerd]
    found += [f"aandachtspunt ({a.grondslag})" for a in draft.aandacht if not a.geverifieerd]
    if review:
        found += [f"clausule «{c.titel}» ({c.grondslag})" for c in review.clausules if not c.geverifieerd]
        found += [f"signaal: {s.label} ({s.grondslag})" for s in review.signalen if not s.geverifieerd]
        doubtful = [a.titel for a in review.alternatieven if not a.geverifieerd]
        if doubtful:
            found.append(f"voorzieningen: {'; '.join(doubtful)}")
    return tuple(dict.fromkeys(found))
