"""Laws of regelrecht and poc-machine-law become drafts: what they say stays what it was, and what is lost is listed."""

import copy
import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import responsief
from responsief.cli import group
from responsief.diagnostics import Findings, InvalidError
from responsief.regelrecht import Notes, translate, translation
from responsief.regelrecht.notes import MAX_NOTES, TEXTS
from responsief.register import Files, Register, check_files, read_files
from responsief.source import Source, Span
from responsief.syntax.from_yaml import MAX_BYTES, read_yaml
from responsief.values import format_money

HERE = Path(__file__).parent / "regelrecht"
TODAY = date(2026, 3, 2)
EMPTY = Files({"regelset": [], "signalen": [], "voorzieningen": [], "proef": []}, Findings())


def document(text, name="wet.yaml"):
    findings = Findings()
    found = read_yaml(Source(name, text), findings)
    assert found is not None, list(map(str, findings))
    return found


def translated(name):
    return translate(document((HERE / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml"), EMPTY)


def codes(made):
    return {note.code for note in made.notes}


def law(actions, *, fields="", definitions="{}", outputs="[{name: bedrag, type: amount, type_spec: {unit: eurocent}}]"):
    """A service definition around some actions."""
    return translate(
        document(
            "law: proef\nname: Proef\nlaw_type: FORMELE_WET\nvalid_from: 2025-01-01\nservice: UWV\n"
            f"properties:\n  parameters: [{fields}]\n  definitions: {definitions}\n  output: {outputs}\nactions:\n{actions}"
        ),
        EMPTY,
    )


def term(made, name="bedrag"):
    """What stands under `is` of a term."""
    return yaml.safe_load(made.text)["begrippen"][name]["is"]


# what the source means, by its own rules


def value(tree, facts):
    """A tree of the source, in cents and exact numbers."""
    if isinstance(tree, str) and tree.startswith("$"):
        return value(facts[tree[1:].lower()], facts)
    if isinstance(tree, float):
        return Fraction(str(tree))
    if isinstance(tree, list):
        return [value(one, facts) for one in tree]
    if not isinstance(tree, dict):
        return tree
    if "operation" not in tree:
        return value(tree["value"], facts)
    op = tree["operation"]
    if op == "IF":
        for case in tree.get("conditions") or tree["cases"]:
            when = case.get("test", case.get("when"))
            if when is None or value(when, facts):
                return value(case.get("then", case.get("else")), facts)
        return value(tree["default"], facts)
    if op == "AGE":
        born, on = value(tree["date_of_birth"], facts), value(tree["reference_date"], facts)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if op == "DATE_ADD":
        return date.fromordinal(value(tree["date"], facts).toordinal() + 7 * value(tree["weeks"], facts))
    if op == "ROUND":
        step = 10 ** -tree["precision"]
        return int(value(tree["value"], facts) / Fraction(step) + Fraction(1, 2)) * step
    if op == "NOT":
        return not value(tree["value"], facts)
    several = tree.get("values", tree.get("conditions")) if "subject" not in tree else None
    parts = value(several, facts) if several is not None else [value(tree["subject"], facts)]
    if "subject" in tree:
        parts.append(value(tree["value"] if "value" in tree else tree["values"], facts))
    if op in ("MIN", "MAX", "AND", "OR"):
        return {"MIN": min, "MAX": max, "AND": all, "OR": any}[op](parts)
    result = parts[0]
    for part in parts[1:]:
        match op:
            case "ADD":
                result += part
            case "SUBTRACT":
                result -= part
            case "MULTIPLY":
                result *= part
            case "DIVIDE":
                result = Fraction(result) / part
            case "IN":
                result = result in part
            case "EQUALS":
                result = result == part
            case "LESS_OR_EQUAL" | "LESS_THAN_OR_EQUAL":
                result = result <= part
            case "GREATER_OR_EQUAL" | "GREATER_THAN_OR_EQUAL":
                result = result >= part
            case "GREATER_THAN":
                result = result > part
            case _:
                raise AssertionError(op)
    return result


def half_up(amount):
    return int(Fraction(amount) + Fraction(1, 2)) if amount >= 0 else -int(-Fraction(amount) + Fraction(1, 2))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("concepten")
    for name in ("fietstoeslag", "tuintoelage", "vreemd"):
        (folder / f"{name}.yaml").write_text(translated(name).text, encoding="utf-8")
    return responsief.Desk(Register.open(folder))


def verdict(desk, ruleset, own):
    lines = "".join(f'    {name}: "{value}"\n' for name, value in own.items())
    situation = responsief.parse_situation(f"eigen:\n  {ruleset}:\n{lines}")
    return desk.verdict(situation, ruleset, TODAY)


ROUND_CENTS = st.one_of(
    st.integers(0, 6_000_000), st.sampled_from([0, 2_000_000, 2_000_001, 3_000_000, 3_000_001, 4_500_000, 4_500_001])
)


@settings(max_examples=150)
@given(
    st.integers(16, 20), ROUND_CENTS, st.booleans(), st.sampled_from(["NEDERLAND", "BELGIE", "FRANKRIJK"]), st.integers(0, 400)
)
def test_a_translated_service_decides_as_its_source_does(desk, age, income, partner, country, tenths):
    source = yaml.safe_load((HERE / "fietstoeslag.yaml").read_text(encoding="utf-8"))
    facts = {"leeftijd": age, "inkomen": income, "heeft_partner": partner, "woont_in": country}
    facts["kilometers"] = Fraction(tenths, 10)
    known = {name.lower(): one for name, one in source["properties"]["definitions"].items()} | facts
    required, other = source["requirements"][0]["all"]
    right, amount = source["actions"]
    met = value(required, known) and any(value(one, known) for one in other["or"]) and value(right, known)
    found = verdict(
        desk,
        "concept-wet-fietstoeslag",
        {
            "eigen_leeftijd": age,
            "inkomen": format_money(income),
            "heeft_partner": "ja" if partner else "nee",
            "woont_in": country,
            "kilometers": f"{tenths // 10},{tenths % 10}",
        },
    )
    assert found.uitkomst == ("toegekend" if met else "afgewezen")
    assert found.bedrag_vol == max(0, half_up(value(amount, known)))


@settings(max_examples=150)
@given(
    st.dates(date(2004, 2, 20), date(2006, 3, 20)),
    st.dates(date(2026, 1, 1), date(2026, 2, 20)),
    st.sampled_from([0, 999_999, 1_000_000, 1_000_001]),
    st.integers(0, 300),
    st.sampled_from(["voortuin", "achtertuin", "zijtuin"]),
)
def test_translated_articles_decide_as_their_source_does(desk, born, since, savings, meters, kind):
    source = yaml.safe_load((HERE / "tuintoelage.yaml").read_text(encoding="utf-8"))
    known = {"geboortedatum": born, "tuin_sinds": since, "spaargeld": savings, "meters": meters, "soort_tuin": kind}
    known |= {"per_meter": 250, "referencedate": TODAY, "referencedate.iso": TODAY}
    for article in source["articles"][2:]:
        rules = article["machine_readable"]
        known |= {name: one["value"] for name, one in rules["definitions"].items()}
        for action in rules["execution"]["actions"]:
            known[action["output"]] = value(action, known)
        known["tuin_is_er_lang"] = known["lang_genoeg"]
    found = verdict(
        desk,
        "concept-wet-tuintoelage",
        {
            "geboortedatum": born,
            "tuin_sinds": since,
            "spaargeld": format_money(savings),
            "meters": meters,
            "soort_tuin": kind,
        },
    )
    assert found.uitkomst == ("toegekend" if known["recht_op_tuintoelage"] else "afgewezen")
    assert found.bedrag_vol == known["hoogte_tuintoelage"]


# by hand, so that nobody has to trust the evaluator above


@pytest.mark.parametrize(
    ("own", "outcome", "cents"),
    [
        # 10 km * € 12,34 = € 123,40; € 5.000 over € 20.000: 5000 / 12 * 0,0015 = € 0,625 off -> € 122,775 -> € 122,78
        ({"inkomen": "€ 25.000", "kilometers": "10,0"}, "toegekend", 12278),
        ({"inkomen": "€ 30.000,01", "kilometers": "10,0"}, "afgewezen", 12215),  # € 1,25000125 off
        ({"inkomen": "€ 0", "kilometers": "0,0"}, "afgewezen", 0),
        ({"inkomen": "€ 29.999", "kilometers": "0,1"}, "toegekend", 0),  # never below zero: the source cuts off at 0
    ],
)
def test_amounts_come_out_as_worked_out_by_hand(desk, own, outcome, cents):
    known = {"eigen_leeftijd": 30, "heeft_partner": "nee", "woont_in": "NEDERLAND"}
    found = verdict(desk, "concept-wet-fietstoeslag", known | own)
    assert (found.uitkomst, found.bedrag_vol) == (outcome, cents)


def test_an_unknown_fact_is_never_a_no(desk):
    own = {"eigen_leeftijd": 30, "heeft_partner": "nee", "woont_in": "NEDERLAND", "kilometers": "3,0"}
    assert verdict(desk, "concept-wet-fietstoeslag", own).uitkomst == "onbepaald"


def test_what_could_not_be_translated_keeps_the_outcome_open(desk):
    own = {"keuze": "ja", "sinds": "2020-01-01", "woning_soort": "HUUR"}
    assert verdict(desk, "concept-wet-vreemd", own).uitkomst == "onbepaald"


# what stands in the draft


@pytest.mark.parametrize("name", ["fietstoeslag", "tuintoelage", "vreemd"])
def test_a_draft_has_no_findings_and_says_everywhere_what_is_to_be_filled_in(name):
    made = translated(name)
    assert made.left == ()
    documents = {**EMPTY.documents, "regelset": [document(made.text)]}
    assert check_files(Files(documents, Findings()))[2] == ()
    draft = yaml.safe_load(made.text)
    assert draft["geverifieerd"] is False or draft["geverifieerd"] == "nee"
    for criterion in draft["criteria"]:
        assert all(criterion[key].startswith("NOG IN TE VULLEN") for key in ("titel", "doel", "uitleg"))
    assert all(fact["vraag"].startswith("NOG IN TE VULLEN") for fact in draft["gegevens"].values())
    assert draft["hardheid"][0]["titel"].startswith("NOG IN TE VULLEN")


def test_the_head_of_a_law_is_taken_over():
    draft = yaml.safe_load(translated("tuintoelage").text)
    assert draft["titel"] == "Wet tuintoelage"  # named by an output of an article
    assert draft["soort"] == "wet"
    assert draft["bron"]["regeling"] == "BWBR0000002"
    assert draft["geldig"] == {"van": date(2025, 1, 1), "tot": date(2026, 12, 31)}
    assert draft["bevoegd"]["orgaan"] == "college van burgemeester en wethouders"


def test_money_is_money_also_where_only_its_use_says_so():
    figures = yaml.safe_load(translated("fietstoeslag").text)["bedragen"]
    kinds = {name: figure["type"] for name, figure in figures.items()}
    assert kinds == {
        "minimum_leeftijd": "getal",
        "grens_samen": "geld",
        "grens_alleen": "geld",
        "per_kilometer": "geld",
        "maanden": "getal",
        "afbouw": "decimaal",
    }
    assert figures["grens_alleen"]["waarden"] == {date(2025, 1, 1): "€ 30.000,00"}


def test_each_requirement_and_each_part_of_the_right_is_a_criterion():
    criteria = yaml.safe_load(translated("fietstoeslag").text)["criteria"]
    assert [(c["id"], c["eis"], c["grondslag"]) for c in criteria] == [
        ("eigen_leeftijd", "eigen_leeftijd >= minimum_leeftijd", "Wet fietstoeslag art. 3 lid 1"),
        ("woont_in", "woont_in in ['NEDERLAND', 'BELGIE'] of heeft_partner", "Wet fietstoeslag art. 2"),
        ("inkomen", "inkomen <= inkomen_deel", "Wet fietstoeslag art. 3 lid 2"),
        ("kilometers", "kilometers > 0", "Wet fietstoeslag art. 3 lid 2"),
    ]


def test_an_open_term_stays_open_with_what_holds_without_a_local_rule():
    draft = yaml.safe_load(translated("tuintoelage").text)
    assert draft["open"] == {
        "bedrag_per_meter": {
            "type": "geld",
            "grondslag": "artikel 2 Wet tuintoelage",
            "label": "bedrag per vierkante meter tuin",
            "anders": "€ 2,50",
        }
    }


def test_an_output_of_the_same_law_is_a_term_and_one_of_another_law_a_fact_that_is_listed():
    made = translated("tuintoelage")
    draft = yaml.safe_load(made.text)
    assert [c["eis"] for c in draft["criteria"]] == ["oud_genoeg", "weinig_spaargeld", "lang_genoeg"]
    assert draft["begrippen"]["oud_genoeg"]["is"] == "(jaren tussen geboortedatum en peildatum) >= 21"
    assert draft["begrippen"]["lang_genoeg"]["is"] == "tuin_sinds + 6 weken <= peildatum"
    assert set(draft["gegevens"]) == {"geboortedatum", "tuin_sinds", "spaargeld", "meters", "soort_tuin"}
    told = [n for n in made.notes if n.code == "andere-regeling"]
    assert [n.tekst.split("»")[0] for n in told] == ["«spaargeld"]


# what is listed


def test_everything_without_a_counterpart_is_listed_at_its_line():
    made = translated("vreemd")
    text = (HERE / "vreemd.yaml").read_text(encoding="utf-8").splitlines()
    for code, word in (
        ("lijst", "FOREACH"),
        ("bewerking", "DAY_OF_WEEK"),
        ("bewerking", "TELEPORT"),
        ("peildatum", "$prev_january_first"),
        ("naam", "$nergens"),
        ("soorten", "$naam, value"),
        ("deler", "$deler]"),
        ("geen-waarde", "operation: IF"),
        ("afronden-anders", "ROUND"),
        ("sleutel", "hooks"),
        ("sleutel", "overrides"),
        ("sleutel", "procedure"),
        ("sleutel", "onbekend_veld"),
        ("sleutel", "zonder_actie"),
        ("bron-zegt", "untranslatables"),
        ("vult-in", "implements"),
        ("controle", "output: oneindig"),
        ("leeg", "NOT_NULL"),
        ("eenheid", "name: inkomen"),
    ):
        line = next(number for number, one in enumerate(text, 1) if word in one)
        assert (code, line) in {(n.code, n.span.line) for n in made.notes}, (code, word)
    assert any(n.code == "versie" and "9.9.9" in n.tekst for n in made.notes)
    for note in made.notes:
        assert note.tekst in made.text, note.tekst


def test_what_the_source_leaves_open_about_rounding_is_written_and_listed():
    made = translated("fietstoeslag")
    assert "afronden" in codes(made)
    assert term(made, "toeslag").startswith("max(afronden(")
    assert "afronden" not in codes(translated("tuintoelage"))  # whose article says how


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("{operation: ADD, values: [$A, {operation: SUBTRACT, values: [$B, $A, 100]}]}", "a + b - a - € 1,00"),
        ("{operation: SUBTRACT, values: [$A, {operation: ADD, values: [$B, 5]}]}", "a - (b + € 0,05)"),
        ("{operation: MAX, values: [0, {operation: SUBTRACT, values: [$A, $B]}]}", "max(€ 0,00, a - b)"),
        ("{operation: MULTIPLY, values: [3, {operation: ADD, values: [$A, $B]}]}", "3 * (a + b)"),
        ("{operation: ROUND, precision: -2, value: $A}", "afronden(a, euro)"),
        ("{operation: FLOOR, precision: -3, value: $A}", "afronden(a, naar beneden op € 10,00)"),
        ("{operation: CEIL, precision: 0, value: {operation: DIVIDE, values: [$A, 7]}}", "afronden(a / 7, naar boven op cent)"),
    ],
)
def test_arithmetic_keeps_its_brackets_and_its_units(operation, expected):
    fields = ", ".join(f"{{name: {n}, type: amount, type_spec: {{unit: eurocent}}}}" for n in "AB")
    made = law(f"  - {{output: bedrag, value: {operation}}}\n", fields=fields)
    assert made.left == ()
    assert term(made) == expected


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("{operation: EQUALS, subject: $JAS, value: false}", "niet jas"),
        ("{operation: NOT_IN, subject: $LAND, values: [NL, BE]}", "niet (land in ['NL', 'BE'])"),
        ("{operation: IN, subject: $N, values: [1, 2]}", "n in [1, 2]"),
        ("{operation: EQUALS, values: [$LAND, 'NL']}", "land = 'NL'"),
        ("{operation: IS_NULL, subject: $DAG}", "dag is onbekend"),
        ("{operation: LESS_THAN, subject: $DAG, value: '2024-01-31'}", "dag < 2024-01-31"),
        ("{operation: LESS_THAN, values: [{operation: SUBTRACT_DATE, values: [$calculation_date, $DAG], unit: years}, 18]}",
         "(jaren tussen dag en peildatum) < 18"),
        ("{operation: AND, values: [{operation: OR, values: [$JAS, $TAS]}, $JAS]}", "(jas of tas) en jas"),
        ("{operation: IF, conditions: [{test: $TAS, then: false}, {else: true}]}", "niet tas"),
    ],
)  # fmt: skip
def test_conditions_read_as_a_policy_writer_would_write_them(operation, expected):
    fields = (
        "{name: JAS, type: boolean}, {name: TAS, type: boolean}, {name: LAND, type: string}, {name: DAG, type: date}, "
        "{name: N, type: number, type_spec: {precision: 0}}"
    )
    action = f"  - {{output: wel, value: {operation}}}\n"
    made = law(action, fields=fields, outputs="[{name: wel, type: boolean}]")
    assert made.left == ()
    found = yaml.safe_load(made.text)["criteria"]
    joined = " en ".join(f"({c['eis']})" if " of " in c["eis"] else c["eis"] for c in found)
    assert joined == expected


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("{output: bedrag, operation: SUBTRACT_DATE, values: [$D, $E], unit: months}", "maanden"),
        ("{output: bedrag, value: 5, condition: {operation: EQUALS, values: [1, 1]}}", "actie-voorwaarde"),
        ("{output: bedrag, value: null}", "null"),
        ("{output: bedrag, operation: IF, conditions: [{test: {operation: EQUALS, values: [1, 1]}, then: 5}]}", "nul-zonder-anders"),
        ("{output: bedrag, operation: MULTIPLY, values: [$G, $G]}", "soorten"),
        ("{output: bedrag, resolve: {type: ministeriele_regeling, output: premie}}", "andere-regeling"),
        ("{output: bedrag}", "vorm"),
        ("[een, lijst]", "vorm"),
    ],
)  # fmt: skip
def test_nothing_is_guessed_in_silence(action, code):
    fields = "{name: D, type: date}, {name: E, type: date}, {name: G, type: amount, type_spec: {unit: eurocent}}"
    made = law(f"  - {action}\n", fields=fields)
    assert made.left == ()
    assert code in codes(made)


ODD = "{operation: EQUALS, values: [$X, 1]}"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{operation: GREATER_THAN, subject: $X, value: 3, unless: $B}", "GREATER_THAN met «unless»"),
        ("{operation: AND, conditions: [$B], values: [$C]}", "AND met «values»"),
        ("{operation: GREATER_THAN, values: [{operation: AGE, date_of_birth: $D, reference_date: $E, unit: months}, 3]}",
         "AGE met «unit»"),
        ("{operation: EQUALS, values: [{operation: SUBTRACT, values: [$X]}, 1]}", "SUBTRACT met één waarde"),
        ("{operation: EQUALS, values: [{operation: DIVIDE, values: [$X]}, 1]}", "DIVIDE met één waarde"),
        ("{operation: NOT, value: $B, subject: $C}", "NOT met «value»"),
        ("{operation: EQUALS, values: [{operation: ROUND, precision: 0, mode: half_even, value: $X}, 1]}", "ROUND met «mode»"),
        ("{operation: IF, conditions: [{test: $B, then: true}, {else: $C}], default: $B}", "IF met «default»"),
        ("{operation: IF, conditions: [{test: $B, then: $C}], else: true}", "IF met «else»"),
        ("{operation: IF, conditions: [{test: $B, then: $C}], cases: [{when: $C, then: $B}], default: true}", "IF met «cases»"),
        ("{operation: IF, conditions: [{test: $B, then: $C, unless: $C}], default: true}", "een geval met «unless»"),
        ("{operation: IF, conditions: [{test: $B, then: $C, operation: NOT}], default: true}", "een geval met «operation»"),
        ("{operation: IF, conditions: [{else: $B}, {test: $C, then: true}]}", "«else» vóór het laatste geval"),
        ("{operation: IN, subject: $X, values: {operation: LIST, items: [1], unless: $B}}", "LIST met «unless»"),
        ("$B, conditions: [{test: $B, then: true}]", "wel met «conditions»"),
        ("$B, unless: $C, until: $D", "wel met «unless», «until»"),
    ],
)  # fmt: skip
def test_a_key_that_nobody_read_makes_its_whole_rule_a_question(rule, said):
    fields = "{name: B, type: boolean}, {name: C, type: boolean}, {name: D, type: date}, {name: E, type: date}, {name: X, type: number}"
    made = law(f"  - {{output: wel, value: {rule}}}\n", fields=fields, outputs="[{name: wel, type: boolean}]")
    assert made.left == ()
    assert [n.tekst for n in made.notes if n.code == "vorm"] == [f"hier staat iets dat in dit schema niet hoort: {said}"]
    assert "geen-waarde" not in codes(made)
    assert "nul-zonder-anders" not in codes(made)
    assert made.holes == 1


def test_requirements_in_one_group_are_all_read_or_none():
    made = law(f"  []\nrequirements:\n  - all: [{ODD}]\n    or: [{ODD}]\n", fields="{name: X, type: number}")
    assert any(n.code == "vorm" and "«all»" in n.tekst for n in made.notes)
    assert [c["eis"] for c in yaml.safe_load(made.text)["criteria"]] == ["niet_vertaald_regel_13"]


#: every key that some operation, case, action or requirement reads, and one that none does
KEYS = {
    **dict.fromkeys(["verzonnen", "subject", "value", "unit", "in", "precision", "date", "default", "condition"], True),
    **dict.fromkeys(["test", "when", "then", "else", "from", "output", "year"], True),
    **{key: [True] for key in ("values", "conditions", "cases", "all", "or", "any")},
}
#: listed whole, so nothing in them is read
WHOLE = {"FOREACH", "DAY_OF_WEEK", "TELEPORT", "CONCAT", "LIST"}
RULES = {"operation", "then", "else", "output", "or", "all"}


def places(node, path=()):
    """Where an operation, case, action or requirement stands in a source."""
    if isinstance(node, dict):
        inner = node.get("value")
        if WHOLE & {node.get("operation"), inner.get("operation") if isinstance(inner, dict) else None}:
            return
        if RULES & node.keys() and path[-2:-1] != ("overrides",) and not {"source", "construct"} & {*path, *node}:
            yield path
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        if key not in ("properties", "parameters", "input", "output"):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("name", ["fietstoeslag", "tuintoelage", "vreemd"])
def test_no_key_of_a_rule_is_ever_lost_in_silence(name):
    source = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))

    def said(tree):
        made = translate(document(yaml.safe_dump(tree, sort_keys=False)), EMPTY)
        assert made.left == ()
        return Counter((n.code, n.tekst) for n in made.notes)

    before, silent, tried = said(source), [], 0
    for path in places(source):
        for key, value in KEYS.items():
            changed = copy.deepcopy(source)
            spot = changed
            for step in path:
                spot = spot[step]
            # the one choice without a value for the rest may get one
            if key in spot or (name == "vreemd" and key in ("default", "else") and {"cases", "when"} & spot.keys()):
                continue
            spot[key] = value
            tried += 1
            if not said(changed) - before:
                silent.append((path, key))
    assert tried > 100
    assert silent == []


def test_a_list_of_remarks_that_is_cut_off_says_so():
    notes, source = Notes(), Source("x", "")
    for line in range(1, MAX_NOTES + 1):
        notes.add("leeg", Span(source, line, 1))
    notes.add("leeg", Span(source, 1, 1))
    assert {n.code for n in notes} == {"leeg"}
    for line in range(MAX_NOTES + 1, MAX_NOTES + 4):
        notes.add("leeg", Span(source, line, 1))
    assert [n.code for n in notes if n.code != "leeg"] == ["te-veel"]


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_what_is_left_is_what_the_last_draft_has(monkeypatch, rounds):
    monkeypatch.setattr(translation, "ROUNDS", rounds)
    made = translated("vreemd")
    documents = {**EMPTY.documents, "regelset": [document(made.text)]}
    assert len(made.left) == len(check_files(Files(documents, Findings()))[2])
    assert ("controle-rest" in codes(made)) == bool(made.left)


@pytest.mark.parametrize("backwards", [False, True])
def test_many_terms_in_a_row_are_cut_where_our_language_stops(backwards):
    chain = [f"  - {{output: o{n}, operation: ADD, values: [$o{n - 1}, $G]}}\n" for n in range(1, 400)]
    actions = ["  - {output: o0, value: $G}\n", *chain]
    made = law("".join(actions[:: -1 if backwards else 1]), fields="{name: G, type: amount, type_spec: {unit: eurocent}}")
    assert made.left == ()
    assert "keten" in codes(made)


def test_names_that_mean_something_here_get_another_and_are_listed():
    made = translated("fietstoeslag")
    assert any(n.code == "eigen-leeftijd" and "eigen_leeftijd" in n.tekst for n in made.notes)


def test_a_municipality_that_is_only_named_holds_nowhere_until_its_code_is_filled_in():
    text = (HERE / "fietstoeslag.yaml").read_text(encoding="utf-8").replace('"UWV"', "GEMEENTE_UTRECHT")
    made = translate(document(text), EMPTY)
    assert yaml.safe_load(made.text)["bevoegd"] == {"orgaan": "college", "gemeente": "0000"}
    assert "gemeente" in codes(made)


def test_every_remark_says_what_to_do():
    for code, (kind, text, advice) in TEXTS.items():
        assert kind in ("niet vertaald", "na te gaan", "in te vullen"), code
        assert text.strip(), code
        assert advice.strip(), code


# the command


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(HERE.parent)

    def invoke(*args):
        result = CliRunner().invoke(group, ["import", "regelrecht", *args], catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


def test_the_draft_goes_to_standard_output_and_the_list_to_standard_error(run):
    result = run("regelrecht/vreemd.yaml")
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)["regelset"] == "concept-wet-vreemd"
    assert "regelrecht/vreemd.yaml:42:" in result.stderr
    assert "[lijst] «FOREACH»" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("concept: 9 criteria, ")


def test_a_draft_is_written_whole_and_passes_our_check(run, tmp_path):
    target = tmp_path / "concept.yaml"
    result = run("regelrecht/tuintoelage.yaml", "--out", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == ["concept.yaml"]
    checked = CliRunner().invoke(group, ["check", str(target)], catch_exceptions=False)
    assert "Geen fouten" in checked.output
    assert "waarschuwing[nog-invullen]" in checked.output  # no mistake, and not ready either
    assert checked.exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("naam: iets anders\n", "dit is geen wet van regelrecht of poc-machine-law"),
        ("- een\n- lijst\n", "hier horen sleutels met waarden"),
        ("articles: [&a 1]\n", "ankers"),
        ("", "dit bestand is leeg"),
        ("articles:\n\t- x\n", "tab"),
        ("a: {b: [\n", "yaml"),
        ("x" * (MAX_BYTES + 1), "groter dan 1 MiB"),
    ],
)
def test_a_file_that_is_no_such_law_says_so_and_exits_1(run, tmp_path, text, said):
    file = tmp_path / "fout.yaml"
    file.write_text(text, encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 1
    assert said in result.stderr
    assert "fout.yaml:" in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_or_cannot_be_written_exits_2(run, tmp_path):
    assert run("regelrecht/bestaat-niet.yaml").exit_code == 2
    assert run("regelrecht").exit_code == 2
    assert run("regelrecht/vreemd.yaml", "--out", str(tmp_path)).exit_code == 2
    assert run("regelrecht/vreemd.yaml", "--out", str(tmp_path / "nergens" / "x.yaml")).exit_code == 2
    same = tmp_path / "zelf.yaml"
    same.write_text((HERE / "vreemd.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert run(str(same), "--out", str(same)).exit_code == 2
    assert "articles:" in same.read_text(encoding="utf-8")


def test_a_law_of_the_other_kind_is_refused_in_python_too():
    with pytest.raises(InvalidError, match="geen wet van regelrecht"):
        translate(document("regelset: x\n"), read_files([]))


def test_the_page_about_it_runs_and_names_every_operation(monkeypatch):
    root = HERE.parents[1]
    monkeypatch.chdir(root)
    page = (root / "docs" / "regelrecht.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(block, "docs/regelrecht.md", "exec"), {})
    for name in ("COALESCE", "SWITCH", "DATE_DIFF", "FOREACH", "CEIL", "NOT_IN", "hooks", "overrides", "open_terms"):
        assert name in page
    command = next(line.split()[1:] for line in page.splitlines() if line.startswith("    responsief import"))
    assert command[:3] == ["import", "regelrecht", "tests/regelrecht/fietstoeslag.yaml"]


#: what could stand anywhere in a file that somebody made
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.text("ab$.:'é-_ ", max_size=6), st.sampled_from(["$A", "$A.B", "$x"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["operation", "values", "subject", "value", "conditions", "test", "then", "else", "name", "type", "output"]), inner, max_size=4),
        st.builds(lambda op, rest: {"operation": op, **rest}, st.sampled_from(["ADD", "IF", "IN", "AND", "AGE", "DATE_ADD", "ROUND", "NOT", "EQUALS", "DIVIDE"]),
                  st.dictionaries(st.sampled_from(["values", "subject", "value", "conditions", "cases", "precision", "date", "days"]), inner, max_size=3)),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=120)
@given(
    st.dictionaries(st.sampled_from(["actions", "requirements", "name", "law", "service", "valid_from"]), ANYTHING, max_size=5),
    ANYTHING,
    ANYTHING,
)
def test_whatever_stands_in_a_file_it_becomes_a_draft_without_findings(top, definitions, actions):  # fmt: skip
    fields = [{"name": "A", "type": "amount"}, {"name": "x", "type": "number"}, definitions]
    source = {"law": "x", **top, "properties": {"parameters": fields, "definitions": definitions}}
    source.setdefault("actions", [{"output": "uit", "value": actions}, actions])
    text = yaml.safe_dump(source, allow_unicode=True, sort_keys=False)
    findings = Findings()
    found = read_yaml(Source("x.yaml", text), findings)
    if found is None or "&id" in text:
        return
    assert translate(found, EMPTY).left == ()
