"""`dataclass(frozen=True)` at a quarter of the price of start-up, and made in two thirds of the time.

The standard one compiles eight functions for each class, and a command that lives a second makes a hundred and fifty classes. Here
only `__init__` is; equality, hash, repr and refusing to change are shared functions. For a type checker it is the standard one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    Made = TypeVar("Made", bound=type)

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[Made], Made]:
        """A frozen dataclass, compared and hashed by its fields that `compare`."""
        assert frozen

        def make(written: Made) -> Made:
            if written.__doc__ is None:
                written.__doc__ = written.__name__  # else the standard one works out a signature to put here
            made = dataclasses.dataclass(init=False, eq=False, repr=False, slots=slots)(written)
            made.__dataclass_params__.frozen = True
            fields = dataclasses.fields(made)
            compared = [f.name for f in fields if f.compare]
            key = attrgetter(*compared) if compared else _nothing

            def equal(self: Any, other: Any) -> Any:
                return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

            def hashed(self: Any) -> int:
                return hash(key(self))

            own = {"__eq__": equal, "__hash__": hashed, "__repr__": _shown, "__init__": _init(made, fields, slots=slots)}
            if slots:
                own |= {"__getstate__": _state, "__setstate__": _set_state}
            for name, function in own.items():
                if name not in written.__dict__:
                    setattr(made, name, function)
            made.__setattr__, made.__delattr__ = _no_change, _no_removal
            return made

        return make


def _init(made: type, fields: tuple[dataclasses.Field[Any], ...], *, slots: bool) -> Any:
    """A function that takes the fields in order and sets them: into their slots, which takes less than looking them up by name."""
    known: dict[str, Any] = {"_new": _NEW, "_set": object.__setattr__}
    taken, lines = ["self"], []
    for f in fields:
        value = f.name
        if f.default_factory is not dataclasses.MISSING:
            known[f"_make_{f.name}"] = f.default_factory
            value = f"_make_{f.name}()" + (f" if {f.name} is _new else {f.name}" if f.init else "")
            taken += [f"{f.name}=_new"] if f.init else []
        elif f.default is not dataclasses.MISSING:
            known[f"_usual_{f.name}"] = f.default
            value = f.name if f.init else f"_usual_{f.name}"
            taken += [f"{f.name}=_usual_{f.name}"] if f.init else []
        else:
            taken.append(f.name)
        if slots:
            known[f"_set_{f.name}"] = getattr(made, f.name).__set__
            lines.append(f" _set_{f.name}(self, {value})")
        else:
            lines.append(f" _set(self, {f.name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    made_here: dict[str, Any] = {}
    exec(
        f"def __init__({', '.join(taken)}):\n" + ("\n".join(lines) or " pass"), known, made_here
    )  # what `dataclasses` does too
    init = made_here["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {f.name: f.type for f in fields if f.init} | {"return": None}
    return init


_NEW = object()


def _nothing(_: object) -> tuple[()]:
    return ()


def _shown(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _no_change(self: Any, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_removal(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, f.name) for f in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for f, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)
