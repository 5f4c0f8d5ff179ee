"""Another name for an own fact, term, figure or criterion, in every file that names it; or why that can't be."""

from __future__ import annotations

from typing import NamedTuple

from responsief.ir.declare import BUILT_IN
from responsief.ir.types import situation_schema
from responsief.lsp.mentions import of_shipped, references, target_at
from responsief.lsp.world import Page, Target, World, is_shipped_page
from responsief.syntax.reading import IDENT, NAME, plain_name


class RefusedError(Exception):
    """Why something gets no other name: a Dutch sentence."""


class Change(NamedTuple):
    """Characters `start` up to `end` of a page become `text`."""

    page: Page
    start: int
    end: int
    text: str


RENAMED = {"naam": NAME, "criterium": IDENT, "clausule": IDENT, "basis": NAME}


def renamable(page: Page, at: int, world: World) -> tuple[Target, int, int]:
    """What stands at a character, when it can get another name. Raises RefusedError."""
    found = target_at(page, at, world)
    if found is None:
        raise RefusedError(
            "Hier staat geen naam die u kunt veranderen. Zet de cursor op een gegeven, begrip, bedrag of criterium."
        )
    target, start, end = found
    if target.kind == "veld":
        raise RefusedError(f"«{target.name}» is een vast gegeven van de situatie: die naam kan niet anders.")
    if target.kind not in RENAMED:
        raise RefusedError(
            f"«{target.name}» kunt u hier niet anders noemen: alleen een gegeven, begrip, bedrag, clausule of criterium."
        )
    if of_shipped(target, world):
        raise RefusedError(f"«{target.name}» hoort bij de geleverde regelsets: die naam kan niet anders.")
    return target, start, end


def rename(page: Page, at: int, new: str, world: World) -> list[Change]:
    """Every change that gives what stands at a character another name. Raises RefusedError."""
    target, _, _ = renamable(page, at, world)
    new = new.strip()
    _may_be(target, new, world)
    if new == target.name:
        return []
    found = references(target, world)
    if any(is_shipped_page(there) for there, _, _ in found):
        raise RefusedError(f"een geleverd bestand noemt «{target.name}»: die naam kan niet anders.")
    return [Change(there, start, end, new) for there, start, end in found]


def _may_be(target: Target, new: str, world: World) -> None:
    form = RENAMED[target.kind]
    if not form.fullmatch(new):
        rule = (
            "kleine letters, cijfers en «_», en begin met een letter" if form is NAME else "kleine letters, cijfers, «_» en «-»"
        )
        better = plain_name(new, "_" if form is NAME else "-")
        hint = f" Bijvoorbeeld «{better}»." if form.fullmatch(better) else ""
        raise RefusedError(f"«{new}» kan geen naam zijn: gebruik {rule}.{hint}")
    if new == target.name:
        return
    if target.kind == "naam" and new in BUILT_IN:
        raise RefusedError(f"«{new}» is een woord van de taal: kies een andere naam.")
    if target.kind == "naam" and new in situation_schema().fields:
        raise RefusedError(f"«{new}» is een veld van de situatie: kies een andere naam.")
    if world.find(Target(target.kind, target.home, new)):
        raise RefusedError(f"«{new}» bestaat al: kies een andere naam.")
    if target.kind == "naam" and any(named.target.name == new for named in world.shared()):
        raise RefusedError(f"«{new}» bestaat al als gedeeld begrip of cijfer: kies een andere naam.")
