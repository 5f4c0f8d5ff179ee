"""Every case of the shipped rulesets, the worked cases of practice among them, put in words that a court and a reader accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

import responsief
from responsief.decision import Decision
from responsief.motivation.lint import lint
from responsief.register import read_files, shipped
from responsief.trial_files import read_trials


@pytest.fixture(scope="module")
def decisions() -> list[tuple[str, Decision]]:
    desk = responsief.open_desk()

    def every() -> Iterator[tuple[str, Decision]]:
        for document in read_files([shipped()]).documents["proef"]:
            file = read_trials(document, desk.register.versions)
            assert file.findings == ()
            for case in file.gevallen:
                assert case.situatie is not None
                yield (
                    f"{file.regelset}: {case.naam}",
                    desk.decide(case.situatie, file.regelset, case.peildatum, today=case.peildatum),
                )

    return list(every())


def test_every_case_is_put_in_words_that_pass_the_lint(decisions: list[tuple[str, Decision]]) -> None:
    """Circumstances named, only the clause's own threshold words, the right remedy, no sentence over twenty words in the letter."""
    refused = {name: found for name, decision in decisions if (found := lint(decision.draft, decision.motivering))}
    assert refused == {}


def test_every_case_that_is_no_full_grant_has_its_review_and_something_that_helps(
    decisions: list[tuple[str, Decision]],
) -> None:
    seen: Counter[str] = Counter()
    for name, decision in decisions:
        seen[decision.uitkomst] += 1
        assert (decision.hardheid is None) == (decision.uitkomst == "toegekend"), name
        if decision.hardheid is not None:
            assert decision.hardheid.alternatieven, name
    assert seen["afgewezen"] >= 50
    assert min(seen[outcome] for outcome in ("toegekend", "onbepaald", "wacht")) >= 5
