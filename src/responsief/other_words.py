"""What somebody writes who knows another word for it, or another language: our word for it, for «bedoelde u …?»."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final

# Theirs: ours, the likeliest first. Only ours that can stand in that place is ever suggested.
_OURS: Final[dict[str, str]] = {
    # Dutch
    "adres": "wonen", "belastingschuld": "belasting", "bezit": "bezittingen vermogen", "gezin": "huishouden", "gezinssituatie": "huishouden",
    "huurder": "huur", "inkomen": "inkomsten", "inwonend_kind": "kind", "kind": "kinderen", "leefsituatie": "huishouden",
    "omschrijving": "woorden", "reden": "woorden", "samenwonend": "gehuwd", "getrouwd": "gehuwd", "gescheiden": "alleenstaande",
    "schuld": "schulden", "tekst": "woorden", "toelichting": "woorden", "uitkering": "bijstand inkomsten", "versie": "formaat",
    "woning": "wonen", "zzp": "zelfstandige", "salaris": "loon inkomsten", "spaargeld": "bankrekening vermogen", "bedrijf": "zelfstandige",
    # English
    "amount": "bedrag", "application": "aanvraag", "assets": "bezittingen vermogen", "author": "auteur", "birth_date": "geboortedatum",
    "birthdate": "geboortedatum", "birthday": "geboortedatum", "capital": "vermogen", "car": "auto", "care": "zorg", "child": "kind kinderen",
    "children": "kinderen", "circumstances": "omstandigheden", "cost": "kosten", "costs": "kosten", "date": "datum",
    "date_of_birth": "geboortedatum", "debt": "schulden bedrag", "debts": "schulden", "detention": "detentie", "disputed": "betwist",
    "divorced": "alleenstaande", "dob": "geboortedatum", "education": "opleiding", "employed": "loondienst", "energy": "energie",
    "evidence": "bewijs", "facts": "feiten", "false": "nee", "format": "formaat", "from": "van", "goals": "doelen", "health": "gezondheid",
    "house": "wonen", "household": "huishouden", "housemates": "medebewoners", "housing": "wonen", "income": "inkomsten",
    "incomes": "inkomsten", "language": "taal_beperkt", "loan": "krediet", "married": "gehuwd", "month": "maand", "monthly": "maand",
    "mortgage": "hypotheek", "municipality": "gemeente", "needs": "behoeften", "network": "netwerk", "no": "nee", "none": "geen",
    "owned": "koop", "own": "eigen koop", "person": "persoon", "pregnant": "zwanger", "promises": "toezeggingen", "reason": "woorden",
    "relation": "relatie", "rent": "huur", "residence": "verblijf", "safety": "veiligheid", "salary": "loon inkomsten",
    "savings": "bankrekening vermogen", "school": "opleiding", "self_employed": "zelfstandige", "severity": "ernst", "since": "sinds",
    "single": "alleenstaande", "single_parent": "alleenstaande_ouder", "source": "bron", "spouse": "partner", "strengths": "krachten",
    "study": "opleiding", "text": "woorden", "to": "tot", "true": "ja", "type": "soort", "unknown": "onbekend", "until": "tot",
    "value": "waarde", "version": "formaat", "violence": "geweld_thuis", "wage": "loon", "weekly": "week", "words": "woorden",
    "work": "werk", "year": "jaar", "yearly": "jaar", "yes": "ja",
}  # fmt: skip


def same(word: str, known: Iterable[str]) -> str | None:
    """The known word that this is: in other letters, or another word for it."""
    options = list(known)
    for form in _forms(word):
        if form in options:
            return form
    for form in _forms(word):
        for ours in _OURS.get(form, "").split():
            if ours in options:
                return ours
    return None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant: the same, or mistyped."""
    options = list(known)
    near = difflib.get_close_matches(_forms(word)[0], options, 1, 0.6)
    return same(word, options) or (near[0] if near else None)


def _forms(word: str) -> list[str]:
    word = word[:80].strip()
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word)  # dateOfBirth
    return [re.sub(r"[\s-]+", "_", form.lower()) for form in (word, apart)]
