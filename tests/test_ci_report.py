"""A difference as people and programs read it: every format says the same, whatever signs are in it, and no small count of people."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import reports
from browser import fits
from responsief.analysis.answers import Outcome
from responsief.ci import counts, told
from responsief.ci.json import as_data, to_json
from responsief.ci.markdown import COMMENT, code, to_markdown, words
from responsief.ci.page import to_html
from responsief.ci.places import one_line
from responsief.ci.schema import difference_schema
from responsief.ci.terminal import to_terminal
from responsief.diagnostics import Diagnostic
from responsief.difference.report import Change, Report, RulesetDifference, WayOut
from responsief.difference.whole import STOPS, findings_of
from responsief.population.shield import Tally, added, shielded

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


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_that_nothing_is_proved_is_said_once(form: str) -> None:
    unproved = condition(richting="niet_bewezen", bewijs="niet bewezen: de vraag is te groot", voorbeelden=())
    report = one_ruleset(reports.rich(), richting="niet_bewezen", uitweg=None, wijzigingen=(unproved,))
    assert "niet bewezen: de vraag is te groot" in shown(form, report).lower()
    assert "niet bewezen: niet bewezen" not in shown(form, report).lower()


@pytest.mark.parametrize(
    ("was", "wordt", "said"),
    [
        (Outcome("toegekend", (), 12_000, None), Outcome("onbepaald", (), None, None), "was toegekend (€ 120,00) → is nog niet te beslissen"),
        (Outcome("onbepaald", (), None, None), Outcome("gedeeltelijk", (), None, None), "was nog niet te beslissen → wordt gedeeltelijk toegekend"),
        (Outcome("wacht", (), None, date(2026, 7, 1)), Outcome("afgewezen", ("a",), None, None), "moest wachten tot 1 juli 2026 → wordt afgewezen"),
        (Outcome("afgewezen", ("a",), None, None), Outcome("wacht", (), None, date(2026, 7, 1)), "was afgewezen → moet wachten tot 1 juli 2026"),
    ],
)  # fmt: skip
def test_an_outcome_reads_as_a_sentence_in_a_report_and_in_a_finding(was: Outcome, wordt: Outcome, said: str) -> None:
    assert told.sides(was, wordt) == said
    example = replace(reports.less(), was=was, wordt=wordt)
    strict = one_ruleset(reports.rich(), uitweg=None, wijzigingen=(condition(voorbeelden=(example,)),)).regelsets[0]
    (finding,) = findings_of(strict)
    assert finding.tekst.endswith(said.replace(" → ", ", "))


def test_that_a_way_out_is_not_proved_has_its_own_finding_and_stops_as_not_proved() -> None:
    (one,) = one_ruleset(
        reports.rich(), wijzigingen=(), richting="ruimer", uitweg=WayOut("niet_bewezen", None, "te groot")
    ).regelsets
    (finding,) = findings_of(replace(one, titel="De stadspas"))
    assert finding.code == "wijziging-uitweg-niet-bewezen"
    assert finding.code in STOPS["niet-bewezen"]
    assert finding.tekst == "niet bewezen is dat bij «De stadspas» elke nieuwe afwijzing een uitweg heeft: te groot"


def test_a_ruleset_that_goes_is_told_in_a_sentence() -> None:
    gone = Change("geldigheid", "pas", "De stadspas: vervallen regeling", "geldt vanaf 1 januari 2024", "", None, "strenger")
    (one,) = one_ruleset(reports.rich(), wijzigingen=(gone,), richting="strenger", is_versie=None, uitweg=None).regelsets
    (finding,) = findings_of(replace(one, titel="De stadspas"))
    assert finding.tekst == "«De stadspas» wordt strenger: de regeling vervalt (gold vanaf 1 januari 2024)"


def test_who_is_refused_on_a_stricter_condition_is_told_once_and_somebody_else_too() -> None:
    loser = reports.less()
    refused = replace(loser, wordt=replace(loser.wordt, afgewezen_op=("inkomen",)))
    whole = condition(wat="uitkomst", id="uitkomst", voorbeelden=(refused,), bewijs="anders gezegd")
    (one,) = one_ruleset(reports.rich(), uitweg=None, wijzigingen=(condition(), whole)).regelsets
    assert [f.code for f in findings_of(one)] == ["wijziging-strenger"]
    other = replace(refused, wordt=replace(refused.wordt, afgewezen_op=("iets anders",)))
    both = replace(one, wijzigingen=(condition(), replace(whole, voorbeelden=(other,))))
    assert [f.code for f in findings_of(both)] == ["wijziging-strenger"] * 2


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

OUTCOMES = ("toegekend", "afgewezen", "onbepaald")
CELLS = [(was, wordt) for was in OUTCOMES for wordt in OUTCOMES]
TABLES = st.lists(
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from([1, 2, 9, 10, 11, 40, 300]), min_size=1), min_size=1, max_size=4
)


def tallied(told_of: dict[tuple[str, str], int]) -> Tally:
    made = Tally()
    for (was, wordt), number in told_of.items():
        for _ in range(number):
            made.add((was, 1_200 * (was == "toegekend")), (wordt, 1_200 * (wordt == "toegekend")))
    return made


def exact(tally: Tally) -> tuple[int, int, int]:
    way = {("afgewezen", "toegekend"): 0, ("toegekend", "afgewezen"): 1}
    found = [0, 0, 0]
    for (was, wordt), number in tally.overgangen.items():
        if was != wordt:
            found[way.get((was, wordt), 2)] += number
    return found[0], found[1], found[2]


@settings(max_examples=200)
@given(TABLES, st.sampled_from([0, 5, 10]))
def test_a_count_is_told_as_it_is_or_as_not_shown_and_never_as_nobody(tables: list[dict[tuple[str, str], int]], k: int) -> None:
    tallies = {str(number): tallied(one) for number, one in enumerate(tables)}
    impact = shielded("x", "y", added(tallies.values()), {"deel": tallies}, {}, k)
    groups = impact.groepen.get("deel", ())
    told_of = [
        (counts.everybody(impact), added(tallies.values())),
        *((line, tallies[line.naam]) for line in counts.lines(groups)),
    ]
    for line, real in told_of:
        for there, number in zip(
            (line.aantal, line.naar_ja, line.naar_nee, line.anders), (real.aantal, *exact(real)), strict=True
        ):
            if isinstance(there, counts.AtLeast):
                assert max(k, 1) <= there.aantal <= number
            elif there != "verborgen":
                assert there == number
                assert there == 0 or there >= k
            assert k or there == number, "nothing is hidden of people who do not exist"
    assert all(n >= k for *_, n in counts.transitions(impact))
    assert counts.shielded(impact) or sum(n for *_, n in counts.transitions(impact)) == sum(exact(told_of[0][1]))


ONE_OF_FORTY = {("toegekend", "toegekend"): 39, ("toegekend", "afgewezen"): 1}
SOME = {("afgewezen", "toegekend"): 777, ("toegekend", "afgewezen"): 7, ("toegekend", "toegekend"): 300}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("cells", [ONE_OF_FORTY, SOME, {("toegekend", "afgewezen"): 7}], ids=["een", "enkele", "allen"])
def test_few_who_lose_it_are_not_told_as_nobody(form: str, cells: dict[tuple[str, str], int]) -> None:
    impact = shielded("x", "eigen bestand", tallied(cells), {"deel": {"alle": tallied(cells)}}, {}, 10)
    text = shown(form, replace(reports.EMPTY, gevolgen=(impact,)))
    assert ("niet getoond" if form != "json" else '"naar_nee": "verborgen"') in text
    assert re.search(r"ja naar nee:? [0-9]|ja → nee: [0-9]|\"naar_nee\": [0-9]|−[17]\b", text) is None
    if cells is SOME:
        assert ("ten minste 777" if form != "json" else '"naar_ja": { "ten_minste": 777 }') in text


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
    fits(to_html(getattr(reports, name)()), 390, tmp_path)


def test_many_rulesets_with_the_same_news_are_counted() -> None:
    found = told.messages(reports.long())
    assert len(found) <= 3 * (told.MOST + 1)
    assert "Dit geldt voor nog 25 regelingen; zie hieronder." in [one.tekst for one in found]
