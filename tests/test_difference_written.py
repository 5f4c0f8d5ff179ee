"""What changed as it is written and meant, and which versions are compared on which days."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets, Written
from responsief.diagnostics import Findings, InvalidError
from responsief.difference import catalogues, fields
from responsief.difference.catalogues import catalogue_changes
from responsief.difference.pairs import Pair, covered, pairs
from responsief.difference.report import Change
from responsief.difference.written import RulesetChanges, compare, conditions, written
from responsief.ir import ruleset as meant
from responsief.ir.program import LinkError
from responsief.register import Register, check_files, layered
from responsief.source import Source
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_yaml

TODAY = date(2026, 3, 2)

SHARED = """\
regelset: gedeeld
formaat: 1
titel: Gedeelde begrippen
soort: begrippen
geldig: {van: 1990-01-01}
bedragen:
  norm:
    label: de norm
    grondslag: Pw 21
    bron: Stcrt. 2025
    waarden: {2025-01-01: € 1.000, 2026-01-01: € 1.100}
begrippen:
  arm: {label: u heeft weinig geld, grondslag: Pw 11, is: som(inkomsten.bedrag) < norm}
"""
PASS = """\
regelset: pas
formaat: 1
titel: De stadspas
soort: verordening
bron: {regeling: CVDR1, naam: De verordening}
geldig: {van: 2024-01-01}
bevoegd: {orgaan: college, gemeente: "0599"}
doel: Meedoen.
leefgebieden: [meedoen]
beslistermijn: 8 weken
procedure:
  rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}
  horen: Awb 4:7
gegevens:
  lid: {type: ja_nee, label: lid van een club, vraag: Bent u lid van een club?, van: [inwoner]}
bedragen:
  grens:
    label: de inkomensgrens
    grondslag: art. 3
    bron: het besluit
    waarden: {2024-01-01: € 1.500, 2026-01-01: € 1.600}
begrippen:
  laag: {label: uw inkomen is laag, grondslag: art. 4, is: som(inkomsten.bedrag) <= grens}
criteria:
  - {id: oud, titel: U bent oud genoeg, grondslag: art. 1, doel: Volwassen., bewijs: paspoort, eis: leeftijd >= 18}
  - {id: arm, titel: U heeft weinig geld, grondslag: art. 2, doel: Voor wie het nodig heeft., eis: laag}
  - {id: lid, titel: U bent lid, grondslag: art. 5, doel: Zelf meedoen., eis: lid, gevolg: deel, aftrek: € 20}
uitkomst: {bedrag: {is: € 100, per: jaar}}
hardheid:
  - id: hard
    soort: verordening_clausule
    titel: Bijzondere gevallen
    grondslag: art. 9
    tekst: Het college wijkt af bij bijzondere hardheid.
    maatstaf: bijzondere hardheid
    geldt_voor: [oud, arm]
    richting: ten_gunste
    wie_beslist: college
    niet_als: [{als: leeftijd < 12, grondslag: art. 9, reden: Voor kinderen is er de jeugdpas.}]
    mag: [toekennen]
  - {id: geen, soort: geen, titel: Geen clausule, grondslag: art. 9, reikwijdte: Wie geen lid is krijgt minder., geldt_voor: [lid]}
"""
HELP = """\
voorzieningen: hulp
formaat: 1
lijst:
  - id: bank
    titel: De voedselbank
    grondslag: eigen regels
    leefgebieden: [financien, dagelijks_leven]
    wie_beslist: stichting
    eerste_stap: Ga erheen.
    drempel: 2
    drempel_reden: een gesprek
    soort: fonds
    bereik: deel
    wet: binnen_wet
    voorwaarden: arm
    bron: de site
  - id: coach
    titel: Een coach
    grondslag: eigen regels
    leefgebieden: [financien]
    wie_beslist: gemeente
    eerste_stap: Bel ons.
    drempel: 1
    drempel_reden: bellen
    soort: gemeentelijk
    bereik: landelijk
    wet: binnen_wet
    bron: de site
bundels: [{id: samen, titel: Samen sterk, met: [bank, coach], waarom: Ze helpen elkaar.}]
"""
SIGNS = """\
signalen: tekens
formaat: 1
feiten:
  krap: {label: er is weinig geld, is: arm}
  jong: {label: u bent jong, is: leeftijd < 27}
regels:
  - {id: honger, als: [krap], dan: nood, label: er is nood, grondslag: geen, urgentie: {werkdagen: 3, uit: wet}, biedt: [bank]}
  - {id: begin, als: [krap, jong], dan: start, label: een begin, grondslag: geen, biedt: [bank, coach]}
"""
TEXTS = {"gedeeld.yaml": SHARED, "pas.yaml": PASS, "hulp.yaml": HELP, "tekens.yaml": SIGNS}


def register(texts: Mapping[str, str]) -> Register:
    findings = Findings()
    documents = [read_yaml(Source(name, text), findings) for name, text in texts.items()]
    files = layered([[d for d in documents if d is not None]], findings)
    checker, catalogue, found = check_files(files)
    assert not found, "\n".join(map(str, found))
    return Register(checker.rulesets, catalogue, files.texts)


def edited(*edits: tuple[str, str]) -> Register:
    """The register with words replaced by others: each stands in one place."""
    texts = dict(TEXTS)
    for before, after in edits:
        (name,) = [n for n, text in texts.items() if before in text]
        assert texts[name].count(before) == 1, f"«{before}» does not stand in one place"
        texts[name] = texts[name].replace(before, after)
    return register({name: text for name, text in texts.items() if text})


BASE = register(TEXTS)
Told = tuple[str, str, str]  # wat, id, richting


def told(changes: Any) -> set[Told]:
    return {(c.wat, c.id, c.richting) for c in changes}


def of(ident: str, compared: tuple[RulesetChanges, ...]) -> RulesetChanges:
    (found,) = [one for one in compared if one.id == ident]
    return found


NEW_CRITERION = (
    "  - {id: hier, titel: U woont hier, grondslag: art. 6, doel: Voor inwoners., eis: wonen.woonplaats_hier}\nuitkomst:"
)
LID = "  - {id: lid, titel: U bent lid, grondslag: art. 5, doel: Zelf meedoen., eis: lid, gevolg: deel, aftrek: € 20}\n"
OUD = "  - {id: oud, titel: U bent oud genoeg, grondslag: art. 1, doel: Volwassen., bewijs: paspoort, eis: leeftijd >= 18}\n"
NIET_ALS = "    niet_als: [{als: leeftijd < 12, grondslag: art. 9, reden: Voor kinderen is er de jeugdpas.}]\n"
GEEN = "  - {id: geen, soort: geen, titel: Geen clausule, grondslag: art. 9, reikwijdte: Wie geen lid is krijgt minder., geldt_voor: [lid]}\n"
HARD = PASS[PASS.index("  - id: hard\n") : PASS.index(GEEN)]

#: name, edits, what is written otherwise, what conditions are
PREPARED: dict[str, tuple[list[tuple[str, str]], set[Told], set[str]]] = {
    "limit looser": ([("leeftijd >= 18", "leeftijd >= 16")], set(), {"oud"}),
    "limit tighter": ([("leeftijd >= 18", "leeftijd >= 21")], set(), {"oud"}),
    "< for <=": ([("<= grens", "< grens")], {("begrip", "laag", "gelijk")}, set()),
    "new criterion": ([("uitkomst:", NEW_CRITERION)], set(), {"hier"}),
    "criterion gone": ([(LID, ""), (GEEN, "")], {("clausule", "geen", "gelijk")}, {"lid"}),
    "clause removed": (
        [(HARD, ""), ("geldt_voor: [lid]", "geldt_voor: alle")],
        {("clausule", "hard", "strenger"), ("bereik", "geen", "gelijk")},
        set(),
    ),
    "clause new": (
        [("hardheid:\n", f"hardheid:\n{HARD.replace('id: hard', 'id: meer').replace('[oud, arm]', '[lid]')}"), (GEEN, "")],
        {("clausule", "meer", "ruimer"), ("clausule", "geen", "gelijk")},
        set(),
    ),
    "scope narrowed": (
        [("geldt_voor: [oud, arm]", "geldt_voor: [oud]"), ("geldt_voor: [lid]", "geldt_voor: [arm, lid]")],
        {("bereik", "hard", "strenger"), ("bereik", "geen", "gelijk")},
        set(),
    ),
    "scope widened": (
        [("geldt_voor: [oud, arm]", "geldt_voor: [oud, arm, lid]"), (GEEN, "")],
        {("bereik", "hard", "ruimer"), ("clausule", "geen", "gelijk")},
        set(),
    ),
    "scope elsewhere": (
        [("geldt_voor: [oud, arm]", "geldt_voor: [oud, lid]"), ("geldt_voor: [lid]", "geldt_voor: [arm]")],
        {("bereik", "hard", "anders"), ("bereik", "geen", "gelijk")},
        set(),
    ),
    "clause may do more": ([("mag: [toekennen]", "mag: [toekennen, periode]")], {("bereik", "hard", "ruimer")}, set()),
    "clause may do less": ([("mag: [toekennen]", "mag: [periode]")], {("bereik", "hard", "anders")}, set()),
    "clause both ways": ([("richting: ten_gunste", "richting: beide")], {("bereik", "hard", "strenger")}, set()),
    "clause decided by another": ([("wie_beslist: college", "wie_beslist: raad")], {("clausule", "hard", "gelijk")}, set()),
    "clause of another kind": (
        [("soort: verordening_clausule", "soort: groepsniveau")],
        {("clausule", "hard", "strenger")},
        set(),
    ),
    "clause with another bar": ([("als: leeftijd < 12", "als: leeftijd < 14")], {("clausule", "hard", "anders")}, set()),
    "clause without a bar": ([(NIET_ALS, "")], {("clausule", "hard", "ruimer")}, set()),
    "clause with a bar more": (
        [("jeugdpas.}]", "jeugdpas.}, {als: lid, grondslag: art. 9, reden: Een lid betaalt zelf.}]")],
        {("clausule", "hard", "strenger")},
        set(),
    ),
    "the article of a bar": ([("als: leeftijd < 12, grondslag: art. 9", "als: leeftijd < 12, grondslag: art. 8")], {("artikel", "hard", "gelijk")}, set()),
    "the reason of a bar": ([("is er de jeugdpas", "is er een andere pas")], {("tekst", "hard", "gelijk")}, set()),
    "the words of a clause": (
        [("tekst: Het college wijkt af bij", "tekst: Het college kan afwijken bij")],
        {("tekst", "hard", "gelijk")},
        set(),
    ),
    "figure indexed": ([("2026-01-01: € 1.600", "2026-01-01: € 1.600, 2026-07-01: € 1.650")], {("cijfer", "grens", "gelijk")}, set()),
    "figure corrected": ([("2026-01-01: € 1.600", "2026-01-01: € 1.610")], {("cijfer", "grens", "gelijk")}, set()),
    "figure that ends": (
        [("€ 1.500, 2026-01-01: € 1.600}", "€ 1.500, 2026-01-01: € 1.600}\n    tot: 2026-12-31")],
        {("cijfer", "grens", "gelijk")},
        set(),
    ),
    "the source of a figure": ([("bron: het besluit", "bron: het nieuwe besluit")], {("tekst", "grens", "gelijk")}, set()),
    "the article of a figure": ([("grondslag: art. 3", "grondslag: art. 3a")], {("artikel", "grens", "gelijk")}, set()),
    "order only": ([(OUD, ""), (LID, LID + OUD)], {("volgorde", "pas", "gelijk")}, set()),
    "article only": ([("grondslag: art. 1,", "grondslag: art. 1 lid 2,")], {("artikel", "oud", "gelijk")}, set()),
    "article of a term": ([("grondslag: art. 4", "grondslag: art. 4a")], {("artikel", "laag", "gelijk")}, set()),
    "text only": ([("titel: U bent oud genoeg", "titel: U bent volwassen")], {("tekst", "oud", "gelijk")}, set()),
    "purpose only": ([("doel: Volwassen.", "doel: Zelf beslissen.")], {("tekst", "oud", "gelijk")}, set()),
    "proof only": ([("bewijs: paspoort", "bewijs: rijbewijs")], {("tekst", "oud", "gelijk")}, set()),
    "question only": ([("vraag: Bent u lid", "vraag: Bent u nu lid")], {("tekst", "lid", "gelijk")}, set()),
    "another kind of fact": (
        [("{type: ja_nee, label: lid", "{type: ja_nee, bewaren: 12 maanden, label: lid")],
        {("tekst", "lid", "gelijk")},
        set(),
    ),
    "effect from deel to afwijzing": (
        [(", gevolg: deel, aftrek: € 20", "")],
        {("gevolg", "lid", "strenger")},
        set(),
    ),
    "effect from afwijzing to kan_weigeren": ([("eis: laag}", "eis: laag, gevolg: kan_weigeren}")], {("gevolg", "arm", "ruimer")}, set()),
    "another deduction": ([("aftrek: € 20", "aftrek: € 30")], {("gevolg", "lid", "anders")}, set()),
    "amount": ([("is: € 100", "is: € 90")], set(), {"bedrag"}),
    "amount per month": ([("per: jaar", "per: maand")], set(), {"bedrag"}),
    "date of validity": ([("geldig: {van: 2024-01-01}", "geldig: {van: 2024-02-01}")], {("geldigheid", "pas", "strenger")}, set()),
    "longer valid": ([("geldig: {van: 2024-01-01}", "geldig: {van: 2023-02-01}")], {("geldigheid", "pas", "ruimer")}, set()),
    "other days": (
        [("geldig: {van: 2024-01-01}", "geldig: {van: 2023-02-01, tot: 2027-12-31}")],
        {("geldigheid", "pas", "anders")},
        set(),
    ),
    "an end": ([("geldig: {van: 2024-01-01}", "geldig: {van: 2024-01-01, tot: 2026-12-31}")], {("geldigheid", "pas", "strenger")}, set()),
    "in force later": ([("eis: laag}", "eis: laag, in_werking: {vanaf: 2026-07-01}}")], {("geldigheid", "arm", "ruimer")}, set()),
    "tolerated": ([("eis: laag}", "eis: laag, in_werking: gedoogd}")], {("geldigheid", "arm", "ruimer")}, set()),
    "term of decision": ([("beslistermijn: 8 weken", "beslistermijn: 13 weken")], {("procedure", "pas", "gelijk")}, set()),
    "remedy": ([("termijn: 6 weken", "termijn: 13 weken")], {("procedure", "pas", "gelijk")}, set()),
    "hearing": ([("horen: Awb 4:7", "horen: Awb 4:8")], {("procedure", "pas", "gelijk")}, set()),
    "municipality": ([('gemeente: "0599"', 'gemeente: "0363"')], {("bereik", "pas", "anders")}, set()),
    "everywhere": ([('bevoegd: {orgaan: college, gemeente: "0599"}', "bevoegd: {orgaan: college}")], {("bereik", "pas", "ruimer")}, set()),
    "title of the ruleset": ([("titel: De stadspas", "titel: De nieuwe pas")], {("tekst", "pas", "gelijk")}, set()),
    "another law": ([("regeling: CVDR1,", "regeling: CVDR2,")], {("artikel", "pas", "gelijk")}, set()),
    "reference date": ([("beslistermijn: 8", "peildatum: aanvraag.gemeld_op\nbeslistermijn: 8")], {("geldigheid", "pas", "anders")}, set()),
}  # fmt: skip


@pytest.mark.parametrize("name", PREPARED)
def test_a_prepared_change_is_told_for_what_it_is(name: str) -> None:
    edits, expected, asked = PREPARED[name]
    new = edited(*edits)
    found = of("pas", compare(BASE, new, TODAY))
    assert found.stand == "gewijzigd"
    assert told(found.wijzigingen) == expected
    assert found.pairs, "there is a day to prove it on"
    proved = conditions(found.pairs[0], BASE, new)
    assert {c.id for c in proved} == asked
    assert {c.richting for c in proved} <= {"niet_bewezen"}
    for change in (*found.wijzigingen, *proved):
        assert_well_told(change)
    others = [one for one in compare(BASE, new, TODAY) if one.id != "pas"]
    assert [one.stand for one in others] == ["gelijk"]
    back = of("pas", compare(new, BASE, TODAY))
    turned = {"ruimer": "strenger", "strenger": "ruimer"}
    assert {(wat, i, turned.get(way, way)) for wat, i, way in told(back.wijzigingen)} == expected, "the way back turns round"


def assert_well_told(change: Change) -> None:
    assert change.was != change.wordt
    assert change.titel
    assert change.plaats is not None
    assert change.plaats.source.name in TEXTS
    assert change.plaats.source.line(change.plaats.line).strip()
    for words in (change.was, change.wordt, change.titel):
        assert "\n" not in words
        assert not any("\ue000" <= sign <= "\ue0ff" for sign in words), "no marks"


def test_the_words_of_a_change() -> None:
    new = edited(
        ("2026-01-01: € 1.600", "2026-01-01: € 1.600, 2026-07-01: € 1.650"),
        (", gevolg: deel, aftrek: € 20", ""),
        ("geldt_voor: [oud, arm]", "geldt_voor: [oud]"),
        ("leeftijd >= 18", "leeftijd >= 21"),
    )
    found = of("pas", compare(BASE, new, TODAY))
    words = {c.titel: (c.was, c.wordt) for c in (*found.wijzigingen, *conditions(found.pairs[0], BASE, new))}
    assert words["De inkomensgrens: vanaf 1 juli 2026"] == ("€ 1.600,00", "€ 1.650,00 (+3,1 %)")
    assert words["U bent lid: bij een nee"] == ("het bedrag wordt lager; eraf gaat € 20,00", "de aanvraag wordt afgewezen")
    assert words["Bijzondere gevallen: geldt voor"] == ("«U bent oud genoeg» en «U heeft weinig geld»", "«U bent oud genoeg»")
    assert words["U bent oud genoeg"] == (
        "U voldoet hieraan als u 18 jaar of ouder bent.",
        "U voldoet hieraan als u 21 jaar of ouder bent.",
    )
    places = {c.titel: str(c.plaats).split(":")[1] for c in found.wijzigingen}
    line = next(n for n, text in enumerate(PASS.splitlines(), 1) if "  grens:" in text)
    assert places["De inkomensgrens: vanaf 1 juli 2026"] == str(line)


def test_what_is_gone_is_placed_in_the_old_file() -> None:
    texts = {**TEXTS, "pas.yaml": PASS.replace(LID, "").replace(GEEN, "")}
    new = register({name.replace("pas", "nieuw"): text for name, text in texts.items()})
    found = of("pas", compare(BASE, new, TODAY))
    (clause,) = found.wijzigingen
    (criterion,) = conditions(found.pairs[0], BASE, new)
    assert {str(c.plaats).split(":")[0] for c in (clause, criterion)} == {"pas.yaml"}
    assert (criterion.wordt, clause.wordt) == ("", "")
    assert found.bestand == "nieuw.yaml"


# --- the catalogues ----------------------------------------------------------------------------------------------------------

CATALOGUE: dict[str, tuple[tuple[str, str], Told]] = {
    "provision closes": (("    bron: de site\n  - id: coach", "    geldig: {tot: 2026-06-30}\n    bron: de site\n  - id: coach"), ("voorziening", "bank", "strenger")),
    "provision for others": (("voorwaarden: arm", "voorwaarden: leeftijd < 27"), ("voorziening", "bank", "anders")),
    "provision for everybody": (("    voorwaarden: arm\n", ""), ("voorziening", "bank", "ruimer")),
    "provision in one municipality": (("titel: Een coach", 'titel: Een coach\n    gemeente: "0599"'), ("voorziening", "coach", "strenger")),
    "provision for fewer needs": (("[financien, dagelijks_leven]", "[financien]"), ("voorziening", "bank", "strenger")),
    "provision harder to reach": (("    drempel: 2", "    drempel: 4"), ("voorziening", "bank", "strenger")),
    "provision in other words": (("Ga erheen.", "Bel eerst."), ("voorziening", "bank", "gelijk")),
    "bundle in other words": (("Ze helpen elkaar.", "Samen werkt het beter."), ("voorziening", "samen", "gelijk")),
    "bundle gone": (("bundels: [{id: samen, titel: Samen sterk, met: [bank, coach], waarom: Ze helpen elkaar.}]\n", ""), ("voorziening", "samen", "strenger")),
    "signal asks more": (("als: [krap], dan", "als: [krap, jong], dan"), ("signaal", "honger", "strenger")),
    "signal offers more": (("biedt: [bank]}", "biedt: [bank, coach]}"), ("signaal", "honger", "ruimer")),
    "signal less urgent": (("werkdagen: 3", "werkdagen: 5"), ("signaal", "honger", "strenger")),
    "signal gone": (
        ("  - {id: honger, als: [krap], dan: nood, label: er is nood, grondslag: geen, urgentie: {werkdagen: 3, uit: wet}, biedt: [bank]}\n", ""),
        ("signaal", "honger", "strenger"),
    ),
    "fact of a signal": (("is: leeftijd < 27}", "is: leeftijd < 23}"), ("signaal", "jong", "anders")),
}  # fmt: skip


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_change_of_a_catalogue_is_told_for_what_it_is(name: str) -> None:
    edit, expected = CATALOGUE[name]
    new = edited(edit)
    found = catalogue_changes(BASE, new, TODAY)
    assert told(found) == {expected}
    for change in found:
        assert_well_told(change)
    turned = {"ruimer": "strenger", "strenger": "ruimer"}
    assert told(catalogue_changes(new, BASE, TODAY)) == {(expected[0], expected[1], turned.get(expected[2], expected[2]))}
    assert {one.stand for one in compare(BASE, new, TODAY)} == {"gelijk"}


def test_a_provision_that_goes() -> None:
    without = {**TEXTS, "hulp.yaml": HELP[: HELP.index("  - id: coach")], "tekens.yaml": SIGNS.replace(", coach", "")}
    new = register(without)
    assert told(catalogue_changes(BASE, new, TODAY)) == {
        ("voorziening", "coach", "strenger"), ("voorziening", "samen", "strenger"), ("signaal", "begin", "strenger"),
    }  # fmt: skip
    assert ("voorziening", "coach", "ruimer") in told(catalogue_changes(new, BASE, TODAY))


# --- nothing changed ---------------------------------------------------------------------------------------------------------


def nothing(old: Register, new: Register, on: date = TODAY) -> None:
    assert pairs(old, new, on) == []
    assert {one.stand for one in compare(old, new, on)} <= {"gelijk"}
    assert not any(one.wijzigingen for one in compare(old, new, on))
    assert catalogue_changes(old, new, on) == ()


def test_a_register_against_itself_gives_nothing() -> None:
    nothing(BASE, BASE)
    nothing(BASE, register(TEXTS))


@given(st.integers())
@settings(max_examples=12, deadline=None)
def test_any_register_read_again_under_other_names_and_in_another_layout_gives_nothing(seed: int) -> None:
    made = Rulesets(Rolled(seed)).written()
    again = [format_source(Source("x.yaml", f"# een opmerking\n\n{text}")) for text in made.texts]
    nothing(made.checked(), Written(tuple(reversed(again))).checked())


def test_layout_comments_and_the_order_of_keys_change_nothing() -> None:
    formatted = {name: format_source(Source(name, text)) for name, text in TEXTS.items()}
    assert formatted != TEXTS
    nothing(BASE, register({f"map/{name}": f"# opmerking\n{text}" for name, text in formatted.items()}))


@pytest.mark.heavy
def test_the_shipped_register_against_itself_gives_nothing() -> None:
    nothing(Register.open(), Register.open())


# --- nothing is forgotten ----------------------------------------------------------------------------------------------------

#: what is compared by hand, with the reason why it stands in no table
BY_HAND: dict[type, tuple[tuple[fields.Part, ...], set[str]]] = {
    meant.Ruleset: (fields.RULESET, {
        "id", "versie", "van", "tot", "gemeente", "gebied", "gegevens", "bedragen", "begrippen", "open", "vult_in", "criteria", "bedrag", "per",
        "hardheid", "clausules_bij", "sha256", "overgang",
        "lopend",  # made when a ruleset is linked for a day
    }),
    meant.Criterion: (fields.CRITERION, {"id", "eis", "gevolg", "wacht_tot", "aftrek", "vanaf", "gedoogd"}),
    meant.Clause: (fields.CLAUSE, {"id", "soort", "geldt_voor", "richting", "niet_als", "voorwaarden", "mag", "vanaf"}),
    meant.Term: (fields.TERM, {"naam", "node"}),
    meant.OpenSlot: (fields.OPEN, {"naam"}),
    meant.OwnFactDef: (fields.FACT, {"naam"}),
    meant.Figure: (fields.FIGURE, {"naam", "waarden"}),
    meant.Provision: (fields.PROVISION, {"id", "voorwaarden", "van", "tot", "gemeente"}),
    meant.BundleDef: (fields.BUNDLE, {"id"}),
    meant.SignalDef: (fields.SIGNAL, {"id"}),
    meant.SignalFact: (fields.SIGNAL_FACT, {"naam", "node"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_HAND, ids=lambda kind: kind.__name__)
def test_every_part_of_a_ruleset_is_compared(kind: type) -> None:
    table, by_hand = BY_HAND[kind]
    every = {f.name for f in dataclasses.fields(kind) if f.compare}
    assert {part.naam for part in table} | by_hand == every
    assert not {part.naam for part in table} & by_hand


@pytest.mark.parametrize("kind", [meant.Criterion, meant.Clause, meant.Ruleset], ids=lambda kind: kind.__name__)
def test_no_part_can_change_in_silence(kind: type) -> None:
    """Every attribute given the value of another thing of its kind, one at a time."""
    rules = BASE.versions["pas"][0]
    for f in dataclasses.fields(kind):
        if not f.compare or f.name in ("id", "versie", "sha256", "lopend"):
            continue
        one = {meant.Criterion: rules.criteria[0], meant.Clause: rules.hardheid[0], meant.Ruleset: rules}[kind]
        value = _other(f.name, getattr(one, f.name), rules)
        other: Any = dataclasses.replace(one, **{f.name: value})
        if kind is meant.Criterion:
            other = dataclasses.replace(rules, criteria=(other, *rules.criteria[1:]))
        elif kind is meant.Clause:
            other = dataclasses.replace(rules, hardheid=(other, *rules.hardheid[1:]))
        new = Register([*(v for i, vs in BASE.versions.items() if i != "pas" for v in vs), other], BASE.catalogue)
        found = of("pas", compare(BASE, new, TODAY))
        asked = [c for pair in found.pairs for c in conditions(pair, BASE, new)]
        assert found.stand == "gewijzigd", f.name
        assert [*found.wijzigingen, *asked], f.name


def _other(name: str, value: Any, rules: meant.Ruleset) -> Any:
    """Another value of the kind that an attribute has."""
    node = rules.criteria[1].eis
    special: dict[str, Any] = {
        "van": date(2024, 2, 1), "tot": date(2028, 1, 1), "gelezen_vanaf": date(2024, 2, 1), "vanaf": date(2026, 7, 1),
        "peildatum": node, "wacht_tot": node, "aftrek": node, "eis": node, "bedrag": node,
        "gebied": meant.Area("Een gebied", frozenset(["0599"]), frozenset(["0363"]), "bron", True, rules.span),
        "ingang": meant.Begin(node, "art. 7", "Vanaf de dag."), "voorschot": meant.Advance("4 weken", "Pw 52"), "rechtsmiddel": None,
        "aandacht": (meant.Attention("a", "plicht", node, "Let op.", "art. 8", True),),
        "ter_sprake": meant.Raised(node, "Voor wie weinig heeft."),
        "samenloop": (meant.Interaction("bank", "Samen.", "art. 8", ("toegekend",), node, True, rules.span),),
        "open": {"slot": meant.OpenSlot("slot", node.type, "Een keuze", "art. 2", None, rules.span)},
        "vult_in": {("gedeeld", "slot"): node}, "clausules_bij": {"gedeeld": rules.hardheid[:1]},
        "gegevens": {}, "bedragen": {}, "begrippen": {}, "criteria": rules.criteria[1:], "hardheid": rules.hardheid[:1],
        "lezingen": (meant.Reading("anders", node, "rechter", None),), "niet_als": (), "gevolg": "deel", "gemeente": "0363",
        "bekendgemaakt": date(2024, 3, 1),
        "overgang": (meant.Transition(node, None, date(2023, 1, 1), "art. 12", "Wie al kreeg, houdt het.", None, True, node.place),),
        "voorwaarden": (meant.Bar(node, "art. 9", "Alleen dan."),), "wegen": (("mantelzorg", "Dat telt."),),
    }  # fmt: skip
    if name in special:
        return special[name]
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str() | None:
            return "iets_anders"
        case tuple():
            return (*value, "arm") if "arm" not in value else value[:1]
    raise AssertionError(name)


# --- which versions, on which days -------------------------------------------------------------------------------------------


def days(old: Register, new: Register, on: date = TODAY, ident: str = "pas") -> list[tuple[str | None, str | None, str]]:
    return [(p.old and p.old.versie, p.new and p.new.versie, str(p.peildatum)) for p in pairs(old, new, on) if p.id == ident]


V24 = "2024-01-01"


def test_a_changed_text_is_compared_today_or_on_the_nearest_day_on_which_both_hold() -> None:
    tighter = ("leeftijd >= 18", "leeftijd >= 21")
    assert days(BASE, edited(tighter)) == [(V24, V24, "2026-03-02")]
    assert days(BASE, edited(tighter), date(2020, 5, 5)) == [(V24, V24, V24)]
    ended = ("geldig: {van: 2024-01-01}", "geldig: {van: 2024-01-01, tot: 2025-06-30}")
    assert days(edited(ended), edited(tighter, ended)) == [(V24, V24, "2025-06-30")]


def test_a_figure_that_changes_later_is_compared_then() -> None:
    indexed = ("2026-01-01: € 1.600", "2026-01-01: € 1.600, 2026-07-01: € 1.650")
    assert days(BASE, edited(indexed)) == [(V24, V24, "2026-07-01")]
    both = edited(indexed, ("leeftijd >= 18", "leeftijd >= 21"))
    assert days(BASE, both) == [(V24, V24, "2026-03-02"), (V24, V24, "2026-07-01")]
    corrected = ("2024-01-01: € 1.500", "2024-01-01: € 1.400")
    assert days(BASE, edited(corrected)) == [(V24, V24, "2025-12-31")]
    assert days(BASE, edited(corrected, indexed)) == [(V24, V24, "2026-07-01"), (V24, V24, "2025-12-31")]


def test_a_condition_that_begins_later_is_compared_then_too() -> None:
    later = NEW_CRITERION.replace("woonplaats_hier}", "woonplaats_hier, in_werking: {vanaf: 2026-09-01}}")
    assert days(BASE, edited(("uitkomst:", later))) == [(V24, V24, "2026-03-02"), (V24, V24, "2026-09-01")]


def versions(second: str, *, first: str = PASS.replace("{van: 2024-01-01}", "{van: 2024-01-01, tot: 2026-06-30}")) -> Register:
    return register({**TEXTS, "pas.yaml": first, "pas2.yaml": second})


def test_a_new_version_is_compared_on_its_first_day_with_what_held_before() -> None:
    newer = PASS.replace("{van: 2024-01-01}", "{van: 2026-07-01}").replace("leeftijd >= 18", "leeftijd >= 21")
    new = versions(newer)
    assert days(BASE, new) == [(V24, "2026-07-01", "2026-07-01")]
    assert days(BASE, new, date(2026, 11, 1)) == [(V24, "2026-07-01", "2026-07-01")]
    also = PASS.replace("{van: 2024-01-01}", "{van: 2024-01-01, tot: 2026-06-30}").replace("eis: lid", "eis: niet lid")
    assert days(BASE, versions(newer, first=also)) == [(V24, V24, "2026-03-02"), (V24, "2026-07-01", "2026-07-01")]
    ended = edited(("geldig: {van: 2024-01-01}", "geldig: {van: 2024-01-01, tot: 2026-06-30}"))
    assert days(ended, new) == [(V24, "2026-07-01", "2026-07-01")], "also where the old one had its end already"
    found = of("pas", compare(ended, new, TODAY))
    assert told(found.wijzigingen) == {("geldigheid", "pas", "ruimer")}
    assert [c.id for c in conditions(found.pairs[0], ended, new)] == ["oud"]
    assert told(of("pas", compare(BASE, new, TODAY)).wijzigingen) == {("geldigheid", "pas", "gelijk")}, (
        "it holds on as many days"
    )


def test_a_first_day_that_moves_is_no_new_version() -> None:
    moved = edited(("geldig: {van: 2024-01-01}", "geldig: {van: 2025-01-01}"), ("leeftijd >= 18", "leeftijd >= 21"))
    assert days(BASE, moved) == [(V24, "2025-01-01", "2026-03-02")]


def test_a_version_that_goes_gives_way_to_the_one_that_holds_then() -> None:
    newer = PASS.replace("{van: 2024-01-01}", "{van: 2026-01-01}").replace("leeftijd >= 18", "leeftijd >= 21")
    two = versions(newer, first=PASS.replace("{van: 2024-01-01}", "{van: 2024-01-01, tot: 2025-12-31}"))
    assert days(two, BASE)[0] == ("2026-01-01", V24, "2026-03-02")
    only_new = register({**TEXTS, "pas.yaml": newer})
    assert days(two, only_new) == []
    found = of("pas", compare(two, only_new, TODAY))
    assert (found.stand, told(found.wijzigingen)) == ("gewijzigd", {("geldigheid", "pas", "strenger")})


def test_a_ruleset_that_is_new_or_gone() -> None:
    without = register({name: text for name, text in TEXTS.items() if name != "pas.yaml"})
    assert days(without, BASE) == [(None, V24, "2026-03-02")]
    assert days(BASE, without, date(2020, 1, 1)) == [(V24, None, V24)]
    found = of("pas", compare(BASE, without, TODAY))
    assert (found.stand, told(found.wijzigingen)) == ("vervallen", {("geldigheid", "pas", "strenger")})
    found = of("pas", compare(without, BASE, TODAY))
    assert (found.stand, told(found.wijzigingen)) == ("nieuw", {("geldigheid", "pas", "ruimer")})


def test_what_a_ruleset_reads_touches_it() -> None:
    reads = ("eis: laag}", "eis: laag en arm}")
    old, new = edited(reads), edited(reads, ("2026-01-01: € 1.100", "2026-01-01: € 1.100, 2027-01-01: € 1.150"))
    found = {one.id: one.stand for one in compare(old, new, TODAY)}
    assert found == {"gedeeld": "gewijzigd", "pas": "geraakt"}
    assert days(old, new) == [(V24, V24, "2027-01-01")]
    assert days(BASE, edited(("2026-01-01: € 1.100", "2026-01-01: € 1.150"))) == [], "what it does not read does not"
    assert of("pas", compare(old, new, TODAY)).wijzigingen == ()


NATIONAL = """\
regelset: landelijk
formaat: 1
titel: Landelijk
soort: wet
bron: {regeling: BWBR1, naam: De wet}
geldig: {van: 2020-01-01}
doel: Helpen.
leefgebieden: [zorg]
procedure: {rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}
open:
  jaren: {type: getal, label: vanaf welke leeftijd, grondslag: art. 1%s}
criteria:
  - {id: oud, titel: U bent oud genoeg, grondslag: art. 1, doel: Volwassen., eis: leeftijd >= jaren}
hardheid: [{id: geen, soort: geen, titel: Geen, grondslag: art. 9, reikwijdte: Vast., geldt_voor: alle}]
"""
LOCAL = """\
regelset: lokaal
formaat: 1
titel: Lokaal
soort: verordening
bron: {regeling: CVDR2, naam: De verordening}
geldig: {van: 2020-01-01}
bevoegd: {orgaan: college, gemeente: "0599"}
doel: Kiezen.
leefgebieden: [zorg]
vult_in: {landelijk.jaren: %s}
"""


def where(old: Register, new: Register) -> list[tuple[str, str | None]]:
    return [(p.id, p.gemeente) for p in pairs(old, new, TODAY)]


def test_what_a_municipality_fills_in_is_compared_there() -> None:
    def both(age: int, otherwise: str, extra: str = "") -> Register:
        return register({"l.yaml": NATIONAL % otherwise + extra, "g.yaml": LOCAL % age})

    assert where(both(18, ""), both(21, "")) == [("landelijk", "0599"), ("lokaal", "0599")]
    assert where(both(18, ", anders: 18"), both(21, ", anders: 18")) == [("landelijk", "0599"), ("lokaal", "0599")]
    assert where(both(18, ", anders: 18"), both(18, ", anders: 19")) == [("landelijk", None), ("landelijk", "0599")]
    assert where(both(18, ""), both(18, "", "eerste: x\n".replace("eerste: x\n", "beslistermijn: 8 weken\n"))) == [
        ("landelijk", "0599")
    ]
    one = compare(both(18, ""), both(21, ""), TODAY)
    assert {(r.id, r.stand) for r in one} == {("landelijk", "geraakt"), ("lokaal", "gewijzigd")}
    assert told(of("lokaal", one).wijzigingen) == {("begrip", "landelijk.jaren", "gelijk")}
    assert [p.decides for r in one for p in r.pairs] == [True, False]


def test_a_clause_that_a_municipality_has_for_a_national_ruleset_touches_it_there() -> None:
    clause = HARD.replace("\n  ", "\n    ").replace("  - id", "    - id").replace("[oud, arm]", "[oud]")
    local = LOCAL % 18 + "clausules_bij:\n  landelijk:\n" + clause
    old = register({"l.yaml": NATIONAL % "", "g.yaml": LOCAL % 18})
    new = register({"l.yaml": NATIONAL % "", "g.yaml": local})
    assert where(old, new) == [("landelijk", "0599"), ("lokaal", "0599")]
    assert told(of("lokaal", compare(old, new, TODAY)).wijzigingen) == {("clausule", "hard", "ruimer")}
    assert told(of("lokaal", compare(new, old, TODAY)).wijzigingen) == {("clausule", "hard", "strenger")}


def test_a_day_on_which_nothing_can_be_decided_is_not_compared() -> None:
    ends = ("€ 1.500, 2026-01-01: € 1.600}", "€ 1.500, 2026-01-01: € 1.600}\n    tot: 2026-12-31")
    indexed = ("2026-01-01: € 1.600", "2026-01-01: € 1.610")
    old = edited(ends)
    new = edited(ends, indexed, ("leeftijd >= 18", "leeftijd >= 21"))
    assert days(old, new) == [(V24, V24, "2026-03-02"), (V24, V24, "2025-12-31")]
    assert days(edited(indexed), edited(ends, indexed)) == [(V24, V24, "2027-01-01")], "from then one of the two decides"


def test_a_pair_of_one_side_only_is_told_as_validity_and_nothing_else() -> None:
    version = BASE.versions["pas"][0]
    assert written(Pair("pas", None, version, TODAY), BASE, BASE) == ()
    assert conditions(Pair("pas", version, None, TODAY), BASE, BASE) == ()


def test_days_that_are_covered() -> None:
    def held(*stretches: tuple[str, str | None]) -> list[meant.Ruleset]:
        base = BASE.versions["pas"][0]
        return [dataclasses.replace(base, van=date.fromisoformat(a), tot=b and date.fromisoformat(b)) for a, b in stretches]

    whole, cut = held(("2024-01-01", None)), held(("2024-01-01", "2025-12-31"), ("2026-01-01", None))
    assert covered(whole, cut) == "gelijk"
    assert covered(whole, held(("2024-01-01", "2025-12-30"), ("2026-01-01", None))) == "strenger"
    assert covered(held(("2025-01-01", None)), whole) == "ruimer"
    assert covered(held(("2025-01-01", None)), held(("2024-01-01", "2025-12-31"))) == "anders"


NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])")


@given(st.integers(), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_a_ruleset_without_a_pair_asks_the_same_on_every_day(seed: int, dice: st.DataObject) -> None:
    """One number somewhere in a register is another one: where a ruleset has no pair, its program is the same on any day."""
    texts = Rulesets(Rolled(seed)).written().texts
    numbers = [(at, found.span()) for at, text in enumerate(texts) for found in NUMBER.finditer(text)]
    assume(numbers)
    at, (start, end) = dice.draw(st.sampled_from(numbers))
    other = texts[at][:start] + str(int(texts[at][start:end]) + dice.draw(st.integers(1, 3))) + texts[at][end:]
    try:
        old, new = Written(texts).checked(), Written((*texts[:at], other, *texts[at + 1 :])).checked()
    except InvalidError:
        assume(False)
    found = pairs(old, new, TODAY)
    assert all(pair.old is None or pair.new is None or pair.new.holds_on(pair.peildatum) for pair in found)
    assert len({(p.id, p.peildatum, p.gemeente) for p in found}) == len(found)
    told = {one.id: one for one in compare(old, new, TODAY)}
    for ident in {"landelijk", "lokaal"} - {pair.id for pair in found}:
        assert told[ident].stand == "gelijk"
        for day in (date(1995, 1, 1), date(2025, 12, 31), date(2026, 1, 1), TODAY, date(2026, 7, 1), date(2030, 1, 1)):
            assert asked(old, ident, day) == asked(new, ident, day)


def asked(register: Register, ident: str, day: date) -> Any:
    """Everything that a decision of a day asks, and the figures that it reads."""
    try:
        program = register.compiled(ident, day, None).program
        return program.slots, program.definitions, program.figures_on(day)
    except LinkError as wrong:
        return wrong.code


def test_catalogues_are_told_without_any_ruleset() -> None:
    alone = {"hulp.yaml": HELP.replace("    voorwaarden: arm\n", "    voorwaarden: leeftijd < 27\n")}
    found = catalogues.catalogue_changes(
        register(alone), register({"hulp.yaml": alone["hulp.yaml"].replace("27", "23")}), TODAY
    )
    assert [(c.was, c.wordt) for c in found] == [("leeftijd < 27", "leeftijd < 23")]
