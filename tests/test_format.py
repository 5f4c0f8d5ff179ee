"""One canonical form: meaning and comments stay, whoever wrote the file."""

import dataclasses
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets, Written
from responsief.cli import group
from responsief.diagnostics import Findings, InvalidError
from responsief.facts import Soort
from responsief.source import Source
from responsief.syntax import format as formatting
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_file, read_yaml
from restyled import Restyler, astray, shuffled

ROOT = Path(__file__).parents[1]
FILES = sorted(p for folder in ("rulesets", "tests", "examples") for p in (ROOT / folder).rglob("*.yaml"))


def formatted(text):
    return format_source(Source("x.yaml", text))


def root_of(text):
    findings = Findings()
    document = read_yaml(Source("x.yaml", text), findings)
    assert not findings, (list(findings), text)
    return document.root


def meaning(found):
    """What a checked ruleset means: everything but its places, its text and the number of that text."""
    if dataclasses.is_dataclass(found):
        fields = [f.name for f in dataclasses.fields(found) if f.compare and f.name != "sha256"]
        return (type(found).__name__, *((name, meaning(getattr(found, name))) for name in fields))
    if isinstance(found, dict):
        return [(key, meaning(value)) for key, value in found.items()]
    if isinstance(found, list | tuple):
        return [meaning(inner) for inner in found]
    return (repr(found), meaning(vars(found))) if isinstance(found, Soort) else found


def rulesets(texts):
    return [meaning(r) for versions in Written(tuple(texts)).checked().versions.values() for r in versions]


# --- whoever wrote it --------------------------------------------------------------------------------------------------


def holds_for(seed, comments):
    dice = Rolled(seed)
    written = Rulesets(dice, depth=2).written()
    results = []
    for text in written.texts:
        root = shuffled(root_of(text), dice)
        restyler = Restyler(dice, comments=comments)
        restyled = restyler.whole(root)
        assert root_of(restyled) == root, "the test wrote something else than it meant"
        result = formatted(restyled)
        assert formatted(result) == result
        assert result.endswith("\n")
        assert "\r" not in result or "\r\n" in restyled
        plain = result.replace("\r\n", "\n")
        after = root_of(plain)
        assert [w for w in (astray(plain, after, placed) for placed in restyler.placed) if w] == [], f"{restyled}\n\n{plain}"
        results.append(result)
    assert rulesets(results) == rulesets(written.texts)


@pytest.mark.heavy
@settings(max_examples=480)
@given(st.integers(0, 2**32), st.sampled_from([0, 4, 12, 30]))
def test_a_random_register_in_any_style_keeps_its_meaning_and_every_comment_at_its_part(seed, comments):
    holds_for(seed, comments)


@pytest.mark.parametrize("seed", range(20))
def test_a_few_random_registers_keep_their_meaning_and_comments(seed):
    holds_for(seed, 12)
