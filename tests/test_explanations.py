"""`responsief explain`: every code is explained, and every example is what the real checker says of it."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import messages_page
from explained import Placed, findings_of, marked, place, proved_of
from responsief.cli import group
from responsief.diagnostics import Diagnostic
from responsief.explanations import Example, Explanation, explanations
from responsief.messages import PROVED, SEVERITIES, TEXTS
from responsief.readability import check

ALL = explanations()
SHOWN = {code: one for code, one in ALL.items() if one.fout is not None}

#: codes without an example; each says why in its data. What a small file can show must have one
NOT_SHOWN = {
    "bestand-onleesbaar", "lege-map", "bestand-te-groot", "geen-utf8", "yaml-diep", "te-veel-fouten", "expressie-te-lang",
    "expressie-te-diep", "keten-te-lang", "cijfer-ontbreekt", "versie-ontbreekt", "invulling-ontbreekt", "invulling-dubbel",
    "proef-mislukt", "situatie", "opmaak", "basislijn-onleesbaar", "behoefte-zonder-aanbod", "nooit-toegekend", "clausule-zonder-zaak",
    "git-ontbreekt", "geen-repository", "git-versie-onbekend", "git-geen-begin", "git-pad-ontbreekt", "git-geen-werkmap",
    "git-mislukt",
    "wijziging-strenger", "wijziging-geen-uitweg", "geen-uitweg", "wijziging-gat", "wijziging-werkt-terug", "wijziging-niet-bewezen",
    "wijziging-uitweg-niet-bewezen", "wijziging-nog-niet",
}  # fmt: skip

Key = tuple[str, str]  # code, «fout» or «goed»


def test_every_code_is_explained_and_nothing_else() -> None:
    assert set(ALL) == set(TEXTS)


def test_what_has_no_example_says_why_and_is_listed() -> None:
    without = {code for code, one in ALL.items() if one.fout is None or one.goed is None}
    assert without == NOT_SHOWN
    assert without == {code for code, one in ALL.items() if one.niet_te_tonen}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, tuple[Example, Placed, list[Diagnostic]]]:
    """Every example, checked as `responsief check` does it.

    Checking reads the whole shipped register, so many examples are checked in one go: every one is a ruleset of its own.
    Mistakes go apart, because warnings are only looked for where there are none.
    """
    mistakes = [(c, "fout", e.fout) for c, e in SHOWN.items() if e.fout and c not in SEVERITIES | dict.fromkeys(PROVED)]
    half = len(mistakes) // 2  # after two hundred findings nobody reads on
    valid = [(c, "fout", e.fout) for c, e in SHOWN.items() if e.fout and c in SEVERITIES and c not in PROVED]
    valid += [(c, "goed", e.goed) for c, e in SHOWN.items() if e.goed and c not in PROVED]
    proved = [
        (c, kind, e)
        for c in sorted(SHOWN.keys() & PROVED)
        for kind, e in (("fout", SHOWN[c].fout), ("goed", SHOWN[c].goed))
        if e
    ]
    made: dict[Key, tuple[Example, Placed, list[Diagnostic]]] = {}
    for batch in (mistakes[:half], mistakes[half:], valid, proved):
        folder = tmp_path_factory.mktemp("voorbeelden")
        placed = {
            (code, kind): (example, place(example, f"{code}-{kind}", folder / f"{code}-{kind}"))
            for code, kind, example in batch
        }
        found: dict[str, list[Diagnostic]] = defaultdict(list)
        for finding in proved_of(folder) if batch is proved else findings_of(folder):
            assert finding.span is not None
            found[Path(finding.span.source.name).parent.as_posix()].append(finding)
        made |= {key: (example, at, found.pop(at.file.parent.as_posix(), [])) for key, (example, at) in placed.items()}
        assert not found, "an example is found fault with in a file that is not its own"
    return made


@pytest.mark.parametrize("code", SHOWN)
def test_a_wrong_example_gives_this_finding_at_its_mark(
    code: str, checked: dict[Key, tuple[Example, Placed, list[Diagnostic]]]
) -> None:
    example, placed, findings = checked[code, "fout"]
    told = [f for f in findings if f.ernst != "tip" or f.code == code]  # a tip about something else is none of its business
    assert [f.code for f in told] == [code]
    assert marked(example, placed, told) == example.tekst


@pytest.mark.parametrize("code", SHOWN)
def test_a_right_example_gives_no_finding(code: str, checked: dict[Key, tuple[Example, Placed, list[Diagnostic]]]) -> None:
    example, _, findings = checked[code, "goed"]
    assert example.bare == example.tekst.removesuffix("\n"), "a right example has no marks"
    assert [str(f) for f in findings if f.ernst != "tip" or f.code == code] == []


@pytest.mark.parametrize("one", ALL.values(), ids=list(ALL))
def test_an_explanation_reads_well(one: Explanation) -> None:
    for text in (one.wat, one.waarom, one.niet_te_tonen or "Zo."):
        assert text.endswith("."), text
        assert text == " ".join(text.split())
    assert one.kort == one.kort.strip()
    assert not one.kort.endswith(".")
    assert len(one.kort) <= 70, "it stands on one line of the list"
    for example in (one.fout, one.goed):
        assert all(len(line) <= 115 for line, _ in (example.lines if example else ())), "short enough for a screen"
    hard = [r for r in check(f"{one.wat} {one.waarom}") if r.soort in ("te_lang", "moeilijk", "vaag", "dubbel")]
    assert [(r.zin, r.tekst) for r in hard] == []


# --- the command -------------------------------------------------------------------------------------------------------


def run(*args: str, **more: object) -> Result:
    return CliRunner().invoke(group, ["explain", *args], catch_exceptions=False, **more)  # type: ignore[arg-type]


def test_a_code_is_explained_with_a_wrong_and_a_right_example() -> None:
    result = run("eenheid-ontbreekt")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "fout[eenheid-ontbreekt] hier staat een getal waar een bedrag hoort"
    assert "    eis: inkomen <= 1400" in lines
    assert "                    ──── dit is een getal, links staat geld" in lines
    assert "    eis: inkomen <= € 1.400" in lines


def test_what_is_invisible_is_shown() -> None:
    assert "Uw inkomen→is laag" in run("yaml-tab").output
    assert "Uw inkomen·is laag" in run("yaml-teken").output


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("width", ["40", "100"])
def test_every_code_can_be_shown_and_fits(code: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = run(code)
    assert result.exit_code == 0
    prose = [line for line in result.output.splitlines() if not line.startswith("    ")]
    assert all(len(line) <= int(width) for line in prose)


def test_without_a_code_every_code_stands_in_its_group() -> None:
    output = run().output
    for one in ALL.values():
        assert one.groep in output
        assert f"{one.code} " in output
    assert output.index("Het bestand en YAML") < output.index("eenheid-ontbreekt") < output.index("Wat beter kan")


def test_a_misspelt_code_is_no_dead_end() -> None:
    result = run("eenheid-ontbrekt")
    assert result.exit_code == 2
    assert "«eenheid-ontbrekt»" in result.stderr
    assert "bedoelde u «eenheid-ontbreekt»?" in result.stderr
    assert run("ietsheelanders").exit_code == 2


def test_brackets_and_capitals_around_a_code_are_forgiven() -> None:
    assert run("fout[eenheid-ontbreekt]").output == run("Eenheid-Ontbreekt").output == run("eenheid-ontbreekt").output


def test_json_gives_the_same() -> None:
    one = json.loads(run("kring", "--format", "json").output)
    assert one["code"] == "kring"
    assert one["ernst"] == "fout"
    assert one["fout"]["tekst"] == "grens: marge + € 100\nmarge: grens - norm"
    assert one["fout"]["plaatsen"] == [
        {"regel": 1, "kolom": 1, "breedte": 5, "tekst": "«grens» gebruikt zichzelf: grens → marge → grens"}
    ]
    every = json.loads(run("--format", "json").output)
    assert [e["code"] for e in every] == list(ALL)


def test_the_page_of_findings_is_up_to_date() -> None:
    assert messages_page.PAGE.read_text(encoding="utf-8") == messages_page.page(), "run python tests/messages_page.py"
