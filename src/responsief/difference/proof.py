"""What a change does to people: each condition, the amount and the outcome of two versions, proved or with somebody as a witness.

Nee comes before unknown, and unknown before ja: a version is stricter where somebody goes down on that ladder. A question about
two versions is asked once, over the same facts; what has the same formula on both sides is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final

from responsief.analysis.answers import Answer, Outcome, Witness
from responsief.analysis.asking import WITHIN, Question, ever, never
from responsief.analysis.gate import known_there, left_alone, real, without_way_out
from responsief.analysis.view import LEAST, Budget, Side, Subject, View, readable, side_of
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool, Truth
from responsief.backends.to_z3 import Conclusion
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.difference.order import Move, Order
from responsief.difference.outcomes import LEVELS
from responsief.difference.pairs import Pair
from responsief.difference.report import Change, Example, Richting, WayOut
from responsief.frozen import dataclass
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion, Ruleset
from responsief.ir.verdict import Verdict
from responsief.render.changes import Compared, sentence_of
from responsief.render.marks import bare
from responsief.render.scope import Scope
from responsief.render.sentences import Speaker
from responsief.situation import Situation
from responsief.values import format_money

#: what all proofs about one ruleset on one day may cost: about twenty seconds. What is not proved by then says so
TOGETHER: Final = 60_000_000
PROVED: Final[Mapping[Richting, str]] = {
    "gelijk": "voor iedereen komt hetzelfde uit",
    "ruimer": "niemand gaat er door deze wijziging op achteruit",
    "strenger": "niemand gaat er door deze wijziging op vooruit",
    "anders": "voor de een wordt het beter, voor de ander slechter",
}


@dataclass(frozen=True, slots=True)
class Both:
    """Two linked versions, and the desks that decide with them."""

    subject: Subject
    was: Desk
    wordt: Desk

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.subject.sides[0], self.subject.sides[1]


def both(pair: Pair, was: Desk, wordt: Desk) -> Both:
    """The versions of a pair, over the same facts. Raises LinkError when one of them can't be decided there and then."""
    assert pair.old is not None
    assert pair.new is not None
    sides = tuple(
        side_of(desk.register, ruleset, pair.peildatum, pair.gemeente) for desk, ruleset in ((was, pair.old), (wordt, pair.new))
    )
    return Both(Subject(sides, Budget(TOGETHER)), was, wordt)


# --- on the ladder -----------------------------------------------------------------------------------------------------


def lower(one: Truth, other: Truth) -> Bool:
    """Is the other answer lower than the one: from ja to unknown or nee, or from unknown to nee?"""
    return sym.disj(sym.conj(one.yes, sym.neg(other.yes)), sym.conj(sym.neg(one.no), other.no))


def worse(one: Conclusion, other: Conclusion, times: tuple[int, int] = (1, 1)) -> Bool:
    """Is somebody worse off with the other: a lower outcome, a lower amount, or a longer wait? `times` brings both amounts to a year."""
    first, second = (_levels(c) for c in (one, other))
    lowered = [sym.conj(first[n], sym.disj(*second[:n])) for n in range(1, 4)]
    less = sym.conj(_granted(one), _granted(other), one.bedrag * times[0] > other.bedrag * times[1])
    longer = sym.conj(one.wacht, other.wacht, one.tot < other.tot)
    return sym.disj(*lowered, less, longer)


def _granted(c: Conclusion) -> Bool:
    return sym.disj(c.toegekend, c.gedeeltelijk)


def _levels(c: Conclusion) -> tuple[Bool, Bool, Bool, Bool]:
    return c.afgewezen, sym.disj(c.wacht, c.onbepaald), c.gedeeltelijk, c.toegekend


def is_worse(one: Verdict, other: Verdict, times: tuple[int, int] = (1, 1)) -> bool:
    """The same of two verdicts on one person. A ruleset that grants no amount grants nought."""
    first, second = LEVELS[one.uitkomst], LEVELS[other.uitkomst]
    amounts = min(first, second) >= 2 and (other.bedrag or 0) * times[1] < (one.bedrag or 0) * times[0]
    longer = one.wacht_tot is not None and other.wacht_tot is not None and one.wacht_tot < other.wacht_tot
    return second < first or amounts or longer


PER_YEAR: Final = {"maand": 12, "jaar": 1, "keer": 1}


# --- a ruleset ---------------------------------------------------------------------------------------------------------


def difference(
    two: Both, told: tuple[Change, ...], conditions: tuple[Change, ...]
) -> tuple[Richting, tuple[Change, ...], WayOut | None]:
    """What the second of two versions does to people: the direction of the whole, every change, and whether who is newly refused
    has a way out. `told` is what is written otherwise, `conditions` the conditions and amount in words."""
    prover = _Prover(two, {c.id: c for c in conditions if c.wat == "voorwaarde"}, {c.wat: c for c in conditions})
    proved = [*prover.criteria()]
    whole = prover.whole()
    changes = [*proved, *prover.amount(), *([whole] if whole is not None else []), *told]
    way = whole.richting if whole is not None else "gelijk"
    return way, tuple(changes), prover.way_out() if whole is not None and way != "ruimer" else None


class _Prover:
    """Asks about two versions."""

    def __init__(self, two: Both, words: Mapping[str, Change], kinds: Mapping[str, Change]) -> None:
        self.two = two
        self.words = words
        self.kinds = kinds
        self.wide = two.subject.view("counted")
        self.order = Order(*two.sides, self._as_known)
        self.within = ""  # the bounds of what `order` was told
        self.lowered: set[int] = set()  # the directions in which somebody was found for a condition
        self.met: list[tuple[Witness, Situation, tuple[Verdict, Verdict]]] = []  # who were found, and what both decide

    def _as_known(self, old: ir.Node, new: ir.Node) -> bool:
        """Is a value known with the one version exactly where it is with the other? (Of the entry of a list that is not asked.)"""
        programs = [side.compiled.program for side in self.two.sides]
        if any(program.slot(node) is None for program, node in zip(programs, (old, new), strict=True)):
            return False
        one, other = (formulas.look(node).known for formulas, node in zip(self.wide.formulas, (old, new), strict=True))
        apart = sym.disj(sym.conj(one, sym.neg(other)), sym.conj(other, sym.neg(one)))
        if _same(one, other):
            return True
        proved = self.wide.check(apart, most=LEAST) == "unsat"
        if proved and apart is not False and self.wide.facts.lists:
            self.within = WITHIN
        return proved

    def _by_order(self, move: Move, first: int) -> Answer | None:
        """Is it clear from how both versions are written that nobody goes down from the one (`first`) to the other?"""
        return Answer("bewezen", None, self.within) if move == "same" or move == ("up", "down")[first] else None

    # conditions

    @cached_property
    def moves(self) -> Mapping[str, Move]:
        """How each condition moved, as far as its words tell."""
        return self.order.criteria()

    def criteria(self) -> Iterator[Change]:
        """Every condition that is not the same for everybody, and those that are written otherwise but are."""
        then, now = (self._by_id(self.wide, at) for at in (0, 1))
        for name in {**now, **then}:
            one, other = then.get(name), now.get(name)
            known = self.words.get(name)
            if known is None and one is not None and other is not None and _alike(one[1], other[1]):
                continue
            found = self._criterion(name, known or self._unwritten((other or one)[0]))  # type: ignore[index]  # one of both is there
            if known is not None or found.richting != "gelijk":
                yield found

    def _criterion(self, name: str, words: Change) -> Change:
        def down(first: int) -> Question:
            return lambda view: lower(self._truth(view, first, name), self._truth(view, 1 - first, name))

        def clearly(first: int) -> Question:
            return lambda view: sym.conj(self._truth(view, first, name).yes, self._truth(view, 1 - first, name).no)

        def shows(first: int) -> Question:
            return lambda view: sym.conj(clearly(first)(view), self._turned(view, first))

        def replayed(first: int) -> Any:
            def replay(person: Situation) -> bool:
                verdicts = [self._verdict(at, person) for at in (first, 1 - first)]
                answers = [_answer(v, name) for v in verdicts]
                return _rank(answers[1]) < _rank(answers[0])

            return replay

        move = self.moves.get(name, "open")
        strict, loose = (
            self._by_order(move, n) or ever(self.two.subject, down(n), replayed(n), shows(n), clearly(n)) for n in (0, 1)
        )
        self.lowered |= {n for n, answer in enumerate((strict, loose)) if answer.bewijs == "weerlegd"}
        way = direction(strict, loose)
        examples = tuple(self._example(a.getuige) for a in (strict, loose) if a.getuige is not None)
        unknown_only = way != "gelijk" and all(self._only_unknown(a.getuige, name) for a in (strict, loose) if a.getuige)
        return Change(
            "voorwaarde", words.id, words.titel, words.was, words.wordt, words.plaats, way, examples,
            reason(way, strict, loose), unknown_only and way != "niet_bewezen", words.grondslag,
        )  # fmt: skip

    def _only_unknown(self, person: Witness | None, name: str) -> bool:
        """Is one of the answers in this person's case unknown? (A witness of a clear ja and nee is looked for first.)"""
        if person is None:
            return False
        return None in [_answer(verdict, name) for verdict in self._meet(person)[1]]

    def _unwritten(self, criterion: Criterion) -> Change:
        """A condition in which only something that it reads changed."""
        new = self.two.sides[1]
        ruleset = new.compiled.program.ruleset
        assert ruleset is not None
        text = bare(sentence_of(Compared(ruleset, Speaker(Scope(new.register, ruleset, new.on, nu=""))), criterion))
        return Change(
            "voorwaarde", criterion.id, criterion.titel, text, f"{text} (een cijfer of begrip hierin is anders)", criterion.span,
            grondslag=criterion.grondslag,
        )  # fmt: skip

    def _by_id(self, view: View, at: int) -> dict[str, tuple[Criterion, Truth]]:
        return {c.id: (c, truth) for c, truth in view.conclusion(at).criteria}

    def _truth(self, view: View, at: int, name: str) -> Truth:
        found = self._by_id(view, at).get(name)
        return found[1] if found is not None else sym.YES  # what is not asked stops nobody

    def _turned(self, view: View, first: int) -> Bool:
        """Does the whole go from granted to refused with it?"""
        one, other = view.conclusion(first), view.conclusion(1 - first)
        return sym.conj(sym.disj(one.toegekend, one.gedeeltelijk), other.afgewezen)

    # the whole

    def whole(self) -> Change | None:
        """The outcome for everybody; None where both versions are the same formulas."""
        if self._same_conclusion():
            return None

        def down(first: int) -> Question:
            times = self.times[first], self.times[1 - first]
            return lambda view: worse(view.conclusion(first), view.conclusion(1 - first), times)

        def replayed(first: int) -> Any:
            times = self.times[first], self.times[1 - first]
            return lambda person: is_worse(self._verdict(first, person), self._verdict(1 - first, person), times)

        move = self.order.outcome() if self.times[0] == self.times[1] and not self.not_alike else "open"
        strict, loose = (
            self._by_order(move, first)
            or self._known_to_turn(first)
            or self._known_to_lose(first)
            or (ever if first in self.lowered else never)(
                self.two.subject, down(first), replayed(first), partial(self._turned, first=first)
            )
            for first in (0, 1)
        )
        way = "anders" if self.not_alike else direction(strict, loose)
        examples = tuple(self._example(a.getuige) for a in (strict, loose) if a.getuige is not None)
        ruleset = self.two.sides[1].compiled.program.ruleset
        assert ruleset is not None
        return Change(
            "uitkomst", "uitkomst", "Wat eruit komt", "", "", ruleset.span, way, examples, reason(way, strict, loose), False, ""
        )

    def _known_to_turn(self, first: int) -> Answer | None:
        """Somebody who was found for a condition, and goes from granted to refused with it."""
        for witness, _, verdicts in self.met:
            if LEVELS[verdicts[first].uitkomst] >= 2 and verdicts[1 - first].uitkomst == "afgewezen":
                return Answer("weerlegd", witness)
        return None

    def _known_to_lose(self, first: int) -> Answer | None:
        """Somebody who was found for a condition, and is worse off with it. (Who goes from granted to refused is looked for with
        each condition first.)"""
        times = self.times[first], self.times[1 - first]
        found = next((w for w, _, verdicts in self.met if is_worse(verdicts[first], verdicts[1 - first], times)), None)
        return Answer("weerlegd", found) if found is not None else None

    def _same_conclusion(self) -> bool:
        one, other = (self.wide.conclusion(at) for at in (0, 1))
        parts = [
            *zip(_levels(one), _levels(other), strict=True),
            (one.bedrag, other.bedrag),
            (one.bedrag_bekend, other.bedrag_bekend),
            (one.tot, other.tot),
        ]
        return self.times[0] == self.times[1] and not self.not_alike and all(_same(a, b) for a, b in parts)

    @property
    def times(self) -> tuple[int, int]:
        """What brings the amounts of both sides to a year."""
        then, now = (_ruleset(side) for side in self.two.sides)
        if then.bedrag is None or now.bedrag is None:
            return 1, 1
        return PER_YEAR.get(then.per, 1), PER_YEAR.get(now.per, 1)

    @property
    def not_alike(self) -> bool:
        """Is it once on one side, and again and again on the other? Then the amounts say nothing of each other."""
        then, now = (_ruleset(side) for side in self.two.sides)
        return then.bedrag is not None and now.bedrag is not None and then.per != now.per and "keer" in (then.per, now.per)

    def amount(self) -> Iterator[Change]:
        """The amount: more or less for somebody who gets it with both."""
        words = self.kinds.get("bedrag")
        one, other = (self.wide.conclusion(at) for at in (0, 1))
        times = self.times
        if words is None and _same(one.bedrag, other.bedrag) and times[0] == times[1]:
            return

        def less(first: int) -> Question:
            def asked(view: View) -> Bool:
                a, b = view.conclusion(first), view.conclusion(1 - first)
                return sym.conj(_granted(a), _granted(b), a.bedrag * times[first] > b.bedrag * times[1 - first])

            return asked

        def replayed(first: int) -> Any:
            def replay(person: Situation) -> bool:
                a, b = (self._verdict(at, person) for at in (first, 1 - first))
                both_granted = min(LEVELS[a.uitkomst], LEVELS[b.uitkomst]) >= 2
                return both_granted and (a.bedrag or 0) * times[first] > (b.bedrag or 0) * times[1 - first]

            return replay

        move = self.order.amount() if times[0] == times[1] and not self.not_alike else "open"
        strict, loose = (self._by_order(move, n) or ever(self.two.subject, less(n), replayed(n)) for n in (0, 1))
        way = "anders" if self.not_alike else direction(strict, loose)
        if words is None and way == "gelijk":
            return
        ruleset = self.two.sides[1].compiled.program.ruleset
        assert ruleset is not None
        place = words.plaats if words is not None else ruleset.bedrag.place.span if ruleset.bedrag is not None else ruleset.span
        title = words.titel if words is not None else "Het bedrag"
        examples = tuple(self._example(a.getuige) for a in (strict, loose) if a.getuige is not None)
        was, wordt = (words.was, words.wordt) if words is not None else _amounts(examples)
        yield Change("bedrag", "bedrag", title, was, wordt, place, way, examples, reason(way, strict, loose), False, "")

    # a way out for who is newly refused

    def way_out(self) -> WayOut | None:
        """Has everybody who was not refused and is now a way out? None where nobody is newly refused."""
        new = self.two.sides[1]
        ruleset = new.compiled.program.ruleset
        assert ruleset is not None

        def newly(view: View) -> Bool:
            return sym.conj(sym.neg(view.conclusion(0).afgewezen), view.conclusion(1).afgewezen)

        known = any(then.uitkomst != "afgewezen" and now.uitkomst == "afgewezen" for _, _, (then, now) in self.met)
        if not known and self.wide.check(newly(self.wide)) == "unsat":
            return None
        if not ruleset.holds_on(new.on):
            return WayOut("niet_bewezen", None, "de nieuwe versie geldt op deze dag niet")
        answer = never(
            self.two.subject,
            lambda view: sym.conj(newly(view), without_way_out(view, 1)),
            lambda person: (
                self._verdict(0, person).uitkomst != "afgewezen"
                and left_alone(self.two.wordt, readable(person, new.compiled), ruleset, new.on)
            ),
        )
        return WayOut(answer.bewijs, answer.getuige, answer.reden)

    # people

    def _verdict(self, at: int, person: Situation) -> Verdict:
        return self.two.sides[at].verdict(person)

    def _meet(self, person: Witness) -> tuple[Situation, tuple[Verdict, Verdict]]:
        """Somebody who was found, decided by both; she is kept."""
        for witness, situation, verdicts in self.met:
            if witness is person:
                return situation, verdicts
        situation = validate(person.situatie)
        verdicts = self._verdict(0, situation), self._verdict(1, situation)
        self.met.append((person, situation, verdicts))
        return situation, verdicts

    def _example(self, person: Witness) -> Example:
        situation, verdicts = self._meet(person)
        was, wordt = (outcome(verdict) for verdict in verdicts)
        helps: tuple[str, ...] = ()
        new = self.two.sides[1]
        ruleset = new.compiled.program.ruleset
        if wordt.uitkomst == "afgewezen" and was.uitkomst != "afgewezen" and ruleset is not None and ruleset.holds_on(new.on):
            helps = self._help(situation)
        return Example(person, was, wordt, helps)

    def _help(self, person: Situation, most: int = 3) -> tuple[str, ...]:
        desk, new = self.two.wordt, self.two.sides[1]
        ruleset = new.compiled.program.ruleset
        assert ruleset is not None
        try:
            known = known_there(readable(person, new.compiled), desk.register)
            decision = desk.decide(known, ruleset.id, new.on, today=new.on)
        except (LookupError, InvalidError):
            return ()
        return tuple([a.titel for a in real(decision, ruleset)[:most]])


def _ruleset(side: Side) -> Ruleset:
    found = side.compiled.program.ruleset
    assert found is not None
    return found


def direction(strict: Answer, loose: Answer) -> Richting:
    """Which way it goes: somebody lower (`strict`), somebody higher (`loose`)."""
    if strict.bewijs == "weerlegd" and loose.bewijs == "weerlegd":
        return "anders"
    if "niet_bewezen" in (strict.bewijs, loose.bewijs):
        return "niet_bewezen"
    if strict.bewijs == "weerlegd":
        return "strenger"
    return "ruimer" if loose.bewijs == "weerlegd" else "gelijk"


def reason(way: Richting, strict: Answer, loose: Answer) -> str:
    """What was proved in one sentence, within which bounds; or why it was not."""
    if way == "niet_bewezen":
        why = next(a.reden for a in (strict, loose) if a.bewijs == "niet_bewezen")
        seen = (
            "strenger voor iemand" if strict.getuige is not None else "ruimer voor iemand" if loose.getuige is not None else ""
        )
        return f"niet bewezen: {why}" + (f" (wel gezien: {seen})" if seen else "")
    bounds = next((a.reden for a in (strict, loose) if a.bewijs == "bewezen" and a.reden), "")
    return PROVED[way] + (f" ({bounds})" if bounds else "")


def outcome(verdict: Verdict) -> Outcome:
    """What a verdict gives somebody."""
    return Outcome(verdict.uitkomst, verdict.afgewezen_op, verdict.bedrag, verdict.wacht_tot)


def _answer(verdict: Verdict, name: str) -> bool | None:
    """What a verdict says of a condition; ja where it is not asked."""
    found = {c.id: truth for c, truth in zip(verdict.criteria, verdict.oordelen, strict=True)}
    return found.get(name, True)


def _rank(answer: bool | None) -> int:
    return 1 if answer is None else 2 if answer else 0


def _alike(one: Truth, other: Truth) -> bool:
    return _same(one.yes, other.yes) and _same(one.no, other.no)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, bool | int) or isinstance(other, bool | int):
        return type(one) is type(other) and one == other
    return bool(one.eq(other))


def _amounts(examples: tuple[Example, ...]) -> tuple[str, str]:
    if not examples:
        return "", ""
    one = examples[0]
    return tuple(format_money(o.bedrag) if o.bedrag is not None else "–" for o in (one.was, one.wordt))  # type: ignore[return-value]  # two of them
