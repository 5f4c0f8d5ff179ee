"""People made by hand who stand at an edge of the rules: no figure says how many they are, so nobody is drawn like them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from responsief.values import write_day

EDGES: Final = (
    "a homeless young person without an address",
    "somebody without a right to stay",
    "a couple of whom one just has the age for AOW",
    "somebody who shares a home with three adults",
    "a young person of just 18 with parents",
    "a self-employed person whose turnover fell away",
    "somebody in prison until next month",
    "somebody in an institution",
    "a widow with a paid-off house and little money",
    "a carer who lives elsewhere for a while, and can't cope",
    "a partner who is abroad for long",
    "a person who fled violence, with a child",
)


def edge_people(on: date, gemeente: str | None) -> Iterator[dict[str, Any]]:
    """The people of `EDGES`, in that order, as situation files hold them, with ages on a reference date."""

    def before(years: int, days: int = 0) -> str:
        day = on.replace(year=on.year - years, day=min(on.day, 28))
        return write_day(day - timedelta(days=days))

    def later(days: int) -> str:
        return write_day(on + timedelta(days=days))

    def made(age: int, **groups: Any) -> dict[str, Any]:
        base = _plain(before(age, 20), on, gemeente)
        for name, group in groups.items():
            base[name] = {**base[name], **group} if isinstance(group, dict) else group
        return base

    person = made(30)["persoon"]
    yield made(
        20,
        wonen={"soort": "geen", "woonsituatie": "dakloos", "briefadres": "nee"},
        opleiding={"volgt": "nee", "gestopt_op": before(0, 200), "startkwalificatie": "nee"},
        schulden=[_debt("zorgpremie", "€ 1.400", 9), _debt("boete", "€ 750", 6)],
    )
    yield made(
        34, persoon={**person, "geboortedatum": before(34), "verblijf": {"soort": "zonder", "hangt_af_van_partner": "nee"}}
    )
    old = {**person, "geboortedatum": before(67, 40), "inkomsten": [_income("aow", "€ 1.080", on)]}
    old.pop("gemeente", None)
    yield made(63, huishouden={"soort": "gehuwd", "partner": old})
    shared = [
        {"geboortedatum": before(age), "relatie": relation, "commerciele_huurder": "nee", "studeert": "nee"}
        for age, relation in ((58, "ouder"), (28, "broer_zus"), (31, "broer_zus"))
    ]
    yield made(29, huishouden={"medebewoners": shared}, wonen={"soort": "inwonend"})
    yield made(
        18,
        huishouden={
            "medebewoners": [{"geboortedatum": before(46), "relatie": "ouder", "commerciele_huurder": "nee", "studeert": "nee"}]
        },
        wonen={"soort": "inwonend", "woonsituatie": "bij_anderen"},
        opleiding={"volgt": "nee", "startkwalificatie": "nee", "afgerond_op": before(0, 90)},
    )
    yield made(
        45,
        werk={"soort": "zelfstandige", "zelfstandige": "ja", "omzet_weggevallen": "ja"},
        inkomsten=[_income("winst", "€ 310", on)],
    )
    yield made(38, persoon={**person, "geboortedatum": before(38), "detentie": "ja", "detentie_eindigt_op": later(30)})
    yield made(
        51,
        persoon={**person, "geboortedatum": before(51), "in_inrichting": "ja"},
        wonen={"soort": "opvang", "woonsituatie": "opvang"},
    )
    yield made(
        61,
        huishouden={"partner_overleden_op": before(1)},
        wonen={"soort": "koop"},
        inkomsten=[_income("anw", "€ 1.120", on)],
        vermogen={"bezittingen": [_owned("eigen_woning", "€ 310.000"), _owned("bankrekening", "€ 2.100")]},
    )
    yield made(
        55,
        zorg={"geeft_mantelzorg": "ja", "mantelzorger_overbelast": "ja", "mantelzorg_elders": "ja"},
        wonen={"woonsituatie": "bij_anderen"},
        inkomsten=[_income("ww", "€ 980", on)],
    )
    away = {**person, "geboortedatum": before(41), "buitenland": {"dagen_dit_jaar": 120, "langste_periode_dagen": 95}}
    away.pop("gemeente", None)
    yield made(40, huishouden={"soort": "gehuwd", "partner": {**away, "inkomsten": "geen"}})
    child = {"geboortedatum": before(6), "thuiswonend": "ja", "ten_laste": "ja", "mist_activiteiten": "ja"}
    yield made(
        32,
        huishouden={"soort": "alleenstaande_ouder", "kinderen": [child]},
        wonen={"soort": "opvang", "woonsituatie": "opvang"},
        veiligheid={"geweld_thuis": "ja", "veilige_slaapplek": "ja"},
        communicatie={"taal_beperkt": "ja", "digid": "nee"},
        persoon={
            **person,
            "geboortedatum": before(32),
            "verblijf": {"soort": "vreemdeling_11_2", "hangt_af_van_partner": "ja"},
        },
    )


def _plain(born: str, on: date, gemeente: str | None) -> dict[str, Any]:
    """Somebody alone in a rented home without income, of whom everything usual is known."""
    told = write_day(on - timedelta(days=20))
    person = {
        "geboortedatum": born,
        "verblijf": {"soort": "nederlander", "hangt_af_van_partner": "nee"},
        "detentie": "nee",
        "detentie_eindigt_op": "geen",
        "in_inrichting": "nee",
        "buitenland": {"dagen_dit_jaar": 0, "langste_periode_dagen": 0},
        "medisch_urenbeperkt": "nee",
        "doelgroep_loonkostensubsidie": "nee",
        "praktijkonderwijs_of_vso_tot": "geen",
    }
    return {
        "formaat": 1,
        "persoon": person | ({"gemeente": gemeente} if gemeente is not None else {}),
        "huishouden": {"soort": "alleenstaande", "partner": "geen", "kinderen": "geen", "medebewoners": "geen"},
        "inkomsten": "geen",
        "vermogen": {"bezittingen": [_owned("bankrekening", "€ 430")]},
        "schulden": "geen",
        "wonen": {
            "soort": "huur",
            "huur": "€ 640",
            "woonsituatie": "zelfstandig",
            "woonplaats_hier": "ja",
            "ontruiming_op": "geen",
        },
        "werk": {"soort": "geen", "zelfstandige": "nee", "omzet_weggevallen": "nee"},
        "opleiding": {"volgt": "nee", "soort": "geen", "kan_volgen": "nee", "recht_op_studiefinanciering": "nee"},
        "gezondheid": {"beperkingen": "geen", "chronisch_ziek": "nee"},
        "zorg": {"geeft_mantelzorg": "nee", "mantelzorg_elders": "nee", "indicatie_wlz": "nee"},
        "veiligheid": {"geweld_thuis": "nee"},
        "communicatie": {"taal_beperkt": "nee", "digid": "ja"},
        "eerder": {"voorzieningen": "geen", "afwijzingen": "geen", "schuldhulp": "geen"},
        "aanvraag": {"gemeld_op": told, "ontvangen_op": told, "voor": "zelf"},
    }


def _income(kind: str, amount: str, on: date) -> dict[str, Any]:
    since = write_day(on - timedelta(days=400))
    return {"soort": kind, "bedrag": amount, "per": "maand", "vakantietoeslag": "inbegrepen", "van": since, "tot": "geen"}


def _owned(kind: str, worth: str) -> dict[str, Any]:
    return {"soort": kind, "waarde": worth, "onmisbaar": "nee", "algemeen_gebruikelijk": "nee", "bestemd_voor": "vrij"}


def _debt(kind: str, amount: str, months: int) -> dict[str, Any]:
    return {"soort": kind, "bedrag": amount, "achterstand_maanden": months, "aflossing_verplicht": "ja", "incasso": "ja"}
