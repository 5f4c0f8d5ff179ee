"""Why an act does not make a decision yet: every reason at once, each with a code, the field it is about and what to do.

What stands in the way of a draft (`blokkades`) is settled by its own part of the act, or answered word for word: a blocker
of another kind is not passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, assert_never

from responsief.decision import BlokkadeSoort, Clause, Decision, Draft, Texts, Weighing
from responsief.diagnostics import Diagnostic
from responsief.finalise.act import Act, Weging, clause_id, whole
from responsief.finalise.decider import decider_refused
from responsief.finalise.grounds import disputes_refused, grounds_refused
from responsief.finalise.human import human_refused, last_day_not_to_deal
from responsief.finalise.outcome import GRANTED, as_decided, begins, checked, decided, only_human, sends_on
from responsief.finalise.papers import by_the_act, filling, final_texts, in_texts, places, record, to_fill
from responsief.finalise.wording import refused, said, same_body
from responsief.motivation.disputes import claims
from responsief.motivation.lint import DECIDED, lint
from responsief.values import GEEN, MONTHS, Between, format_day, format_money

_DATED: Final = re.compile(rf"^Datum: (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})$", re.MULTILINE)
_HEADLINE: Final = re.compile(r"^(?:Onderwerp|Besluit):.*$", re.MULTILINE)
_REFUSES: Final = re.compile(r"\b(?:krijgt (?:\w+ ){0,2}(?:geen|niet)|afgewezen|wijzen (?:\w+ ){0,4}af)\b", re.IGNORECASE)
_GRANTS: Final = re.compile(r"\b(?:u krijgt|toegekend|kennen (?:\w+ ){0,4}toe)\b", re.IGNORECASE)
_REFUSALS: Final = ("afgewezen", "gedeeltelijk")
_RANK: Final = {"afgewezen": 0, "wacht": 0, "onbepaald": 0, "gedeeltelijk": 1, "toegekend": 2}


def refusals(decision: Decision, act: Act) -> tuple[Diagnostic, ...]:
    """Every reason for which this act does not make a decision; empty when it does. Each `pad` is the field in the act."""
    found = [
        *decider_refused(act),
        *_mandate(decision, act),
        *_choice(decision, act),
        *human_refused(decision, act),
        *grounds_refused(decision, act),
        *disputes_refused(decision, act),
        *_weighings(decision, act),
        *_hearing(decision, act),
        *_advice(decision, act),
        *_people(decision, act),
        *_verified(decision, act),
        *_blockers(decision, act),
        *_days(act),
    ]
    for one in _papers(decision, act):
        # a place that another part of the act fills is said there; it counts by itself only when nothing else is wrong
        if not (found and one.code == "plek-open" and one.pad == "plekken" and by_the_act(one.tekst)):
            found.append(one)
    return tuple(dict.fromkeys(found))


# --- who ---------------------------------------------------------------------------------------------------------------


def _mandate(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    mandate = act.mandaat
    if mandate.namens is None or not said(mandate.bevoegdheid):
        yield refused("mandaat-ontbreekt", "mandaat")
    deviates = act.besluit.keuze == "wijkt_af"
    if deviates and mandate.afwijken is not True:
        yield refused("mandaat-niet-afwijken", "mandaat.afwijken")
    clauses = _named(decision, act) if deviates else ()
    if sends_on(act):
        return  # it is for the body that is not competent to send on (Awb 2:3)
    for organ in dict.fromkeys([c.wie_beslist for c in clauses] or [decision.draft.regeling.orgaan]):
        if mandate.namens is not None and not same_body(mandate.namens, organ):
            yield refused("mandaat-ander-orgaan", "mandaat.namens", naam=mandate.namens, wat=organ)


# --- what she decides --------------------------------------------------------------------------------------------------


def _choice(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    draft, chosen = decision.draft, act.besluit
    if only_human(act):  # what else it asks stands in `human`
        if not said(chosen.reden) and not sends_on(act):
            yield refused("besluit-zonder-reden", "besluit.reden")
        return
    yield from _missing(draft)
    yield from _discretion(draft, act)
    if chosen.uitkomst == "afgewezen" and chosen.bedrag is not None:
        yield refused("afwijzing-met-bedrag", "besluit.bedrag")
    yield from _period(decision, act)
    match chosen.keuze:
        case None:
            yield refused("keuze-ontbreekt", "besluit.keuze")
            return
        case "volgt_regels":
            yield from _follows(decision, act)
        case "eigen_oordeel":
            if not draft.te_wegen or draft.uitkomst != "onbepaald":
                yield refused("keuze-past-niet", "besluit.keuze")
            if chosen.uitkomst is None:
                yield refused("uitkomst-ontbreekt", "besluit.uitkomst")
            yield from _own_amount(draft, act)
        case _:
            yield from _deviates(decision, act)
            return
    if not said(chosen.reden) and not (chosen.keuze == "volgt_regels" and draft.uitkomst == "toegekend"):
        yield refused("besluit-zonder-reden", "besluit.reden")


def _period(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    """It ends on or after the day it begins; of a part of a date what it could be at best."""
    first = begins(decision, act) or act.besluit.vanaf
    last = act.besluit.tot
    first = first.lo if isinstance(first, Between) else first
    last = last.hi if isinstance(last, Between) else last
    if isinstance(first, date) and isinstance(last, date) and last < first:
        yield refused("tot-voor-vanaf", "besluit.tot", tot=format_day(last), vanaf=format_day(first))


def _missing(draft: Draft) -> Iterator[Diagnostic]:
    """What is still needed before anything can be decided: no words in an act take its place."""
    for need in draft.nog_nodig:
        if need.van == "adviseur":
            yield refused("advies-ontbreekt", "adviezen", wat=f"een verplicht advies ontbreekt: {need.label}")
        else:
            yield refused("gegeven-ontbreekt", "besluit", wat=need.label)


def _discretion(draft: Draft, act: Act) -> Iterator[Diagnostic]:
    turned_down = False
    for ident in draft.te_wegen:
        one = next((g for g in act.gronden or () if g.criterium == ident), None)
        if one is None or one.weigert is None or not said(one.reden):
            yield refused("grond-open", "gronden", wat=ident)
        turned_down = turned_down or (one is not None and one.weigert is True)
    outcome = act.besluit.uitkomst if act.besluit.keuze == "eigen_oordeel" else None
    if draft.te_wegen and outcome is not None and turned_down is not (outcome == "afgewezen"):
        yield refused("grond-tegenspraak", "besluit.uitkomst", wat=outcome)


def _own_amount(draft: Draft, act: Act) -> Iterator[Diagnostic]:
    """Who grants by her own judgement says how much, and no more than the rules know: for more she needs a clause."""
    chosen, full = act.besluit, draft.bedrag_vol
    if chosen.uitkomst not in GRANTED:
        return
    lacking = _open_amount(draft, act) if full is not None or chosen.bedrag is not None else {}
    if any(lacking.values()):
        yield refused("oordeel-onvolledig", "besluit", wat=", ".join(name for name, so in lacking.items() if so))
    if full is None:
        return
    if chosen.per not in (None, full.per):
        yield refused("oordeel-andere-periode", "besluit.per", per=chosen.per, wat=full.per)
    elif chosen.bedrag is not None and chosen.bedrag > full.centen:
        most = f"{format_money(full.centen)} per {full.per}"
        yield refused("oordeel-te-veel", "besluit.bedrag", bedrag=format_money(chosen.bedrag), wat=most)


def _open_amount(draft: Draft, act: Act) -> dict[str, bool]:
    """What a person who grants must say of how much and when, and whether it is not said."""
    chosen = act.besluit
    granted = chosen.uitkomst in GRANTED
    return {
        "hoeveel («bedrag»)": granted and chosen.bedrag is None and draft.bedrag_vol is not None,
        "per maand, jaar of keer («per»)": chosen.per is None
        and (chosen.bedrag is not None or (granted and draft.bedrag_vol is not None)),
        "vanaf wanneer («vanaf»)": granted and whole(chosen.vanaf) is None,
        "hoe lang («tot»)": granted and chosen.tot is not GEEN and whole(chosen.tot) is None,
    }


def _follows(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    chosen, until = act.besluit, decision.wacht_tot
    if decision.uitkomst == "wacht" and until is not None:
        yield refused("nog-wachten", "besluit.keuze", dag=format_day(until))
    elif decision.uitkomst not in DECIDED:
        yield refused("geen-uitkomst", "besluit.keuze")
    if chosen.uitkomst not in (None, decision.uitkomst):
        yield refused("uitkomst-past-niet", "besluit.uitkomst", wat=chosen.uitkomst)
    if chosen.bedrag is not None and (decision.bedrag is None or chosen.bedrag != decision.bedrag.centen):
        yield refused("uitkomst-past-niet", "besluit.bedrag", wat="een ander bedrag")
    if chosen.per is not None and (decision.bedrag is None or chosen.per != decision.bedrag.per):
        yield refused("uitkomst-past-niet", "besluit.per", wat=f"per {chosen.per}")
    if chosen.clausules:
        yield refused("uitkomst-past-niet", "besluit.clausules", wat="een clausule")
    if decision.uitkomst == "afgewezen":
        given = {"vanaf": chosen.vanaf, "tot": chosen.tot, "wat": chosen.wat}
        for name, one in given.items():
            if one is not None:
                yield refused("uitkomst-past-niet", f"besluit.{name}", wat=f"«{name}» bij een afwijzing")
    first = decision.draft.ingang.vanaf if decision.draft.ingang is not None else None
    if decision.uitkomst in GRANTED and first is not None and chosen.vanaf not in (None, first):
        yield refused("uitkomst-past-niet", "besluit.vanaf", wat=f"een andere dag dan {format_day(first)}")


def _named(decision: Decision, act: Act) -> tuple[Clause, ...]:
    """The clauses that she deviates with, an entry for each criterion."""
    review = decision.hardheid
    return tuple(c for c in review.clausules if c.id in (act.besluit.clausules or ())) if review is not None else ()


def carries(clause: Clause) -> bool:
    """Can a person deviate with this clause from this criterion? Not while it is unknown whether it is barred."""
    return clause.status == "in_bereik" and clause.soort not in ("groepsniveau", "geen")


def _deviates(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    draft, chosen = decision.draft, act.besluit
    entries = _named(decision, act)
    if not said(chosen.reden):
        yield refused("afwijking-zonder-reden", "besluit.reden")
    lacking = {
        "waarmee («clausules»)": not chosen.clausules,
        "de uitkomst": chosen.uitkomst is None,
        "wat u geeft («wat»)": not said(chosen.wat),
    } | _open_amount(draft, act)
    if any(lacking.values()):
        yield refused("afwijking-onvolledig", "besluit", wat=", ".join(name for name, so in lacking.items() if so))
    for ident in chosen.clausules or ():
        own = [c for c in entries if c.id == ident]
        if not any(map(carries, own)):
            why = own[0].reden if own else "deze clausule staat niet in het concept"
            yield refused("clausule-reikt-niet", "besluit.clausules", naam=ident, wat=why)
    weighed = [w.oordeel for w in act.wegingen or () if w.clausule in (chosen.clausules or ())]
    if weighed and all(verdict == "weegt_niet_mee" for verdict in weighed):
        yield refused("afwijking-zonder-grond", "besluit.clausules")
    if chosen.uitkomst is not None:
        yield from _reach(decision, act, [c for c in entries if carries(c)])


def _reach(decision: Decision, act: Act, entries: list[Clause]) -> Iterator[Diagnostic]:
    draft, chosen = decision.draft, act.besluit
    assert chosen.uitkomst is not None
    if chosen.uitkomst == draft.uitkomst == "afgewezen":
        yield refused("afwijking-zonder-verschil", "besluit.uitkomst")
    gain = _RANK[chosen.uitkomst] - _RANK[draft.uitkomst]
    less = gain == 0 and chosen.bedrag is not None and draft.bedrag is not None and chosen.bedrag < draft.bedrag.centen
    for clause in {c.id: c for c in entries}.values():
        if clause.richting == "ten_gunste" and (gain < 0 or less or chosen.uitkomst == "afgewezen"):
            yield refused("clausule-alleen-gunstig", "besluit.clausules", naam=clause.id)
    if chosen.uitkomst == "afgewezen":
        return
    reached = {c.criterium for c in entries}
    in_part = chosen.uitkomst == "gedeeltelijk"  # then what takes something off may stay
    in_way = [c for c in draft.failed if c.id not in draft.te_wegen and not (in_part and c.gevolg == "deel")]
    left = [c.titel for c in in_way if c.id not in reached]
    if left:
        yield refused("clausule-draagt-niet", "besluit.clausules", wat="; ".join(f"«{one}»" for one in left))
    may = {word for c in entries for word in c.mag}
    if entries and draft.uitkomst == "afgewezen" and not {"toekennen", "bedrag"} & may:
        named = entries[0].id
        yield refused("clausule-mag-niet", "besluit.uitkomst", naam=named, wat=f"zij mag alleen: {', '.join(sorted(may))}")


# --- weighing ----------------------------------------------------------------------------------------------------------


def _weighings(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    if sends_on(act):
        return
    left = list(enumerate(act.wegingen or ()))
    for asked in decision.hardheid.weging if decision.hardheid else ():
        at = next((n for n, (_, own) in enumerate(left) if _about(own, asked)), None)
        about = (
            f"«{asked.omstandigheid}»"
            + (f" («{asked.woorden}»)" if asked.woorden else "")
            + f" bij {asked.clausule or 'geen clausule'}"
        )
        if at is None:
            yield refused("weging-open", "wegingen", wat=about)
            continue
        number, own = left.pop(at)
        if own.oordeel in (None, "nog_te_wegen"):
            yield refused("weging-open", f"wegingen.{number}.oordeel", wat=about)
        elif not said(own.reden):
            yield refused("weging-zonder-reden", f"wegingen.{number}.reden", wat=about)
        elif _copied(own.reden, asked.reden):
            yield refused("weging-overgenomen", f"wegingen.{number}.reden", wat=about)
    for number, own in left:
        yield refused("weging-vreemd", f"wegingen.{number}", wat=f"{own.omstandigheid or 'zonder omstandigheid'}")


def _about(own: Weging, asked: Weighing) -> bool:
    key = own.omstandigheid, _flat(own.woorden), clause_id(own.clausule)
    return key == (asked.omstandigheid, _flat(asked.woorden), asked.clausule)


def _flat(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


def _copied(reason: str | None, suggested: str) -> bool:
    flat = _flat(reason).rstrip(".!?")
    whole_reason, alone = _flat(suggested), _flat(suggested.split(" Doel van de regel:")[0])
    return flat in (whole_reason.rstrip(".!?"), alone.rstrip(".!?"))


# --- hearing, advice, people -------------------------------------------------------------------------------------------


def _hearing(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    first = next((b.tekst for b in decision.blokkades if b.soort == "horen"), None)
    # who believes the register against the client has heard her, also where the draft no longer asks for it
    disputed = first is not None or any(n.reden == "betwist" for n in decision.nog_nodig) or bool(claims(decision.draft))
    chosen = act.besluit.keuze
    if decision.uitkomst == "toegekend" and not disputed and chosen == "volgt_regels":
        return
    if sends_on(act) or (chosen == "buiten_behandeling" and not disputed):
        return  # nothing is refused (Awb 4:7): of an invitation to complete her application she heard already
    heard = act.horen
    why = first or "er staat niet of de inwoner is gehoord"
    if heard.gehouden is None:
        yield refused("horen-open", "horen.gehouden", wat=why)
    elif heard.gehouden:
        if whole(heard.op) is None or not said(heard.wat_kwam_eruit):
            yield refused("horen-open", "horen", wat="er staat niet wanneer de inwoner is gehoord, of wat daaruit kwam")
    elif heard.niet_omdat is None or not said(heard.toelichting):
        yield refused("horen-open", "horen.niet_omdat", wat="er staat niet waarom de inwoner niet is gehoord")
    elif chosen == "niet_vast_te_stellen" and heard.niet_omdat == "gegevens_gevolgd":
        yield refused("horen-open", "horen.niet_omdat", wat="er zijn geen gegevens van de inwoner om te volgen")
    elif disputed and heard.niet_omdat == "gegevens_gevolgd":
        yield refused(
            "horen-open", "horen.niet_omdat", wat="de inwoner zegt juist iets anders dan waar het besluit van uitgaat"
        )


def _advice(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    if sends_on(act):
        return
    if act.adviezen is None:
        yield refused("adviezen-open", "adviezen")
    elif not act.adviezen and any(one.bron == "adviseur" for one in decision.draft.situatie.feiten.values()):
        yield refused("advies-verzwegen", "adviezen")
    for number, one in enumerate(act.adviezen or ()):
        lacking = {
            "van": not one.van,
            "op": whole(one.op) is None,
            "inhoud": not said(one.inhoud),
            "gevolgd": one.gevolgd is None,
        }
        if any(lacking.values()):
            yield refused("advies-onvolledig", f"adviezen.{number}", wat=", ".join(n for n, so in lacking.items() if so))
        if one.gevolgd is False and not said(one.reden):
            yield refused("advies-zonder-reden", f"adviezen.{number}.reden", wie=one.van or "de adviseur")
    if act.besluit.keuze != "wijkt_af":
        return
    for clause in {c.id: c for c in _named(decision, act) if c.eerst_nodig}.values():
        if not any(one.voor == clause.id for one in act.adviezen or ()):
            first = "; ".join(clause.eerst_nodig)
            yield refused("advies-ontbreekt", "adviezen", wat=f"voor «{clause.id}» is eerst nodig: {first}")


def _people(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    if act.tegenspraak is None:
        yield refused("tegenspraak-open", "tegenspraak")
    for number, dissent in enumerate(act.tegenspraak or ()):
        if not dissent.wie or not said(dissent.wat):
            yield refused("tegenspraak-onvolledig", f"tegenspraak.{number}")
    stand = act.inwoner
    silent = stand.standpunt is None or (stand.standpunt == "niet_bereikt" and not said(stand.woorden))
    if silent and not sends_on(act):  # of sending on she is told, not asked
        yield refused("standpunt-ontbreekt", "inwoner.standpunt")
    if act.toezeggingen is None:
        yield refused("toezeggingen-open", "toezeggingen")
    for number, one in enumerate(act.toezeggingen or ()):
        lacking = {
            "wat": not said(one.wat),
            "stand": one.stand is None,
            "wie": one.stand == "open" and not one.wie,
            "uiterlijk": one.stand == "open" and whole(one.uiterlijk) is None,
            "reden": one.stand == "vervalt" and not said(one.reden),
        }
        if any(lacking.values()):
            missing = ", ".join(n for n, so in lacking.items() if so)
            yield refused("toezegging-onvolledig", f"toezeggingen.{number}", naam=one.wat or "", wat=missing)
    answered = {_flat(one.wat) for one in act.toezeggingen or ()}
    for words in promised(decision):
        if _flat(words) not in answered:
            yield refused("toezegging-open", "toezeggingen", naam=words)


def promised(decision: Decision) -> tuple[str, ...]:
    """What the municipality promised before and is not known to have done."""
    made = decision.draft.situatie.toezeggingen or ()
    return tuple(dict.fromkeys(p.wat or "een toezegging" for p in made if p.gedaan is not True))


# --- what was read, and what still stood in the way --------------------------------------------------------------------


def to_verify(decision: Decision) -> tuple[str, ...]:
    """The texts that carry this decision and that nobody compared with their source: the ruleset, grounds, clauses in reach."""
    draft = decision.draft
    found = []
    if not draft.regeling.geverifieerd:
        found.append(f"{draft.regeling.regelset} {draft.regeling.versie}")
    found += [c.grondslag for c in draft.failed if not c.geverifieerd]
    if draft.hardheid is not None:
        found += [c.grondslag for c in draft.hardheid.clausules if not c.geverifieerd and c.status in ("in_bereik", "onbekend")]
    return tuple(dict.fromkeys(found))


def _verified(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    seen = checked(act)
    for text in to_verify(decision) if not sends_on(act) else ():
        if text not in seen:
            yield refused("tekst-ongeverifieerd", "gecontroleerd", wat=text)


def to_answer(decision: Decision) -> tuple[str, ...]:
    """The blockers that no other part of the act settles: each is answered word for word."""
    return tuple(b.tekst for b in decision.blokkades if not _settled(b.soort, decision))


def _settled(kind: BlokkadeSoort, decision: Decision) -> bool:
    """Is there another part of the act, or a refusal, that a blocker of this kind cannot get past?"""
    draft = decision.draft
    match kind:
        case "weging_open" | "voorstel":
            return draft.hardheid is not None and bool(draft.hardheid.weging)
        case "mandaat" | "horen":
            return True
        case "tekst_ongeverifieerd":
            return bool(to_verify(decision))
        case "geschil":
            return bool(claims(draft))
        case "wegen":
            return bool(draft.te_wegen)
        case "gegevens_vragen" | "zelf_opzoeken" | "advies" | "oordeel":
            return bool(draft.nog_nodig)  # `_missing` refuses whatever is answered
        case "clausule" | "verloop" | "geen_uitkomst" | "wachten" | "anders":
            return False
        case _:
            assert_never(kind)


def _blockers(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    answers = {_flat(one.blokkade): one.antwoord for one in act.blokkades or ()}
    for blocker in to_answer(decision) if not sends_on(act) else ():
        if not said(answers.get(_flat(blocker))):
            yield refused("blokkade-open", "blokkades", wat=blocker)
    known = {_flat(b.tekst) for b in decision.blokkades}
    for number, one in enumerate(act.blokkades or ()):
        if _flat(one.blokkade) not in known:
            yield refused("blokkade-vreemd", f"blokkades.{number}", wat=one.blokkade or "")


def _days(act: Act) -> Iterator[Diagnostic]:
    day = whole(act.datum)
    if day is None:
        yield refused("datum-onvolledig", "datum")
        return
    before: list[tuple[str, object]] = [("horen.op", act.horen.op), ("inwoner.op", act.inwoner.op)]
    before += [(f"adviezen.{n}.op", one.op) for n, one in enumerate(act.adviezen or ())]
    before += [(f"gecontroleerd.{n}.op", one.op) for n, one in enumerate(act.gecontroleerd or ())]
    for pad, one in before:
        if isinstance(one, date) and one > day:
            yield refused("datum-volgorde", pad, dag=format_day(one), hoe="na", besluit=format_day(day))
    for number, promise in enumerate(act.toezeggingen or ()):
        until = whole(promise.uiterlijk)
        if promise.stand == "open" and until is not None and until < day:
            yield refused(
                "datum-volgorde", f"toezeggingen.{number}.uiterlijk", dag=format_day(until), hoe="vóór", besluit=format_day(day)
            )


# --- the texts ---------------------------------------------------------------------------------------------------------


def _papers(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    texts = final_texts(decision, act)
    open_places = [*_places(decision, act, texts)]
    yield from open_places
    yield from _contradicts(decision, act, texts.brief)
    day, sent = whole(act.datum), _sent(texts.brief)
    if day is not None and sent is not None and sent < day:
        yield refused("brief-te-vroeg", "datum", dag=format_day(sent), besluit=format_day(day))
    last = last_day_not_to_deal(act.buiten_behandeling) if act.besluit.keuze == "buiten_behandeling" else None
    if sent is not None and last is not None and sent > last:  # it must be made known by then (Awb 4:5 lid 4)
        yield refused("behandelen-te-laat", "brief", dag=format_day(last))
    draft = as_decided(decision, act)
    judged = [*lint(draft, texts, final=True)]
    if act.nota is not None:  # what she states is held to the same measure where her own note does not repeat it
        judged += lint(draft, Texts(texts.brief, texts.nota + "\n" + record(decision, act)), final=True)
    for finding in judged:
        of_review = finding.code in ("geen-alternatief", "weging-ontbreekt")
        if of_review and decision.hardheid is None:
            continue  # sent on while the rules grant: there was nothing to review
        if finding.code != "nog-in-te-vullen" or not open_places:
            yield Diagnostic(finding.code, finding.tekst, hulp=finding.hulp, pad=finding.waar)


def _sent(letter: str) -> date | None:
    """The date of a letter, where it has one."""
    found = _DATED.search(letter)
    try:
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])) if found is not None else None
    except ValueError:  # 31 april
        return None


def _contradicts(decision: Decision, act: Act, letter: str) -> Iterator[Diagnostic]:
    """What a letter says on top is what was decided."""
    outcome = decided(decision, act)
    for line in _HEADLINE.findall(letter):
        refuses = bool(_REFUSES.search(line))
        grants = not refuses and bool(_GRANTS.search(line))
        if (refuses and outcome not in _REFUSALS) or (grants and outcome not in GRANTED):
            yield refused("brief-spreekt-tegen", "brief", uitkomst=outcome, wat=f"«{line}»")


def _places(decision: Decision, act: Act, texts: Texts) -> Iterator[Diagnostic]:
    """No place may be left: of the drafts each by its name, of her own texts by its words."""
    stood = {one.plek: one for one in places(decision, act)}
    of_draft = {one.plek for one in to_fill(decision)}  # of a text that she does not use: no harm
    written = {given.plek: number for number, given in enumerate(act.plekken or ())}
    for one in stood.values():
        if getattr(act, one.waar) is None and not filling(decision, act, one):
            at = written.get(one.plek)
            yield refused("plek-open", "plekken" if at is None else f"plekken.{at}.invulling", wat=one.regel)
    for one in in_texts(texts):
        if getattr(act, one.waar) is not None:
            yield refused("plek-open", one.waar, wat=one.regel)
    for number, given in enumerate(act.plekken or ()):
        place = stood.get(given.plek or "")
        if place is None and given.plek in of_draft:
            continue
        if place is None:
            yield refused("plek-vreemd", f"plekken.{number}", wat=given.plek or "")
        elif given.staat_er is not None and _flat(given.staat_er) != _flat(place.staat_er):
            yield refused("plek-veranderd", f"plekken.{number}", wat=place.staat_er)
