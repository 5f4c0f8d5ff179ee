"""The gate: whom a ruleset refuses has something that helps. Proved for the shipped register; and it fails when that is taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from responsief.analysis.answers import Answer
from responsief.analysis.gate import counted, real, way_out
from responsief.analysis.view import subject
from responsief.cli import group
from responsief.desk import Desk
from responsief.diagnostics import Findings
from responsief.hardship.offers import FALLBACK
from responsief.intake import read_situation
from responsief.ir.program import LinkError, counts_on
from responsief.ir.ruleset import Provision
from responsief.register import Register, check_files, layered, read_document, read_files, shipped
from responsief.syntax.nodes import Document

pytestmark = pytest.mark.heavy

TODAY, SPRING = date(2026, 11, 22), date(2026, 3, 1)

#: what is not decided at all on a day, so that there is nothing to prove: the figure that lacks
NO_FIGURE = {(TODAY, "studietoeslag"): "stage_vrij"}  # its amounts are not seen after 30-6-2026; proved in spring
#: what is decided but not proved: nothing
NOT_PROVED: dict[tuple[date, str], str] = {}

#: of each ruleset the provision on which the proof rests: its file, the place, the day
RESTS_ON = {
    "gehandicaptenparkeerkaart": ("zorg_en_gezondheid", "parkeerontheffing", None, TODAY),
    "wmo-maatwerkvoorziening": ("zorg_en_gezondheid", "algemene_voorziening", None, TODAY),
    "leerlingenvervoer": ("gezin_en_opgroeien", "ouder_en_jeugdsteunpunt", "9999", TODAY),
    "participatiewet": ("geld_lokaal", "regelingen_nagaan", None, TODAY),
    "studietoeslag": ("inkomen", "studentendecaan", None, SPRING),
    "schuldhulp": ("schulden", "geldfit", None, TODAY),
}
FOR_WHO_IS_REFUSED = "        - zaak.regelset = 'schuldhulp' en zaak.uitkomst = 'afgewezen'\n"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(Register.open())


def places(register: Register) -> list[str | None]:
    """Nowhere in particular, and every municipality where other rules hold."""
    local = {r.gemeente for versions in register.versions.values() for r in versions if r.gemeente is not None}
    areas = [r.gebied.gemeenten for versions in register.versions.values() for r in versions if r.gebied is not None]
    return [None, *sorted(local | {min(area) for area in areas})]


def proofs(desk: Desk, on: date) -> dict[tuple[str, str | None], Answer]:
    """The answer of the gate for every ruleset in every place where it is decided."""
    register, found = desk.register, {}
    for ident in register.ids():
        versions = [r for r in register.versions[ident] if r.holds_on(on) and any(counts_on(c, on) for c in r.criteria)]
        for place in places(register):
            if not versions or not versions[0].holds_in(place):
                continue
            try:
                found[ident, place] = way_out(subject(register, ident, on, place), desk)
            except LinkError as error:
                if error.code != "invulling-ontbreekt" and NO_FIGURE.get((on, ident)) != error.words["naam"]:
                    raise  # a law may say nothing without a local regulation; nothing else is skipped
    return found


@pytest.fixture(scope="module")
def proved(desk: Desk) -> dict[date, dict[tuple[str, str | None], Answer]]:
    return {on: proofs(desk, on) for on in (TODAY, SPRING)}


@pytest.mark.parametrize("on", [TODAY, SPRING])
def test_whom_a_shipped_ruleset_refuses_has_a_way_out_wherever_it_is_decided(desk: Desk, proved: Any, on: date) -> None:
    found = proved[on]
    wrong = {key: answer for key, answer in found.items() if answer.bewijs != "bewezen" and (on, key[0]) not in NOT_PROVED}
    assert wrong == {}
    in_force = {i for i, versions in desk.register.versions.items() if any(r.holds_on(on) and r.criteria for r in versions)}
    skipped = {ident for day, ident in (*NO_FIGURE, *NOT_PROVED) if day == on}
    assert {ident for ident, _ in found} == in_force - skipped
    assert len(found) >= 25


def test_what_has_no_figure_on_one_day_is_proved_on_the_other(proved: Any) -> None:
    assert {ident for _, ident in NO_FIGURE} <= {ident for ident, _ in proved[SPRING]}


def test_what_counts_is_conditional_in_force_within_the_law_and_no_conversation(desk: Desk) -> None:
    for ident, (_, rests_on, place, on) in RESTS_ON.items():
        side = subject(desk.register, ident, on, place).sides[0]
        ways = {one.id: one for one in counted(side)}
        assert rests_on in ways
        assert FALLBACK not in ways
        areas = set(desk.register.version(ident, on).leefgebieden)
        for one in ways.values():
            assert one.voorwaarden is not None
            assert one.wet == "binnen_wet"
            assert areas & set(one.leefgebieden)
            assert one.van is None or one.van <= on
            assert one.tot is None or one.tot >= on


# --- taken away --------------------------------------------------------------------------------------------------------


def changed(folder: Path, file: str, ident: str, change: Callable[[str], str]) -> Desk:
    """A desk with one provision written otherwise, in a folder that lies over the shipped register."""
    text = (shipped() / "voorzieningen" / f"{file}.yaml").read_text()
    found = re.search(rf"(?<=\n)  - id: {ident}\n(?:    [^\n]*\n)+", text)
    assert found is not None
    written = text[: found.start()] + change(found[0]) + text[found.end() :]
    assert written != text
    (folder / f"{file}.yaml").write_text(written)
    findings = Findings()
    files = layered([as_shipped(), *([read_document(path, findings)] for path in folder.glob("*.yaml"))], findings)
    checker, catalogue, wrong = check_files(files)
    assert wrong == ()
    return Desk(Register(checker.rulesets, catalogue, files.texts))


@cache
def as_shipped() -> list[Document]:
    return [document for some in read_files([shipped()]).documents.values() for document in some]


def gate(desk: Desk, ident: str) -> Answer:
    _, _, place, on = RESTS_ON[ident]
    return way_out(subject(desk.register, ident, on, place), desk)


@pytest.mark.parametrize("ident", RESTS_ON)
def test_without_the_provision_on_which_it_rests_somebody_is_left_alone_and_decide_says_so(ident: str, tmp_path: Path) -> None:
    (own := tmp_path / "register").mkdir()
    file, provision, _, on = RESTS_ON[ident]
    # geldfit is named by signals, so it stays: only what it does for who is refused goes
    desk = changed(own, file, provision, lambda text: text.replace(FOR_WHO_IS_REFUSED, "") if provision == "geldfit" else "")
    answer = gate(desk, ident)
    assert answer.bewijs == "weerlegd"
    assert answer.getuige is not None
    situation = tmp_path / "getuige.yaml"
    situation.write_text(yaml.safe_dump(answer.getuige.situatie, allow_unicode=True))
    asked = ["decide", str(situation), "--ruleset", ident, "--date", on.isoformat(), "--register", str(own), "--format", "json"]
    result = CliRunner().invoke(group, asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (told,) = json.loads(result.output)["besluiten"]
    assert told["uitkomst"] == "afgewezen"
    # the JSON does not say which are conditional; the same decision at the desk does
    decision = desk.decide(read_situation(situation), ident, on, today=on)
    assert decision.hardheid is not None
    assert [one["id"] for one in told["hardheid"]["alternatieven"]] == [one.id for one in decision.hardheid.alternatieven]
    assert real(decision, desk.register.version(ident, on)) == ()


WEAKER: dict[str, Callable[[Provision], Provision]] = {
    "closed the day before": lambda one: replace(one, tot=date(2026, 11, 21)),
    "not open yet": lambda one: replace(one, van=date(2026, 11, 23)),
    "for another part of life": lambda one: replace(one, leefgebieden=("justitie",)),
    "outside the law": lambda one: replace(one, wet="buiten_wet"),
    "for everybody": lambda one: replace(one, voorwaarden=None),
}


@pytest.mark.parametrize("how", WEAKER)
def test_a_provision_that_does_not_count_is_no_way_out(how: str, desk: Desk) -> None:
    ident = "leerlingenvervoer"
    _, provision, _, _ = RESTS_ON[ident]
    catalogue = desk.register.catalogue
    weaker = {**catalogue.provisions, provision: WEAKER[how](catalogue.provisions[provision])}
    rulesets = [r for versions in desk.register.versions.values() for r in versions]
    answer = gate(Desk(Register(rulesets, replace(catalogue, provisions=weaker))), ident)
    assert answer.bewijs == "weerlegd"


@pytest.mark.parametrize("condition", ["gezondheid.zwanger", "(gezondheid.zwanger of niet gezondheid.zwanger)"])
def test_a_condition_that_is_not_true_of_everybody_leaves_somebody_without(condition: str, tmp_path: Path) -> None:
    """Of the second only who leaves it unsaid has nothing: with a ja or a nee it would hold."""
    ident = "leerlingenvervoer"
    refused = "zaak.uitkomst = 'afgewezen'"
    desk = changed(tmp_path, *RESTS_ON[ident][:2], lambda text: text.replace(refused, f"{refused} en {condition}"))
    answer = gate(desk, ident)
    assert answer.bewijs == "weerlegd"
    assert answer.getuige is not None
    pregnant = answer.getuige.situatie.get("gezondheid", {}).get("zwanger")
    assert pregnant is None if "of niet" in condition else not pregnant


# --- the witness -------------------------------------------------------------------------------------------------------


def test_a_witness_is_the_same_every_time_and_says_only_what_is_read_and_not_as_usual(tmp_path: Path) -> None:
    ident = "gehandicaptenparkeerkaart"
    other = changed(tmp_path, *RESTS_ON[ident][:2], lambda _: "")
    first, again = gate(other, ident), gate(other, ident)
    assert first == again
    who = first.getuige
    assert who is not None
    assert who.zin.startswith("alleenstaande, 40 jaar")
    assert len(who.zin) < 120
    side = subject(other.register, ident, TODAY, None).sides[0]
    program = side.aids.compiled.program
    read = {leaf.path[0] for way in counted(side) if way.voorwaarden is not None for leaf in facts_of(program, way.voorwaarden)}
    ruleset = side.compiled.program
    read |= {leaf.path[0] for criterion in side.compiled.program.ruleset.criteria for leaf in facts_of(ruleset, criterion.eis)}
    assert set(who.situatie) - {"eigen"} <= read
    assert {told.pad for told in who.verschil} == {"eigen.gehandicaptenparkeerkaart.kaart_voor", "inkomsten.0.bedrag"}


def facts_of(program: Any, node: Any) -> list[Any]:
    return [leaf for leaf in program.facts(node) if hasattr(leaf, "path")]
