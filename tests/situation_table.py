"""Writes src/responsief/ir/situation_fields.py from the model of a situation. `python tests/situation_table.py` renews it.

Who only reads rules needs the names and types of facts, and not the models that hold them: making those takes a third of a check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from responsief import ir
from responsief.facts import Soort
from responsief.ir.types import Field, Kind, Record, Type, type_of_soort
from responsief.situation import NO_FACTS, Situation, model_of
from responsief.values import Geen

TABLE = Path(ir.__path__[0]) / "situation_fields.py"

HEAD = '''\
"""Every fact that a rule can read, made from the models in `situation` (`python tests/situation_table.py`); a test holds that it is up to date.

So whoever only reads rules loads no models. Of each field: its name, its type, label, question, sources and unit. A type is its kind,
what is special about it, and of a list or group its title and fields.
"""

from typing import Any, Final

# fmt: off
'''


def table() -> str:
    """The whole module."""
    return f"{HEAD}SITUATION_FIELDS: Final[tuple[Any, ...]] = (\n{chr(10).join(_rows(record(), 1))}\n)\n"


def _rows(one: Record, depth: int) -> Iterator[str]:
    before = "    " * depth
    for field in one.fields.values():
        kind = field.type
        usual = Type(kind.kind)
        more = {name: getattr(kind, name) for name in ("options", "whole", "geen", "spread", "cijfers")}
        more = {name: value for name, value in more.items() if value != getattr(usual, name)}
        said = f"{field.label!r}, {field.vraag!r}, {field.van!r}, {field.eenheid!r}"
        if kind.record is None:
            yield f"{before}({field.name!r}, ({kind.kind.value!r}, {more!r}), {said}),"
        else:
            yield f"{before}({field.name!r}, ({kind.kind.value!r}, {more!r}, {kind.record.name!r}, ("
            yield from _rows(kind.record, depth + 1)
            yield f"{before})), {said}),"


# --- from the models ---------------------------------------------------------------------------------------------------


def record() -> Record:
    """The situation as the language sees it, from the models themselves."""
    return _record(Situation, "de situatie", geen=False)


def _record(model: type[BaseModel], name: str, *, geen: bool) -> Record:
    fields = {}
    for key, info in model.model_fields.items():
        if key in NO_FACTS:
            continue
        found = _type(info, geen)
        if found is not None:
            extra: Any = info.json_schema_extra or {}
            fields[key] = Field(
                key,
                found,
                info.title or key,
                info.description or "",
                tuple(extra.get("van", ("inwoner",))),
                extra.get("eenheid"),
            )
    return Record(name, fields)


def _type(info: FieldInfo, geen: bool) -> Type | None:
    for note in info.metadata:
        if isinstance(note, Soort):
            plain = type_of_soort(note)
            return replace(plain, geen=plain.geen or (geen and plain.kind is not Kind.JA_NEE))
    inner = model_of(info.annotation)
    arguments = _arguments(info.annotation)
    if any(getattr(a, "__origin__", None) is tuple for a in arguments):
        if inner is not None:
            return Type(Kind.LIJST, record=_record(inner, info.title or "", geen=False))
        words = next((m for a in arguments for m in _soorten(a)), None)
        return Type(Kind.LIJST, record=Record(info.title or "", {})) if words is not None else None
    if inner is None:
        return None
    absent = Geen in arguments
    return Type(
        Kind.GROEP, geen=geen or absent, record=_record(inner, info.title or inner.__name__.lower(), geen=geen or absent)
    )


def _arguments(annotation: Any) -> tuple[Any, ...]:
    found = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is tuple:
        return (annotation, *found)
    return found + tuple(b for a in found for b in _arguments(a) if getattr(b, "__origin__", None) is tuple)


def _soorten(annotation: Any) -> list[Soort]:
    notes = [n for n in getattr(annotation, "__metadata__", ()) if isinstance(n, Soort)]
    return notes + [n for a in getattr(annotation, "__args__", ()) for n in _soorten(a)]


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
