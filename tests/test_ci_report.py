"""A difference as people and programs read it: every format says the same, whatever signs are in it, and no small count of people."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import reports
from responsief.ci import counts, told
from responsief.ci.json import as_data, to_json
from responsief.ci.markdown import COMMENT, code, to_markdown, words
from responsief.ci.page import to_html
from responsief.ci.places import one_line
from responsief.ci.schema import difference_schema
from responsief.ci.terminal import to_terminal
from responsief.diagnostics import Diagnostic
from responsief.difference.report import Change, Impact, Report, RulesetDifference, WayOut

GOLDEN = Path(__file__).parent / "golden" / "regelwijziging.md"
FORMATS: dict[str, Callable[[Report], str]] = {
    "markdown": to_markdown,
    "terminal": lambda report: click.unstyle(to_terminal(report, 10_000)),
    "html": to_html,
    "json": to_json,
}
ODD = st.text(alphabet=st.sampled_from("ab |<>`*_[]()#@&~\\!\n\r\t\x00\x1b\u2028é😀«»1.:%-+=/w{}'\""), max_size=30)


def shown(form: str, report: Report) -> str:
    """What somebody reads, with one space between words."""
    text = FORMATS[form](report)
    if form == "html":
        text = html.unescape(re.sub(r"</?(?:ins|del)>", "", text.partition("<body>")[2]))
        text = re.sub(r"</?[a-z][^>]*>", " ", text)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def one_ruleset(report: Report, **changes: object) -> Report:
    (first, *_) = report.regelsets
    return replace(report, regelsets=(replace(first, **changes),), gevolgen=(), bevindingen=(), andere=())  # type: ignore[arg-type]


# --- what is said ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_who_gets_what_and_what_is_not_proved(form: str) -> None:
    text = shown(form, reports.rich())
    for said in (
        "alleenstaande ouder, inkomen € 1.541,66: was afgewezen → wordt toegekend",
        "was toegekend (€ 120,00) → wordt afgewezen",
        "gaat er door deze wijziging op achteruit",
        "de vraag is te groot voor de rekengrens van 2.000.000 stappen",
        "Kwijtschelding waterschapsbelasting",
        "100.000 gegenereerde huishoudens (zaad 7)",
        "4.812" if form != "json" else "4812",
    ):
        assert said in text, (form, said)


def test_what_matters_most_stands_first() -> None:
    first, *rest = told.messages(reports.rich())
    assert first.ernst == "stop"
    assert "heeft niet altijd een uitweg" in first.tekst
    assert [one.ernst for one in rest] == ["let_op", "let_op", "goed"]
    for form in ("markdown", "terminal", "html"):
        text = shown(form, reports.rich())
        assert (
            text.index("heeft niet altijd een uitweg")
            < text.index("de een krijgt minder, de ander meer")
            < text.index("110 % van norm")
        )


def test_nothing_changed_is_said_as_that() -> None:
    for form in ("markdown", "terminal", "html"):
        assert "Er is niets veranderd aan wat de regels betekenen." in shown(form, reports.EMPTY)


def test_what_is_not_proved_never_counts_as_fine() -> None:
    report = one_ruleset(reports.rich(), richting="niet_bewezen", wijzigingen=(), uitweg=None)
    assert [one.ernst for one in told.messages(report)] == ["let_op"]
    way = one_ruleset(reports.rich(), richting="gelijk", wijzigingen=(), uitweg=WayOut("niet_bewezen", None, "te groot"))
    assert "let_op" in [one.ernst for one in told.messages(way)]
    assert "niet bewezen: 1" in told.tally(way)
    for form in ("markdown", "terminal", "html"):
        assert "niet bewezen dat elke nieuwe afwijzing een uitweg heeft: te groot" in shown(form, way)


def test_somebody_who_gets_less_money_gets_less() -> None:
    example = reports.rich().regelsets[1].wijzigingen[4].voorbeelden[0]
    assert not told.worse(example)
    assert told.worse(replace(example, was=example.wordt, wordt=example.was))
    assert told.sides(example.was, example.wordt) == "blijft toegekend: was € 1.369,06 → wordt € 1.401,50"


def test_the_markdown_was_read_by_a_person() -> None:
    assert to_markdown(reports.rich()) == GOLDEN.read_text(encoding="utf-8")


def condition(**more: object) -> Change:
    return replace(
        Change(
            "voorwaarde", "inkomen", "Uw inkomen", "inkomen <= grens", "inkomen <= € 1", None, "strenger", (reports.less(),)
        ),
        **more,
    )


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_the_outcome_is_not_told_beside_the_condition_that_does_it(form: str) -> None:
    whole = condition(wat="uitkomst", id="uitkomst", titel="Wat eruit komt", was="", wordt="")
    report = one_ruleset(reports.rich(), richting="strenger", uitweg=None, wijzigingen=(condition(), whole))
    assert "Wat eruit komt" not in shown(form, report)
    assert shown(form, report).partition("Situaties")[0].count("ingeschreven sinds 1 januari 2025: was toegekend") == 1
    for other in (
        replace(whole, bewijs="niemand gaat er door deze wijziging op vooruit"),
        replace(whole, richting="anders"),
        replace(whole, voorbeelden=(reports.more(),)),
        replace(whole, voorbeelden=()),
    ):
        told_too = one_ruleset(reports.rich(), richting="strenger", uitweg=None, wijzigingen=(condition(), other))
        assert "Wat eruit komt" in shown(form, told_too)


def test_json_leaves_nothing_out() -> None:
    whole = condition(wat="uitkomst", id="uitkomst", titel="Wat eruit komt", was="", wordt="")
    report = one_ruleset(reports.rich(), wijzigingen=(condition(), whole))
    assert [c["wat"] for c in as_data(report)["regelsets"][0]["wijzigingen"]] == ["voorwaarde", "uitkomst"]


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_a_condition_that_only_reads_another_figure_is_written_once(form: str) -> None:
    same = condition(wordt="inkomen <= grens (een cijfer of begrip erin is anders)")
    text = shown(form, one_ruleset(reports.rich(), uitweg=None, wijzigingen=(same,)))
    assert len(re.findall("inkomen (?:<|&lt;)= grens", text)) == 1
    assert re.search(r"grens`? \(een cijfer of begrip erin is anders\)", text)


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_somebody_of_whom_little_is_known_is_somebody(form: str) -> None:
    who = reports.witness("inkomen per maand: € 1.400,01", ("eigen.x.inkomen", "inkomen per maand", "€ 1.400,01"))
    change = condition(voorbeelden=(replace(reports.less(), getuige=who),))
    text = shown(form, one_ruleset(reports.rich(), uitweg=None, wijzigingen=(change,)))
    assert "iemand (inkomen per maand € 1.400,01): was toegekend" in text


def test_where_nobody_counted_gets_another_answer_that_is_said_and_not_drawn() -> None:
    report = reports.rich()
    still = replace(report, gevolgen=tuple(replace(i, allen=reports.group("allen", 500), groepen={}) for i in report.gevolgen))
    said = "Van de getelde huishoudens krijgt niemand een ander antwoord."
    assert said in shown("html", still)
    assert said not in shown("html", report)
    overview = to_html(still).partition('id="overzicht"')[2].partition("<h2")[0]
    assert "<svg" not in overview


def test_an_outcome_that_stays_is_no_change_of_outcome() -> None:
    refused = replace(reports.less(), was=reports.less().wordt)
    assert told.sides(refused.was, refused.wordt) == "blijft afgewezen; alleen het antwoord op deze voorwaarde verandert"


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_who_has_no_way_out_is_told_apart_from_who_has(form: str) -> None:
    way = WayOut("weerlegd", reports.COUPLE, "")
    helped = condition(voorbeelden=(reports.less("Bijzondere bijstand"),))
    text = shown(form, one_ruleset(reports.rich(), richting="strenger", uitweg=way, wijzigingen=(helped,)))
    assert "niet iedereen die nu wordt afgewezen, heeft een uitweg. Zonder uitweg: gehuwd paar" in text
    assert text.count("Zonder uitweg: gehuwd paar") == 1
    assert text.lower().count("wat wel helpt: bijzondere bijstand") == 1


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_the_changes_tell_is_no_finding_again(form: str) -> None:
    found = (
        Diagnostic("wijziging-strenger", "wordt strenger"),
        Diagnostic("wijziging-gat", "op deze dag ontbreekt een cijfer"),
    )
    report = replace(one_ruleset(reports.rich(), wijzigingen=(condition(),)), bevindingen=found)
    assert "op deze dag ontbreekt een cijfer" in shown(form, report).lower()
    assert "wordt strenger" not in shown(form, report)


# --- odd signs ---------------------------------------------------------------------------------------------------------


@given(ODD)
def test_a_text_in_markdown_means_only_itself(text: str) -> None:
    written = words(text)
    assert "\n" not in written
    assert re.sub(r"\\(_|[^\w\s])", r"\1", written.replace("\N{WORD JOINER}", "")) == one_line(text)
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|~&]", written) is None, "every sign with a meaning is escaped"
    assert re.search(r"[@#]\w", written) is None
    around = re.match(r"`+", code(text))
    assert around is not None
    assert re.search(rf"(?<!`){around[0]}(?!`)", code(text)[len(around[0]) : -len(around[0])]) is None


@pytest.mark.parametrize("form", FORMATS)
def test_odd_signs_change_nothing_of_the_form(form: str) -> None:
    text = FORMATS[form](reports.odd())
    assert "<b>vet" not in (text if form == "html" else "")
    if form == "markdown":
        assert re.search(r"(?<!\\)<b", re.sub(r"(`+).*?\1", "", text)) is None
        assert text.count("\n<details>") == text.count("\n</details>")
    text.encode("utf-8")


class Reader(HTMLParser):
    """Ids, tags and words of a page; every tag that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for key, value in attrs if key == "id"]
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("report", [reports.rich(), reports.odd(), reports.EMPTY], ids=["rijk", "vreemd", "leeg"])
def test_a_page_is_whole_and_needs_nothing_from_elsewhere(report: Report) -> None:
    text = to_html(report)
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert not reader.tags & {"script", "link", "img", "iframe"}
    assert {link for link in reader.links if link != "#inhoud"} <= {f"#{ident}" for ident in reader.ids}
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ElementTree.fromstring(drawing)


def test_a_drawing_says_its_numbers_in_words_too() -> None:
    drawings = re.findall(r"<desc[^>]*>(.*?)</desc>", to_html(reports.rich()))
    assert any("Bijzondere bijstand Rotterdam: van nee naar ja 4.812, van ja naar nee 97" in one for one in drawings)
    assert any("18 tot 27: was € 55,00, wordt € 56,15" in one for one in drawings)


# --- how long ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [COMMENT, 20_000, 3_000, 1_000])
@pytest.mark.parametrize("report", [reports.long(), reports.odd(), reports.rich()], ids=["lang", "vreemd", "rijk"])
def test_a_comment_never_grows_too_long_and_says_what_was_left_out(report: Report, limit: int) -> None:
    text = to_markdown(report, limit)
    assert len(text) <= limit
    assert text.count("\n<details>") == text.count("\n</details>")
    whole = to_markdown(report, 10_000_000)
    assert ("Ingekort" in text or "Afgebroken" in text) == (len(whole) > limit)
    assert told.messages(report)[0].tekst[:40] in text or limit == 1_000 or report.was != "main"


@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("report", [reports.rich(), reports.odd()], ids=["rijk", "vreemd"])
def test_a_terminal_shows_no_line_wider_than_itself(report: Report, width: int) -> None:
    for line in click.unstyle(to_terminal(report, width)).split("\n"):
        assert len(line) <= width or len(line.split()) <= 4, line


# --- counts ------------------------------------------------------------------------------------------------------------

GROUPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).map(
        lambda n: reports.group("g", max(n[0], n[1] + n[2] + n[3]), n[1], n[2], 100, 200, n[3])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300)
@given(GROUPS, st.sampled_from([1, 5, 10]))
def test_no_small_count_is_shown_or_can_be_worked_out(groups: list[reports.Group], k: int) -> None:
    moves: dict[tuple[str, str], int] = {}
    for one in groups:
        for move, number in one.overgangen.items():
            moves[move] = moves.get(move, 0) + number
    whole = reports.Group("allen", sum(one.aantal for one in groups), moves)
    impact = Impact("x", "y", whole, {"deel": tuple(groups)}, k)
    lines, total = counts.lines(impact, groups), counts.everybody(impact)
    real = [(one.aantal, *counts.moved(one)) for one in groups]
    for column, name in enumerate(("aantal", "naar_ja", "naar_nee", "anders")):
        shown = [getattr(line, name) for line in lines]
        for number, there in zip((row[column] for row in real), shown, strict=True):
            assert there == number if isinstance(there, int) else True
            assert not (isinstance(there, int) and 0 < there < k)
        if not isinstance(getattr(total, name), int):
            continue
        out = [row[column] for row, there in zip(real, shown, strict=True) if isinstance(there, str) and row[column]]
        if any(n < k for n in out):
            assert len(out) > 1, "one hidden count is the total without the others"
            assert sum(out) >= k, "what is hidden together tells a few people"
    assert sum(isinstance(line.bedrag_was, str) for line in lines) != 1 or len(lines) == 1
    assert all(n == 0 or n >= k for *_, n in counts.transitions(impact) if isinstance(n, int))


def test_a_rare_change_of_outcome_can_not_be_taken_from_the_others() -> None:
    moves = {("wacht", "toegekend"): 3, ("onbepaald", "toegekend"): 12, ("toegekend", "afgewezen"): 11}
    found = counts.transitions(Impact("x", "y", reports.Group("allen", 500, moves), {}, 10))
    assert found == [("toegekend", "afgewezen", 11), ("onbepaald", "toegekend", "verborgen"), ("wacht", "toegekend", "weinig")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_small_group_is_told_as_few(form: str) -> None:
    base = reports.rich()
    impact = replace(base.gevolgen[0], allen=reports.group("iedereen", 1_000, 777, 7), groepen={})
    text = shown(form, replace(base, gevolgen=(impact,)))
    assert "777" in text
    assert ("minder dan 10" if form != "json" else '"naar_nee": "weinig"') in text
    assert re.search(r"ja naar nee: 7\b|ja → nee: 7\b|\"naar_nee\": 7\b|−7\b", text) is None


# --- JSON --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", [reports.rich(), reports.odd(), reports.EMPTY], ids=["rijk", "vreemd", "leeg"])
def test_the_json_fits_its_schema_and_reads_back(report: Report) -> None:
    schema = difference_schema()
    Draft202012Validator.check_schema(schema)
    data = json.loads(to_json(report))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert data == json.loads(json.dumps(as_data(report)))
    assert data["formaat"] == 1
    witnesses = [
        example["getuige"]["situatie"] for one in data["regelsets"] for c in one["wijzigingen"] for example in c["voorbeelden"]
    ]
    assert witnesses == [e.getuige.situatie for one in report.regelsets for c in one.wijzigingen for e in c.voorbeelden]


def test_the_same_difference_gives_the_same_bytes() -> None:
    for write in FORMATS.values():
        assert write(reports.rich()) == write(reports.rich())


def test_every_direction_and_kind_of_change_has_a_word() -> None:
    report = reports.odd()
    (ruleset,) = report.regelsets
    assert isinstance(ruleset, RulesetDifference)
    assert {told.kind(c) for c in ruleset.wijzigingen} == set(told.WHAT.values())
    assert {c.wat for c in ruleset.wijzigingen} == set(told.WHAT)


# --- in a browser ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rich", "odd"])
def test_a_report_fits_on_a_phone(name: str, tmp_path: Path) -> None:
    """In headless Chromium, 390 px wide: the page itself never scrolls sideways."""
    chromium = which("chromium")
    if chromium is None:
        pytest.skip("chromium staat hier niet")
    measure = "<script>addEventListener('load',()=>{const d=document.querySelector('iframe').contentDocument.documentElement;document.title=d.scrollWidth+'/'+d.clientWidth})</script>"
    frame = f'<iframe width="390" height="800" srcdoc="{html.escape(to_html(getattr(reports, name)()))}"></iframe>{measure}'
    file = tmp_path / "telefoon.html"
    file.write_text(f"<!DOCTYPE html><title>-</title>{frame}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, timeout=60, text=True).stdout
    found = re.search(r"<title>(\d+)/(\d+)</title>", dom)
    assert found is not None
    assert 300 < int(found[2]) <= 390
    assert int(found[1]) <= int(found[2])


def test_many_rulesets_with_the_same_news_are_counted() -> None:
    found = told.messages(reports.long())
    assert len(found) <= 3 * (told.MOST + 1)
    assert "Dit geldt voor nog 25 regelingen; zie hieronder." in [one.tekst for one in found]
