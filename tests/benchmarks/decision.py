"""One explained decision on twenty criteria, against zen-engine on the same rules in the same run."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import zen
from jsonschema import Draft202012Validator
from measure import Row, alternate

from responsief import Situation
from responsief.register import Register

HERE = Path(__file__).parent
TODAY = date(2025, 9, 1)

# the same twenty criteria in zen's expression language; money in cents, as our engine computes it
ZEN = {
    "grens": "round(1.05 * norm)",
    "inkomen": "sum(map(filter(inkomsten, #.per == 'maand' and #.soort != 'toeslagen'), #.bedrag))",
    "bezit": "sum(map(filter(bezittingen, not #.onmisbaar), #.waarde))",
    "schuld": "sum(map(filter(schulden, #.aflossing_verplicht), #.bedrag))",
    "kostendelers": "len(filter(medebewoners, not #.commerciele_huurder and not #.studeert)) + 1",
    "c01": "geboren <= 20040901",
    "c02": "20250901 < geboren + 670000",
    "c03": "gemiddeld_inkomen <= $.grens",
    "c04": "$.inkomen <= 1.3 * norm",
    "c05": "$.bezit - $.schuld <= vermogensgrens",
    "c06": "not uitzicht",
    "c07": "not maatregel",
    "c08": "not opleiding",
    "c09": "verblijf in ['nederlander', 'eu', 'vreemdeling_11_2']",
    "c10": "gemeente == '0599'",
    "c11": "not detentie",
    "c12": "buitenland <= 28",
    "c13": "huishouden == 'alleenstaande' or huishouden == 'alleenstaande_ouder'",
    "c14": "$.kostendelers <= 3",
    "c15": "huur >= 10000 and huur <= 120000",
    "c16": "not zelfstandige or $.inkomen < norm",
    "c17": "some(schulden, #.soort == 'huur')",
    "c18": "len(inkomsten) <= 5",
    "c19": "chronisch_ziek or mantelzorg or $.inkomen < 1.5 * norm",
    "c20": "round($.inkomen / ($.kostendelers + 1)) <= norm",
    "bedrag": "huishouden == 'alleenstaande' ? 20000 : 30000",
}


def zen_decision() -> Any:
    expressions = [{"id": key, "key": key, "value": value} for key, value in ZEN.items()]
    content = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "ex",
                "type": "expressionNode",
                "name": "ex",
                "position": {"x": 1, "y": 0},
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "ex", "type": "edge"},
            {"id": "e2", "sourceId": "ex", "targetId": "out", "type": "edge"},
        ],
    }
    return zen.ZenEngine().create_decision(json.dumps(content))


def people(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Situations as a vendor sends them, in which every criterion can go either way."""
    pick = random.Random(seed)

    def euro(cents: int) -> str:
        whole, rest = divmod(cents, 100)
        return f"€ {whole:,}".replace(",", ".") + f",{rest:02d}"

    def person() -> dict[str, Any]:
        return {
            "persoon": {
                "geboortedatum": f"{pick.randint(1950, 2008)}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}",
                "verblijf": {"soort": pick.choice(["nederlander", "eu", "vreemdeling_11_2", "procedure"])},
                "gemeente": pick.choice(["0599", "0363"]),
                "detentie": pick.random() < 0.1,
                "buitenland": {"dagen_dit_jaar": pick.randint(0, 40)},
            },
            "huishouden": {
                "soort": pick.choice(["alleenstaande", "gehuwd"]),
                "medebewoners": [
                    {"commerciele_huurder": pick.random() < 0.3, "studeert": pick.random() < 0.3}
                    for _ in range(pick.randint(0, 4))
                ],
            },
            "inkomsten": [
                {"soort": pick.choice(["loon", "ww", "toeslagen"]), "bedrag": euro(pick.randint(0, 150_000)), "per": "maand"}
                for _ in range(pick.randint(0, 3))
            ],
            "vermogen": {
                "bezittingen": [
                    {"soort": "bankrekening", "waarde": euro(pick.randint(0, 900_000)), "onmisbaar": pick.random() < 0.1}
                    for _ in range(pick.randint(0, 2))
                ]
            },
            "schulden": [
                {
                    "soort": pick.choice(["huur", "energie"]),
                    "bedrag": euro(pick.randint(0, 300_000)),
                    "aflossing_verplicht": pick.random() < 0.8,
                }
                for _ in range(pick.randint(0, 2))
            ],
            "wonen": {"huur": euro(pick.randint(5_000, 150_000))},
            "werk": {"zelfstandige": pick.random() < 0.2},
            "opleiding": {"volgt": pick.random() < 0.2},
            "gezondheid": {"chronisch_ziek": pick.random() < 0.3},
            "zorg": {"geeft_mantelzorg": pick.random() < 0.2},
            "eigen": {
                "bench": {
                    "gemiddeld_inkomen": euro(pick.randint(120_000, 160_000)),
                    "maatregel": pick.random() < 0.1,
                    "uitzicht": pick.random() < 0.3,
                }
            },
        }

    return [person() for _ in range(count)]


def flat(situation: Situation) -> dict[str, Any]:
    """The same facts as zen's input: flat, cents, dates as numbers — its fastest form."""
    born: Any = situation.persoon.geboortedatum
    own = situation.eigen["bench"]
    from responsief.values import parse_money

    return {
        "norm": 136906,
        "vermogensgrens": 777000,
        "geboren": born.year * 10000 + born.month * 100 + born.day,
        "verblijf": situation.persoon.verblijf.soort,
        "gemeente": situation.persoon.gemeente,
        "detentie": situation.persoon.detentie,
        "buitenland": situation.persoon.buitenland.dagen_dit_jaar,
        "huishouden": situation.huishouden.soort,
        "medebewoners": [
            {"commerciele_huurder": m.commerciele_huurder, "studeert": m.studeert}
            for m in situation.huishouden.medebewoners or ()
        ],
        "inkomsten": [{"soort": i.soort, "bedrag": i.bedrag, "per": i.per} for i in situation.inkomsten or ()],
        "bezittingen": [{"onmisbaar": b.onmisbaar, "waarde": b.waarde} for b in situation.vermogen.bezittingen or ()],
        "schulden": [
            {"soort": s.soort, "bedrag": s.bedrag, "aflossing_verplicht": s.aflossing_verplicht}
            for s in situation.schulden or ()
        ],
        "huur": situation.wonen.huur,
        "zelfstandige": situation.werk.zelfstandige,
        "opleiding": situation.opleiding.volgt,
        "chronisch_ziek": situation.gezondheid.chronisch_ziek,
        "mantelzorg": situation.zorg.geeft_mantelzorg,
        "gemiddeld_inkomen": parse_money(own["gemiddeld_inkomen"]),
        "maatregel": own["maatregel"],
        "uitzicht": own["uitzicht"],
    }


def run() -> list[Row]:
    register = Register.open(HERE / "proef.yaml")
    compiled = register.compiled("bench", TODAY, None)
    zen_side = zen_decision()
    raw = people(200)
    situations = [Situation.model_validate(r) for r in raw]
    inputs = [flat(s) for s in situations]

    same = 0
    for situation, data in zip(situations, inputs, strict=True):
        ours = compiled.decide(situation, TODAY)
        theirs = zen_side.evaluate(data)["result"]
        assert list(ours.oordelen) == [theirs[f"c{n:02d}"] for n in range(1, 21)], "the two sides disagree"
        assert ours.bedrag_vol == theirs["bedrag"]
        same += 1

    texts = [json.dumps(r) for r in raw]
    flat_texts = [json.dumps(d) for d in inputs]
    validator = Draft202012Validator(flat_schema())

    def ours_from_json(n: int) -> None:
        compiled.decide(Situation.model_validate_json(texts[n]), TODAY)

    def theirs_from_json(n: int) -> None:
        data = json.loads(flat_texts[n])
        validator.validate(data)
        zen_side.evaluate(data, {"trace": True})

    count = len(situations)
    with_trace = alternate(
        {
            "responsief": lambda n: compiled.decide(situations[n], TODAY),
            "zen-engine, with trace": lambda n: zen_side.evaluate(inputs[n], {"trace": True}),
            "zen-engine, without trace": lambda n: zen_side.evaluate(inputs[n]),
        },
        count,
    )
    from_json = alternate({"responsief": ours_from_json, "zen-engine + jsonschema": theirs_from_json}, count)
    note = f"{same} situations, all twenty verdicts and the amount equal"
    return [
        Row(
            "one decision, 20 criteria, full trace",
            with_trace,
            {"zen-engine, with trace": 4.0, "zen-engine, without trace": 1.0},
            note,
        ),
        Row("the same from raw JSON, validated", from_json, {"zen-engine + jsonschema": 2.0}, note),
    ]


def flat_schema() -> dict[str, Any]:
    """A schema of zen's flat input, as strict as our situation: types, words, nothing extra."""
    number, truth = {"type": "integer"}, {"type": "boolean"}

    def words(*options: str) -> dict[str, Any]:
        return {"enum": list(options)}

    def group(**fields: Any) -> dict[str, Any]:
        return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}

    verblijf = words("nederlander", "eu", "vreemdeling_11_2", "vreemdeling_11_3", "procedure", "zonder")
    return group(
        norm=number,
        vermogensgrens=number,
        geboren=number,
        verblijf=verblijf,
        gemeente={"type": "string"},
        detentie=truth,
        buitenland=number,
        huishouden=words("alleenstaande", "alleenstaande_ouder", "gehuwd"),
        medebewoners={"type": "array", "items": group(commerciele_huurder=truth, studeert=truth)},
        inkomsten={
            "type": "array",
            "items": group(soort={"type": "string"}, bedrag=number, per=words("maand", "week", "jaar")),
        },
        bezittingen={"type": "array", "items": group(onmisbaar=truth, waarde=number)},
        schulden={"type": "array", "items": group(soort={"type": "string"}, bedrag=number, aflossing_verplicht=truth)},
        huur=number,
        zelfstandige=truth,
        opleiding=truth,
        chronisch_ziek=truth,
        mantelzorg=truth,
        gemiddeld_inkomen=number,
        maatregel=truth,
        uitzicht=truth,
    )
