"""Broken files in `tests/errors`, with what their writer is told: the code, the column, the text and the advice.

The expectation stands on the line that earns it, as a comment: `# fout[code] <column>: text (advice)`. Where no comment can stand
it is on top of the file, as `# regel <line> fout[…] …`. A folder is one story of several files. Nothing is missing, nothing is extra.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import planted
from planted import Told
from responsief.diagnostics import MAX_FINDINGS, Diagnostic
from responsief.messages import PROVED, SEVERITIES, TEXTS
from responsief.register import check_files, read_files, shipped

HERE = Path(__file__).parent / "errors"
STORIES = sorted(p.relative_to(HERE).as_posix() for p in HERE.iterdir() if p.is_dir() or p.suffix == ".yaml")
EXPECTED = re.compile(r"# (?:regel (\d+) )?fout\[([a-z0-9-]+)\] (\d+): (.*?)(?= *# (?:regel \d+ )?fout\[|\s*$)")

#: codes that no file alone can earn, and why
ELSEWHERE = {
    "bestand-onleesbaar": "the file is not there: tested below",
    "lege-map": "a folder without files: tested below",
    "bestand-te-groot": "more than a megabyte: tested below",
    "te-veel-fouten": "more than two hundred mistakes: tested below",
    "cijfer-ontbreekt": "only a date of decision shows it",
    "versie-ontbreekt": "only a date of decision shows it",
    "invulling-ontbreekt": "only a decision in a municipality shows it",
    "invulling-dubbel": "only a decision in a municipality shows it",
    "basislijn-onleesbaar": "a baseline, no file of the register: tested in test_lint_fixes",
    **dict.fromkeys(
        (
            "git-ontbreekt",
            "geen-repository",
            "git-versie-onbekend",
            "git-geen-begin",
            "git-pad-ontbreekt",
            "git-geen-werkmap",
            "git-mislukt",
            "wijziging-geen-uitweg",
            "wijziging-gat",
        ),
        "two versions, no file of the register: tested in test_difference_versions",
    ),
    "opmaak": "a mistake of the formatter itself, provoked in test_format",
    "proef-mislukt": "a test case that ran",
    "basis-onbekend": "a test case, read where test cases run",
    "situatie": "a situation, not a file of the register",
}


def told(finding: Diagnostic) -> Told:
    assert finding.span is not None
    assert finding.ernst == "fout"
    words = finding.tekst + (f" ({finding.hulp})" if finding.hulp else "")
    return finding.span.source.name, finding.span.line, finding.span.column, finding.code, words


def found_in(path: str | Path) -> list[Diagnostic]:
    return list(check_files(read_files([Path(path)]))[2])


def expected_in(story: str) -> list[Told]:
    return planted.expected_in(HERE, story, EXPECTED)


@pytest.mark.parametrize("story", STORIES)
def test_a_broken_file_says_what_is_wrong_where_and_what_to_do(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)  # a text may name a file, by the path that was given
    expected = expected_in(story)
    assert expected, "an error file without an expectation"
    assert sorted(map(told, found_in(story))) == expected


def test_there_are_many_kinds_of_mistake() -> None:
    assert len(STORIES) >= 140


def test_every_code_is_earned_by_a_broken_file() -> None:
    earned = {code for story in STORIES for _, _, _, code, _ in expected_in(story)}
    mistakes = set(TEXTS) - set(SEVERITIES) - PROVED  # warnings and tips are earned in tests/lint, proofs in tests/analysis
    assert mistakes - earned == set(ELSEWHERE), "a code that nothing earns is dead wording; a stale exception goes"


def test_what_is_underlined_stands_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    for story in STORIES:
        for finding in found_in(story):
            assert_well_said(finding)


# --- what no small file can show ---------------------------------------------------------------------------------------


def test_a_file_that_is_not_there() -> None:
    (one,) = found_in("errors/bestaat-niet.yaml")
    assert told(one) == (
        "errors/bestaat-niet.yaml",
        1,
        1,
        "bestand-onleesbaar",
        "dit bestand is niet te lezen: het bestaat niet (controleer de naam en de rechten)",
    )


def test_a_folder_without_files(tmp_path: Path) -> None:
    (one,) = found_in(tmp_path)
    assert (one.code, one.tekst) == ("lege-map", "in deze map staat geen enkel YAML-bestand")
    assert one.hulp == "noem een andere map, of begin een regelset met «responsief new»"


def test_a_file_of_more_than_a_megabyte(tmp_path: Path) -> None:
    (tmp_path / "groot.yaml").write_text("regelset: groot\n" + "# vulling\n" * 110_000)
    (one,) = found_in(tmp_path)
    assert (one.code, one.tekst, one.hulp) == ("bestand-te-groot", "dit bestand is groter dan 1 MiB", "splits het")


def test_after_two_hundred_mistakes_nobody_reads_on(tmp_path: Path) -> None:
    (tmp_path / "veel.yaml").write_text(SMALL + "".join(f"  t{n}: onbekende_naam_{n} + € 1\n" for n in range(5_000)))
    found = found_in(tmp_path)
    assert len(found) == MAX_FINDINGS + 1
    assert [f.tekst for f in found if f.code == "te-veel-fouten"] == ["na deze 200 fouten is niet verder gekeken"]


def test_the_shipped_rulesets_have_no_mistakes() -> None:
    assert found_in(shipped()) == []


# --- any text at all ---------------------------------------------------------------------------------------------------

SMALL = """\
regelset: klein
formaat: 1
titel: Klein
soort: begrippen
geldig: {van: 2026-01-01}
begrippen:
"""

WHOLE = """\
regelset: heel
formaat: 1
titel: Een regeling met van alles
soort: verordening
bron: {regeling: CVDR1, versie: 1, naam: "Verordening: alles"}
geldig: {van: 2025-07-01, tot: 2027-06-30}
bevoegd: {orgaan: college, gemeente: "0599"}
doel: >-
  Laten zien
  wat er kan.
leefgebieden: [financien, meedoen]
beslistermijn: 8 weken
peildatum: aanvraag.ontvangen_op
procedure:
  rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}
gegevens:
  inkomen: {type: geld, label: inkomen, vraag: "Wat is uw inkomen?", van: [inwoner, uwv], bewaren: 12 maanden}
  reist_met: {type: keuze, opties: [fiets, ov], label: reis, vraag: Hoe?, van: [inwoner]}
bedragen:
  norm: {grondslag: art. 4, bron: Stcrt. 1, waarden: {2025-07-01: "€ 1.369,06", 2026-01-01: "€ 1.402"}, tot: 2027-06-30}
open:
  grens: {type: geld, grondslag: art. 8, label: grens, anders: norm}
begrippen:
  ruim: {is: "afronden(105 % van norm, naar boven op € 5)", grondslag: art. 3}
  trap:
    tabel:
      treffer: uniek
      kolommen: [huishouden.soort, leeftijd]
      rijen:
        - {als: ["'gehuwd'", ">= 21"], dan: € 400}
        - {als: ["'gehuwd'", "< 21"], dan: € 300}
        - {als: ["in ['alleenstaande', 'alleenstaande_ouder']", "-"], dan: € 200}
criteria:
  - id: leeftijd
    titel: U bent 21 jaar of ouder
    grondslag: art. 2
    doel: Voor jongeren is er iets anders.
    eis: leeftijd >= 21 en peildatum < persoon.geboortedatum + 67 jaar en 3 maanden
    in_werking: {vanaf: 2026-01-01}
  - id: inkomen
    titel: Uw inkomen is laag
    grondslag: art. 3
    doel: Voor wie weinig heeft.
    eis:
      alle:
        - max(inkomen, som(inkomsten.bedrag waar soort = 'loon')) <= grens
        - een_van: [niet bestaat(huishouden.kinderen waar leeftijd < 12), reist_met = 'ov']
      tenzij: opleiding.volgt is onbekend
    gevolg: deel
    aftrek: max(€ 0, inkomen - grens)
    wie_wijzigt: {wie: gemeente, wat: de grens}
uitkomst:
  bedrag:
    per: jaar
    kies:
      - als: huishouden.partner is geen
        dan: trap
      - anders: ruim
hardheid:
  - id: art-5
    soort: verordening_clausule
    grondslag: art. 5
    tekst: Het college kan afwijken.
    maatstaf: bijzondere omstandigheden
    geldt_voor: [leeftijd]
    wie_beslist: college
    niet_als: [{als: persoon.detentie, grondslag: art. 6, reden: het mag niet}]
    mag: [toekennen]
    wegen: [{soort: chronisch_ziek, waarom: de kosten zijn hoger}]
"""

SIGNALS = """\
signalen: wonen
formaat: 1
feiten:
  huurachterstand: {label: er is huurachterstand, is: "bestaat(schulden waar soort = 'huur' en bedrag > € 0)"}
regels:
  - id: een
    als: [huurachterstand]
    dan: dreigend
    label: u kunt uw woning kwijtraken
    grondslag: Wgs 4 lid 2
    urgentie: {werkdagen: 3, uit: wet}
"""

PROVISIONS = """\
voorzieningen: inkomen
formaat: 1
lijst:
  - id: voorschot
    titel: Alvast geld
    grondslag: Pw 52
    leefgebieden: [financien]
    wie_beslist: college
    eerste_stap: Vraag om een voorschot.
    drempel: 1
    soort: wettelijk
    bereik: landelijk
    wet: binnen_wet
    voorwaarden: zaak.uitkomst = 'afgewezen' of aanvraag.ontvangen_op is bekend
    bron: Pw 52
"""

#: what a policy writer's fingers, a word processor or a cat on the keyboard puts in a file
TYPED = (
    "", " ", "  ", "\n", "\n  ", "\t", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x00", "'", '"', "’", "“", "–", "€", "€ 1.400,50", "1.400",
    ":", ": ", "- ", "-", ",", "[", "]", "{", "}", "(", ")", "&a ", "*a", "!!str ", "#", " # ", "| ", "> ", "%", "@", "`", "\\", "---\n", "...\n", "? ",
    "en ", " of ", "niet ", "EN", "and", "=", "==", "=>", "<", "* ", "/ 0", "van", "tussen", "waar ", "als: ", "dan: ", "anders: ", "is: ",
    "kies:\n", "tabel:\n", "alle: ", "onbekend", "geen", "nee", "0", "-1", "99999999999999999999", "2026-02-30", "0001-01-01", "9999-12-31", "1-3-2026",
    "inkomen", "heel.norm", "a.b.c.d", "leeftijd ", "som(", "peildatum", "huishouden.kinderen", "zaak.uitkomst", "·", "é", "日本", "\U0001f408",
)  # fmt: skip
ROUGH = st.one_of(
    st.sampled_from(TYPED).map(lambda word: word.encode()), st.binary(max_size=4), st.text(max_size=6).map(str.encode)
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A valid file with a few bytes replaced, put in, taken out, or a stretch of it repeated or moved."""
    data = draw(st.sampled_from([WHOLE, WHOLE, WHOLE, SIGNALS, PROVISIONS])).encode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 200])))
        match draw(st.sampled_from(["put", "put", "repeat", "move"])):
            case "put":
                data = data[:at] + draw(ROUGH) + data[end:]
            case "repeat":
                data = data[:end] + data[at:end] * draw(st.integers(1, 3)) + data[end:]
            case _:
                to = draw(st.integers(0, at))
                data = data[:to] + data[at:end] + data[to:at] + data[end:]
    return data


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch") / "kapot.yaml"


PYTHON = re.compile(r"None|True|False|NoneType|Traceback|Error\b|<class|object at|[{}]\w+[{}]|set_int_max")


def assert_well_said(finding: Diagnostic) -> None:
    """It is of a known kind, in one line of Dutch, and at a place that the file has."""
    span = finding.span
    assert finding.code in TEXTS
    assert span is not None
    lines = span.source.text.splitlines() or [""]
    assert 1 <= span.line <= len(lines) + 1
    assert 1 <= span.column <= len(span.source.line(span.line)) + 1
    for words in (finding.tekst, finding.hulp or "iets"):
        assert words.strip()
        assert "\n" not in words
        assert not words.endswith("."), words
        assert words.count("«") == words.count("»") or "«" in span.source.text or "»" in span.source.text


def assert_survives(path: Path) -> list[Diagnostic]:
    found = found_in(path)
    for finding in found:
        assert_well_said(finding)
    return found


@settings(max_examples=400)
@given(mutations())
@example(WHOLE.encode())
@example(b"")
@example(b"\xff\xfe")
@example(b"a: b\r\tc")
def test_a_damaged_file_is_read_or_refused(scratch: Path, data: bytes) -> None:
    scratch.write_bytes(data)
    found = assert_survives(scratch)
    own = data.decode(errors="replace")
    for finding in found:
        for words in (finding.tekst, finding.hulp or ""):
            said = PYTHON.search(words)
            assert said is None or said.group() in own, words


@pytest.mark.parametrize("text", [WHOLE, SIGNALS, PROVISIONS])
def test_what_is_damaged_was_whole_before(scratch: Path, text: str) -> None:
    scratch.write_text(text)
    assert found_in(scratch) == []
    scratch.write_bytes(text.replace("\n", "\r\n").encode())
    assert found_in(scratch) == []


DEEP = {
    "brackets": "regelset: " + "[" * 100_000,
    "braces": "regelset: " + "{a: " * 50_000,
    "dashes": "regelset:\n" + "- " * 50_000 + "x",
    "indents": "".join(" " * n + "a:\n" for n in range(1_000)),
    "questions": "? " * 50_000,
    "quotes": "regelset: " + "'" * 100_001,
    "groups": SMALL + "  a: " + "{een_van: [" * 15 + "ja" + "]}" * 15,
    "too many groups": SMALL + "  a: " + "{alle: [" * 30 + "ja" + "]}" * 30,
    "brackets in an expression": SMALL + "  a: " + "(" * 990 + "ja" + ")" * 990,
    "min in an expression": SMALL + '  a: "' + "min(1, " * 250 + "1" + ")" * 250 + '"',
    "sum in an expression": SMALL + "  a: " + "+".join("1" * 999),
    "terms in a chain": SMALL + "".join(f"  t{n}: t{n + 1} + € 1\n" for n in range(2_000)) + "  t2000: € 1\n",
    "terms in a circle": SMALL + "".join(f"  t{n}: t{(n + 1) % 2_000} + € 1\n" for n in range(2_000)),
    "terms from the bottom up": SMALL + "  t0: € 1\n" + "".join(f"  t{n + 1}: t{n} + € 1\n" for n in range(2_000)),
    "deep terms in a chain": SMALL + "".join(f"  t{n}: {'-(' * 18}t{n + 1}{')' * 18}\n" for n in range(60)) + "  t60: 1\n",
    "one long line": SMALL + "  a: " + "x" * 1_000_000,
    "keys that nobody knows": SMALL + "  a: ja\n" + "".join(f"a{n}:\n" for n in range(20_000)),
    "a list that falls apart": SMALL + "  a: {alle: [" + "(b, " * 5_000 + "]}\n",
    "a table as long as a day": SMALL
    + "  a:\n    tabel:\n      treffer: uniek\n      kolommen: [leeftijd]\n      anders: 0\n      rijen:\n"
    + "".join(f"        - {{als: '{n}', dan: 1}}\n" for n in range(4_000)),
    "a long number": SMALL.replace("begrippen:\n", "")
    + "bedragen:\n  a: {bron: x, waarden: {2026-01-01: "
    + "9" * 100_000
    + "}}\n",
    "more than a megabyte": "#" * (1 << 20) + "#",
}


@pytest.mark.parametrize("shape", DEEP)
def test_what_is_huge_or_deep_is_refused_and_does_no_harm(shape: str, scratch: Path) -> None:
    scratch.write_text(DEEP[shape])
    assert bool(assert_survives(scratch)) == (shape != "groups")


def test_a_name_that_is_written_twice_is_one_choice() -> None:
    from responsief.diagnostics import choose_from

    assert choose_from("niets", ["inkomen", "woont_een_jaar", "inkomen"]) == "kies uit: inkomen, woont_een_jaar"
