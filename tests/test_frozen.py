"""Our frozen dataclasses are those of the standard library, only made sooner: held against each other."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsief.frozen import dataclass as ours
from responsief.ir.nodes import Known
from responsief.ir.types import JA_NEE
from responsief.source import Place, Scalar, Source, Span

THEIRS = dataclasses.dataclass


def make(dataclass: Any, *, slots: bool) -> Any:
    @dataclass(frozen=True, slots=slots)
    class Thing:
        """A thing."""

        name: str
        size: int = 3
        parts: list[int] = field(default_factory=list)
        place: str = field(default="here", compare=False, repr=False)
        kind: str = field(default="thing", init=False)

        def twice(self) -> int:
            return self.size * 2

    return Thing


VALUES = st.fixed_dictionaries(
    {"name": st.sampled_from("ab")}, optional={"size": st.integers(0, 2), "place": st.sampled_from("xy"), "parts": st.just([1])}
)


@pytest.mark.parametrize("slots", [True, False])
@given(one=VALUES, other=VALUES)
def test_two_of_ours_are_to_each_other_what_two_standard_ones_are(
    slots: bool, one: dict[str, Any], other: dict[str, Any]
) -> None:
    our, their = make(ours, slots=slots), make(THEIRS, slots=slots)
    assert (our(**one) == our(**other)) is (their(**one) == their(**other))
    assert our(**one) != their(**one)
    assert repr(our(**one)) == repr(their(**one))
    assert dataclasses.asdict(our(**one)) == dataclasses.asdict(their(**one))
    changed = dataclasses.replace(our(**one), **other)
    assert changed == our(**{**one, **other})
    assert changed.kind == "thing"
    assert copy.deepcopy(our(**one)) == our(**one)


@pytest.mark.parametrize("slots", [True, False])
def test_a_class_of_ours_tells_the_same_of_itself(slots: bool) -> None:
    our, their = make(ours, slots=slots), make(THEIRS, slots=slots)
    assert our.__match_args__ == their.__match_args__
    assert our.__doc__ == their.__doc__
    assert [(f.name, f.type, f.default, f.init) for f in dataclasses.fields(our)] == [
        (f.name, f.type, f.default, f.init) for f in dataclasses.fields(their)
    ]
    mine, other = inspect.signature(our), inspect.signature(their)
    assert [(p.name, p.annotation) for p in mine.parameters.values()] == [
        (p.name, p.annotation) for p in other.parameters.values()
    ]
    assert our("a").parts is not our("a").parts
    assert hasattr(our("a"), "__dict__") is hasattr(their("a"), "__dict__")


@pytest.mark.parametrize("slots", [True, False])
def test_what_is_frozen_does_not_change(slots: bool) -> None:
    thing = make(ours, slots=slots)("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'size'"):
        thing.size = 4
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'size'"):
        del thing.size
    with pytest.raises(TypeError):
        make(ours, slots=slots)()
    with pytest.raises(TypeError):
        hash(make(ours, slots=slots)("a"))  # it holds a list


def test_another_process_gets_the_same_value() -> None:
    place = Place(Scalar("x", Source("a.yaml", "x"), 0, 1, 1, 1), 0, 1)
    for value in (Span(Source("a.yaml", "x"), 1, 1), place, Known(Known(None, True, place), False, place)):  # type: ignore[arg-type]
        again = pickle.loads(pickle.dumps(value))  # our own bytes
        assert again == value
        assert hash(again) == hash(value)
        assert type(again) is type(value)
    assert pickle.loads(pickle.dumps(Known(None, True, place))).type == JA_NEE  # type: ignore[arg-type]
