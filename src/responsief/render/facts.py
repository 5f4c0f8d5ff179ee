"""How to speak of the facts of the situation model: clauses, nouns, and the entries of its lists.

The labels of the model are for forms and lists of facts. In a sentence they need a subject, an article, and sometimes a «geen».
A fact without a row here is told by its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from responsief.backends.unknown import field_of
from responsief.ir.types import Kind
from responsief.render.clauses import Clause, Noun, label_clause, noun
from responsief.situation import choice_words

# Of the person and of the partner alike: «verb|rest», and behind a second bar the rest when it does not hold.
_PERSON: Final[dict[str, str]] = {
    "verblijf.hangt_af_van_partner": "heeft|een verblijfsrecht dat afhangt van de partner|geen verblijfsrecht dat afhangt van de partner",
    "detentie": "zit|vast|niet vast",
    "in_inrichting": "verblijft|in een inrichting|niet in een inrichting",
    "medisch_urenbeperkt": "is|medisch urenbeperkt|niet medisch urenbeperkt",
    "doelgroep_loonkostensubsidie": "hoort|bij de doelgroep loonkostensubsidie|niet bij de doelgroep loonkostensubsidie",
}
_PERSON_NOUNS: Final[dict[str, str]] = {
    "geboortedatum": "{uw} geboortedatum",
    "verblijf.soort": "{uw} verblijfsstatus",
    "gemeente": "{uw} gemeente",
    "detentie_eindigt_op": "de dag waarop {u} vrijkomt",
    "buitenland.dagen_dit_jaar": "het aantal dagen dat {u} dit jaar in het buitenland was",
    "buitenland.langste_periode_dagen": "het aantal dagen dat {u} achter elkaar in het buitenland was",
    "praktijkonderwijs_of_vso_tot": "de laatste dag waarop {u} stond ingeschreven bij praktijkonderwijs of vso",
    "inkomsten": "{uw} inkomsten",
}
_CLAUSES: Final[dict[str, str]] = {
    "huishouden.inkomen_gedaald": "het inkomen thuis|is|gedaald|niet gedaald",
    "beslag.loopt": "er|loopt|beslag op uw inkomen|geen beslag op uw inkomen",
    "beslag.onder_beslagvrije_voet": "u|houdt|door beslag te weinig over|door beslag niet te weinig over",
    "wonen.woonplaats_hier": "u|heeft|uw woonplaats in deze gemeente|uw woonplaats niet in deze gemeente",
    "wonen.briefadres": "u|heeft|een briefadres|geen briefadres",
    "wonen.vervolgwoning": "u|heeft|een volgende woning|geen volgende woning",
    "wonen.ernstig_gebrek": "uw woning|heeft|een ernstig gebrek|geen ernstig gebrek",
    "werk.zelfstandige": "u|bent|zelfstandige|geen zelfstandige",
    "werk.omzet_weggevallen": "uw omzet|is|weggevallen|niet weggevallen",
    "opleiding.volgt": "u|volgt|een opleiding|geen opleiding",
    "opleiding.kan_volgen": "u|kunt|onderwijs volgen dat het Rijk betaalt|geen onderwijs volgen dat het Rijk betaalt",
    "opleiding.recht_op_studiefinanciering": "u|kunt|studiefinanciering krijgen|geen studiefinanciering krijgen",
    "opleiding.startkwalificatie": "u|heeft|een startkwalificatie|geen startkwalificatie",
    "opleiding.opgelegd_door_gemeente": "de opleiding|is|door de gemeente opgelegd|niet door de gemeente opgelegd",
    "gezondheid.chronisch_ziek": "u|bent|chronisch ziek|niet chronisch ziek",
    "gezondheid.zwanger": "u|bent|zwanger|niet zwanger",
    "gezondheid.mijdt_zorg_om_geld": "u|gaat|door geld niet naar de dokter|gewoon naar de dokter, ook al kost dat geld",
    "gezondheid.zorgverzekering_opgezegd": "uw zorgverzekering|wordt|opgezegd|niet opgezegd",
    "zorg.geeft_mantelzorg": "u|geeft|mantelzorg|geen mantelzorg",
    "zorg.ontvangt_mantelzorg": "u|krijgt|mantelzorg|geen mantelzorg",
    "zorg.mantelzorger_overbelast": "de mantelzorger|is|overbelast|niet overbelast",
    "zorg.mantelzorg_elders": "u|woont|tijdelijk elders om mantelzorg te geven|niet tijdelijk elders om mantelzorg te geven",
    "zorg.dagelijkse_zorg": "u|heeft|elke dag zorg nodig|niet elke dag zorg nodig",
    "zorg.toezicht_24_uur": "u|heeft|dag en nacht toezicht nodig|niet dag en nacht toezicht nodig",
    "zorg.indicatie_wlz": "u|heeft|een indicatie voor de Wlz|geen indicatie voor de Wlz",
    "veiligheid.geweld_thuis": "er|is|geweld of dreiging thuis|geen geweld of dreiging thuis",
    "veiligheid.kind_onveilig": "een kind|is|niet veilig|wel veilig",
    "veiligheid.veilige_slaapplek": "u|kunt|vannacht veilig slapen|vannacht niet veilig slapen",
    "veiligheid.gevaar_zelf_of_ander": "er|is|gevaar voor uzelf of een ander|geen gevaar voor uzelf of een ander",
    "communicatie.taal_beperkt": "u|heeft|moeite met Nederlands|geen moeite met Nederlands",
    "communicatie.digid": "u|kunt|met DigiD aanvragen|niet met DigiD aanvragen",
    "aanvraag.bewijs_al_gegeven": "u|gaf|het gevraagde bewijs al|het gevraagde bewijs nog niet",
}
_NOUNS: Final[dict[str, str]] = {
    "huishouden.soort": "uw leefvorm",
    "huishouden.partner": "een partner",
    "huishouden.kinderen": "kinderen onder de 18",
    "huishouden.medebewoners": "medebewoners vanaf 18 jaar",
    "huishouden.partner_overleden_op": "de dag waarop uw partner overleed",
    "inkomsten": "uw inkomsten",
    "vermogen.bezittingen": "bezittingen",
    "schulden": "schulden",
    "wonen.soort": "uw soort woning",
    "wonen.huur": "uw huur per maand",
    "wonen.woonsituatie": "uw woonsituatie",
    "wonen.ontruiming_op": "de dag van de ontruiming",
    "wonen.contract_eindigt_op": "de dag waarop uw huurcontract eindigt",
    "wonen.afsluiting_op": "de dag waarop gas, licht of water wordt afgesloten",
    "werk.soort": "uw werk",
    "opleiding.soort": "de soort opleiding",
    "opleiding.afgerond_op": "de dag waarop u uw laatste opleiding afrondde",
    "opleiding.gestopt_op": "de dag waarop u met uw opleiding stopte",
    "gezondheid.beperkingen": "beperkingen",
    "zorg.indicatie_tot": "de dag waarop de indicatie eindigt",
    "zorg.herbeoordeling_op": "de dag van de herbeoordeling",
    "eerder.schuldhulp": "de schuldhulp",
    "eerder.voorzieningen": "eerdere toekenningen",
    "eerder.afwijzingen": "eerdere afwijzingen",
    "aanvraag.gemeld_op": "de dag van de melding",
    "aanvraag.ontvangen_op": "de dag van de aanvraag",
    "aanvraag.voor": "voor wie de aanvraag is",
    "aanvraag.beslissen_uiterlijk": "de laatste dag om te beslissen",
    "aanvraag.gevraagd.soort": "wat u vraagt",
    "aanvraag.gevraagd.kosten": "de kosten waarvoor u iets vraagt",
    "aanvraag.gevraagd.betaald_op": "de dag waarop u de kosten betaalde",
}
# Choices that read better as a clause of their own.
_CHOICES: Final[dict[tuple[str, str], str]] = {
    ("huishouden.soort", "gehuwd"): "u|bent|gehuwd of samenwonend|niet gehuwd of samenwonend",
    ("huishouden.soort", "alleenstaande"): "u|bent|alleenstaande|geen alleenstaande",
    ("huishouden.soort", "alleenstaande_ouder"): "u|bent|alleenstaande ouder|geen alleenstaande ouder",
    ("wonen.woonsituatie", "dakloos"): "u|bent|dakloos|niet dakloos",
    ("werk.soort", "geen"): "u|heeft|geen werk|werk",
    ("werk.soort", "zelfstandige"): "u|werkt|als zelfstandige|niet als zelfstandige",
    ("werk.soort", "loondienst"): "u|werkt|in loondienst|niet in loondienst",
    ("eerder.schuldhulp", "loopt"): "u|heeft|nu schuldhulp|nu geen schuldhulp",
    ("eerder.schuldhulp", "geen"): "u|heeft|nog nooit schuldhulp gehad|al eerder schuldhulp gehad of aangevraagd",
    ("eerder.schuldhulp", "afgerond"): "uw schuldhulp|is|afgerond|niet afgerond",
    ("opleiding.soort", "geen"): "u|volgt|geen opleiding|een opleiding",
    ("inkomsten.vakantietoeslag", "exclusief"): "het vakantiegeld|zit|niet in dit bedrag|wel in dit bedrag",
    ("inkomsten.vakantietoeslag", "inbegrepen"): "het vakantiegeld|zit|in dit bedrag|niet in dit bedrag",
    ("inkomsten.per", "maand"): "het inkomen|komt|per maand|niet per maand",
    ("inkomsten.per", "4_weken"): "het inkomen|komt|per vier weken|niet per vier weken",
    ("inkomsten.per", "week"): "het inkomen|komt|per week|niet per week",
    ("inkomsten.per", "jaar"): "het inkomen|komt|per jaar|niet per jaar",
}


class Entries(NamedTuple):
    """How to speak of a list: one entry with its article, without it, and more of them; is an entry a person?"""

    een: str  # «het inkomen»
    los: str  # «inkomen»
    meer: str  # «inkomsten»
    wiens: str = "u"  # who has them


_LISTS: Final[dict[str, Entries]] = {
    "inkomsten": Entries("het inkomen", "inkomen", "inkomsten"),
    "huishouden.partner.inkomsten": Entries("het inkomen", "inkomen", "inkomsten", "uw partner"),
    "huishouden.kinderen": Entries("het kind", "kind", "kinderen onder de 18"),
    "huishouden.medebewoners": Entries("de medebewoner", "medebewoner", "medebewoners vanaf 18 jaar"),
    "vermogen.bezittingen": Entries("de bezitting", "bezitting", "bezittingen"),
    "schulden": Entries("de schuld", "schuld", "schulden"),
    "gezondheid.beperkingen": Entries("de beperking", "beperking", "beperkingen"),
    "eerder.voorzieningen": Entries("de toekenning", "eerdere toekenning", "eerdere toekenningen"),
    "eerder.afwijzingen": Entries("de afwijzing", "eerdere afwijzing", "eerdere afwijzingen"),
    "behoeften": Entries("de behoefte", "behoefte", "behoeften"),
    "krachten": Entries("de kracht", "kracht", "krachten"),
    "netwerk": Entries("de persoon", "persoon in het netwerk", "mensen in het netwerk"),
    "omstandigheden": Entries("de omstandigheid", "omstandigheid", "omstandigheden"),
    "plan.doelen": Entries("het doel", "doel", "doelen"),
    "toezeggingen": Entries("de toezegging", "toezegging", "toezeggingen"),
}
_ENTRY_CLAUSES: Final[dict[str, str]] = {
    "huishouden.kinderen.thuiswonend": "het kind|woont|thuis|niet thuis",
    "huishouden.kinderen.ten_laste": "het kind|komt|te uwen laste|niet te uwen laste",
    "huishouden.kinderen.mist_activiteiten": "het kind|doet|door geld niet mee|gewoon mee",
    "huishouden.medebewoners.commerciele_huurder": "de medebewoner|huurt|tegen een gewone prijs met een contract|niet tegen een gewone prijs met een contract",
    "huishouden.medebewoners.studeert": "de medebewoner|volgt|een opleiding die niet meetelt (artikel 19a)|geen opleiding die niet meetelt (artikel 19a)",
    "vermogen.bezittingen.onmisbaar": "de bezitting|is|onmisbaar|niet onmisbaar",
    "vermogen.bezittingen.algemeen_gebruikelijk": "de bezitting|is|naar aard en waarde algemeen gebruikelijk|niet naar aard en waarde algemeen gebruikelijk",
    "schulden.aflossing_verplicht": "de schuld|moet|worden afgelost|niet worden afgelost",
    "schulden.incasso": "er|loopt|incasso voor deze schuld|geen incasso voor deze schuld",
    "schulden.gemeld_als_signaal": "de schuld|is|gemeld aan de gemeente|niet gemeld aan de gemeente",
    "gezondheid.beperkingen.langdurig": "de beperking|is|langdurig|niet langdurig",
    "eerder.voorzieningen.hielp": "de hulp|hielp|volgens de inwoner|volgens de inwoner niet",
    "eerder.afwijzingen.reden_te_laat": "er|is|een reden dat bezwaar of beroep te laat was|geen reden dat bezwaar of beroep te laat was",
    "behoeften.gedeeld": "anderen|hebben|deze behoefte ook|deze behoefte niet",
    "toezeggingen.gedaan": "de toezegging|is|nagekomen|niet nagekomen",
}
_ENTRY_NOUNS: Final[dict[str, str]] = {
    "inkomsten.soort": "de soort inkomen",
    "inkomsten.bedrag": "het bedrag",
    "inkomsten.van": "de begindatum",
    "inkomsten.tot": "de einddatum",
    "inkomsten.per": "de periode waarover het inkomen komt",
    "huishouden.medebewoners.relatie": "de relatie van de medebewoner met u",
    "vermogen.bezittingen.soort": "de soort bezit",
    "vermogen.bezittingen.waarde": "de waarde",
    "vermogen.bezittingen.bestemd_voor": "de bestemming van het geld",
    "schulden.soort": "de soort schuld",
    "schulden.bedrag": "het bedrag van de schuld",
    "schulden.achterstand_maanden": "het aantal maanden achterstand",
    "gezondheid.beperkingen.soort": "de soort beperking",
    "gezondheid.beperkingen.loopafstand_m": "de loopafstand met hulpmiddel",
    "eerder.voorzieningen.regelset": "de regeling",
    "eerder.voorzieningen.toegekend_op": "de dag van toekenning",
    "eerder.voorzieningen.gestopt_op": "de dag waarop het stopte",
    "eerder.afwijzingen.regelset": "de regeling",
    "eerder.afwijzingen.op": "de dag van de afwijzing",
    "eerder.afwijzingen.laatste_dag": "de laatste dag voor bezwaar of beroep",
    "omstandigheden.soort": "de soort omstandigheid",
    "behoeften.leefgebied": "het leefgebied",
    "behoeften.ernst": "de ernst (van 1 tot 5)",
}


def _made(row: str, negative: bool) -> Clause:
    who, verb, yes, no = row.split("|")
    return Clause(who, verb, no if negative else yes)


def _person(path: Sequence[str]) -> tuple[str, bool] | None:
    """The rest of a path behind the person, and whether that is the partner."""
    if path[:1] == ("persoon",):
        return ".".join(path[1:]), False
    if path[:2] == ("huishouden", "partner") and len(path) > 2:
        return ".".join(path[2:]), True
    return None


def list_key(path: Sequence[str]) -> str:
    """The list that a path leads to, where both persons have one alike."""
    return "inkomsten" if path[-1] == "inkomsten" else ".".join(path)


def truth_of(path: tuple[str, ...], entries: tuple[str, ...] | None, negative: bool) -> Clause:
    """The clause of a fact that is so or not; of a field of a list when `entries` is where that list stands."""
    if entries is not None:
        row = _ENTRY_CLAUSES.get(".".join((list_key(entries), *path)))
        found = _made(row, negative) if row else None
        if found is None:
            clause = label_clause(_label((*entries, *path)))
            clause = Clause(
                entry(entries).een, "is" if clause.werkwoord == "bent" else clause.werkwoord, clause.rest, clause.staart
            )
            found = clause.denied() if negative else clause
        return found
    whose = _person(path)
    if whose is not None and whose[0] in _PERSON:
        verb, yes, no = _PERSON[whose[0]].split("|")
        verb = "bent" if verb == "is" and not whose[1] else verb
        return Clause("uw partner" if whose[1] else "u", verb, no if negative else yes)
    row = _CLAUSES.get(".".join(path))
    if row:
        return _made(row, negative)
    clause = label_clause(_label(path))
    return clause.denied() if negative else clause


def choice_of(path: tuple[str, ...], entries: tuple[str, ...] | None, word: str, negative: bool) -> Clause | None:
    """The clause of one option of a choice, where it has one of its own."""
    key = ".".join((list_key(entries), *path)) if entries is not None else ".".join(path)
    row = _CHOICES.get((key, word))
    return _made(row, negative) if row else None


def noun_of(path: tuple[str, ...], entries: tuple[str, ...] | None) -> Noun:
    """A fact as a noun."""
    if entries is not None:
        text = _ENTRY_NOUNS.get(".".join((list_key(entries), *path)))
        return Noun(text) if text else noun(_label((*entries, *path)))
    whose = _person(path)
    if whose is not None and whose[0] in _PERSON_NOUNS:
        u, uw = ("uw partner", "de {} van uw partner") if whose[1] else ("u", "uw {}")
        text = _PERSON_NOUNS[whose[0]]
        text = uw.format(text.removeprefix("{uw} ")) if text.startswith("{uw} ") else text.format(u=u)
        return Noun(text, whose[0] == "inkomsten")
    text = _NOUNS.get(".".join(path), "")
    if text:
        return Noun(text, path[-1] in ("inkomsten", "kosten", "kinderen", "medebewoners", "bezittingen", "schulden"))
    return noun(_label(path))


def entry(path: Sequence[str]) -> Entries:
    """How to speak of a list."""
    known = _LISTS.get(".".join(path))
    if known is not None:
        return known
    label = _label(tuple(path))
    return Entries("dit", f"regel bij «{label}»", label)


def option(word: str) -> str:
    """An option of a choice, as people write it."""
    return choice_words(word)


def _label(path: Sequence[str]) -> str:
    field = field_of(".".join(path))
    label = field.label if field is not None else path[-1].replace("_", " ")
    own = "partner" in path[:-1] and "partner" not in label
    return f"{label} van de partner" if own and field is not None and field.type.kind is not Kind.JA_NEE else label
