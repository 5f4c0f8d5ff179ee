"""Names that come back to themselves: through what a national ruleset leaves open, and local ones fill in."""

from __future__ import annotations

from collections.abc import Sequence

from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset

Step = tuple[str, str]  # the id of a ruleset, and a name in it


def open_circle(rulesets: Sequence[Ruleset]) -> list[Step] | None:
    """A circle of names that goes through something left open, from there back to there; None when there is none."""
    reads: dict[Step, set[Step]] = {}

    def add(step: Step, node: ir.Node) -> None:
        found = (n for n in ir.walk(node) if isinstance(n, ir.TermRef | ir.OpenRef))
        reads.setdefault(step, set()).update((n.ruleset, n.name) for n in found)

    filled = {key for r in rulesets for key in r.vult_in}
    slots = [(r.id, name) for r in rulesets for name in r.open]
    for r in rulesets:
        for term in r.begrippen.values():
            add((r.id, term.naam), term.node)
        for slot in r.open.values():
            if slot.anders is not None and (r.id, slot.naam) not in filled:
                add((r.id, slot.naam), slot.anders)
        for key, node in r.vult_in.items():
            add(key, node)
    for start in slots:
        came_from: dict[Step, Step] = {}
        todo = [start]
        while todo:
            here = todo.pop()
            for there in reads.get(here, ()):
                if there == start:
                    circle = [start, here]
                    while circle[-1] != start:
                        circle.append(came_from[circle[-1]])
                    return circle[::-1]
                if there not in came_from:
                    came_from[there] = here
                    todo.append(there)
    return None


def circle_code(circle: Sequence[Step]) -> str:
    return "kring" if len({home for home, _ in circle}) == 1 else "kring-regelsets"


def circle_words(circle: Sequence[Step]) -> str:
    """«a → b → a», with the rulesets' names where it goes through more than one."""
    one = len({home for home, _ in circle}) == 1
    return " → ".join(name if one else f"{home}.{name}" for home, name in circle)
