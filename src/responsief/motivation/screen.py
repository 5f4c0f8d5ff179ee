"""What a screen shows beside a decision: each fact with both statements, its purpose and its basis; and what to read first.

Which words are marked changes nothing in the decision: only who reads what first.
"""

from __future__ import annotations

from typing import Final

from responsief.decision import Criterion, Draft, Fact, FactTold, ReadFirst, Screen
from responsief.motivation.danger import DISTRESS, VIOLENCE, telling
from responsief.motivation.disputes import claims

_KINDS: Final = {"geweld_thuis", "acute_nood", "psychische_nood"}
WORDS: Final = "deze woorden kunnen op gevaar of grote nood wijzen: lees ze eerst, en zoek vandaag veilig contact"
KIND: Final = "er is geweld, acute nood of psychische nood genoemd: lees dit eerst, en zoek vandaag veilig contact"
SAFETY: Final = "er is geweld of gevaar, of een kind is niet veilig: zoek eerst een veilige manier om contact te hebben"
TONIGHT: Final = "er is vannacht geen veilige slaapplek: regel dat eerst"


def screen(draft: Draft) -> Screen:
    """The facts of a decided case and the words to read first."""
    return Screen(facts(draft), read_first(draft))


def facts(draft: Draft) -> tuple[FactTold, ...]:
    """Every fact that some criterion read, in the order of reading, once."""
    said = {one.path: one.claimed for one in claims(draft)}
    readers: dict[str, tuple[Fact, list[Criterion]]] = {}
    for criterion in draft.criteria:
        for fact in criterion.feiten:
            readers.setdefault(fact.gegeven, (fact, []))[1].append(criterion)
    return tuple([_told(fact, read_by, said) for fact, read_by in readers.values()])


def _told(fact: Fact, read_by: list[Criterion], said: dict[str, str]) -> FactTold:
    inside = [
        f"{path.removeprefix(fact.gegeven + '.')}: {claim}"
        for path, claim in said.items()
        if path.startswith(fact.gegeven + ".")
    ]
    return FactTold(
        gegeven=fact.gegeven,
        label=fact.label,
        waarde=fact.waarde,
        bron=fact.bron,
        datum=fact.datum,
        betwist=fact.betwist,
        eigen_opgave=said.get(fact.gegeven) or "; ".join(inside) or None,
        herbruikbaar_tot=fact.herbruikbaar_tot,
        waarvoor=tuple(c.id for c in read_by),
        doelen=tuple(dict.fromkeys(c.doel for c in read_by)),
        grondslagen=tuple(dict.fromkeys(c.grondslag for c in read_by)),
    )


def read_first(draft: Draft) -> tuple[ReadFirst, ...]:
    """The client's words in which danger or distress shows, and the kinds of circumstance and facts that say so themselves."""
    situation = draft.situatie
    found = [ReadFirst(path, words, WORDS) for path, words in telling(situation, VIOLENCE, DISTRESS)]
    marked = {one.waar for one in found}
    for number, raised in enumerate(situation.omstandigheden or ()):
        path = f"omstandigheden.{number}"
        if raised.soort in _KINDS and path not in marked:
            found.append(ReadFirst(path, raised.woorden, KIND))
    safety = situation.veiligheid
    if safety.geweld_thuis or safety.kind_onveilig or safety.gevaar_zelf_of_ander:
        found.append(ReadFirst("veiligheid", None, SAFETY))
    if safety.veilige_slaapplek is False:
        found.append(ReadFirst("veiligheid.veilige_slaapplek", None, TONIGHT))
    return tuple(found)
