"""Operations of the source -> trees. Both generations, and the spellings that are found in real files."""

from __future__ import annotations

from datetime import date
from typing import Final

from responsief.regelrecht.law import Choice, Constant, Operation, Reference, Strange, Tree
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import Group, constant, is_empty, is_null, plain_name
from responsief.source import Scalar
from responsief.syntax.nodes import Mapping, Sequence, Yaml

_ROWS: Final = {
    "ADD": "+",
    "SUBTRACT": "-",
    "MULTIPLY": "*",
    "DIVIDE": "/",
    "MIN": "min",
    "MAX": "max",
    "AND": "en",
    "OR": "of",
}
_PAIRS: Final = {
    "EQUALS": "=",
    "NOT_EQUALS": "!=",
    "GREATER_THAN": ">",
    "LESS_THAN": "<",
    "GREATER_OR_EQUAL": ">=",
    "GREATER_THAN_OR_EQUAL": ">=",
    "LESS_OR_EQUAL": "<=",
    "LESS_THAN_OR_EQUAL": "<=",
}
_UNITS: Final = {"days": "dagen", "weeks": "weken", "months": "maanden", "years": "jaren"}
_ROUNDING: Final = {"ROUND": "", "CEIL": "naar boven ", "FLOOR": "naar beneden "}
#: about lists, which an own fact cannot be
_LISTS: Final = frozenset({"FOREACH", "EXISTS", "LENGTH", "LIST", "GET"})
#: keys beside an operation that say nothing about its value
SILENT: Final = frozenset({"legal_basis", "description"})


def odd(group: Group, name: str) -> Strange | None:
    """What to say when a key of a group was not read: half of what a rule says is another rule."""
    left = ", ".join(f"«{key.value}»" for key in group.rest(SILENT))
    if not left:
        return None
    group.notes.add("vorm", group.start, wat=f"{name} met {left}")  # at once: not every tree comes to be written
    return Strange("vorm", f"{name} met {left}", group.start)


def whole(tree: Tree, group: Group, name: str) -> Tree:
    """The tree, if every key of its group was read (or if it is listed whole already)."""
    return tree if isinstance(tree, Strange) else odd(group, name) or tree


def read_tree(node: Yaml | None, notes: Notes) -> Tree:
    """The tree of a value: a constant, a `$reference` or an operation."""
    assert node is not None
    if isinstance(node, Scalar):
        if node.value.startswith("$"):
            steps = tuple(plain_name(step) for step in node.value[1:].split("."))
            return Reference(steps, node.span())
        return constant(node)
    if isinstance(node, Sequence):
        if len(node.items) == 1:  # a list of one, as some files write a value
            return read_tree(node.items[0], notes)
        return Strange("lijst", "een lijst", node.span)
    group = Group(node, notes)
    if not group.has("operation"):
        for key in ("value", "subject"):
            inner = group.get(key)
            if inner is not None and len(node.entries) <= 1 + sum(k in SILENT for k in node.entries):
                return read_tree(inner, notes)
        return Strange("vorm", "een groep zonder «operation»", node.span)
    return read_operation(group, notes)


def read_operation(group: Group, notes: Notes) -> Tree:
    """A mapping with `operation`."""
    name = group.text("operation").upper()
    return whole(_operation(name, group, notes), group, name)


def _operation(name: str, group: Group, notes: Notes) -> Tree:
    span = group.start
    if name in ("IF", "SWITCH"):
        return read_choice(group, notes)
    if name in _ROWS:
        operands = _operands(group, "conditions" if group.has("conditions") else "values", notes)
        if len(operands) == 1 and name in ("SUBTRACT", "DIVIDE"):
            return Strange("vorm", f"{name} met één waarde", span)
        return Operation(_ROWS[name], operands, name, span) if operands else Strange("vorm", f"{name} zonder waarden", span)
    if name in _PAIRS:
        return _compared(name, group, notes)
    if name in ("IN", "NOT_IN"):
        return _within(name, group, notes)
    if name in ("NOT", "IS_NULL", "NOT_NULL"):
        inner = next((group.get(key) for key in ("subject", "value", "values", "conditions") if group.has(key)), None)
        if inner is None:
            return Strange("vorm", f"{name} zonder waarde", span)
        op = {"NOT": "niet", "IS_NULL": "is_leeg", "NOT_NULL": "is_ingevuld"}[name]
        return Operation(op, (read_tree(inner, notes),), name, span)
    if name == "COALESCE":
        operands = _operands(group, "values", notes)
        return Operation("eerste", operands, name, span) if operands else Strange("vorm", f"{name} zonder waarden", span)
    if name in _ROUNDING:
        return _rounded(name, group, notes)
    if name in ("AGE", "SUBTRACT_DATE", "DATE_DIFF"):
        return _elapsed(name, group, notes)
    if name in ("DATE_ADD", "ADD_DATE"):
        return _later(name, group, notes)
    if name == "DATE":
        return _date(group, notes)
    return Strange("lijst" if name in _LISTS else "bewerking", name or "een lege «operation»", span)


def _operands(group: Group, key: str, notes: Notes) -> tuple[Tree, ...]:
    return tuple(read_tree(item, notes) for item in group.items(key))


def _compared(name: str, group: Group, notes: Notes) -> Tree:
    if group.has("subject") and group.has("value"):
        subject, value = group.get("subject"), group.get("value")
        operands: tuple[Tree, ...] = (read_tree(subject, notes), read_tree(value, notes))
    else:
        operands = _operands(group, "values", notes)
    if len(operands) != 2:
        return Strange("vorm", f"{name} met {len(operands)} waarden", group.start)
    op = _PAIRS[name]
    for one, other in (operands, operands[::-1]):
        if isinstance(other, Constant) and other.value is None and op in ("=", "!="):
            return Operation("is_leeg" if op == "=" else "is_ingevuld", (one,), name, group.start)
    return Operation(op, operands, name, group.start)


def _within(name: str, group: Group, notes: Notes) -> Tree:
    subject = group.get("subject")
    among = group.get("values") if group.has("values") else group.get("value")
    if subject is None or among is None:
        return Strange("vorm", f"{name} zonder «subject» of «values»", group.start)
    if isinstance(among, Mapping) and (listed := Group(among, notes)).text("operation").upper() == "LIST":
        among = listed.get("items") or among
        if (strange := odd(listed, "LIST")) is not None:
            return strange
    if isinstance(among, Sequence):
        options = tuple(read_tree(item, notes) for item in among.items)
    else:
        options = (read_tree(among, notes),)
    if not options:
        return Strange("vorm", f"{name} met een lege lijst", group.start)
    found = Operation("in", (read_tree(subject, notes), *options), name, group.start)
    return Operation("niet", (found,), name, group.start) if name == "NOT_IN" else found


def read_choice(group: Group, notes: Notes) -> Tree:
    """IF and SWITCH, with `conditions`, `cases` or `when` and `then` beside each other. Its own keys are checked by who calls."""
    cases: list[tuple[Tree, Tree]] = []
    otherwise: Tree | None = None
    parts = [group]
    if not group.has("then"):
        parts = [Group(item, notes) for item in group.items("conditions" if group.has("conditions") else "cases")]
    for part in parts:
        when = next((n for key in ("test", "when") if (n := part.get(key)) is not None), None)
        then, last = part.get("then"), part.get("else")
        if last is not None:
            otherwise = read_tree(last, notes)
            if part is not parts[-1]:
                return Strange("vorm", "«else» vóór het laatste geval", part.start)
        beside = when is not None and is_empty(when)  # «- test:» with the operation beside it instead of under it
        lonely = when is None and (last is None or then is not None)
        if lonely or (beside and (part is group or not part.has("operation"))):
            return Strange("vorm", "een geval zonder voorwaarde", part.start)
        strange = None if beside or part is group else odd(part, "een geval")
        if strange is not None:
            return strange
        if when is None:
            break
        if then is None:
            return Strange("vorm", "een geval zonder uitkomst", part.start)
        when_tree = read_operation(_without(part, ("test", "then", "else"), notes), notes) if beside else read_tree(when, notes)
        cases.append((when_tree, read_tree(then, notes)))
    if otherwise is None and (default := group.get("default")) is not None:
        otherwise = read_tree(default, notes)
    if not cases:
        return otherwise or Strange("vorm", "een keuze zonder gevallen", group.start)
    if isinstance(otherwise, Constant) and otherwise.value is None:
        otherwise = None
    return Choice(tuple(cases), otherwise, group.start)


def _without(group: Group, keys: tuple[str, ...], notes: Notes) -> Group:
    assert group.mapping is not None
    left = {k: v for k, v in group.mapping.entries.items() if k not in keys}
    return Group(Mapping(left, group.mapping.span), notes)


def _rounded(name: str, group: Group, notes: Notes) -> Tree:
    inner = group.get("value") if group.has("value") else group.get("values")
    digits = group.number("precision")
    if inner is None or not isinstance(digits, int):
        return Strange("vorm", f"{name} zonder waarde of «precision»", group.start)
    return Operation("afronden", (read_tree(inner, notes),), name, group.start, _ROUNDING[name], digits)


def _elapsed(name: str, group: Group, notes: Notes) -> Tree:
    """Days, months or years from the first operand to the second."""
    keys: tuple[str, ...]
    if name == "AGE":
        keys, unit = ("date_of_birth", "reference_date"), "years"
    elif name == "DATE_DIFF":
        keys, unit = ("from", "to"), group.text("in")
    elif group.has("values"):
        keys, unit = (), group.text("unit") or "days"
    else:
        keys, unit = ("value", "subject"), group.text("unit") or "days"
    operands = tuple(read_tree(n, notes) for key in keys if (n := group.get(key)) is not None and not is_empty(n))
    if not keys:
        operands = _operands(group, "values", notes)[::-1]
    if len(operands) != 2 or unit not in ("days", "months", "years"):
        return Strange("vorm" if len(operands) != 2 else "bewerking", f"{name} in «{unit}»", group.start)
    if name == "SUBTRACT_DATE" and unit == "months":
        return Strange("maanden", name, group.start)
    return Operation("tussen", operands, name, group.start, _UNITS[unit])


def _later(name: str, group: Group, notes: Notes) -> Tree:
    """A date and one number of days, weeks, months or years; more than one is added from coarse to fine."""
    if name == "ADD_DATE":
        operands = _operands(group, "values", notes)
        unit = group.text("unit") or "days"
        if len(operands) != 2 or unit not in _UNITS:
            return Strange("vorm", f"{name} in «{unit}»", group.start)
        return Operation("later", operands, name, group.start, _UNITS[unit])
    start = group.get("date")
    if start is None:
        return Strange("vorm", f"{name} zonder datum", group.start)
    found = read_tree(start, notes)
    for unit in ("years", "months", "weeks", "days"):
        amount = group.get(unit)
        if amount is not None and not (isinstance(amount, Scalar) and is_null(amount)):
            found = Operation("later", (found, read_tree(amount, notes)), name, group.start, _UNITS[unit])
    return found


def _date(group: Group, notes: Notes) -> Tree:
    parts = [group.number(key) for key in ("year", "month", "day")]
    year, month, day = parts
    if isinstance(year, int) and isinstance(month, int) and isinstance(day, int):
        try:
            return Constant(date(year, month, day), group.start)
        except ValueError:
            return Strange("vorm", "DATE met een dag die niet bestaat", group.start)
    return Strange("bewerking", "DATE met een berekend jaar, maand of dag", group.start)
