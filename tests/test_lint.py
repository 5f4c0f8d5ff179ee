"""Planted defects in `tests/lint`: what a valid register says that its writer did not mean, told at its place with what to do.

As in `tests/errors` the expectation stands on the line that earns it (`# waarschuwing[code] <column>: text (advice)`), or on top of the file with
its line (`# regel <line> …`). Nothing is missing and nothing is extra: what stands beside a defect and is good must stay silent.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planted
from planted import Told
from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief import readability
from responsief.checked import check
from responsief.diagnostics import Diagnostic, Findings
from responsief.lint import lint
from responsief.lint.allowed import allow
from responsief.messages import PROVED, SEVERITIES
from responsief.register import FORMS, Files, check_files, read_files, shipped
from responsief.render.ruleset_page import page_of
from responsief.render.to_html import to_html
from responsief.render.to_markdown import to_markdown
from responsief.source import Source
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_yaml

HERE = Path(__file__).parent / "lint"
STORIES = sorted(p.relative_to(HERE).as_posix() for p in HERE.iterdir() if p.is_dir() or p.suffix == ".yaml")
EXPECTED = re.compile(
    r"# (?:regel (\d+) )?((?:fout|waarschuwing|tip)\[[a-z0-9-]+\]) (\d+): (.*?)(?= *# (?:regel \d+ )?(?:fout|waarschuwing|tip)\[|\s*$)"
)
TODAY = date(2026, 3, 2)


def linted(files: Files) -> list[Diagnostic]:
    """What is found in files on their own: mistakes, or else what lint says, without what was allowed."""
    checker, catalogue, wrong = check_files(files)
    found = list(wrong) or lint(files, checker, catalogue, TODAY)
    return allow(found, [d for documents in files.documents.values() for d in documents], complete=not wrong)


def told_in(story: str) -> list[Told]:
    found = linted(read_files([Path(story)]))
    if story != "geen-proef":  # only that story has test cases
        found = [one for one in found if one.code != "geen-proef"]
    return sorted(map(told, found))


def told(one: Diagnostic) -> Told:
    assert one.span is not None
    words = one.tekst + (f" ({one.hulp})" if one.hulp else "")
    return one.span.source.name, one.span.line, one.span.column, f"{one.ernst}[{one.code}]", words


def expected_in(story: str) -> list[Told]:
    return planted.expected_in(HERE, story, EXPECTED)


@pytest.mark.parametrize("story", STORIES)
def test_a_planted_defect_is_told_at_its_place_and_what_is_good_is_not(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    expected = expected_in(story)
    assert bool(expected) != story.startswith("goed-"), "a story without an expectation"
    assert told_in(story) == expected


def test_every_warning_and_tip_is_earned_by_a_planted_defect() -> None:
    expected = [one for story in STORIES for one in expected_in(story)]
    assert {code for *_, code, _ in expected if not code.startswith("fout")} == {
        f"{e}[{c}]" for c, e in SEVERITIES.items() if c not in PROVED and not c.startswith("wijziging-")
    }
    assert len(expected) >= 60


def test_a_story_is_about_the_code_that_it_is_named_after() -> None:
    for story in STORIES:
        code = story.removesuffix(".yaml")
        if code in SEVERITIES:
            assert any(code == told.partition("[")[2].rstrip("]") for *_, told, _ in expected_in(story)), story


# --- the words of a limit against its sign -----------------------------------------------------------------------------

ABOVE = (
    "meer dan 12 uur", "hoger dan 12", "niet meer dan 12 uur", "niet hoger dan 12", "ten hoogste 12 uur", "hoogstens 12 uur", "maximaal 12",
    "tot en met 12 uur", "12 uur of minder", "12 uur of korter", "langer dan 12 uur", "niet langer dan 12 uur",
)  # fmt: skip
BELOW = (
    "minder dan 12 uur", "ten minste 12 uur", "tenminste 12 uur", "minstens 12 uur", "minimaal 12 uur", "12 uur of meer", "vanaf 12 uur", "niet minder dan 12 uur",
    "korter dan 12 uur", "lager dan 12", "12 uur of langer", "nog geen 12 uur of meer",
)  # fmt: skip
SIGNS = {
    "uren > 12": ABOVE,
    "uren <= 12": ABOVE,
    "uren >= 12": BELOW,
    "uren < 12": BELOW,
    "12 < uren": ABOVE,
    "12 <= uren": BELOW,
}
SIGNS |= {f"niet ({eis})": side for eis, side in SIGNS.items()}


def test_every_phrase_is_held_against_every_sign() -> None:
    rows = [(f"x{n}", phrase, eis) for n, (eis, phrase) in enumerate((e, p) for e in SIGNS for p in (*ABOVE, *BELOW))]
    text = ruleset_with(
        "".join(
            f'  - {{id: {ident}, titel: "U werkt {phrase}", grondslag: art. 1, doel: Omdat het zo hoort te zijn., eis: "{eis}"}}\n'
            for ident, phrase, eis in rows
        )
    )
    told = {one.span.line for one in linted(text) if one.code == "grens-teken" and one.span}
    lines = text.documents["regelset"][0].source.lines
    for ident, phrase, eis in rows:
        line = next(n for n, written in enumerate(lines, 1) if f"id: {ident}," in written)
        assert (line in told) == (phrase not in SIGNS[eis]), (phrase, eis)


DATED = {
    "{} < peildatum - 12 maanden": ABOVE,
    "{} >= peildatum - 1 jaar": ABOVE,
    "{} <= peildatum - 1 jaar": BELOW,
    "{} > peildatum - 12 maanden": BELOW,
    "{} + 12 maanden < peildatum": ABOVE,
    "peildatum >= {} + 1 jaar": BELOW,
    "peildatum - 1 jaar > {}": ABOVE,
    "(maanden tussen {} en peildatum) >= 12": BELOW,
    "(jaren tussen {} en peildatum) > 1": ABOVE,
}


def test_of_two_days_the_sign_is_that_of_the_time_between_them() -> None:
    long = ("één jaar", "een jaar", "twaalf maanden", "12 maanden")
    phrases = [p for p in (*ABOVE, *BELOW) if "12 uur" in p]
    rows = [
        (f"x{n}", phrase, long[n % len(long)], eis)
        for n, (eis, phrase) in enumerate((e.format("aanvraag.gemeld_op"), p) for e in DATED for p in phrases)
    ]
    written = "".join(
        f'  - {{id: {i}, titel: "U wacht {p.replace("12 uur", t)}", grondslag: art. 1, doel: Zo hoort het., eis: "{eis}"}}\n'
        for i, p, t, eis in rows
    )
    files = ruleset_with(written)
    found = [one for one in linted(files) if one.code.startswith("grens-")]
    assert {one.code for one in found} == {"grens-teken"}
    told = {one.span.line for one in found if one.span}
    lines = files.documents["regelset"][0].source.lines
    sides = {eis.format("aanvraag.gemeld_op"): side for eis, side in DATED.items()}
    assert len(phrases) > 8
    for ident, phrase, time_, eis in rows:
        line = next(n for n, text in enumerate(lines, 1) if f"id: {ident}," in text)
        assert (line in told) == (phrase not in sides[eis]), (phrase, time_, eis)


@pytest.mark.parametrize(
    ("titel", "eis"),
    [
        ("U werkt meer dan 12 uur en minder dan 20 uur", "uren >= 12"),  # two limits in the words
        ("U werkt meer dan 12 uur", "uren >= 12 en uren < 20"),  # two limits in the rule
        ("U werkt meer dan gewoon", "uren >= 12"),  # no number, and no name of a limit
        ("U werkt meer dan drie maanden", "uren >= 12"),  # a number in words, of something else
        ("U doet ten minste twee derde zelf", "uren >= 12"),  # no two
        ("U heeft één of meer kinderen", "uren >= 12"),
        ("U werkt ten minste één van de dagen", "uren > 1"),
        (
            "U meldde zich ten minste één jaar geleden",
            "(dagen tussen aanvraag.gemeld_op en peildatum) > 360",
        ),  # no fixed number of days
        ("U meldde zich ten minste drie en een half jaar geleden", "aanvraag.gemeld_op < peildatum - 3 jaar"),
        ("U meldde zich ten minste één jaar geleden", "aanvraag.gemeld_op <= peildatum - 12 maanden"),
        ("U meldt zich ten minste één jaar vooruit", "aanvraag.gemeld_op >= peildatum + 1 jaar"),
        ("U werkt meer dan 11 uur", "uren >= 12"),  # the same for whole numbers
        ("U werkt onder begeleiding", "uren <= 12"),
        ("U woont boven een winkel", "uren < 12"),
        ("U meldde zich meer dan 12 dagen geleden", "aanvraag.gemeld_op < peildatum - 12 dagen"),  # days run the other way
    ],
)
def test_where_it_is_not_sure_it_stays_silent(titel: str, eis: str) -> None:
    row = f'  - {{id: uren, titel: "{titel}", grondslag: art. 1, doel: Omdat het zo hoort te zijn., eis: "{eis}"}}\n'
    assert not [one for one in linted(ruleset_with(row)) if one.code.startswith("grens-")]


SPEAKS = "spreekt_nederlands: {type: ja_nee, label: spreekt Nederlands, vraag: Spreekt u Nederlands?, van: [gemeente]}"
BARRED = "spreekt_geen_nederlands: {type: ja_nee, label: spreekt geen Nederlands, vraag: Spreekt u nog geen Nederlands?, van: [gemeente]}"
LEVEL = "taalniveau: {type: keuze, opties: [A1, A2, B1], label: taalniveau, vraag: Wat is uw taalniveau?, van: [gemeente]}"
SCORE = "taaltoets: {type: getal, label: punten voor de taaltoets, vraag: Hoeveel punten had u voor de taaltoets?, van: [duo]}"
OTHER = "les: {type: ja_nee, label: krijgt les in een andere taal, vraag: Krijgt u les in een andere taal?, van: [inwoner]}"
COURSE = "taalcursus: {type: ja_nee, label: volgt een taalcursus, vraag: Volgt u een taalcursus?, van: [inwoner]}"


@pytest.mark.parametrize(
    ("fact", "eis", "refuses"),
    [
        (SPEAKS, "spreekt_nederlands", True),
        (SPEAKS, "niet spreekt_nederlands", False),  # for a course: who does not speak it is helped
        (SPEAKS, "niet (niet spreekt_nederlands)", True),
        (BARRED, "spreekt_geen_nederlands", False),
        (BARRED, "niet spreekt_geen_nederlands", True),
        (SPEAKS, "niet communicatie.taal_beperkt", True),
        (SPEAKS, "communicatie.taal_beperkt", False),
        (LEVEL, "taalniveau in ['A2', 'B1']", True),
        (LEVEL, "taalniveau = 'B1'", True),
        (LEVEL, "taalniveau in ['A1', 'A2']", False),
        (LEVEL, "taalniveau is bekend", False),
        (SCORE, "taaltoets >= 60", True),
        (SCORE, "taaltoets < 60", False),
        (OTHER, "les", False),
        (OTHER, "niet les", False),
        (COURSE, "taalcursus", False),
    ],
)
def test_a_language_is_told_only_where_not_speaking_it_leads_to_no(fact: str, eis: str, refuses: bool) -> None:
    row = f'  - {{id: taal, titel: U past hierbij, grondslag: art. 1, doel: Omdat het zo hoort te zijn., eis: "{eis}"}}\n'
    found = linted(ruleset_with(row, fact))
    assert not [one for one in found if one.ernst == "fout"]
    assert ("taaleis" in {one.code for one in found}) == refuses


def ruleset_with(criteria: str, fact: str = "") -> Files:
    text = (HERE / "goed-regelset.yaml").read_text(encoding="utf-8")
    start, end = text.index("criteria:\n") + len("criteria:\n"), text.index("hardheid:")
    uren = "  uren: {type: getal, label: uren werk, vraag: Hoeveel uur werkt u?, van: [inwoner]}\n"
    more = f"  {fact}\n" if fact else ""
    text = text[:start].replace("gegevens:\n", "gegevens:\n" + uren + more) + criteria + text[end:]
    problems = Findings()
    document = read_yaml(Source("toeslag.yaml", text), problems)
    assert document is not None
    assert not problems
    return Files({form: [document] if form == "regelset" else [] for form in FORMS}, problems)


# --- the shipped register ----------------------------------------------------------------------------------------------


def test_the_shipped_register_is_clean_and_its_tips_are_few() -> None:
    found = check([], TODAY).findings
    assert [str(one) for one in found if one.ernst != "tip"] == []
    assert {one.code for one in found} <= {"niet-nagelezen", "cijfer-verouderd"}
    assert len(found) <= 20


def test_a_figure_is_out_of_date_by_the_day_that_is_asked_about() -> None:
    files = read_files([shipped()])
    checker, catalogue, _ = check_files(files)

    def old(day: date) -> int:
        return sum(one.code == "cijfer-verouderd" for one in lint(files, checker, catalogue, day))

    assert old(date(2026, 3, 2)) < old(date(2027, 3, 2))


def test_the_quick_reading_of_words_says_what_the_slow_one_says() -> None:
    files = read_files([shipped()])
    texts = {
        text
        for form in FORMS
        for document in files.documents[form]
        for line in document.source.lines
        for text in (line.partition(": ")[2].strip("\"'"),)
    }
    texts |= {
        f"Dit is {word.replace('?', '')} zo." for hard in readability.HARD_WORDS for word in hard.split("|") if "(" not in word
    }
    texts |= {
        "Zie art. 3.",
        "Dat is t/m mei.",
        "Volgens de Pw kan dat.",
        "U dient dit te doen.",
        "Dat is n.v.t. voor u.",
        "de Awb-regels",
    }
    assert len(texts) > 5_000
    for text in texts:
        slow = tuple(r for r in readability.check(text) if r.soort in ("te_lang", "moeilijk", "afkorting"))
        assert readability.hard_to_read(text) == slow, text


def calls(work: Callable[[], object]) -> int:
    """How many functions were called in some work: the same every time, on every machine."""
    count = 0

    def counting(frame: FrameType, event: str, value: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_twice_as_many_rulesets_are_twice_the_work(tmp_path: Path) -> None:
    """Not four times: nothing compares every ruleset with every other one, or reads a text again for each rule."""
    text = (shipped() / "gemeenten" / "voorbeeld" / "stadspas.yaml").read_text(encoding="utf-8")
    work = {}
    for number in (0, 4, 8, 16):
        folder = tmp_path / str(number)
        folder.mkdir()
        for n in range(number):
            (folder / f"pas-{n}.yaml").write_text(text.replace("stadspas-voorbeeld", f"pas-{n}"), encoding="utf-8")
        files = read_files([shipped() / "landelijk", folder])
        checker, catalogue, _ = check_files(files)
        lint(files, checker, catalogue, TODAY)  # what is remembered of a text is remembered after this
        work[number] = calls(partial(lint, files, checker, catalogue, TODAY))
    assert work[4] > work[0]
    assert work[16] - work[0] <= 2.2 * (work[8] - work[0]) <= 2.2**2 * (work[4] - work[0])


# --- any valid register ------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_lint_survives_any_valid_register_and_points_within_its_files(seed: int) -> None:
    texts = Rulesets(Rolled(seed)).written().texts
    problems = Findings()
    documents = [read_yaml(Source(f"{number}.yaml", text), problems) for number, text in enumerate(texts)]
    files = Files({form: [d for d in documents if d is not None] if form == "regelset" else [] for form in FORMS}, problems)
    for one in linted(files):
        assert one.span is not None
        line = one.span.source.line(one.span.line)
        assert 1 <= one.span.column <= len(line) + 1
        assert one.span.column + one.span.width - 1 <= max(1, len(line))
        for edit in one.herstel:
            assert 0 <= edit.start <= edit.end <= len(edit.source.text)


@pytest.mark.heavy
def test_lint_format_and_render_survive_five_hundred_rulesets() -> None:
    """Whatever a valid ruleset holds: no crash, the one form is at rest, and a page comes out."""
    number, seed = 0, 0
    while number < 500:
        seed += 1
        written = Rulesets(Rolled(seed), depth=2).written()
        problems = Findings()
        documents = [read_yaml(Source(f"{at}.yaml", text), problems) for at, text in enumerate(written.texts)]
        linted(Files({form: [d for d in documents if d is not None] if form == "regelset" else [] for form in FORMS}, problems))
        assert not problems
        for text in written.texts:
            formatted = format_source(Source("x.yaml", text))
            assert format_source(Source("x.yaml", formatted)) == formatted
        register = written.checked()
        for versions in register.versions.values():
            for ruleset in versions:
                made = page_of(register, ruleset, TODAY)
                assert "<h1" in to_html(made)
                assert to_markdown(made).startswith("# ")
                number += 1
