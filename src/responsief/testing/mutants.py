"""Every small mistake that could stand in a ruleset: one thing changed at a time, told in the writer's own words.

A mutant is made from what the text means (nodes), never from the text itself; its id says where it is, what was written and what
it became, so it stays the same when lines move. Left out is what no case can notice: other readings, interactions, words, what a
clause asks for first, that there is no clause for one more criterion, and a rounding of what is whole already.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.operators import exact
from responsief.ir.ruleset import Clause, Criterion, Figure, Ruleset
from responsief.ir.types import GELD, PERIODE, Kind
from responsief.source import Place, Span
from responsief.values import Mode, Period, format_money, format_number

OTHER_SIGN: dict[ir.Op, ir.Op] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}
OTHER_MODE: dict[Mode, Mode] = {"half": "beneden", "beneden": "boven", "boven": "beneden"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one ruleset. Either `swaps` (the identity of a node -> what stands there instead) or `changed` (the ruleset
    with another part) says what; `reads` is the node that it is about, `bound` the comparison around it, if any."""

    id: str
    regelset: str
    waar: str
    was: str
    werd: str
    span: Span = field(repr=False)
    swaps: Mapping[int, ir.Node] = field(default_factory=dict, repr=False)
    changed: Ruleset | None = field(default=None, repr=False)
    figure: tuple[str, date, Any] | None = None  # a figure, the day from which its value holds, and the other value
    reads: ir.Node | None = field(default=None, repr=False)
    bound: ir.Compare | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Change:
    """A node that stands in the place of another, and how that reads."""

    old: ir.Node
    new: ir.Node
    was: str
    werd: str
    place: Place
    bound: ir.Compare | None = None


def mutants(ruleset: Ruleset, days: Iterable[date] = ()) -> tuple[Mutant, ...]:
    """Every mutant of a ruleset, in the order of its text. Figures change where they hold on one of these days."""
    found = [*_of_expressions(ruleset), *_of_parts(ruleset), *_of_figures(ruleset, sorted(set(days)))]
    found.sort(key=lambda m: (m.span.line, m.span.column))
    seen: dict[str, int] = {}
    numbered = []
    for one in found:
        seen[one.id] = seen.get(one.id, 0) + 1
        numbered.append(replace(one, id=f"{one.id} ({seen[one.id]})") if seen[one.id] > 1 else one)
    return tuple(numbered)


def _made(ruleset: Ruleset, where: str, was: str, became: str, span: Span, **what: Any) -> Mutant:
    return Mutant(f"{where}: {was} → {became}", ruleset.id, where, was, became, span, **what)


# --- expressions -------------------------------------------------------------------------------------------------------


def roots(ruleset: Ruleset) -> Iterator[tuple[str, ir.Node]]:
    """Every expression that decides something, and where it stands."""
    for name, term in ruleset.begrippen.items():
        yield f"begrip {name}", term.node
    for name, slot in ruleset.open.items():
        if slot.anders is not None:
            yield f"open {name}", slot.anders
    for (_, name), node in ruleset.vult_in.items():
        yield f"invulling {name}", node
    for criterion in ruleset.criteria:
        yield criterion.id, criterion.eis
        if criterion.wacht_tot is not None:
            yield f"{criterion.id}, wacht_tot", criterion.wacht_tot
        if criterion.aftrek is not None:
            yield f"{criterion.id}, aftrek", criterion.aftrek
    if ruleset.bedrag is not None:
        yield "bedrag", ruleset.bedrag
    if ruleset.ingang is not None:
        yield "ingang", ruleset.ingang.vanaf
    for number, one in enumerate(ruleset.overgang, 1):
        yield f"overgang {number}", one.voor
    for point in ruleset.aandacht:
        yield f"aandachtspunt {point.id}", point.als
    for clause in _clauses(ruleset):
        for bar in clause.niet_als:
            yield f"clausule {clause.id}, niet_als", bar.als


def _clauses(ruleset: Ruleset) -> Iterator[Clause]:
    yield from ruleset.hardheid
    for clauses in ruleset.clausules_bij.values():
        yield from clauses


def _of_expressions(ruleset: Ruleset) -> Iterator[Mutant]:
    done: set[int] = set()
    for where, root in roots(ruleset):
        for change in _changes(root, done):
            span = change.place.span
            if span.line == 0 or not span.source.text:
                continue
            yield _made(
                ruleset, where, change.was, change.werd, span,
                swaps={id(change.old): change.new}, reads=change.old, bound=change.bound,
            )  # fmt: skip
        if where.endswith(", wacht_tot") or where == "ingang":
            for sign, word in ((1, "+ 1 dag"), (-1, "- 1 dag")):
                later = ir.Shift(root, ir.Const(Period(days=1), PERIODE, root.place), sign, root.type, root.place)  # type: ignore[arg-type]  # 1 or -1
                was = root.place.text
                yield _made(ruleset, where, was, f"{was} {word}", root.place.span, swaps={id(root): later}, reads=root)
        if (where.endswith(", aftrek") or where == "bedrag") and not isinstance(root, ir.Const):
            for plus in ("+", "-"):
                more = ir.Arith(plus, root, ir.Const(1, GELD, root.place), root.type, root.place)
                was = root.place.text
                yield _made(ruleset, where, was, f"{was} {plus} € 0,01", root.place.span, swaps={id(root): more}, reads=root)


def _changes(root: ir.Node, done: set[int]) -> Iterator[_Change]:
    """Every change inside one expression; what two expressions share is changed once."""
    for node, path in _with_path(root, ()):
        if id(node) in done:
            continue
        done.add(id(node))
        outer = next((up for up in path if isinstance(up, ir.Aggregate)), None)
        for change in _of_node(node, path):
            if outer is None or outer is change.old:
                yield change
            else:  # a list's entries are read by the list as a whole: that is what stands elsewhere
                yield replace(change, old=outer, new=swapped(outer, {id(change.old): change.new}))


def _with_path(node: ir.Node, path: tuple[ir.Node, ...]) -> Iterator[tuple[ir.Node, tuple[ir.Node, ...]]]:
    yield node, path
    inner = (*path, node)
    parts = list(ir.children(node))
    if isinstance(node, ir.Aggregate):
        parts += [side for side in (node.value, node.where) if side is not None]
    for part in parts:
        yield from _with_path(part, inner)


def _of_node(node: ir.Node, path: tuple[ir.Node, ...]) -> Iterator[_Change]:
    above = path[-1] if path else None
    bound = next((up for up in reversed(path) if isinstance(up, ir.Compare)), None)
    match node:
        case ir.Const():
            for changed, told in _other_values(node, above):
                yield _in(node, replace(node, value=changed), told, above, bound)
        case ir.Compare(op=sign):
            yield _Change(node, replace(node, op=OTHER_SIGN[sign]), node.place.text, _signed(node), node.place, node)
        case ir.OneOf(options=options, value=value):
            for at, word in enumerate(options):
                other = next((o for o in _after(value.type.options, word) if o not in options), None)
                if other is not None:
                    new = (*options[:at], other, *options[at + 1 :])
                    was, became = f"{value.place.text} in […'{word}'…]", f"{value.place.text} in […'{other}'…]"
                    yield _Change(node, replace(node, options=new), was, became, node.place)
        case ir.And(operands=operands) | ir.Or(operands=operands):
            yield from _of_group(node, operands)
        case ir.Not(operand=operand) if node.place.text not in ("tenzij", "geen_van"):
            yield _in(node, operand, operand.place.text, above, None)
        case ir.Known(wanted=wanted):
            became = (
                node.place.text.replace("onbekend", "bekend") if not wanted else node.place.text.replace("bekend", "onbekend")
            )
            yield _in(node, replace(node, wanted=not wanted), became, above, None)
        case ir.Arith(op=sign):
            other_sign: Any = {"+": "-", "-": "+", "*": "/", "/": "*"}[sign]
            if sign in "+-":
                yield _Change(node, replace(node, op=other_sign), node.place.text, _arith(node, other_sign), node.place, bound)
        case ir.Extreme(op=pick, operands=many) if len(many) > 1:
            other_pick: Any = "max" if pick == "min" else "min"
            words = _cut(node.place.text)
            yield _Change(node, replace(node, op=other_pick), words, f"{other_pick}{words[3:]}", node.place, bound)
        case ir.Round(value=value, mode=mode) if not value.type.whole:
            yield _Change(
                node, replace(node, mode=OTHER_MODE[mode]), _cut(node.place.text), f"naar {OTHER_MODE[mode]}", node.place
            )
        case ir.Aggregate(where=where) if where is not None:
            if not isinstance(where, ir.And):
                yield _Change(node, replace(node, where=None), f"waar {_cut(where.place.text)}", "vervalt", where.place)
        case ir.Choose(branches=branches) | ir.Collect(branches=branches):
            yield from _of_branches(node, branches)
        case _:
            pass
    if _is_leaf_truth(node) and not isinstance(above, ir.Not | ir.Known):  # of the denial as much is known
        yield _in(node, ir.Not(node, node.place), f"niet {node.place.text}", above, None)


def _is_leaf_truth(node: ir.Node) -> bool:
    kinds = ir.Fact | ir.OwnFact | ir.TermRef | ir.OpenRef | ir.Aggregate | ir.Absent
    return isinstance(node, kinds) and node.type.kind is Kind.JA_NEE


def _of_group(node: ir.And | ir.Or, operands: tuple[ir.Node, ...]) -> Iterator[_Change]:
    for at, operand in enumerate(operands):
        left = (*operands[:at], *operands[at + 1 :])
        if not left:
            continue
        new = left[0] if len(left) == 1 else replace(node, operands=left)
        kind = "tenzij " if node.place.text == "tenzij" and at else ""
        yield _Change(node, new, f"{kind}{_cut(operand.place.text)}", "vervalt", operand.place)
    if len(operands) > 1:
        other = ir.Or(operands, node.place) if isinstance(node, ir.And) else ir.And(operands, node.place)
        names = {"alle": "een_van", "een_van": "alle", "geen_van": "niet alle", "tenzij": "en"}
        joined = " of " if isinstance(node, ir.And) else " en "
        text = node.place.text
        became = names.get(text) or joined.join(_cut(o.place.text, 40) for o in operands)
        if text in names:
            text = f"{text} ({_cut(operands[0].place.text, 40)}, …)"
        yield _Change(node, other, _cut(text), became, node.place)


def _of_branches(node: ir.Choose | ir.Collect, branches: tuple[tuple[ir.Node, ir.Node], ...]) -> Iterator[_Change]:
    results = [result for _, result in branches] + [node.otherwise]
    for at, (condition, result) in enumerate(branches):
        left = (*branches[:at], *branches[at + 1 :])
        words = f"als {_cut(condition.place.text, 60)} dan {_cut(result.place.text, 40)}"
        new: ir.Node = replace(node, branches=left) if left else node.otherwise
        yield _Change(node, new, words, "vervalt", condition.place)
        other = next((r for r in (*results[at + 1 :], *results[:at]) if r != result), None)
        if other is not None and not isinstance(result, ir.Const):
            changed = (*branches[:at], (condition, other), *branches[at + 1 :])
            became = f"als {_cut(condition.place.text, 60)} dan {_cut(other.place.text, 40)}"
            yield _Change(node, replace(node, branches=changed), words, became, result.place)


def _other_values(node: ir.Const, above: ir.Node | None) -> Iterator[tuple[Any, str]]:
    """The values next to a fixed value, and how each is written."""
    value = node.value
    match value:
        case bool():
            return
        case int() | Fraction() if node.place.text.endswith("%"):
            for step in (1, -1):
                share = value + Fraction(step, 100)
                yield share, f"{format_number(share * 100)} %"
        case int() if node.type.kind is Kind.GELD:
            for step in (1, -1):
                yield value + step, format_money(value + step)
        case int() | Fraction():
            least = Fraction(1, Fraction(value).denominator)
            for number in (exact(value + least), exact(value - least)):
                yield number, format_number(number)
        case date():
            for day in (value + ONE_DAY, value - ONE_DAY):
                yield day, day.isoformat()
        case Period(months=months, days=days):
            for step in (1, -1):
                word = f"{Period(months, 0)} {'plus' if step > 0 else 'min'} 1 dag" if months else str(Period(0, days + step))
                yield Period(months, days + step), word
        case str() if isinstance(above, ir.Compare):
            options = node.type.options or next((s.type.options for s in (above.left, above.right) if s.type.options), ())
            word = next(_after(options, value), "")
            if word:
                yield word, f"'{word}'"


def _after(options: tuple[str, ...], word: Any) -> Iterator[str]:
    """The other words of an enumeration, from this one on."""
    at = options.index(word) if word in options else 0
    yield from (o for o in (*options[at + 1 :], *options[:at]) if o != word)


# --- how it reads ------------------------------------------------------------------------------------------------------


def _cut(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _in(node: ir.Node, new: ir.Node, word: str, above: ir.Node | None, bound: ir.Compare | None) -> _Change:
    """A change shown in what stands around it, where that is one short stretch of text."""
    whole = above.place if above is not None and not isinstance(above, ir.Choose | ir.Collect | ir.Aggregate) else node.place
    part = node.place
    fits = whole.scalar is part.scalar and whole.at <= part.at and part.at + part.width <= whole.at + whole.width
    if not fits or whole.width > 120:
        return _Change(node, new, _cut(part.text), _cut(word), part, bound)
    raw = whole.scalar.value
    became = raw[whole.at : part.at] + word + raw[part.at + part.width : whole.at + whole.width]
    return _Change(node, new, whole.text, " ".join(became.split()), part, bound)


def _signed(node: ir.Compare) -> str:
    """A comparison with the other sign."""
    return _between(node.place, node.left.place, node.right.place, node.op, OTHER_SIGN[node.op])


def _arith(node: ir.Arith, sign: str) -> str:
    return _between(node.place, node.left.place, node.right.place, node.op, sign)


def _between(whole: Place, left: Place, right: Place, sign: str, other: str) -> str:
    raw, start, end = whole.scalar.value, left.at + left.width, right.at
    at = raw.find(sign, start, end) if left.scalar is right.scalar is whole.scalar and start <= end else -1
    if at < 0:
        return f"{whole.text} (met {other} in plaats van {sign})"
    return " ".join((raw[whole.at : at] + other + raw[at + len(sign) : whole.at + whole.width]).split())


# --- criteria, clauses, figures ----------------------------------------------------------------------------------------


def _of_parts(ruleset: Ruleset) -> Iterator[Mutant]:
    def with_criteria(criteria: Iterable[Criterion]) -> Ruleset:
        return replace(ruleset, criteria=tuple(criteria))

    for one in ruleset.criteria:
        if len(ruleset.criteria) > 1:
            left = with_criteria(c for c in ruleset.criteria if c is not one)
            yield _made(ruleset, one.id, "deze voorwaarde", "vervalt", one.span, changed=left)
        other: Any = "kan_weigeren" if one.gevolg == "afwijzen" else "afwijzen"
        changed = with_criteria(replace(c, gevolg=other) if c is one else c for c in ruleset.criteria)
        yield _made(ruleset, one.id, f"gevolg: {one.gevolg}", f"gevolg: {other}", one.span, changed=changed)
    for point in ruleset.aandacht:
        rest = replace(ruleset, aandacht=tuple(p for p in ruleset.aandacht if p is not point))
        yield _made(ruleset, f"aandachtspunt {point.id}", "dit punt", "vervalt", point.als.place.span, changed=rest)
    own = [c.id for c in ruleset.criteria]
    yield from _of_clauses(ruleset, ruleset.hardheid, own, lambda new: replace(ruleset, hardheid=new))
    for home, clauses in ruleset.clausules_bij.items():

        def there(new: tuple[Clause, ...], home: str = home) -> Ruleset:
            return replace(ruleset, clausules_bij={**ruleset.clausules_bij, home: new})

        yield from _of_clauses(ruleset, clauses, [i for c in clauses for i in c.geldt_voor], there)


def _of_clauses(
    ruleset: Ruleset, clauses: tuple[Clause, ...], criteria: list[str], made: Callable[[tuple[Clause, ...]], Ruleset]
) -> Iterator[Mutant]:
    for at, one in enumerate(clauses):
        where = f"clausule {one.id}"

        def other(changed: Clause, at: int = at) -> Ruleset:
            return made((*clauses[:at], changed, *clauses[at + 1 :]))

        gone = made((*clauses[:at], *clauses[at + 1 :]))
        yield _made(ruleset, where, "deze clausule", "vervalt", one.span, changed=gone)
        for ident in one.geldt_voor:
            less = other(replace(one, geldt_voor=tuple(i for i in one.geldt_voor if i != ident)))
            yield _made(ruleset, where, f"geldt_voor: {ident}", "vervalt", one.span, changed=less)
        # «geen» of one more criterion only names it there, which no case can expect; Awb 4:84 reaches policy rules only
        rests = {c.id: c.rust_op for c in ruleset.criteria}
        reachable = [i for i in criteria if one.soort != "awb_4_84" or rests.get(i, "beleidsregel") == "beleidsregel"]
        wider = _next(reachable, one.geldt_voor) if one.soort != "geen" else None
        if wider is not None:
            more = other(replace(one, geldt_voor=(*one.geldt_voor, wider)))
            yield _made(ruleset, where, "geldt_voor", f"geldt_voor ook: {wider}", one.span, changed=more)
        for bar in one.niet_als:
            free = other(replace(one, niet_als=tuple(b for b in one.niet_als if b is not bar)))
            words = _cut(bar.als.place.text)
            yield _made(ruleset, f"{where}, niet_als", f"niet_als {words}", "vervalt", bar.als.place.span, changed=free)


def _next(criteria: list[str], scope: tuple[str, ...]) -> str | None:
    """The first criterion past those of a scope that is not in it."""
    start = max((criteria.index(i) for i in scope if i in criteria), default=-1) + 1
    return next((i for i in (*criteria[start:], *criteria[:start]) if i not in scope), None)


def _of_figures(ruleset: Ruleset, days: list[date]) -> Iterator[Mutant]:
    for name, figure in ruleset.bedragen.items():
        used = {value.van: value for day in days if figure.on(day) is not None and (value := figure.newest(day)) is not None}
        for value in used.values():
            if isinstance(value.waarde, bool) or not isinstance(value.waarde, int):
                continue
            for step in (1, -1):
                other = value.waarde + step
                was, became = _figure(figure, value.waarde), _figure(figure, other)
                where = f"bedrag {name} vanaf {value.van.isoformat()}"
                yield _made(ruleset, where, was, became, figure.span, figure=(name, value.van, other))


def _figure(figure: Figure, value: int) -> str:
    if figure.type.kind is Kind.GELD:
        return format_money(value)
    return format_number(Fraction(value, 10**figure.type.cijfers))


# --- the ruleset as it became ------------------------------------------------------------------------------------------


def applied(mutant: Mutant, ruleset: Ruleset) -> Ruleset:
    """The ruleset with the change in it."""
    if mutant.changed is not None:
        return mutant.changed
    if mutant.figure is not None:
        name, since, value = mutant.figure
        figure = ruleset.bedragen[name]
        values = tuple(replace(v, waarde=value) if v.van == since else v for v in figure.waarden)
        return replace(ruleset, bedragen={**ruleset.bedragen, name: replace(figure, waarden=values)})
    parts = (
        "criteria",
        "begrippen",
        "bedrag",
        "hardheid",
        "ingang",
        "aandacht",
        "vult_in",
        "open",
        "clausules_bij",
        "overgang",
    )
    return replace(ruleset, **{part: swapped(getattr(ruleset, part), mutant.swaps) for part in parts})


def swapped(value: Any, swaps: Mapping[int, ir.Node]) -> Any:
    """The same with other nodes in it; what holds none of them is kept as it is."""
    if id(value) in swaps:
        return swaps[id(value)]
    if type(value) is tuple:  # a place is a tuple too, and holds no nodes
        parts = tuple(swapped(part, swaps) for part in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: swapped(part, swaps) for key, part in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, Span | type):
        return value
    new = {}
    for name in _held(type(value)):
        before = getattr(value, name)
        after = swapped(before, swaps)
        if after is not before:
            new[name] = after
    return replace(value, **new) if new else value


_HELD: dict[type, tuple[str, ...]] = {}


def _held(kind: type) -> tuple[str, ...]:
    """The parts of a node or of a part of a ruleset in which nodes can stand."""
    if kind not in _HELD:
        skipped = {"place", "span", "type", "source"}
        _HELD[kind] = tuple(f.name for f in dataclasses.fields(kind) if f.name not in skipped)
    return _HELD[kind]
