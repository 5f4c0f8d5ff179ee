"""A report on patterns as JSON for another program, and the schema of it (`responsief schema patronen`).

Keys are stable, and Dutch as all data is; `formaat` goes up when a key goes away or means something else. A count of people is a
number, `{"ten_minste": …}` or `{"hoogstens": …}`: an exact number would tell of fewer than `k`.
"""

from __future__ import annotations

import json
from typing import Any, Final

from responsief.ci import patterns_told as told
from responsief.ci.json import clean
from responsief.patterns.report import Cluster, Purpose, Rate, Report, Signal
from responsief.patterns.shown import AtLeast, AtMost, Count
from responsief.schemas.decision import MAYBE_TEXT, TEXT, an_exact_object
from responsief.schemas.shapes import DIALECT, Schema, a_list

FORMAAT: Final = 1
PATTERNS_ID: Final = "urn:responsief:schema:patronen:1"
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
_ANY: Final[Schema] = {"type": "string"}


def to_json(report: Report) -> str:
    """The whole report."""
    return json.dumps(clean(as_data(report)), ensure_ascii=False, indent=2) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON data."""
    return {
        "formaat": FORMAAT,
        "k": report.k,
        "toelichting": [told.NOT_THEM, told.limits(report)],
        "besluiten": _count(report.besluiten),
        "afgerond": _count(report.afgerond),
        "met_plek": _count(report.met_plek),
        "onleesbaar": report.onleesbaar,
        "weggelaten": report.weggelaten,
        "signalen": [_signal(one) for one in report.signalen],
        "andere": [
            _names(one.doel) | {"afgewezen": _count(one.afgewezen), "besluiten": _count(one.besluiten)} for one in report.andere
        ],
        "verhoudingen": [_rate(one) for one in report.verhoudingen],
        "clausules": [_rate(one) for one in report.clausules],
    }


def _names(one: Purpose) -> dict[str, Any]:
    return {
        "regelset": one.regelset,
        "regeling": one.regeling,
        "criterium": one.criterium,
        "titel": one.titel,
        "grondslag": one.grondslag,
        "doel": one.doel,
    }


def _signal(one: Signal) -> dict[str, Any]:
    purpose = one.doel
    return _names(purpose) | {
        "in_register": purpose.bekend,
        "tekst": purpose.tekst,
        "afgewezen": _count(one.afgewezen),
        "besluiten": _count(one.besluiten),
        "vaak": one.vaak,
        "plekken": [_cluster(place) for place in one.plekken],
        "elders": one.elders and {"afgewezen": _count(one.elders[0]), "besluiten": _count(one.elders[1])},
        "clausules": None
        if one.clausules is None
        else [
            {
                "id": clause.id,
                "titel": clause.titel,
                "grondslag": clause.grondslag,
                "voorgesteld": _count(clause.voorgesteld),
                "gebruikt": None if clause.gebruikt is None else _count(clause.gebruikt),
            }
            for clause in one.clausules
        ],
        "zonder_clausule": None if one.zonder_clausule is None else _count(one.zonder_clausule),
        "kijk_naar": {
            "bewijs": purpose.bewijs,
            "cijfers": [
                {"naam": figure.naam, "label": figure.label, "waarde": figure.waarde, "grondslag": figure.grondslag}
                for figure in purpose.cijfers
            ],
            "vragen": [{"label": label, "van": who.split(", ")} for label, who in purpose.vragen],
            "wie_wijzigt": purpose.wie_wijzigt,
            "wat_wijzigt": purpose.wat_wijzigt,
            "ook_afgewezen_door": None
            if one.ook is None
            else [{"regelset": o.regelset, "titel": o.titel, "afgewezen": _count(o.afgewezen)} for o in one.ook],
            "hulp": [
                {"id": h.id, "titel": h.titel, "past": _count(h.past), "na_te_gaan": _count(h.na_te_gaan)} for h in one.hulp
            ],
        },
    }


def _cluster(one: Cluster) -> dict[str, Any]:
    return {
        "soort": one.soort,
        "naam": one.naam,
        "wijk": one.wijk,
        "afgewezen": _count(one.afgewezen),
        "besluiten": _count(one.besluiten),
        "een_op": one.een_op,
        "zonder": list(one.zonder),
    }


def _rate(one: Rate) -> dict[str, Any]:
    number = None if one.teller is None else _count(one.teller)
    return {
        "id": one.id,
        "naam": one.naam,
        "teller": number,
        "noemer": None if one.noemer is None else _count(one.noemer),
        "niet_te_zeggen": one.reden,
    }


def _count(one: Count) -> int | dict[str, int]:
    match one:
        case AtLeast(number):
            return {"ten_minste": number}
        case AtMost(number):
            return {"hoogstens": number}
    return one


# --- the schema --------------------------------------------------------------------------------------------------------


def patterns_schema() -> Schema:
    """The JSON Schema of a report. Every key is always there, and there are no others."""
    rate = an_exact_object(
        "Een verhouding, gemeten: teller en noemer, of waarom zij niet te zeggen is.",
        id=TEXT,
        naam=TEXT,
        teller=_or_null(_count_schema()),
        noemer=_or_null(_count_schema()),
        niet_te_zeggen=MAYBE_TEXT,
    )
    root = an_exact_object(
        "Wat veel besluiten samen over het systeem zeggen. Het zegt niets over de mensen.",
        formaat={"description": "De versie van dit formaat.", "const": FORMAAT},
        k={"description": "Over minder mensen staat hier niets.", "type": "integer", "minimum": 5},
        toelichting=a_list("Hoe dit te lezen.", TEXT),
        besluiten=_count_schema(),
        afgerond=_count_schema(),
        met_plek=_count_schema(),
        onleesbaar={"description": "Hoeveel documenten en rijen niet te lezen waren.", **_WHOLE},
        weggelaten={"description": "Zijn er regelingen met minder dan k besluiten? Die tellen niet mee.", "type": "boolean"},
        signalen=a_list("De signalen, de meeste mensen eerst.", _signal_schema()),
        andere=a_list(
            "Andere voorwaarden met ten minste k afwijzingen.",
            an_exact_object("", **_names_schema(), afgewezen=_count_schema(), besluiten=_count_schema()),
        ),
        verhoudingen=a_list("Hoe vaak de regels het oplossen.", rate),
        clausules=a_list("Per clausule: afwijkingen van de keren dat zij was voorgesteld.", rate),
    )
    return {"$schema": DIALECT, "$id": PATTERNS_ID, "title": "patronen", **root}


def _count_schema() -> Schema:
    return {
        "description": "Een aantal, of waarbinnen het ligt.",
        "anyOf": [_WHOLE, an_exact_object("", ten_minste=_WHOLE), an_exact_object("", hoogstens=_WHOLE)],
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _names_schema() -> dict[str, Schema]:
    return {"regelset": TEXT, "regeling": TEXT, "criterium": TEXT, "titel": TEXT, "grondslag": _ANY, "doel": _ANY}


def _signal_schema() -> Schema:
    place = an_exact_object(
        "Een plek waar het vaker gebeurt dan elders.",
        soort={"enum": ["gebouw", "wijk"]},
        naam=_ANY,
        wijk=MAYBE_TEXT,
        afgewezen=_count_schema(),
        besluiten=_count_schema(),
        een_op={
            "description": "Toeval verklaart dit hoogstens één keer op zoveel. Leeg: niet te vergelijken.",
            **_or_null(_WHOLE),
        },
        zonder=a_list("Gebouwen in deze wijk die apart staan en hier niet meetellen.", TEXT),
    )
    clause = an_exact_object(
        "", id=TEXT, titel=TEXT, grondslag=_ANY, voorgesteld=_count_schema(), gebruikt=_or_null(_count_schema())
    )
    figure = an_exact_object("", naam=TEXT, label=TEXT, waarde=MAYBE_TEXT, grondslag=MAYBE_TEXT)
    other = an_exact_object("", regelset=TEXT, titel=TEXT, afgewezen=_count_schema())
    helped = an_exact_object("", id=TEXT, titel=TEXT, past=_count_schema(), na_te_gaan=_count_schema())
    look = an_exact_object(
        "Waar te beginnen.",
        bewijs=MAYBE_TEXT,
        cijfers=a_list("De cijfers waarmee deze voorwaarde rekent.", figure),
        vragen=a_list("De gegevens die de regeling zelf vraagt.", an_exact_object("", label=TEXT, van=a_list("", TEXT))),
        wie_wijzigt=MAYBE_TEXT,
        wat_wijzigt=MAYBE_TEXT,
        ook_afgewezen_door=_or_null(a_list("Andere regelingen die dezelfde mensen afwijzen.", other)),
        hulp=a_list("Wat als hulp is genoemd.", helped),
    )
    return an_exact_object(
        "Een signaal over het systeem.",
        **_names_schema(),
        in_register={"type": "boolean"},
        tekst=MAYBE_TEXT,
        afgewezen=_count_schema(),
        besluiten=_count_schema(),
        vaak={"type": "boolean"},
        plekken=a_list("Waar het vaker gebeurt.", place),
        elders=_or_null(an_exact_object("Buiten die plekken.", afgewezen=_count_schema(), besluiten=_count_schema())),
        clausules=_or_null(a_list("Clausules die zijn voorgesteld.", clause)),
        zonder_clausule=_or_null(_count_schema()),
        kijk_naar=look,
    )
