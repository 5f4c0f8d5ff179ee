"""`responsief suggest`: what it proposes closes the gap, passes, changes no more than it must, and leaves the file as it was."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.cli import group
from responsief.desk import Desk
from responsief.diagnostics import Findings, InvalidError
from responsief.intake import plain, validate
from responsief.register import Register, read_files, shipped
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document
from responsief.testing.coverage import coverage_of
from responsief.testing.suggest import NotFound, Proposal, suggest
from responsief.testing.written import appended, difference, flow, written_cases
from responsief.trial_files import merged, read_trials
from responsief.trials import run_trials
from small import TODAY, register, ruleset
from strategies import Situations

CASES = """\
proef: klein
formaat: 1

basis:
  gewoon:   # wie hier begint
    wonen: {huur: "€ 400", soort: huur}
    persoon: {geboortedatum: 1986-04-12, detentie: nee}

gevallen:
  # een gewoon geval
  - naam: hier mag het
    peildatum: 2026-03-02
    basis: gewoon
    verwacht: {uitkomst: toegekend}   # zo is het
"""
RULES = ruleset("", "eis: wonen.huur <= € 500 en niet persoon.detentie", "eis: leeftijd >= 21")


def document(text: str, name: str = "klein.test.yaml") -> Document:
    found = read_yaml(Source(name, text), Findings())
    assert found is not None
    return found


def proposed(text: str, known: Register, tries: int = 400) -> tuple[list[Proposal], list[NotFound]]:
    every = list(suggest([document(text)], Desk(known), tries=tries))
    return [p for p in every if isinstance(p, Proposal)], [n for n in every if isinstance(n, NotFound)]


def with_cases(text: str, proposals: list[Proposal]) -> Document:
    new = appended(document(text).source, [(p.velden, "nakijken") for p in proposals])
    assert new is not None
    return document(new)


def test_what_is_proposed_closes_every_gap_of_a_small_ruleset() -> None:
    known = register(RULES)
    proposals, unfound = proposed(CASES, known)
    assert unfound == []
    after = with_cases(CASES, proposals)
    assert [t.naam for t in run_trials([after], Desk(known)) if not t.ok] == []
    coverage = coverage_of([after], Desk(known))
    assert list(coverage.gaps(known.versions["klein"][0])) == []


def test_a_proposal_changes_only_what_it_must_from_its_base() -> None:
    proposals, _ = proposed(CASES, register(RULES))
    told = [p.velden.get("situatie") for p in proposals]
    assert {"wonen": {"huur": "€ 500,01"}} in told
    assert {"wonen": {"huur": "€ 500,00"}} in told
    assert {"persoon": {"geboortedatum": "2005-03-03"}} in told  # twenty-one tomorrow
    assert {"persoon": {"geboortedatum": "2005-03-02"}} in told  # twenty-one today
    assert all(len(list(one)) == 1 for one in told if one)


def test_a_proposal_says_what_it_is_for_and_that_somebody_must_judge_it() -> None:
    proposals, _ = proposed(CASES, register(RULES))
    first = proposals[0]
    assert list(first.velden) == ["naam", "waarom", "verhaal", "peildatum", "basis", "situatie", "verwacht"]
    assert first.velden["verhaal"].startswith("Schrijf hier wie dit is")
    assert "Anders dan de basis «gewoon»" in first.velden["verhaal"]
    assert len({p.velden["naam"] for p in proposals}) == len(proposals)


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (ruleset("", "eis: wonen.huur <= € 500 of peildatum >= 2000-01-01"), "alleen de peildatum"),
        (ruleset("", "eis: persoon.detentie of niet persoon.detentie"), "het kan niet"),
        (ruleset("", "eis: wonen.huur >= € 0"), "niet gevonden in"),
    ],
)
def test_what_it_can_not_find_it_says_with_the_reason(rules: str, reason: str) -> None:
    _, unfound = proposed(CASES, register(rules))
    assert any(reason in one.waarom for one in unfound), [one.waarom for one in unfound]


def test_a_proof_that_something_can_not_be_is_no_guess() -> None:
    """Where it says «het kan niet», every answer was tried; where an answer gives it, it is found."""
    known = register(
        ruleset("", "eis: persoon.detentie of niet persoon.detentie", "eis: persoon.detentie en werk.zelfstandige")
    )
    proposals, unfound = proposed(CASES, known)
    assert [(n.gat.punt.criterium, n.gat.mist) for n in unfound if n.bewezen] == [("c0", ("nee",))]
    assert any(p.gat.punt.soort == "oordeel" and p.gat.punt.criterium == "c1" for p in proposals)


@pytest.mark.heavy
@settings(max_examples=6)
@given(st.integers(0, 2**64 - 1))
def test_on_random_rulesets_every_proposal_passes_and_shows_something_new(seed: int) -> None:
    dice = Rolled(seed)
    try:
        known = Rulesets(dice).written().checked()
    except InvalidError:
        return
    raw = Situations(dice, 70).raw()
    case = flow(raw)
    text = f"proef: lokaal\nformaat: 1\ngevallen:\n  - naam: begin\n    peildatum: 2026-03-02\n    situatie: {case}\n    verwacht: {{te_wegen: []}}\n"
    if read_trials(document(text), known.versions).findings:
        return
    proposals, _ = proposed(text, known, tries=20)
    if not proposals:
        return
    after = with_cases(text, proposals)
    assert read_trials(after, known.versions).findings == ()
    assert [t.naam for t in run_trials([after], Desk(known)) if not t.ok and t.naam != "begin"] == []
    rules = known.version("lokaal", TODAY)
    before, now = coverage_of([document(text)], Desk(known)), coverage_of([after], Desk(known))
    assert len(list(now.gaps(rules))) <= len(list(before.gaps(rules)))
    for one in proposals:
        number = before.points(rules).points.index(one.gat.punt)
        assert one.gat.mist[0] not in now.missing(rules, number)


def test_gaps_in_shared_terms_are_closed_by_a_case_of_whoever_reads_them_when_asked_for() -> None:
    head = "regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {van: 1990-01-01}\n"
    known = register(f"{head}begrippen: {{duur: {{is: wonen.huur > € 500}}}}\n", ruleset("", "eis: niet duur"))
    shared = known.versions["gedeeld"][0]
    every = list(suggest([document(CASES)], Desk(known), shared=["gedeeld"], tries=200))
    proposals = [p for p in every if isinstance(p, Proposal)]
    assert {p.gat.regelset for p in proposals} == {"klein", "gedeeld"}
    assert {p.regelset for p in proposals} == {"klein"}
    after = with_cases(CASES, proposals)
    assert all(t.ok for t in run_trials([after], Desk(known)))
    assert list(coverage_of([after], Desk(known)).gaps(shared)) == []
    assert {p.gat.regelset for p in proposed(CASES, known)[0]} == {"klein"}


# --- as text ----------------------------------------------------------------------------------------------------------------

data = st.recursive(
    st.sampled_from(["ja", "€ 1.250,50", "een: twee", "# drie", "", "geen", "2026-03-02", "«vier»", '"', "- x", "a, b"]),
    lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=10,
)
groups = st.dictionaries(st.sampled_from("abcd"), data, max_size=4)


@given(groups)
def test_what_is_written_on_one_line_reads_back(value: dict[str, Any]) -> None:
    assert plain(document(f"proef: {flow(value)}").root.get("proef")) == value  # type: ignore[arg-type]


@given(groups, groups)
def test_a_base_with_the_difference_over_it_is_the_case(base: dict[str, Any], change: dict[str, Any]) -> None:
    whole = merged(base, change)
    assert merged(base, difference(base, whole)) == whole


def test_every_shipped_case_is_read_as_data_as_it_is_read_as_a_case() -> None:
    from responsief.intake import validate

    versions = Register.open().versions
    for one in read_files([shipped()]).documents["proef"]:
        cases = {case.naam: case.situatie for case in read_trials(one, versions).gevallen}
        told = {case.naam: case.situatie for case in written_cases(one) if not case.naam.startswith("basis ")}
        assert {name: validate(value) for name, value in told.items()} == cases


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(group, ["suggest", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "klein.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "klein.test.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_the_command_prints_cases_that_can_be_pasted_and_writes_nothing(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert "controleer of dit klopt" in done.stdout
    assert (folder / "klein.test.yaml").read_text(encoding="utf-8") == CASES
    pasted = CASES + "\n".join(line for line in done.stdout.splitlines() if line.startswith("  ")) + "\n"
    assert read_trials(document(pasted), register(RULES).versions).findings == ()


FORMS = {
    "as it is": CASES,
    "no last line end": CASES.rstrip("\n"),
    "windows": CASES.replace("\n", "\r\n"),
    "a last remark": CASES + "\n# tot slot een opmerking\n",
    "a key after it": CASES.replace("formaat: 1\n", "").rstrip("\n") + "\n\n# het formaat\nformaat: 1\n",
    "no indent": CASES.replace("\n  - ", "\n- ")
    .replace("\n    peild", "\n  peild")
    .replace("\n    basis", "\n  basis")
    .replace("\n    verw", "\n  verw"),
    "a list of lists": CASES.replace("detentie: nee}", "detentie: nee}\n    schulden:\n      - {bedrag: € 1}"),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_adding_keeps_every_line_that_was_there(text: str) -> None:
    known = register(RULES)
    fields = {"naam": "erbij", "peildatum": "2026-03-02", "basis": "gewoon", "verwacht": {"uitkomst": "toegekend"}}
    new = appended(document(text).source, [(fields, "nakijken")])
    assert new is not None
    kept = iter(new.splitlines())
    assert all(line in kept for line in text.splitlines())  # in this order, and nothing changed in them
    assert len(new.splitlines()) == len(text.splitlines()) + 5
    assert ("\r\n" in new) is ("\r\n" in text)
    assert "\r\n" not in text or "\n" not in new.replace("\r\n", "")
    file = read_trials(document(new), known.versions)
    assert file.findings == ()
    assert [case.naam for case in file.gevallen] == ["hier mag het", "erbij"]


@pytest.mark.heavy
def test_written_files_pass_check_and_test_and_keep_their_rights(folder: Path) -> None:
    path = folder / "klein.test.yaml"
    path.write_bytes(("\ufeff" + CASES).encode())
    path.chmod(0o640)
    done = run(folder, "--write")
    assert done.exit_code == 0, done.output
    assert path.read_bytes().decode().startswith("\ufeff" + CASES)
    assert os.stat(path).st_mode & 0o777 == 0o640
    assert sorted(p.name for p in folder.iterdir()) == ["klein.test.yaml", "klein.yaml"]
    assert "Geen fouten" in CliRunner().invoke(group, ["check", str(folder)]).output
    assert CliRunner().invoke(group, ["test", str(folder)]).exit_code == 0
    assert "niets om bij te zetten" in run(folder, "--write").output


def test_a_list_between_brackets_is_left_alone_and_said(folder: Path) -> None:
    path = folder / "klein.test.yaml"
    text = "proef: klein\nformaat: 1\ngevallen: [{naam: een, peildatum: 2026-03-02, situatie: {wonen: {huur: '€ 400'}}, verwacht: {afgewezen_op: []}}]\n"
    path.write_text(text, encoding="utf-8")
    done = run(folder, "--write")
    assert done.exit_code == 1
    assert "niet gewijzigd" in done.output
    assert path.read_text(encoding="utf-8") == text


def test_a_failing_case_of_the_writer_does_not_stop_the_writing(folder: Path) -> None:
    path = folder / "klein.test.yaml"
    path.write_text(CASES.replace("uitkomst: toegekend", "uitkomst: afgewezen"), encoding="utf-8")
    assert run(folder, "--write").exit_code == 0


def test_without_a_case_there_is_nothing_to_begin_with(tmp_path: Path) -> None:
    (tmp_path / "klein.yaml").write_text(RULES, encoding="utf-8")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "niets om mee te beginnen" in done.output


@pytest.mark.heavy
def test_of_a_shipped_ruleset_every_proposal_passes() -> None:
    desk = Desk(Register.open())
    every = read_files([shipped()]).documents["proef"]
    (one,) = [d for d in every if plain(d.root)["proef"] == "schuldhulp"]
    text = one.source.text
    proposals = [p for p in suggest([one], desk, every, tries=300) if isinstance(p, Proposal)]
    if proposals:
        assert all(t.ok for t in run_trials([with_cases(text, proposals)], desk))


def test_a_name_is_a_sentence_and_never_yaml() -> None:
    table = (
        "uitkomst: {bedrag: {per: jaar, tabel: {treffer: uniek, kolommen: [wonen.huur, persoon.detentie], rijen: "
        "[{als: ['<= € 500', '-'], dan: € 1}, {als: ['> € 500', ja], dan: € 2}, {als: ['> € 500', nee], dan: € 3}]}}}\n"
    )
    found, _ = proposed(
        CASES.replace("{uitkomst: toegekend}", "{uitkomst: toegekend, bedrag: € 1}"),
        register(ruleset(table, "eis: leeftijd >= 21")),
    )
    names = [one.velden["naam"] for one in found]
    assert "onbekend: een voorwaarde" in names
    assert "rij 3: uw huur per maand is hoger dan € 500,00 en u zit niet vast" in names
    assert not [name for name in names if re.search(r"\w\.\w|>=|<=|[{}\[\]]|^bedrag|^c0", name)]


def test_nothing_is_proposed_that_contradicts_its_base() -> None:
    """A base without a partner, and a row for who is married: another case has such a household, without saying who the partner is."""
    cases = CASES.replace("wonen: {", "huishouden: {soort: alleenstaande, partner: geen}\n    wonen: {")
    other = "proef: klein\nformaat: 1\ngevallen: [{naam: samen, situatie: {huishouden: {soort: gehuwd}}, verwacht: {uitkomst: afgewezen}}]\n"
    desk = Desk(register(ruleset("", "eis: niet (huishouden.soort = 'gehuwd')")))
    found = [p for p in suggest([document(cases)], desk, [document(other)], tries=200) if isinstance(p, Proposal)]
    married = [p.velden for p in found if "gehuwd" in str(p.velden.get("situatie"))]
    assert married
    for fields in married:
        base = next(written_cases(document(cases))).van_basis
        validate(merged(base, fields["situatie"]))


def test_what_a_base_says_and_a_case_does_not_is_written_as_unknown() -> None:
    base = {"huishouden": {"soort": "alleenstaande", "partner": "geen"}, "wonen": {"huur": "€ 1"}, "eigen": {"x": {"y": "ja"}}}
    data = {"huishouden": {"soort": "gehuwd"}}
    told = difference(base, data)
    assert told["huishouden"] == {"partner": "onbekend", "soort": "gehuwd"}
    assert told["eigen"] == {"x": {"y": "onbekend"}}
    there = merged(base, told)
    assert there["eigen"].pop("x") == {"y": "onbekend"}
    assert validate(there) == validate(data)
