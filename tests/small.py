"""The smallest ruleset around one expression, for tests that are about the expression."""

from __future__ import annotations

from datetime import date
from typing import Any

from random_rulesets import Written
from responsief.backends.compiled import Compiled
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.register import Register
from responsief.situation import Situation

TODAY = date(2026, 3, 2)

ANNA: dict[str, Any] = {
    "persoon": {"geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}, "detentie": "nee"},
    "huishouden": {
        "soort": "alleenstaande_ouder",
        "partner": "geen",
        "kinderen": [
            {"geboortedatum": "2019-02-03", "thuiswonend": "ja"},
            {"geboortedatum": "2010-03-02", "thuiswonend": "nee"},
            {"geboortedatum": "2008-03", "thuiswonend": "onbekend"},
        ],
    },
    "inkomsten": [{"soort": "loon", "bedrag": "€ 1.402,50"}, {"soort": "toeslagen", "bedrag": "€ 100"}],
    "schulden": "geen",
    "wonen": {"huur": "€ 712", "soort": "huur"},
    "aanvraag": {"ontvangen_op": "2026-02-20"},
}
TWO: dict[str, Any] = {
    "huishouden": {"soort": "gehuwd", "partner": {"geboortedatum": "1990", "inkomsten": [{"bedrag": "€ 900"}]}}
}
NOTHING: dict[str, Any] = {}

HEAD = """\
regelset: {ident}
formaat: 1
titel: Een kleine regeling
soort: {soort}
bron: {{regeling: CVDR1, naam: De kleine regeling}}
geldig: {geldig}
doel: Laten zien wat een regel betekent.
leefgebieden: [financien]
procedure: {{rechtsmiddel: {{soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}}}
hardheid: [{{id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle}}]
"""
CRITERION = "  - {{id: {ident}, titel: Een voorwaarde, grondslag: art. 1, doel: Omdat het zo is., {rest}}}\n"


def ruleset(body: str = "", *criteria: str, ident: str = "klein", soort: str = "wet", geldig: str = "{van: 1990-01-01}") -> str:
    """A ruleset as text: `body` is YAML, each criterion the rest of a flow mapping («eis: ja»), with ids c0, c1, …"""
    rows = [CRITERION.format(ident=f"c{number}", rest=rest) for number, rest in enumerate(criteria or ("eis: ja",))]
    return HEAD.format(ident=ident, soort=soort, geldig=geldig) + body + "criteria:\n" + "".join(rows)


def term(expression: str, body: str = "") -> str:
    """A ruleset with one term, `uit`, that is this expression (in a literal block: any text can stand there)."""
    return ruleset(f"{body}begrippen:\n  uit:\n    is: |-\n      {expression}\n", "eis: uit is bekend")


def register(*texts: str) -> Register:
    return Written(texts).checked()


def compiled(*texts: str, on: date = TODAY, ident: str = "klein") -> Compiled:
    return register(*texts).compiled(ident, on, None)


def findings(*texts: str) -> list[Diagnostic]:
    """What the checker says; nothing when all is well."""
    try:
        register(*texts)
    except InvalidError as wrong:
        return list(wrong.diagnostics)
    return []


def both(one: Compiled, situation: Situation | dict[str, Any] | None = None, on: date = TODAY) -> tuple[Any, ...]:
    """The values of a run, after making sure that compiled code and the meaning agree."""
    case = situation if isinstance(situation, Situation) else Situation.model_validate(situation or {})
    reference = one.values(one.reference(case, on))
    assert one.values(one.fast(case, on)) == reference
    return reference


def value_of(expression: str, situation: dict[str, Any] | None = None, body: str = "", on: date = TODAY) -> Any:
    """What an expression means in a situation; as a term where it can be one, else (a part of a cent) inside a criterion."""
    text = term(expression, body)
    unrounded = any(f.code == "afronden-ontbreekt" for f in findings(text))
    one = compiled(ruleset(body, f"eis: '({expression}) is bekend'") if unrounded else text, on=on)
    assert one.program.ruleset is not None
    eis: Any = one.program.ruleset.criteria[0].eis
    node = eis.value if unrounded else one.program.ruleset.begrippen["uit"].node
    return one.program.value(node, both(one, situation, on))
