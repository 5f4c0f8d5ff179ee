"""The parts of a file as lines: key order, indentation, what stands between brackets, blank lines, comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from responsief.source import Scalar
from responsief.syntax.comments import Comment, Part, settle
from responsief.syntax.nodes import Mapping
from responsief.syntax.shapes import APART, EXPRESSION, SECTIONS, SHAPES, in_order
from responsief.syntax.write_expression import canonical
from responsief.syntax.write_scalar import on_one_line, over_lines

#: what stands between brackets goes on lines of its own past this width; a text stays on its line, however long
WIDTH: Final = 120
FOLDED: Final = 140  # a line that its writer folded may be this wide
ALIGNED: Final = 80  # comments behind lines longer than this are not lined up

_ALLOWED: Final = "toegestaan["  # the comment that suppresses a finding on its line


@dataclass(slots=True)
class Line:
    text: str
    comment: str = ""


def written(root: Part) -> str:
    """The text of a file in its one canonical form. Orders `root` and moves its comments to where they are written."""
    root.flow = False
    _order(root, 0)
    settle(root)
    printer = _Printer()
    printer.parts(root, 0)
    printer.comments(root.below)
    return "\n".join(_aligned(printer.lines)) + "\n"


# --- what comes first, and what stands between brackets ----------------------------------------------------------------


def _order(part: Part, indent: int) -> None:
    """Keys in order, and brackets opened where their inside is too wide or has comments; `indent` of what stands inside."""
    head = part.parts[0].above if part.column < 0 and part.parts else []
    first = part.parts[0] if part.parts else None
    _sort(part)
    if first is not None and part.parts[0] is not first and head:  # what opens the file stays on top
        first.above, part.parts[0].above = [], head + part.parts[0].above
    opened = [p for p in part.parts if p.flow and (p.commented or _too_wide(p, indent))]
    if any(p.key is None and isinstance(p.node, Mapping) for p in opened):  # one style for the groups of a list
        opened += [p for p in part.parts if p.flow and isinstance(p.node, Mapping) and p.parts and not _allowed(p)]
    for inner in opened:
        inner.flow = False
    for inner in part.parts:
        if inner.flow:
            _sort_inside(inner)
        else:
            _order(inner, indent + 2)


def _sort(part: Part) -> None:
    if isinstance(part.node, Mapping) and part.shape in SHAPES:
        by_key = {p.key.value: p for p in part.parts if p.key is not None}
        part.parts = [by_key[key] for key in in_order(part.shape, list(by_key))]


def _sort_inside(part: Part) -> None:
    """Keys in order between brackets."""
    _sort(part)
    for inner in part.parts:
        _sort_inside(inner)


def _allowed(part: Part) -> bool:
    """Is there a suppression, which must stay on the line that it is about?"""
    return any(_ALLOWED in text for text in (*part.beside, *(c.text for c in part.above[-1:])))


def _too_wide(part: Part, indent: int) -> bool:
    if not part.parts or _allowed(part):
        return False
    head = f"{_key(part.key, flow=False)}: " if part.key is not None else "- "
    return indent + len(head) + len(_between_brackets(part)) > WIDTH


def _between_brackets(part: Part) -> str:
    node = part.node
    if isinstance(node, Scalar):
        return on_one_line(_value(part), flow=True, quoted=_quoted(node)) if node.value else '""'
    inside = []
    for inner in part.parts:
        text = _between_brackets(inner)
        inside.append(f"{_key(inner.key, flow=True)}: {text}" if inner.key is not None else text)
    return f"{{{', '.join(inside)}}}" if isinstance(node, Mapping) else f"[{', '.join(inside)}]"


# --- scalars -----------------------------------------------------------------------------------------------------------


def _quoted(scalar: Scalar) -> bool:
    return scalar.source.text[scalar.start : scalar.start + 1] in ("'", '"')


def _key(key: Scalar, *, flow: bool) -> str:
    return on_one_line(key.value, flow=flow, quoted=_quoted(key)) if key.value else '""'


def _value(part: Part) -> str:
    assert isinstance(part.node, Scalar)
    return canonical(part.node.value, shape_of_scalar(part.shape))


def shape_of_scalar(shape: str) -> str:
    """What one value is where a shape may also be a group or list: a term is an expression, a single cell a cell."""
    return EXPRESSION if shape == "begrip" else shape[1:] if shape[:1] in ("[", "{") else shape


# --- lines -------------------------------------------------------------------------------------------------------------


class _Printer:
    def __init__(self) -> None:
        self.lines: list[Line] = []

    def blank(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def comments(self, comments: list[Comment], pad: str = "", *, top: bool = False) -> None:
        for number, comment in enumerate(comments):
            if comment.blank and not (top and number == 0):
                self.blank()
            self.lines.append(Line(pad + comment.text))

    def parts(self, part: Part, indent: int) -> None:
        pad = " " * indent
        for number, inner in enumerate(part.parts):
            top = number == 0
            if not top and inner.block and (inner.shape in APART or (part.column < 0 and _is_section(part, inner))):
                self.blank()
            self.comments(inner.above, pad, top=top)
            if inner.blank and (inner.above or not top):
                self.blank()
            self.part(inner, indent)

    def part(self, part: Part, indent: int) -> None:
        pad = " " * indent
        beside = part.beside[0] if part.beside else ""
        head = pad + (f"{_key(part.key, flow=False)}:" if part.key is not None else "-")
        node = part.node
        if isinstance(node, Scalar):
            first, *rest = self.scalar(part, node, len(head), indent)
            self.lines.append(Line(f"{head} {first}".rstrip(" ") if not first else f"{head} {first}", beside))
            self.lines += [Line(f"{pad}  {line}" if line else "") for line in rest]
        elif not part.block:
            self.lines.append(Line(f"{head} {_between_brackets(part)}", beside))
        else:
            if part.key is not None:
                self.lines.append(Line(head, beside))
            start = len(self.lines)
            self.parts(part, indent + 2)
            if part.key is None:  # the first line of an item stands behind its dash
                self.lines[start].text = f"{pad}- {self.lines[start].text[indent + 2 :]}"
        self.comments(part.below, pad + "  ")

    def scalar(self, part: Part, node: Scalar, used: int, indent: int) -> list[str]:
        """The first line behind the head, and the lines under it."""
        raw = node.source.text[node.start : node.end]
        if not raw:
            return [""]
        value = _value(part)
        kept = [line.strip() for line in raw.strip().split("\n")[1:]] if raw[0] == ">" and value == node.value else []
        one = on_one_line(value, flow=False, quoted=raw[0] in "'\"")
        if "\n" in value or ("\n" in raw.strip() and used + 1 + len(one) > WIDTH):
            return over_lines(value, WIDTH - indent - 2, kept, FOLDED - indent - 2) or [one]
        return [one]


def _is_section(root: Part, part: Part) -> bool:
    return root.shape == "regelset" and part.key is not None and part.key.value in SECTIONS


def _aligned(lines: list[Line]) -> list[str]:
    """Comments behind lines that follow each other, at one indentation, stand under each other."""
    found: list[str] = []
    group: list[Line] = []

    def close() -> None:
        width = max((len(line.text) for line in group), default=0)
        found.extend(f"{line.text:<{width}}  {line.comment}" for line in group)
        group.clear()

    for line in lines:
        lines_up = bool(line.comment) and len(line.text) <= ALIGNED
        if not lines_up or (group and _indent(group[0].text) != _indent(line.text)):
            close()
        if lines_up:
            group.append(line)
        else:
            found.append(f"{line.text}  {line.comment}" if line.comment else line.text)
    close()
    return found


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" -"))
