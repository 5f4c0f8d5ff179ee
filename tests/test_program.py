"""Rulesets that read each other: what is left open and filled in, versions by date, and programs of any size."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from responsief.backends.evaluate import evaluate
from responsief.ir.program import LinkError
from responsief.register import Register
from responsief.situation import Situation
from small import ANNA, NOTHING, TODAY, TWO, both, compiled, findings, register, ruleset, term

# what is left open


NATIONAL = ruleset(
    "open:\n  grens: {type: geld, grondslag: Pw 8, label: g}\n  leeftijdsgrens: {type: getal, grondslag: Pw 8, label: g, anders: 21}\n"
    "begrippen: {laag: wonen.huur <= grens}\n",
    "eis: laag en leeftijd >= leeftijdsgrens",
    ident="landelijk",
)


def local(fills: str, body: str = "") -> str:
    return ruleset(f"vult_in: {{{fills}}}\n{body}", "eis: landelijk_laag", ident="lokaal").replace(
        "criteria:", "begrippen: {landelijk_laag: {gebruik: landelijk.laag}}\ncriteria:"
    )


def test_a_local_ruleset_fills_in_what_is_left_open() -> None:
    texts = (NATIONAL, local("landelijk.grens: € 712"))
    assert compiled(*texts, ident="landelijk").decide(Situation.model_validate(ANNA), TODAY).uitkomst == "toegekend"
    assert compiled(*texts, ident="lokaal").decide(Situation.model_validate(ANNA), TODAY).uitkomst == "toegekend"
    lower = (NATIONAL, local("landelijk.grens: '€ 711,99', landelijk.leeftijdsgrens: 67"))
    assert compiled(*lower, ident="landelijk").decide(Situation.model_validate(ANNA), TODAY).uitkomst == "afgewezen"


def test_without_a_local_filler_nothing_is_decided() -> None:
    with pytest.raises(LinkError) as wrong:
        compiled(NATIONAL, ident="landelijk")
    assert wrong.value.code == "invulling-ontbreekt"
    assert wrong.value.words == {"naam": "grens", "regelset": "landelijk", "label": "g"}


OPEN = "open: {{k: {{type: {type}, grondslag: g, label: l, anders: {anders}}}}}\n"


@pytest.mark.parametrize(
    ("anders", "case"),
    [
        ("leeftijd", {"persoon": {"geboortedatum": "2008-03"}}),
        ("leeftijd van huishouden.partner", ANNA),
        ("5 / 2", NOTHING),
    ],
)
def test_whatever_fills_an_open_number_is_compared_as_what_it_is_or_refused(anders: str, case: dict[str, Any]) -> None:
    text = ruleset(OPEN.format(type="getal", anders=anders), "eis: k >= 18")
    if not findings(text):
        both(compiled(text), case)


def test_a_number_with_a_fraction_makes_no_money_that_is_stored() -> None:
    text = ruleset(OPEN.format(type="getal", anders="1 / 3") + "uitkomst: {bedrag: {per: maand, is: k * € 1}}\n")
    assert findings(text) != [] or isinstance(compiled(text).decide(Situation(), TODAY).bedrag, int)


def test_an_open_choice_is_filled_in_with_one_of_its_words() -> None:
    text = ruleset(
        "open: {k: {type: keuze, opties: [a, b], grondslag: g, label: l, anders: \"'a'\"}}\nbegrippen: {uit: k = 'a'}\n",
        "eis: uit",
    )
    assert compiled(text).decide(Situation(), TODAY).uitkomst == "toegekend"


@pytest.mark.parametrize(
    "texts",
    [
        (ruleset(OPEN.format(type="getal", anders="k + 1"), "eis: k > 1"),),
        (ruleset(OPEN.format(type="getal", anders="z") + "begrippen: {z: k + 1}\n", "eis: k > 1"),),
        (
            ruleset("open: {k: {type: getal, grondslag: g, label: l}}\nbegrippen: {z: k + 1}\n", "eis: k > 1"),
            ruleset("begrippen: {q: {gebruik: klein.z}}\nvult_in: {klein.k: q}\n", "eis: ja", ident="ander"),
        ),
    ],
    ids=["itself", "through a term", "through another ruleset"],
)
def test_what_is_left_open_cannot_be_filled_in_with_itself(texts: tuple[str, ...]) -> None:
    if not findings(*texts):
        with pytest.raises(LinkError):
            compiled(*texts)


# versions


OLD, NEW = "{van: 1990-01-01, tot: 2024-12-31}", "{van: 2025-01-01}"
THEN = date(2020, 1, 1)


def versions(old: str, new: str) -> tuple[str, str]:
    return ruleset(old, ident="ander", geldig=OLD), ruleset(new, ident="ander", geldig=NEW)


@pytest.mark.parametrize(
    ("old", "new", "on"),
    [
        ("leeftijd", "aantal(inkomsten)", THEN),
        ("leeftijd", "aantal(inkomsten)", TODAY),
        ("leeftijd van huishouden.partner", "1", THEN),
        ("leeftijd van huishouden.partner", "1", TODAY),
        ("1 / 3", "2", THEN),
        ("2", "1 / 3", THEN),
        ("2", "1 / 3", TODAY),
    ],
)
def test_a_term_of_another_ruleset_is_that_of_the_version_of_the_day(old: str, new: str, on: date) -> None:
    texts = (
        *versions(f"begrippen: {{x: {old}}}\n", f"begrippen: {{x: {new}}}\n"),
        ruleset("begrippen: {uit: {gebruik: ander.x}}\n", "eis: uit > 20"),
    )
    for case in (ANNA, TWO, {"persoon": {"geboortedatum": "1999"}}):
        both(compiled(*texts, on=on), case, on)


@pytest.mark.parametrize("on", [THEN, TODAY])
def test_a_figure_may_be_written_with_other_decimals_in_another_version(on: date) -> None:
    figure = "bedragen: {{x: {{type: decimaal, cijfers: {cijfers}, bron: b, waarden: {{1990-01-01: '2,5'}}}}}}\n"
    texts = (
        *versions(figure.format(cijfers=1), figure.format(cijfers=2)),
        ruleset("begrippen: {uit: {gebruik: ander.x}}\n", "eis: 'uit = 2,5'"),
    )
    assert compiled(*texts, on=on).decide(Situation(), on).uitkomst == "toegekend"


def test_a_divisor_is_positive_in_every_version_that_can_be_met() -> None:
    figure = "bedragen: {{x: {{type: getal, bron: b, waarden: {{1990-01-01: {value}}}}}}}\n"
    use = ruleset("begrippen: {uit: {gebruik: ander.x}}\n", "eis: 10 / uit > 1")
    assert [f.code for f in findings(*versions(figure.format(value=0), figure.format(value=5)), use)] == ["deler-nul"]
    assert [f.code for f in findings(*versions(figure.format(value=5), figure.format(value=0)), use)] == ["deler-nul"]


def test_money_is_whole_in_every_version_that_can_be_met() -> None:
    use = ruleset("begrippen: {uit: {gebruik: ander.x}}\nuitkomst: {bedrag: {per: maand, is: uit * € 1}}\n")
    assert findings(*versions("begrippen: {x: 1 / 3}\n", "begrippen: {x: 2}\n"), use) != []


def shared(body: str, geldig: str) -> str:
    return f"regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {geldig}\n{body}"


def test_a_shared_term_is_that_of_the_version_of_the_day() -> None:
    texts = (
        shared("begrippen: {x: aantal(inkomsten)}\n", OLD),
        shared("begrippen: {x: leeftijd}\n", NEW),
        ruleset("", "eis: x > 20"),
    )
    for on in (THEN, TODAY):
        both(compiled(*texts, on=on), {"persoon": {"geboortedatum": "2005-03"}}, on)


def test_a_shared_term_that_one_version_lacks_is_no_traceback() -> None:
    texts = (shared("begrippen: {y: 1}\n", OLD), shared("begrippen: {x: 2}\n", NEW), ruleset("", "eis: x > 1"))
    if not findings(*texts):
        with pytest.raises(LinkError):
            compiled(*texts, on=THEN)


# size


def chain(length: int, *, backwards: bool = False) -> str:
    rows = [f"  b{n}: b{n - 1} + 1\n" for n in range(1, length)]
    return ruleset(
        "begrippen:\n  b0: aantal(inkomsten)\n" + "".join(reversed(rows) if backwards else rows), f"eis: b{length - 1} > 0"
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_a_long_chain_of_terms_is_decided_or_refused(backwards: bool) -> None:
    text = chain(1200, backwards=backwards)
    if not findings(text):
        assert compiled(text).decide(Situation.model_validate(ANNA), TODAY).uitkomst == "toegekend"


def test_a_choice_may_have_many_branches() -> None:
    rows = "".join(f"      - {{als: aantal(inkomsten) = {n}, dan: {n}}}\n" for n in range(300))
    text = ruleset(f"begrippen:\n  uit:\n    kies:\n{rows}      - anders: 0\n", "eis: uit = 2")
    assert compiled(text).decide(Situation.model_validate(ANNA), TODAY).uitkomst == "toegekend"


@pytest.mark.parametrize(
    "number",
    ["9" * 1900, "0," + "0" * 1900 + "1"],
    ids=["large", "small"],
)
def test_a_number_of_many_digits_is_decided_or_refused(number: str) -> None:
    text = ruleset(f"begrippen:\n  a: {number}\n  b: a * a * a * a\n", "eis: b > 0")
    if not findings(text):
        assert compiled(text).decide(Situation(), TODAY).uitkomst == "toegekend"


def test_no_two_values_share_a_place_in_the_code() -> None:
    """However many questions stand before it: a fraction asked for twice is the same the second time."""
    case = {"opleiding": {"volgt": "nee"}, "persoon": {"buitenland": {"dagen_dit_jaar": 3}}}
    share = "€ 3 / max(persoon.buitenland.dagen_dit_jaar, 1)"
    for before, choices in product(range(6), range(1, 4)):
        days = [f"  p{n}: peildatum + {n + 1} dagen\n" for n in range(before)]
        rows = [
            f"  k{n}:\n    kies:\n      - {{als: opleiding.volgt, dan: 1 / {n + 3}}}\n      - anders: 1 / 2\n"
            for n in range(choices)
        ]
        asked = [
            *(f"p{n} > peildatum" for n in range(before)),
            f"{share} = € 1",
            *(f"k{n} = 1 / 2" for n in range(choices)),
            f"€ 1 = {share}",
        ]
        text = ruleset(f"begrippen:\n  ja_dus: ja\n{''.join(days)}{''.join(rows)}", f'eis: "{" en ".join(asked)}"')
        assert compiled(text).decide(Situation.model_validate(case), TODAY).uitkomst == "toegekend", (before, choices)


def test_squares_of_squares_are_decided_or_refused() -> None:
    squares = "".join(f"  b{n}: b{n - 1} * b{n - 1}\n" for n in range(1, 14))
    text = ruleset(f"begrippen:\n  b0: 0,001\n{squares}", "eis: b13 > 0")
    if not findings(text):
        assert compiled(text).decide(Situation(), TODAY).uitkomst == "toegekend"


def test_lists_in_lists_in_lists_are_refused() -> None:
    assert findings(term("aantal(inkomsten waar " * 6 + "ja" + ") > 0" * 5 + ")")) != []


def test_a_register_knows_which_version_holds() -> None:
    found = register(*versions("", ""))
    assert found.version("ander", THEN).versie == "1990-01-01"
    assert found.version("ander", TODAY).versie == "2025-01-01"
    with pytest.raises(LinkError):
        found.version("ander", date(1989, 12, 31))


def test_without_a_case_what_asks_about_one_is_unknown_in_both_roads() -> None:
    catalogue = Register.open().aids(TODAY, "0599").compiled
    slow = evaluate(catalogue.program, Situation(), catalogue.own(Situation()), catalogue.figures(TODAY), TODAY)
    fast = [Fraction(*one) if isinstance(one, tuple) and one else one for one in catalogue.fast(Situation(), TODAY)]
    assert fast == list(slow)
