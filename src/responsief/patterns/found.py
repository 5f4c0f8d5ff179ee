"""From counted cases to what stands out. Two things do, and both ask for at least `k` people refused on one criterion:

- it is a large share of all decisions of the ruleset (`OFTEN`);
- they live in one building or district where it happens at least `TIMES` as often as elsewhere, and chance does not explain that: at
  most once in `ONE_IN`, all places together. With fewer than `k` decisions elsewhere there is nothing to compare with; then a building
  where it is a large share stands out by itself, and a district does not: all that was kept may be of one district.

Buildings first: a district is looked at without the buildings that stand out already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Final

from responsief.frozen import dataclass
from responsief.patterns import chance
from responsief.patterns.cases import Case, K, Place, Soort, Tally
from responsief.patterns.purpose import Rules
from responsief.patterns.rates import by_clause, rates
from responsief.patterns.report import ClauseUse, Cluster, Helped, Line, Other, Purpose, Report, Signal
from responsief.patterns.shown import AtLeast, AtMost, Count, part, safe

OFTEN: Final = Fraction(1, 10)
TIMES: Final = 2
ONE_IN: Final = 100
REFUSED: Final = "afgewezen"
HELPED: Final = 3  # of what was named as help, how many are told


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that stands out: how many were refused there on the criterion, of how many decisions."""

    soort: Soort
    plek: Place
    afgewezen: int
    besluiten: int
    een_op: int | None
    zonder: tuple[str, ...] = ()


class Numbers:
    """The counts of one ruleset: in all, per criterion, and of both per place."""

    def __init__(self, cases: Iterable[tuple[Case, int]]) -> None:
        self.everybody = 0
        self.refused: Counter[str] = Counter()
        self.here: Counter[Place] = Counter()
        self.refused_here: dict[str, Counter[Place]] = defaultdict(Counter)
        self.version = ""
        for case, number in cases:
            self.version = max(self.version, case.versie)
            self.everybody += number
            self.here[case.plek] += number
            for criterion in set(case.gronden) if case.uitkomst == REFUSED else ():
                self.refused[criterion] += number
                self.refused_here[criterion][case.plek] += number

    def spots(self, criterion: str, k: int) -> tuple[Spot, ...]:
        """The buildings, and then the districts, where it happens more than elsewhere."""
        gone: set[Place] = set()
        found: list[Spot] = []
        kinds: tuple[Soort, ...] = ("gebouw", "wijk")
        for soort in kinds:
            spots = tuple(self._spots(soort, criterion, k, gone))
            gone |= {spot.plek for spot in spots if soort == "gebouw"}
            found += spots
        return tuple(found)

    def _spots(self, soort: Soort, criterion: str, k: int, gone: set[Place]) -> Iterator[Spot]:
        here, refused = (
            _by_place(soort, counts, gone) for counts in (self.here, self.refused_here.get(criterion, Counter[Place]()))
        )
        compared = sum(number >= k for number in here.values())
        everywhere, refused_everywhere = here.total(), refused.total()
        for place in sorted(here, key=lambda one: (one.wijk or "", one.gebouw or "")):
            many, no = here[place], refused[place]
            if no < k:
                continue
            elsewhere, no_elsewhere = everywhere - many, refused_everywhere - no
            without = tuple(sorted(one.gebouw or "" for one in gone if soort == "wijk" and one.wijk == place.wijk))
            if elsewhere < k:
                if soort == "gebouw" and no >= OFTEN * many:
                    yield Spot(soort, place, no, many, None, without)
                continue
            if no * elsewhere < TIMES * no_elsewhere * many:
                continue
            odds = chance.one_in(chance.at_most(no, many, refused_everywhere, everywhere), compared)
            if odds >= ONE_IN:
                yield Spot(soort, place, no, many, odds, without)


def _by_place(soort: Soort, counts: Mapping[Place, int], gone: set[Place]) -> Counter[Place]:
    """The counts per building or per district, of those whose building or district is known; without the places that are `gone`."""
    found: Counter[Place] = Counter()
    for place, number in counts.items():
        if place in gone or (place.gebouw if soort == "gebouw" else place.wijk) is None:
            continue
        found[place if soort == "gebouw" else Place(place.wijk)] += number
    return found


def look(tally: Tally, rules: Rules, k: int = K, damaged: int = 0, *, placed: bool = False) -> Report:
    """What stands out, in counts that may be shown; the most people first. `placed`: were places given?"""
    if k < K:
        raise ValueError(f"fewer than {K} people are no pattern")
    by_ruleset: dict[str, list[tuple[Case, int]]] = {}
    for case, number in tally.cases.items():
        by_ruleset.setdefault(case.regelset, []).append((case, number))
    # a ruleset with fewer decisions than `k` tells nothing by itself, and would have to be hidden in every total
    left_out = {ident for ident, cases in by_ruleset.items() if sum(number for _, number in cases) < k}
    by_ruleset = {ident: cases for ident, cases in by_ruleset.items() if ident not in left_out}
    counted = Tally(Counter({case: number for cases in by_ruleset.values() for case, number in cases}), tally.ook, tally.hulp)
    signals: list[tuple[int, Signal]] = []
    lines: list[tuple[int, Line]] = []
    hidden: dict[str, int] = {}  # per ruleset, of how many its clauses may tell nothing
    outside = strangers = unplaced = 0
    for ident in sorted(by_ruleset):
        telling = _Telling(Numbers(by_ruleset[ident]), k)
        hidden[ident] = telling.hidden_anywhere()
        outside += telling.outside
        strangers += telling.strangers
        nowhere = sum(number for case, number in by_ruleset[ident] if case.plek == Place())
        somewhere = sum(number for _, number in by_ruleset[ident]) - nowhere
        unplaced += sum(number for number in (nowhere, somewhere) if number < k)  # the same few people in every ruleset
        for criterion in telling.criteria:
            refused = telling.numbers.refused[criterion]
            purpose = rules.purpose(ident, telling.numbers.version, criterion)
            found = _signal(telling, criterion, purpose, tally, rules, by_ruleset[ident])
            if isinstance(found, Signal):
                signals.append((refused, found))
            else:
                lines.append((refused, found))
    everybody = counted.cases.total()
    done = sum(number for case, number in counted.cases.items() if case.keuze is not None)
    known = sum(number for case, number in counted.cases.items() if case.plek != Place())
    few = max(outside, strangers, unplaced)
    return Report(
        k=k,
        besluiten=part(everybody, everybody, k, outside),
        afgerond=part(done, everybody, k, outside),
        met_plek=part(known, everybody, k, few),
        zonder_plek=part(everybody - known, everybody, k, few) if placed else None,
        onleesbaar=damaged,
        weggelaten=bool(left_out),
        signalen=tuple(one for _, one in sorted(signals, key=_order)),
        andere=tuple(one for _, one in sorted(lines, key=_order)),
        verhoudingen=rates(counted, k, outside),
        clausules=by_clause(counted, rules, k, hidden),
    )


def _order(found: tuple[int, Signal | Line]) -> tuple[int, str, str]:
    return -found[0], found[1].doel.regelset, found[1].doel.criterium


def _signal(
    telling: _Telling, criterion: str, purpose: Purpose, tally: Tally, rules: Rules, cases: list[tuple[Case, int]]
) -> Signal | Line:
    numbers, spots, k = telling.numbers, telling.spots[criterion], telling.k
    refused = numbers.refused[criterion]
    often = refused >= OFTEN * numbers.everybody
    if not often and not spots:
        return Line(purpose, telling.refused(criterion), telling.everybody)
    count = partial(part, whole=refused, k=k, hidden=telling.hidden(criterion))
    beside = _Beside(tally, rules, purpose.regelset, numbers.version, criterion, count, k)
    clauses = beside.clauses(cases)
    return Signal(
        doel=purpose,
        afgewezen=telling.refused(criterion),
        besluiten=telling.everybody,
        vaak=often,
        plekken=tuple(telling.cluster(spot) for spot in spots),
        elders=telling.elsewhere(criterion),
        clausules=None if clauses is None else clauses[0],
        zonder_clausule=None if clauses is None else clauses[1],
        ook=beside.also(),
        hulp=beside.helped(),
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is told beside a criterion of those who were refused on it."""

    tally: Tally
    rules: Rules
    ident: str
    version: str
    criterion: str
    count: Callable[[int], Count]  # how many of them, as it may be told
    k: int

    def clauses(self, cases: Iterable[tuple[Case, int]]) -> tuple[tuple[ClauseUse, ...], Count] | None:
        """Each clause that was proposed to, or used for, at least `k`, and to how many none was; None when that was not kept."""
        proposed, used, nobody = Counter[str](), Counter[str](), 0
        decided = False
        for case, number in cases:
            decided = decided or case.keuze is not None
            here = case.uitkomst == REFUSED and self.criterion in case.gronden
            if here and case.bereik is None:
                return None
            reaching = {clause for about, clause in case.bereik or () if about == self.criterion}
            if here:
                proposed.update(dict.fromkeys(reaching, number))
                nobody += 0 if reaching else number
            elif case.keuze == "wijkt_af":
                used.update(dict.fromkeys(reaching & set(case.gebruikt), number))
        enough = {one for one in (*proposed, *used) if proposed[one] >= self.k or used[one] >= self.k}
        order = sorted(enough, key=lambda one: (-proposed[one], -used[one], one))
        return tuple(self._clause(one, proposed[one], used[one] if decided else None) for one in order), self.count(nobody)

    def _clause(self, clause: str, proposed: int, used: int | None) -> ClauseUse:
        found = self.rules.clause(self.ident, self.version, clause)
        title, article = (found.titel, found.grondslag) if found is not None else (clause, "")
        told = used if used is None or safe(used, self.k) else AtMost(self.k - 1)
        return ClauseUse(clause, title, article, self.count(proposed), told)

    def also(self) -> tuple[Other, ...] | None:
        """The other rulesets that refused at least `k` of them; None when that was not kept."""
        if self.tally.ook is None:
            return None
        mine = (self.ident, self.criterion)
        found = {other: n for (*about, other), n in self.tally.ook.items() if tuple(about) == mine and n >= self.k}
        order = sorted(found, key=lambda one: (-found[one], one))
        return tuple(Other(one, self.rules.title(one), self.count(found[one])) for one in order)

    def helped(self) -> tuple[Helped, ...]:
        """What was named as help to at least `k` of them."""
        named: dict[str, Counter[str]] = defaultdict(Counter)
        for ((*about, provision), how), number in self.tally.hulp.items():
            if tuple(about) == (self.ident, self.criterion):
                named[provision][how] += number
        titles = {one: title for one in named if (title := self.rules.provision(one)) and named[one].total() >= self.k}
        order = sorted(titles, key=lambda one: (-named[one]["ja"], -named[one]["na_te_gaan"], one))[:HELPED]
        return tuple(Helped(one, titles[one], *(self.count(named[one][how]) for how in ("ja", "na_te_gaan"))) for one in order)


class _Telling:
    """Which of the numbers of one ruleset are told exactly: whoever subtracts the ones from the others meets no 1 up to `k`."""

    def __init__(self, numbers: Numbers, k: int) -> None:
        self.numbers, self.k = numbers, k
        self.criteria = sorted(criterion for criterion, number in numbers.refused.items() if number >= k)
        self.spots = {criterion: numbers.spots(criterion, k) for criterion in self.criteria}
        named = {spot.plek for found in self.spots.values() for spot in found}
        here = sum(number for place, number in numbers.here.items() if place in named or Place(place.wijk) in named)
        rests = [numbers.everybody - here, *(self._rest(criterion)[1] for criterion in self.criteria if self.spots[criterion])]
        # how many decisions lie outside the named places, where those are so few that nothing may tell of them
        self.outside = max((rest for rest in rests if not safe(rest, k)), default=0)
        self.everybody = part(numbers.everybody, numbers.everybody, k, self.outside)
        # how many of whom a place is known live outside the named ones, where those are so few
        known = numbers.everybody - numbers.here[Place()]
        others = [known - here, *(known - sum(one.besluiten for one in found) for found in self.spots.values() if found)]
        self.strangers = max((rest for rest in others if not safe(rest, k)), default=0)
        # the places where also who was not refused may be told, on each criterion for which the place is named
        self.exact = {
            plek
            for plek in named
            if all(
                safe(spot.besluiten - spot.afgewezen, k) for found in self.spots.values() for spot in found if spot.plek == plek
            )
        }

    def _rest(self, criterion: str) -> tuple[int, int]:
        """Refused, and decided on, outside the places that are named for a criterion."""
        found = self.spots[criterion]
        return (
            self.numbers.refused[criterion] - sum(spot.afgewezen for spot in found),
            self.numbers.everybody - sum(spot.besluiten for spot in found),
        )

    def hidden(self, criterion: str) -> int:
        """Of how many people refused on a criterion nothing may be known: 0, or fewer than `k`."""
        if not self.spots[criterion]:
            return self.outside
        no, many = self._rest(criterion)
        return max((one for one in (no, many - no, self.outside) if not safe(one, self.k)), default=0)

    def hidden_anywhere(self) -> int:
        """The same for the criterion of which it is most."""
        return max((self.hidden(criterion) for criterion in self.criteria), default=0)

    def refused(self, criterion: str) -> Count:
        """How many were refused on a criterion."""
        return part(self.numbers.refused[criterion], self.numbers.everybody, self.k, self.hidden(criterion))

    def cluster(self, spot: Spot) -> Cluster:
        """A place that stands out."""
        many: Count = spot.besluiten
        if spot.plek not in self.exact:
            others = spot.besluiten - spot.afgewezen
            many = AtLeast(spot.afgewezen) if others >= self.k else AtMost(spot.afgewezen + self.k - 1)
        naam = spot.plek.gebouw if spot.soort == "gebouw" else spot.plek.wijk
        wijk = spot.plek.wijk if spot.soort == "gebouw" else None
        return Cluster(spot.soort, naam or "", wijk, spot.afgewezen, many, spot.een_op, spot.zonder)

    def elsewhere(self, criterion: str) -> tuple[Count, Count] | None:
        """Outside the named places; None where no place is named, or where it would tell of a few."""
        found = self.spots[criterion]
        no, many = self._rest(criterion)
        if not found or many < self.k or self.outside or not all(spot.plek in self.exact for spot in found):
            return None
        return part(no, many, self.k), many
