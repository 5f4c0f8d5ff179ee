"""The note for the file: the same case, for a lawyer and a court.

It reasons in their order: clause and threshold words, purpose, facts, circumstances, consequences, fit, boundary, other
provisions, proportion, advice, proposal, equal cases, decider. The same for a no. Where only a person can reason it leaves
a marked place, and lint refuses those places when the case is finalised.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from responsief.decision import (
    Against,
    Alternative,
    Boundary,
    Clause,
    Draft,
    Milder,
    Review,
    Sender,
    Signal,
    Term,
    Tried,
)
from responsief.motivation import note_facts, reasons
from responsief.motivation.disputes import disputes
from responsief.motivation.law import cite
from responsief.motivation.render import render
from responsief.motivation.screen import read_first
from responsief.motivation.terms import add_working_days, last_day
from responsief.motivation.words import (
    AREAS,
    CIRCUMSTANCES,
    SUGGESTED,
    body,
    circumstance,
    fill,
    joined,
    lower,
    money,
    named,
    numbered,
    on_day,
    once,
    plain,
    quote,
    sentence,
    stated,
)
from responsief.values import GEEN, format_day

NOBODY: Final = Sender()
DECIDED: Final = ("toegekend", "gedeeltelijk", "afgewezen")
MOST_TOLD: Final = 10  # alternatives told in full; of the others the titles

_FROM: Final = {"omstandigheid": "aangevoerd: ", "signaal": "signaal: ", "regeling": "", "huishouden": "", "behoefte": ""}
_STATUS: Final = {
    "in_bereik": "in bereik",
    "buiten_bereik": "buiten bereik",
    "geblokkeerd": "geblokkeerd",
    "onbekend": "nog onbekend of zij reikt",
}
_CLAUSE_KINDS: Final = {
    "verordening_clausule": "clausule van de verordening",
    "awb_4_84": "afwijken van een beleidsregel",
    "wettelijke_uitzondering": "uitzondering in de wet",
    "open_norm": "open norm",
    "evenredigheid_3_4_2": "evenredigheid",
    "groepsniveau": "alleen voor een hele groep",
    "geen": "geen clausule",
}
_SUGGESTION: Final = {
    "weegt_mee": "voorstel: telt mee",
    "weegt_niet_mee": "voorstel: verandert de uitkomst niet",
    "nog_te_wegen": "nog te wegen",
}
_KINDS: Final = {
    "deel": "wat dezelfde regel wel geeft",
    "andere_regeling": "andere regeling",
    "voorziening": "voorziening",
    "hardheid": "clausule",
    "eigen_kracht": "eigen kracht",
    "samen": "samen met anderen",
    "buiten_wet": "buiten de wet; vraagt een beslisser met naam",
}
_WHO: Final = {"overheid": "de overheid", "gemeente": "de gemeente", "inwoner": "de inwoner", "niemand": "niemand"}
_PROMISE: Final = {True: "gedaan", False: "nog niet gedaan", None: "onbekend of het is gedaan"}
_REMEDY: Final = {"bezwaar": "bezwaar", "administratief_beroep": "administratief beroep", "beroep": "beroep"}


def write_note(draft: Draft, sender: Sender | None = None, case: reasons.Case | None = None) -> str:
    """The note about a decided case, as plain text. `case` is what `reasons.read` made of it, if that was done already."""
    return render("nota.txt.j2", note_words(draft, sender or NOBODY, case or reasons.read(draft)))


def note_words(draft: Draft, sender: Sender, case: reasons.Case) -> dict[str, object]:
    """What the templates of a note are filled with."""
    regulation, situation, review = draft.regeling, draft.situatie, draft.hardheid
    own = named(regulation.naam)
    listed, said, reached = case.grounds, case.circumstances, case.reaches
    dated = note_facts.dated(draft)
    in_reach = list(
        {r.clause.id: r.clause for r in reached if r.clause.status == "in_bereik" and r.clause.soort != "groepsniveau"}.values()
    )
    ids = {g.criterion.id for g in listed}
    several = sum(g.consequence == "afwijzen" for g in listed) > 1
    rest = [c for c in draft.criteria if c.id not in ids]
    return {
        "titel": named(regulation.titel),
        "naam": own,
        "soort": named(regulation.soort).replace("_", " "),
        "vindplaats": named(regulation.regeling),
        "regelset": f"{named(regulation.regelset)}, versie {named(regulation.versie)}",
        "tekst_van": note_facts.version(regulation.tekst_van) if regulation.tekst_van else "datum van de tekst niet vastgelegd",
        "kenmerk": fill(sender.kenmerk, "kenmerk"),
        "peildatum": format_day(draft.peildatum),
        "uitkomst": draft.uitkomst,
        "wacht_tot": format_day(draft.wacht_tot) if draft.wacht_tot else None,
        "bedrag": money(draft.bedrag) if draft.bedrag else None,
        "bedrag_vol": money(draft.bedrag_vol) if draft.bedrag_vol and draft.bedrag_vol != draft.bedrag else None,
        "lees_eerst": [
            f"{quote(one.woorden)} – {one.waarom}." if one.woorden else sentence(one.waarom) for one in read_first(draft)
        ],
        "veiligheid": _safety(draft, sender),
        "doel": stated(regulation.doel),
        "welk_recht": note_facts.law_words(draft, own),
        "gronden": [
            note_facts.ground_words(ground, own, note_facts.dated(draft, ground.criterion.id), several=several)
            for ground in listed
        ],
        "voldaan": [note_facts.passed_words(c, own, draft.uitkomst == "toegekend") for c in rest if c.oordeel == "ja"],
        "anders": [
            (named(c.titel), cite(named(c.grondslag), own), note_facts.VERDICT[c.oordeel]) for c in rest if c.oordeel != "ja"
        ],
        "nodig": [note_facts.needed_words(n) for n in draft.nog_nodig],
        "clausules": [_clause(reach, own, dated) for reach in reached],
        "geen_clausule": review is not None and review.geen_clausule,
        "niet_te_dragen": numbered(case.beyond),
        "toelichting": [stated(line) for line in review.toelichting if named(line)] if review else [],
        "ingang": note_facts.start_words(draft, own),
        "ingang_bekend": draft.ingang is not None and draft.ingang.vanaf is not None,
        "verloop": [note_facts.stretch_words(one, draft) for one in draft.ingang.verloop] if draft.ingang else [],
        "aandacht": [note_facts.attention_words(one, own) for one in draft.aandacht],
        "wens": quote(situation.gewenst_effect) if situation.gewenst_effect else None,
        "omstandigheden": [
            (i.number, i.name, quote(i.words) if i.words else None, joined([quote(p) for p in i.evidence]), i.raised)
            for i in said
        ],
        "toezeggingen": _promises(draft),
        "gevolg": _effect(draft),
        "behoeften": _needs(draft),
        "geraakt": _touched(review),
        "ervoor": "; ".join(f"{i.number}. {i.name}" for i in said if any(w.voorstel == "weegt_mee" for w in i.weighings)),
        "tegen": [_against(one, own) for one in review.tegen] if review else [],
        "milder": [_milder(one, review) for one in review.milder] if review else [],
        "kinderen": _children(draft),
        "anderen": _others(draft),
        "wegingen": [
            (i.number, i.name if i.raised or not i.words else f"{i.name}: {quote(i.words)}", _suggestions(i, review))
            for i in said
        ],
        "te_motiveren": [
            (named(c.titel), _threshold(c), stated(c.reden) if c.soort == "evenredigheid_3_4_2" else None) for c in in_reach
        ],
        "afwijken_met": joined([f"«{named(c.titel)}»" for c in in_reach]),
        "uit_te_zoeken": joined(once(f"«{named(r.clause.titel)}»" for r in reached if r.clause.status == "onbekend")),
        "grenzen": dict.fromkeys(_boundary(b, draft) for b in review.grens) if review else {},
        "voorzieningen": [_alternative(a, own, draft.peildatum) for a in review.alternatieven[:MOST_TOLD]] if review else [],
        "meer_voorzieningen": "; ".join([named(a.titel) for a in review.alternatieven[MOST_TOLD:]]) if review else "",
        "bundels": _bundles(review) if review and review.bundels else [],
        "zonder_antwoord": joined([AREAS.get(area, plain(area)) for area in review.zonder_antwoord]) if review else "",
        "adviezen": note_facts.advice(draft),
        "aanvullen": cite(named(regulation.aanvullen), own) if regulation.aanvullen else None,
        "orgaan": body(regulation.orgaan),
        "beslissers": [(named(c.titel), body(c.wie_beslist)) for c in in_reach],
        "horen": cite(named(regulation.horen), own) if regulation.horen and draft.uitkomst != "wacht" else None,
        "betwist": once(note_facts.fact_words(f) for g in listed for f in g.criterion.feiten if f.betwist),
        "beslistermijn": named(regulation.beslistermijn) if regulation.beslistermijn else None,
        "geschillen": [note_facts.difference_words(one) for one in disputes(draft)],
        "signalen": [_signal(s, own) for s in reasons.signals(draft)],
        "spoed": _urgency(draft),
        "middel": _remedy(draft, sender, own),
        "niet_geverifieerd": [plain(line) for line in reasons.unverified(draft)],
    }


def _safety(draft: Draft, sender: Sender) -> str | None:
    if not reasons.discreet(draft, sender):
        return None
    return (
        "er is geweld of gevaar thuis genoemd. Het staat niet vast dat niemand anders de post leest: daarom laat de brief dit weg. "
        "[nog in te vullen door de medewerker: hoe betrokkene veilig te bereiken is]"
    )


# --- clauses, circumstances, consequences --------------------------------------------------------------------------------------


def _clause(reach: reasons.Reach, own: str, dated: str) -> tuple[object, ...]:
    one = reach.clause
    name, article, kind, threshold, text, may, direction, who = _clause_words(
        one.titel,
        one.grondslag,
        one.soort,
        one.maatstaf,
        one.tekst,
        one.geverifieerd,
        one.mag,
        one.richting,
        one.wie_beslist,
        own,
        dated,
    )
    where = f" voor voorwaarde {numbered(reach.numbers)}" if reach.numbers else ""
    reason = stated(one.reden) or "[nog in te vullen door de medewerker: waarom]"
    asked = [named(question) for question in reasons.own_questions(one.open_vragen)]
    played = "; ".join([_played(question) for question in one.open_vragen if question.startswith(SUGGESTED)])
    return name, article, kind, _STATUS[one.status], where, threshold, reason, text, may, direction, who, asked, played


@lru_cache(maxsize=1024)
def _clause_words(
    title: str, article: str, kind: str, threshold: str | None, text: str | None, verified: bool, may: tuple[str, ...],
    direction: str, who: str, own: str, dated: str,
) -> tuple[str, str, str, str | None, str | None, str, str, str]:  # fmt: skip
    """The words of the ruleset about a clause: the same in every decision."""
    cited_article = cite(plain(article), own)
    version = dated if own in cited_article else ""
    return (
        plain(title),
        cited_article,
        _CLAUSE_KINDS.get(kind, plain(kind)),
        note_facts.of_law(threshold, verified) + version if threshold else None,
        note_facts.of_law(text, verified) + version if text else None,
        joined([plain(what) for what in may]) or "niet bepaald",
        plain(direction).replace("_", " "),
        body(who),
    )


@lru_cache(maxsize=256)
def _played(question: str) -> str:
    """The circumstance that a suggested question asks about, by its name."""
    kind = question.removeprefix(SUGGESTED).rstrip("? ").replace(" ", "_")
    return CIRCUMSTANCES.get(kind) or plain(kind).replace("_", " ")


def _threshold(one: Clause) -> str | None:
    return note_facts.of_law(one.maatstaf, one.geverifieerd) if one.maatstaf else None


def _promises(draft: Draft) -> list[tuple[str | None, str, str, str]]:
    found = []
    for one in draft.situatie.toezeggingen or ():
        when = f", uiterlijk {on_day(one.uiterlijk)}" if one.uiterlijk is not None and one.uiterlijk is not GEEN else ""
        if one.wie or one.wat:
            found.append(
                (
                    quote(one.wie) if one.wie else None,
                    quote(one.wat) if one.wat else "niet omschreven",
                    when,
                    _PROMISE[one.gedaan],
                )
            )
    return found


def _effect(draft: Draft) -> str:
    title = named(draft.regeling.titel)
    full = f" Het gaat om {money(draft.bedrag_vol)}." if draft.bedrag_vol and draft.bedrag_vol.centen else ""
    match draft.uitkomst:
        case "afgewezen":
            return f"geen {lower(title)}.{full}"
        case "gedeeltelijk":
            return f"{lower(title)}, voor een deel.{full}"
        case "wacht":
            return "tot de genoemde datum wordt niet beslist. [nog in te vullen door de medewerker: waar betrokkene tot dan van leeft]"
        case "onbepaald":
            return f"er is nog niets beslist over {lower(title)}."
        case _:
            return title


def _needs(draft: Draft) -> list[str]:
    lines = []
    for need in draft.situatie.behoeften or ():
        weight = f", ernst {need.ernst} van 5" if need.ernst is not None else ""
        lines.append(
            f"behoefte {AREAS.get(need.leefgebied or '', '')}{weight}{f': {quote(need.woorden)}' if need.woorden else ''}"
        )
    return lines


def _touched(review: Review | None) -> dict[str, list[str]]:
    """Whose life the strict rule touches, an area a line; what somebody said of her needs stands there already."""
    found: dict[str, dict[str, list[str]]] = {"aanvrager": {}, "kinderen": {}, "anderen": {}}
    for one in review.gevolgen if review else ():
        if one.uit != "behoefte":
            told = lower(circumstance(one.tekst.replace(" ", "_"))) if one.uit == "omstandigheid" else named(one.tekst)
            shown = f"{_FROM[one.uit]}{told}"
            found[one.voor].setdefault(AREAS.get(one.leefgebied, plain(one.leefgebied)), []).append(shown)
    return {who: [f"{area}: {'; '.join(texts)}." for area, texts in areas.items()] for who, areas in found.items()}


def _against(one: Against, own: str) -> str:
    article = f" ({cite(plain(one.grondslag), own)})" if one.grondslag else ""
    return f"{sentence(one.tekst).rstrip('.')}{article}."


def _milder(one: Milder, review: Review | None) -> str:
    title = next((c.titel for c in review.clausules if c.id == one.clausule), one.clausule) if review else one.clausule
    return f"«{named(title)}»: {one.tekst}."


def _children(draft: Draft) -> str:
    children = draft.situatie.huishouden.kinderen
    if children is None:
        return "niet bekend of er kinderen zijn."
    at_home = sum(1 for child in children if child.thuiswonend)
    return f"{len(children)} onder de 18, van wie {at_home} thuis." if children else "geen kinderen onder de 18."


def _others(draft: Draft) -> str:
    household = draft.situatie.huishouden
    partner = (
        "geen partner" if household.partner is GEEN else "partner niet bekend" if household.partner is None else "een partner"
    )
    others = household.medebewoners
    housemates = "medebewoners niet bekend" if others is None else f"{len(others) or 'geen'} medebewoners vanaf 18 jaar"
    return f"{partner}; {housemates}."


def _suggestions(item: reasons.Circumstance, review: Review | None) -> list[tuple[str, str, str]]:
    titles = {c.id: named(c.titel) for c in review.clausules} if review else {}
    return [
        (
            f"Bij «{titles.get(w.clausule, plain(w.clausule))}»" if w.clausule else "Geen clausule in bereik",
            _SUGGESTION[w.voorstel],
            _suggested_reason(w.reden) or "[nog in te vullen door de medewerker: reden]",
        )
        for w in item.weighings
    ]


def _suggested_reason(text: str) -> str:
    why, purpose, goal = text.partition(reasons.PURPOSE)
    return f"{sentence(why)}{purpose}{sentence(goal)}" if purpose else sentence(why)


def _boundary(one: Boundary, draft: Draft) -> tuple[str, str, str | None, str | None]:
    criterion = next((c for c in draft.criteria if c.id == one.criterium), None)
    text = sentence(one.tekst)
    who = None
    if "dit veranderen" not in text:
        changes = f" ({plain(criterion.wat_wijzigt)})" if criterion is not None and criterion.wat_wijzigt else ""
        who = _WHO[one.wie] + changes
    return named(criterion.titel) if criterion else "Samen", text, plain(one.verschil) if one.verschil else None, who


def _alternative(one: Alternative, own: str, today: date) -> tuple[object, ...]:
    title, kind, article, step, who = _alternative_words(
        one.titel, one.soort, one.grondslag, one.geverifieerd, one.eerste_stap, one.wie_beslist, own
    )
    fits = "past" if one.past == "ja" else _to_find_out(one.vragen, one.zelf_uitzoeken)
    when = _term(one.termijn, own, today) if one.termijn is not None else None
    contact = stated(one.overdracht) if one.overdracht is not None else None
    before = _tried(one.eerder_geprobeerd) if one.eerder_geprobeerd is not None else None
    return title, kind, article, step, who, fits, stated(one.waarom), one.drempel, when, contact, before


def _term(one: Term, own: str, today: date) -> str:
    words = f"{stated(one.tekst).removesuffix('.')} ({cite(named(one.grondslag), own)})"
    if one.uiterlijk is None:
        return f"{words}."
    passed = "; die dag is voorbij" if one.uiterlijk < today else ""
    return f"{words}; uiterlijk {on_day(one.uiterlijk)}{passed}."


def _tried(one: Tried) -> str:
    words = f": {quote(one.woorden)}" if one.woorden else ""
    return f"{plain(one.tekst)}{words}. Te vragen: {stated(one.vraag)}"


def _bundles(review: Review) -> list[tuple[str, str, str]]:
    titles = {one.id: named(one.titel) for one in review.alternatieven}
    return [
        (named(b.titel), joined([f"«{titles[ident]}»" for ident in b.alternatieven]), stated(b.waarom)) for b in review.bundels
    ]


@lru_cache(maxsize=4096)
def _to_find_out(questions: tuple[str, ...], own_work: tuple[str, ...]) -> str:
    """What is asked of the client, and what the municipality finds out by itself."""
    asked = plain(" ".join(reasons.own_questions(questions)))
    parts = [f"te vragen: {asked}"] if asked else []
    parts += [f"zelf uit te zoeken: {plain(' '.join(own_work))}"] if own_work else []
    return f"na te gaan ({'; '.join(parts)})" if parts else "na te gaan"


@lru_cache(maxsize=4096)
def _alternative_words(
    title: str, kind: str, article: str, verified: bool, step: str, who: str, own: str
) -> tuple[str, str, str, str, str]:
    """The words of the catalogue about a provision: the same in every decision."""
    found = cite(plain(article), own) + ("" if verified else ", niet geverifieerd")
    return plain(title), _KINDS.get(kind, plain(kind)), found, sentence(step), body(who)


# --- signals and the remedy ----------------------------------------------------------------------------------------------------


def _signal(one: Signal, own: str) -> tuple[object, ...]:
    urgency = None
    if one.urgentie_werkdagen is not None:
        ground = {"wet": " (termijn uit de wet)", "eigen_norm": " (eigen norm)"}.get(one.urgentie_uit or "", "")
        urgency = f"{_within(one.urgentie_werkdagen)}{ground}"
    return (
        named(one.label),
        cite(named(one.grondslag), own),
        [plain(rule) for rule in one.waarom],
        urgency,
        joined([named(offer) for offer in one.biedt]),
        one.voorrang,
    )


def _within(days: int) -> str:
    return "meteen" if days == 0 else f"binnen {days} werkdag{'en' if days != 1 else ''}"


def _urgency(draft: Draft) -> str | None:
    if draft.hardheid is not None:
        days = draft.hardheid.urgentie_werkdagen
    else:
        days = min((s.urgentie_werkdagen for s in draft.haast if s.urgentie_werkdagen is not None), default=None)
    if days is None:
        return None
    try:
        until = f", gerekend vanaf de peildatum uiterlijk {on_day(add_working_days(draft.peildatum, days))}"
    except OverflowError:
        until = ""
    return f"Spoed: {_within(days)}{until}."


def _remedy(draft: Draft, sender: Sender, own: str) -> str | None:
    if draft.uitkomst not in DECIDED:
        return None
    remedy = draft.regeling.rechtsmiddel
    if remedy is None:
        return "[nog in te vullen door de medewerker: welk rechtsmiddel openstaat]"
    last = last_day(remedy, sender.verzonden_op) if sender.verzonden_op else None
    until = f"laatste dag {format_day(last)} bij verzending op {format_day(sender.verzonden_op)}" if last and sender.verzonden_op else (
        "de laatste dag volgt uit de dag van verzenden"
    )  # fmt: skip
    kind = _REMEDY.get(remedy.soort, named(remedy.soort))
    return f"{kind} bij {body(remedy.bij)}, {named(remedy.termijn)} vanaf {named(remedy.vanaf)} ({cite(named(remedy.grondslag), own)}); {until}."
