"""Transitional law: who keeps the old rule, until when, and what is unknown about that."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_versions import SINCE, UNTIL, Pair, pair
from responsief.backends.compiled import Compiled
from responsief.backends.explain import Explainer
from responsief.cli import group
from responsief.decision import Amount
from responsief.decision_json import to_json
from responsief.desk import Desk
from responsief.diagnostics import Findings, InvalidError
from responsief.intake import validate
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.ir.program import LinkError
from responsief.ir.verdict import Verdict
from responsief.objection import side_by_side
from responsief.register import Register, read_files
from responsief.remembered import Memory
from responsief.render.ruleset_page import page_of
from responsief.render.to_markdown import to_markdown
from responsief.schemas.decision import decision_schema
from responsief.situation import Situation
from responsief.situation import replace as put
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from strategies import seeds, situation

CASES = 400
DAYS = (date(2026, 3, 2), SINCE, UNTIL)
ASKED = "aanvraag.ontvangen_op < 2000-01-01"


@cache
def rolled(number: int) -> Situation:
    return situation(Rolled(number), (100, 85, 60)[number % 3])


def linked(pairs: Pair, on: date) -> tuple[Compiled, Compiled, Compiled] | None:
    """The three programs of a pair; None where the random text is refused, or reads what is not there."""
    try:
        return pairs.compiled(on)
    except (InvalidError, LinkError):
        return None


def told(verdict: Verdict) -> tuple[Any, ...]:
    """What a verdict says to a person, whatever the order of the criteria."""
    return (
        verdict.uitkomst,
        dict(zip([c.id for c in verdict.criteria], verdict.oordelen, strict=True)),
        {*verdict.afgewezen_op},
        {*verdict.te_wegen},
        verdict.bedrag,
        verdict.bedrag_vol,
        verdict.wacht_tot,
    )


def run_both_ways(one: Compiled, case: Situation, today: date) -> Verdict:
    """The verdict, after making sure that the meaning and the compiled code give the same values."""
    meaning, fast = one.reference(case, today), one.fast(case, today)
    assert one.values(meaning) == one.values(fast)
    assert one.concluder is not None
    verdict = one.concluder.conclude(fast, today)
    assert told(verdict) == told(one.concluder.conclude(meaning, today))
    return verdict


def explained(one: Compiled, verdict: Verdict, case: Situation) -> dict[str, Any]:
    """What is told of each criterion: its trace and its facts, and what is still needed."""
    explainer = Explainer(one, verdict, case)
    told_of: dict[str, Any] = {c.id: (c.titel, c.oordeel, c.spoor, c.bevinding, c.aftrek) for c in explainer.criteria()}
    return told_of | {"nog_nodig": {need.gegeven for need in explainer.needed()}}


@settings(max_examples=24, deadline=None)
@given(seeds, st.sampled_from(["ja", "nee"]), st.sampled_from(DAYS))
def test_who_keeps_the_old_version_gets_its_verdict_and_who_does_not_the_new_one(seed: int, voor: str, today: date) -> None:
    programs = linked(pair(Rolled(seed), voor), today)
    if programs is None:
        return
    old, new, both = programs
    for number in range(5):
        case = rolled((seed + number * 37) % CASES)
        expected = old if voor == "ja" else new
        found = run_both_ways(both, case, today)
        assert told(found) == told(expected.decide(case, today))
        assert explained(both, found, case) == explained(expected, expected.decide(case, today), case)


def agreed(old: Verdict, new: Verdict) -> dict[str, bool | None]:
    """Of each criterion what both versions say; unknown where they differ. What a version does not ask is «ja» there."""
    before, after = (dict(zip([c.id for c in v.criteria], v.oordelen, strict=True)) for v in (old, new))
    ids = {*before, *after}
    return {i: before.get(i, True) if before.get(i, True) is after.get(i, True) else None for i in ids}


@settings(max_examples=16, deadline=None)
@given(seeds)
def test_while_it_is_unknown_who_keeps_it_only_what_both_versions_say_is_said(seed: int) -> None:
    programs = linked(pair(Rolled(seed), ASKED), DAYS[0])
    if programs is None:
        return
    old, new, both = programs
    for number in range(6):
        case = put(rolled((seed + number * 37) % CASES), "aanvraag.ontvangen_op", None)
        before, after = old.decide(case, DAYS[0]), new.decide(case, DAYS[0])
        found = run_both_ways(both, case, DAYS[0])
        assert dict(zip([c.id for c in found.criteria], found.oordelen, strict=True)) == agreed(before, after)
        if found.uitkomst not in ("onbepaald", "wacht"):
            assert before.uitkomst == after.uitkomst == found.uitkomst
            assert found.bedrag in (None, before.bedrag)
        if found.uitkomst == "toegekend":
            assert found.bedrag == before.bedrag == after.bedrag
        if found.uitkomst == "wacht":  # that the law forbids deciding yet is said where both versions say so
            assert "wacht" in (before.uitkomst, after.uitkomst) or "onbepaald" in (before.uitkomst, after.uitkomst)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_of_a_part_of_the_criteria_only_those_are_kept(seed: int) -> None:
    pairs = pair(Rolled(seed), "ja", part=True)
    programs = linked(pairs, DAYS[0])
    if programs is None:
        return
    old, new, both = programs
    ruleset = both.program.ruleset
    assert ruleset is not None
    (entry,) = ruleset.overgang
    assert entry.criteria
    assert not entry.bedrag
    for number in range(4):
        case = rolled((seed + number * 37) % CASES)
        before, after = old.decide(case, DAYS[0]), new.decide(case, DAYS[0])
        found = run_both_ways(both, case, DAYS[0])
        expected = {c.id: v for c, v in zip(after.criteria, after.oordelen, strict=True) if not entry.covers(c.id)}
        expected |= {c.id: v for c, v in zip(before.criteria, before.oordelen, strict=True) if entry.covers(c.id)}
        assert dict(zip([c.id for c in found.criteria], found.oordelen, strict=True)) == expected
        assert found.bedrag_vol == after.bedrag_vol


def test_pairs_are_seldom_refused_and_come_out_in_every_way() -> None:
    """So that the property above can't hollow out."""
    counted: Counter[str] = Counter()
    for seed in range(24):
        programs = linked(pair(Rolled(seed), "ja"), DAYS[0])
        counted["refused"] += programs is None
        for one in programs or ():
            counted.update(one.decide(rolled(n), DAYS[0]).uitkomst for n in range(6))
        if programs is not None:
            before, after, _ = programs
            counted["differ"] += sum(
                told(before.decide(rolled(n), DAYS[0])) != told(after.decide(rolled(n), DAYS[0])) for n in range(6)
            )
    assert counted["refused"] <= 3, counted
    assert counted["differ"] >= 60, counted
    for outcome in ("toegekend", "afgewezen", "onbepaald"):
        assert counted[outcome] >= 10, counted


# --- the worked example of docs/taal.md --------------------------------------------------------------------------------

EXAMPLE = Path(__file__).parents[1] / "examples" / "overgang"
OLD, NEW = ((EXAMPLE / f"meedoenregeling-{year}.yaml").read_text(encoding="utf-8") for year in (2025, 2026))
IDENT = "meedoenregeling"
AUGUST = date(2026, 8, 1)
PERSON = {
    "persoon": {"geboortedatum": "1986-04-12", "gemeente": "9999"},
    "aanvraag": {"ontvangen_op": "2026-06-12"},
    "eigen": {IDENT: {"woonduur": 2, "andere_bijdrage": "nee"}},
}


def register_of(*texts: str) -> Register:
    """A register of these texts alone; InvalidError when one has a mistake."""
    findings = Findings()
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    checker = Checker([d for s in sources if (d := read_yaml(s, findings)) is not None])
    found = [*findings, *checker.findings]
    if found:
        raise InvalidError(found)
    return Register(checker.rulesets, Catalogue(), sources)


def desk_of(*texts: str) -> Desk:
    return Desk(register_of(*texts))


def person(**changed: Any) -> Situation:
    return validate({**PERSON, **changed})


def old_dutch(woonduur: int) -> dict[str, Any]:
    return {IDENT: {"woonduur": woonduur, "andere_bijdrage": "nee"}}


def codes(*texts: str) -> list[str]:
    with pytest.raises(InvalidError) as wrong:
        register_of(*texts)
    return [d.code for d in wrong.value.diagnostics]


def test_the_cases_of_the_example_come_out_and_its_files_are_as_format_writes_them() -> None:
    for command in (["test"], ["check"], ["format", "--check"]):
        result = CliRunner().invoke(group, [*command, str(EXAMPLE)])
        assert result.exit_code == 0, result.output


def test_a_decision_says_which_rule_was_applied_by_which_article_and_why() -> None:
    decision = desk_of(OLD, NEW).decide(person(), IDENT, AUGUST)
    assert (decision.uitkomst, decision.bedrag and decision.bedrag.centen) == ("toegekend", 300_00)
    assert [c.id for c in decision.criteria] == ["woonduur", "leeftijd"]  # the old version asks nothing else
    (kept,) = decision.overgang
    assert (kept.oordeel, kept.versie, kept.gold_tot, kept.criteria) == (
        "ja", "2025-01-01", date(2026, 6, 30), ("woonduur", "leeftijd"),
    )  # fmt: skip
    first = decision.criteria[0]
    assert first.grondslag == (
        "art. 2 lid 1, Verordening meedoen 2025 (overgangsrecht: art. 12 lid 1, Verordening meedoen 2026)"
    )
    assert (first.uitleg, first.grens) == ("U moet minstens één jaar in de gemeente wonen.", "1")
    assert "de oude regel is toegepast op «U woont hier lang genoeg»" in decision.motivering.nota
    assert "Feit: datum aanvraag: 12 juni 2026" in decision.motivering.nota
    letter = decision.motivering.brief
    assert "Wie voor 1 juli 2026 een aanvraag deed, houdt de oude regels tot eind 2026." in letter
    assert "Waarom de oude regels gelden: artikel 12 lid 1 van de Verordening meedoen 2026" in letter


def test_who_does_not_keep_the_old_rule_is_told_so_in_the_note_and_not_in_the_letter() -> None:
    decision = desk_of(OLD, NEW).decide(person(aanvraag={"ontvangen_op": "2026-07-20"}), IDENT, AUGUST)
    assert decision.afgewezen_op == ("woonduur",)
    assert decision.criteria[0].grondslag == "art. 2 lid 1"
    assert "geldt niet voor betrokkene; de regel van nu is toegepast" in decision.motivering.nota
    assert "oude regel" not in decision.motivering.brief


def test_while_it_is_unknown_the_day_is_asked_and_both_rules_are_in_the_trace() -> None:
    decision = desk_of(OLD, NEW).decide(person(aanvraag={}), IDENT, AUGUST)
    assert decision.uitkomst == "onbepaald"
    assert [need.gegeven for need in decision.nog_nodig] == ["aanvraag.ontvangen_op"]
    trace = decision.draft.criterion("woonduur").spoor
    assert trace.tekst == "de oude of de nieuwe regel"
    assert [part.tekst for part in trace.delen] == ["aanvraag.ontvangen_op < 2026-07-01", "woonduur >= 1", "woonduur >= 3"]
    assert "nog niet bekend is of de oude regel voor betrokkene geldt" in decision.motivering.nota


def test_unknown_is_no_ground_where_one_version_says_yes_and_is_none_the_less_where_both_say_no() -> None:
    desk = desk_of(OLD, NEW)
    assert desk.decide(person(aanvraag={}, eigen=old_dutch(0)), IDENT, AUGUST).afgewezen_op == ("woonduur",)
    assert desk.decide(person(aanvraag={}, eigen=old_dutch(1)), IDENT, AUGUST).afgewezen_op == ()


def test_the_json_has_it_as_its_schema_says_and_the_receipt_names_both_versions() -> None:
    decision = desk_of(OLD, NEW).decide(person(), IDENT, AUGUST)
    made = to_json(decision)
    jsonschema.Draft202012Validator(decision_schema()).validate(made)
    (one,) = made["besluiten"]
    assert one["overgang"][0]["criteria"] == ["woonduur", "leeftijd"]
    assert one["bekendgemaakt"] == "2026-07-15"
    read = [(s["naam"], s["versie"]) for s in one["verantwoording"]["gelezen"]]
    assert {(IDENT, "2026-07-01"), (IDENT, "2025-01-01")} <= set(read)
    asked = {f["gegeven"]: f["waarvoor"] for f in one["verantwoording"]["feiten"]}
    assert "overgang" in asked["aanvraag.ontvangen_op"]


def test_an_article_of_the_old_version_is_linked_to_the_text_that_it_was() -> None:
    texts = [
        text.replace("regeling: verzonnen", "regeling: CVDR123456").replace(f"meedoen {year}", "meedoen")
        for text, year in ((OLD, 2025), (NEW, 2026))
    ]
    one = to_json(desk_of(*texts).decide(person(), IDENT, AUGUST))["besluiten"][0]["criteria"][0]
    assert one["grondslag"] == "art. 2 lid 1 (overgangsrecht: art. 12 lid 1)"
    assert [link["link"] for link in one["links"]] == ["https://lokaleregelgeving.overheid.nl/CVDR123456/1"]


def test_a_clause_for_every_criterion_reaches_what_only_the_old_version_asks() -> None:
    gone = NEW[: NEW.index("  - id: leeftijd")] + NEW[NEW.index("uitkomst:") :]
    child = person(persoon={"geboortedatum": "2010-01-01", "gemeente": "9999"})
    decision = desk_of(OLD, gone).decide(child, IDENT, AUGUST)
    assert decision.afgewezen_op == ("leeftijd",)
    assert decision.hardheid is not None
    assert [(c.id, c.status) for c in decision.hardheid.clausules] == [("artikel-9", "in_bereik")]
    named = gone.replace("geldt_voor: alle", "geldt_voor: [woonduur, leeftijd]")
    assert desk_of(OLD, named).decide(child, IDENT, AUGUST).hardheid == decision.hardheid
    narrow = desk_of(OLD, gone.replace("geldt_voor: alle", "geldt_voor: [woonduur]")).decide(child, IDENT, AUGUST).hardheid
    assert narrow is not None
    assert [c.status for c in narrow.clausules] == ["buiten_bereik"]


def test_figures_of_the_old_version_are_as_they_are_on_the_day() -> None:
    later = OLD.replace('{2025-01-01: "€ 300"}', '{2025-01-01: "€ 300", 2026-10-01: "€ 310"}')
    desk = desk_of(later, NEW)
    amounts = [desk.decide(person(), IDENT, day).bedrag for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert [a and a.centen for a in amounts] == [300_00, 310_00]


def test_only_the_named_criteria_are_kept_and_the_amount_only_when_it_is_named() -> None:
    part = NEW.replace("    tot: 2026-12-31\n", "    tot: 2026-12-31\n    criteria: [woonduur]\n")
    decision = desk_of(OLD, part).decide(person(), IDENT, AUGUST)
    assert (decision.uitkomst, decision.bedrag and decision.bedrag.centen) == ("toegekend", 200_00)
    assert [c.id for c in decision.criteria] == ["woonduur", "geen_toeslag", "leeftijd"]
    with_amount = part.replace("[woonduur]", "[bedrag]")
    assert desk_of(OLD, with_amount).decide(person(), IDENT, AUGUST).afgewezen_op == ("woonduur",)


def test_of_more_entries_the_first_that_holds_counts_and_an_older_version_is_named_by_its_day() -> None:
    oldest = OLD.replace("{van: 2025-01-01, tot: 2026-06-30}", "{van: 2020-01-01, tot: 2024-12-31}")
    oldest = oldest.replace("2025-01-01", "2020-01-01").replace("€ 300", "€ 500")
    middle = OLD.replace("bevoegd:", MIDDLE + "bevoegd:", 1)
    entry = "  - voor: aanvraag.ontvangen_op < 2025-01-01\n    geldt: 2020-01-01\n    grondslag: art. 12 lid 2\n"
    entry += "    uitleg: Wie voor 2025 een aanvraag deed, houdt de oudste regels.\n"
    desk = desk_of(oldest, middle, NEW.replace("overgang:\n", "overgang:\n" + entry, 1))
    amounts = {}
    for received in ("2024-06-01", "2025-06-01", "2026-08-01"):
        case = person(aanvraag={"ontvangen_op": received}, eigen=old_dutch(5))
        decision = desk.decide(case, IDENT, AUGUST)
        amounts[received] = decision.bedrag and decision.bedrag.centen
    # transitional law of the middle version is not that of the newest
    assert amounts == {"2024-06-01": 500_00, "2025-06-01": 300_00, "2026-08-01": 200_00}
    assert desk.decide(person(aanvraag={"ontvangen_op": "2024-06-01"}), IDENT, date(2025, 6, 1)).bedrag == Amount(
        500_00, "jaar"
    )


MIDDLE = """overgang:
  - voor: aanvraag.ontvangen_op < 2025-03-01
    grondslag: art. 11
    uitleg: Wie voor maart 2025 een aanvraag deed, houdt de oudste regels.
"""


def test_a_choice_can_have_other_words_in_each_version() -> None:
    kind = "  soort_reis: {type: keuze, opties: [fiets, ov], label: soort reis, vraag: Hoe reist u?, van: [inwoner]}\n"
    old = OLD.replace("gegevens:\n", "gegevens:\n" + kind).replace("woonduur >= 1", "soort_reis = 'fiets'")
    new = NEW.replace("gegevens:\n", "gegevens:\n" + kind.replace("fiets, ov", "ov, taxi"))
    new = new.replace("woonduur >= 3", "soort_reis = 'taxi'")
    desk = desk_of(old, new)
    for word, received, outcome in (("fiets", 6, "toegekend"), ("taxi", 6, "afgewezen"), ("taxi", 7, "toegekend")):
        own = {IDENT: {"soort_reis": word, "andere_bijdrage": "nee"}}
        case = person(aanvraag={"ontvangen_op": f"2026-0{received}-12"}, eigen=own)
        assert desk.decide(case, IDENT, AUGUST).uitkomst == outcome, (word, received)


def test_what_the_old_version_reads_elsewhere_must_be_there_as_long_as_it_is_kept() -> None:
    def elsewhere(days: str, name: str) -> str:
        text = OLD.replace(f"regelset: {IDENT}", "regelset: elders").replace("van: 2025-01-01, tot: 2026-06-30", days)
        return text.replace("criteria:\n", f"begrippen:\n  {name}: € 100\n\ncriteria:\n", 1)

    old = OLD.replace("criteria:\n", "begrippen:\n  grens: {gebruik: elders.grens}\n\ncriteria:\n", 1)
    old = old.replace("woonduur >= 1", "woonduur >= 1 en wonen.huur < grens")
    before = elsewhere("van: 2025-01-01, tot: 2026-06-30", "grens")
    assert codes(old, NEW, before, elsewhere("van: 2026-07-01", "andere_grens")) == ["begrip-onbekend"]
    assert register_of(old, NEW, before, elsewhere("van: 2026-07-01", "grens"))
    without = NEW[: NEW.index("overgang:")] + NEW[NEW.index("bevoegd:") :]
    assert register_of(old, without, before, elsewhere("van: 2026-07-01", "andere_grens"))


def test_a_text_that_works_back_says_so_on_a_day_before_it_was_published() -> None:
    desk = desk_of(OLD, NEW)
    back, after = (desk.decide(person(), IDENT, date(2026, 7, day)).motivering.nota for day in (14, 15))
    assert "Terugwerkende kracht: de regeling is bekendgemaakt op 15 juli 2026 en geldt vanaf 1 juli 2026" in back
    assert "Terugwerkende kracht" not in after


def test_the_page_to_read_tells_who_keeps_what_until_when() -> None:
    register = register_of(OLD, NEW)
    told_there = to_markdown(page_of(register, register.version(IDENT, AUGUST), AUGUST))
    assert "## Overgangsrecht" in told_there
    assert "zolang de peildatum niet na 31 december 2026 ligt, als de dag van de aanvraag vóór 1 juli 2026 ligt" in told_there
    assert "15 juli 2026: de regeling werkt terug tot 1 juli 2026" in told_there


def test_a_ruleset_without_transitional_law_is_left_as_it_is() -> None:
    register = register_of(OLD, NEW)
    for day in (date(2026, 6, 30), date(2027, 1, 1)):
        assert register.compiled(IDENT, day, "9999").program.ruleset is register.version(IDENT, day)
    assert register.compiled(IDENT, AUGUST, "9999").program.ruleset is not register.version(IDENT, AUGUST)


def test_a_check_that_remembers_finds_what_a_change_of_the_old_version_does_to_the_new_one(tmp_path: Path) -> None:
    paths = {tmp_path / "oud.yaml": OLD, tmp_path / "nieuw.yaml": NEW}
    for path, text in paths.items():
        path.write_text(text, encoding="utf-8")
    memory = Memory({})
    read = lambda: {f.code for f in memory.check_files(read_files([tmp_path], memory.read))[2]}  # noqa: E731
    assert read() == set()
    (tmp_path / "oud.yaml").write_text(OLD.replace("per: jaar", "per: maand"), encoding="utf-8")
    assert read() == {"overgang-bedrag"}
    (tmp_path / "oud.yaml").write_text(OLD, encoding="utf-8")
    assert read() == set()
    (tmp_path / "oud.yaml").unlink()
    assert read() == {"overgang-geen-versie"}


def test_the_law_of_then_and_of_now_is_the_same_for_who_keeps_the_old_rule() -> None:
    june = date(2026, 6, 15)
    kept = side_by_side(desk_of(OLD, NEW), person(), IDENT, june, AUGUST)
    assert kept.cijfers == ()
    assert any("De oude regel geldt hier nog (art. 12 lid 1)" in sentence for sentence in kept.zinnen)
    not_kept = side_by_side(desk_of(OLD, NEW), person(aanvraag={"ontvangen_op": "2026-07-20"}), IDENT, june, AUGUST)
    assert [(f.toen, f.nu) for f in not_kept.cijfers] == [("€ 300,00", "€ 200,00")]
    assert not any("oude regel" in sentence for sentence in not_kept.zinnen)


@pytest.mark.heavy
def test_mutants_of_both_versions_are_held_against_the_cases() -> None:
    """Also a condition that is left out, where a case is decided by both versions together."""
    found = CliRunner().invoke(group, ["mutate", str(EXAMPLE)]).output
    assert "intern" not in found
    assert "meedoenregeling-2026.yaml:10" not in found, "every change of who keeps the old rule is noticed"
    assert "geen_toeslag: deze voorwaarde" not in found
    assert "leeftijd: deze voorwaarde" not in found
