"""`dataclass(frozen=True)` at half the price of start-up: equality, hash and repr are shared functions here.

The standard one compiles six functions for each class, and a command that lives a second makes a hundred and fifty classes.
For a type checker it is the standard one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    Made = TypeVar("Made", bound=type)

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[Made], Made]:
        """A frozen dataclass, compared and hashed by its fields that `compare`."""
        assert frozen

        def make(written: Made) -> Made:
            made = dataclasses.dataclass(frozen=True, slots=slots, eq=False, repr=False)(written)
            compared = [f.name for f in dataclasses.fields(made) if f.compare]
            key = attrgetter(*compared) if compared else _nothing

            def equal(self: Any, other: Any) -> Any:
                return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

            def hashed(self: Any) -> int:
                return hash(key(self))

            for name, shared in (("__eq__", equal), ("__hash__", hashed), ("__repr__", _shown)):
                if name not in written.__dict__:
                    setattr(made, name, shared)
            return made

        return make


def _nothing(_: object) -> tuple[()]:
    return ()


def _shown(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"
