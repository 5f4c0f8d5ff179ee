"""The desk composes: what is decided, with what, and what it hands out."""

from __future__ import annotations

import pytest

from stories import differences, json_of, names, story


@pytest.mark.parametrize("name", names())
def test_story(name: str) -> None:
    told = story(name)
    assert differences(told.expected["besluit"], json_of(told.decide())) == []


@pytest.mark.parametrize("name", names())
def test_story_comes_out_the_same_in_the_meaning_and_in_compiled_code(name: str) -> None:
    told = story(name)
    for ident in told.desk.register.ids():
        compiled = told.desk.register.compiled(ident, told.on, told.situation.persoon.gemeente)
        reference = compiled.reference(told.situation, told.on)
        assert compiled.values(compiled.run(told.situation, told.on)) == compiled.values(reference)
