"""The letter to the person, in B1 Dutch: decision, money, first step, person and date first; then why, and what does help.

A concept: a client never receives it. What only the office knows is a marked place, and what only a person can decide
says so. The boundary and who could move it, what lies outside the law and the signals stay out: those are for the note.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from responsief.decision import Alternative, Clause, Criterion, Draft, Fact, Needed, Remedy, Sender
from responsief.motivation import reasons
from responsief.motivation.law import cite, write_out
from responsief.motivation.render import render
from responsief.motivation.terms import last_day, last_post_day
from responsief.motivation.words import (
    MORE_TOLD,
    body,
    cited,
    day_or_place,
    decider,
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
    quoted,
    sentence,
    source,
    told,
    told_name,
    told_sentence,
    upper,
)
from responsief.values import GEEN, format_day, format_money

NOBODY: Final = Sender()
DECIDED: Final = ("toegekend", "gedeeltelijk", "afgewezen")
LAST_DAY: Final = "laatste dag, te rekenen vanaf de dag van verzenden"
LAWS_HEADING: Final = "Wetten en regels"
MOST_QUESTIONS: Final = 2  # per alternative; a conversation asks the rest
MOST_FACTS: Final = 4  # per ground; the note has all of them
ENOUGH_FACTS: Final = 3
_NOT_HERE: Final = "reikt hier niet: "


def write_letter(draft: Draft, sender: Sender | None = None, case: reasons.Case | None = None) -> str:
    """The letter about a decided case, as plain text. `case` is what `reasons.read` made of it, if that was done already."""
    return render("brief.txt.j2", _words(draft, sender or NOBODY, case or reasons.read(draft)))


def _words(draft: Draft, sender: Sender, case: reasons.Case) -> dict[str, object]:
    regulation, review = draft.regeling, draft.hardheid
    listed, said = case.grounds, case.circumstances
    shown = [item for item in said if not reasons.confidential(item, sender)]
    if len(shown) < len(said):
        shown = [item._replace(number=number) for number, item in enumerate(shown, 1)]
    discreet = reasons.discreet(draft, sender)
    options = reasons.for_letter(draft, sender)
    remedy = regulation.rechtsmiddel if draft.uitkomst in DECIDED else None
    needed = [n for n in draft.nog_nodig if not reasons.unsafe(n.gegeven, sender)]
    questions = [n for n in needed if n.van == "aanvrager"]
    stands = [(item, *reasons.standing(item)) for item in shown]
    possible, impossible = _clauses(draft, case)
    no_clause = draft.uitkomst != "onbepaald" and review is not None and review.geen_clausule
    wish = draft.situatie.gewenst_effect
    words: dict[str, object] = {
        "uitkomst": draft.uitkomst,
        "regeling": _name(draft),
        "afzender": _sender_lines(sender),
        "naam": fill(sender.naam_client, "naam"),
        "datum": day_or_place(sender.verzonden_op, "datum van verzenden"),
        "kenmerk": fill(sender.kenmerk, "kenmerk"),
        "aanvraag": _application(draft),
        "bedrag": money(draft.bedrag) if draft.bedrag else None,
        "bedrag_vol": _full_amount(draft),
        "eerst_aanvragen": draft.situatie.aanvraag.ontvangen_op is None and draft.situatie.aanvraag.gemeld_op is not None,
        "over_geld": draft.bedrag_vol is not None or "financien" in regulation.leefgebieden,
        "wacht_tot": day_or_place(draft.wacht_tot, "datum vanaf wanneer wij mogen beslissen"),
        "kan_wel": lower(told_sentence(options[0].titel)) if options and draft.uitkomst != "onbepaald" else None,
        "kan_zeker": bool(options) and options[0].past == "ja",
        "eerste_stap": _first_step(draft, options, questions, urgent=_urgent(draft) and not discreet),
        "contactpersoon": fill(sender.contactpersoon, "naam contactpersoon"),
        "telefoon": fill(sender.telefoon, "telefoonnummer"),
        "bereikbaar": fill(sender.bereikbaar, "wanneer bereikbaar"),
        "bezwaar": remedy is not None and remedy.soort == "bezwaar",
        "laatste_dag": None if remedy is None else _last(remedy, sender),
        "vragen": [(number, _question(n), _why_asked(n)) for number, n in enumerate(questions, 1)],
        "zelf": _labels(needed, "gemeente"),
        "adviseur": _labels(needed, "adviseur"),
        "oordeel": _labels(needed, "oordeel"),
        "wens": quoted(wish) if wish and not discreet else None,
        "gevraagd": _asked(draft, discreet),
        "punten": [_point(item, discreet) for item in shown if item.raised],
        "meer_verteld": MORE_TOLD,
        "gronden": [_ground(ground, sender) for ground in listed],
        "aantal": upper(_COUNTS.get(len(listed), str(len(listed)))),
        "in_orde": [told(c.titel) for c in draft.criteria if c.oordeel == "ja"],
        "onbekend": [told(c.titel) for c in draft.criteria if c.oordeel == "onbekend"],
        "mogelijk": possible,
        "niet_mogelijk": impossible,
        "over_situatie": bool(possible or impossible or said or draft.situatie.toezeggingen or no_clause),
        "geen_uitzondering": no_clause,
        "niet_te_dragen": numbered(case.beyond) if draft.uitkomst == "afgewezen" else "",
        "wegingen": [_weighing(*stand, discreet) for stand in stands if _told_by_client(stand[0])],
        "ook_gewogen": [_weighing(*stand, discreet) for stand in stands if not _told_by_client(stand[0])],
        "waarom_niet": _why_not(draft),
        "zwaar": draft.uitkomst in DECIDED and any(key == "geen" and item.raised for item, key, _ in stands),
        "beloften": [] if discreet else _promises(draft, sender),
        "hulp": [
            (
                number,
                told(one.titel),
                told_sentence(one.eerste_stap),
                decider(one.wie_beslist),
                one.past == "ja",
                [told_name(question) for question in reasons.own_questions(one.vragen)][:MOST_QUESTIONS],
            )
            for number, one in enumerate(options, 1)
        ],
        "middel": None if remedy is None else _remedy(remedy, sender, refused=draft.uitkomst != "toegekend"),
        "besluit": _decision_name(draft, sender),
        "helper": upper(fill(sender.hulp_bij_brief, "wie gratis helpt met deze brief")),
        "namens": body(regulation.orgaan),
        "wetten": _laws(draft, case, options, remedy),
    }
    return words


# --- the head of the letter ----------------------------------------------------------------------------------------------


def _name(draft: Draft) -> str:
    return lower(told(draft.regeling.titel))


def _sender_lines(sender: Sender) -> list[str]:
    lines = [fill(sender.organisatie, "naam van de organisatie")]
    address = [plain(line) for line in (sender.adres or "").splitlines()]
    return lines + ([line for line in address if line] or ["[vul in: adres van de organisatie]"])


def _application(draft: Draft) -> str | None:
    received = draft.situatie.aanvraag.ontvangen_op
    if received is not None:
        return f"{upper(on_day(received))} kregen wij uw aanvraag."
    reported = draft.situatie.aanvraag.gemeld_op
    return f"{upper(on_day(reported))} meldde u zich bij ons." if reported is not None else None


def _asked(draft: Draft, discreet: bool) -> str | None:
    asked = draft.situatie.aanvraag.gevraagd
    if not asked.soort or discreet:
        return None
    return f"{quote(asked.soort)}, voor {format_money(asked.kosten)}." if asked.kosten is not None else quoted(asked.soort)


def _full_amount(draft: Draft) -> str | None:
    full, given = draft.bedrag_vol, draft.bedrag
    if full is None:
        return None
    return format_money(full.centen) if given is not None and given.per == full.per else money(full)


def _urgent(draft: Draft) -> bool:
    return draft.hardheid is not None and draft.hardheid.urgentie_werkdagen is not None


def _first_step(draft: Draft, options: tuple[Alternative, ...], questions: list[Needed], *, urgent: bool) -> str:
    if urgent:
        return "bel ons vandaag nog, of kom langs. Uw situatie heeft haast."
    if draft.uitkomst == "onbepaald":
        if not questions:
            return "u hoeft nu niets te doen."
        return f"beantwoord onze {'vraag' if len(questions) == 1 else 'vragen'} hieronder."
    step = told_sentence(options[0].eerste_stap) if options else ""
    return lower(step) if step else "bel uw contactpersoon. Wij kijken samen wat wel kan."


# --- why ---------------------------------------------------------------------------------------------------------------


def _ground(ground: reasons.Ground, sender: Sender) -> tuple[object, ...]:
    one = ground.criterion
    return (
        ground.number,
        told(one.titel),
        told_sentence(one.uitleg) if one.uitleg else None,
        told_sentence(one.doel),
        [_fact(fact) for fact in _telling(one, sender)],
        *_compared(one),
        ground.consequence,
        format_money(one.aftrek) if one.aftrek is not None else None,
    )


def _telling(one: Criterion, sender: Sender) -> list[Fact]:
    """The facts that tell the reader why: what was compared, what is disputed, what is so; of what is not so only a few."""
    safe = [fact for fact in one.feiten if not reasons.unsafe(fact.gegeven, sender)]
    known = [fact for fact in safe if fact.betwist or (fact.waarde and fact.waarde != "geen")]
    weighty = [fact for fact in known if fact.betwist or fact.waarde == one.waarde or fact.waarde != "nee"]
    chosen = weighty[:MOST_FACTS] if len(weighty) >= ENOUGH_FACTS else known[:ENOUGH_FACTS]
    return chosen or safe[:1]


def _compared(one: Criterion) -> tuple[str | None, str | None]:
    return (plain(one.waarde) if one.waarde else None, plain(one.grens) if one.grens else None)


def _fact(fact: Fact) -> str:
    value = plain(fact.waarde) if fact.waarde else "nog niet bekend"
    origin = source(fact.bron)
    where = [origin] if origin else []
    if fact.datum is not None:
        where.append(format_day(fact.datum))
    shown = f" ({', '.join(where)})" if where else ""
    return f"{told_name(fact.label)}: {value}{shown}." + (" U zegt dat dit anders is." if fact.betwist else "")


# --- what is still asked ---------------------------------------------------------------------------------------------------


def _question(needed: Needed) -> str:
    return told_name(needed.vraag or needed.label)


def _why_asked(needed: Needed) -> str:
    if needed.reden == "betwist":
        return " U zei dat onze gegevens niet kloppen. Wij horen graag hoe het zit."
    if needed.reden == "in_onderzoek":
        return " Dit wordt nog onderzocht. Wij horen graag wat u weet."
    return ""


def _labels(needed: list[Needed], supplier: str) -> list[str]:
    return [told(n.label) for n in needed if n.van == supplier]


# --- the person's situation ---------------------------------------------------------------------------------------------------


def _point(item: reasons.Circumstance, discreet: bool) -> tuple[int, str, str | None, str | None]:
    words = quoted(item.words) if item.words and not discreet else None
    papers = joined([quote(paper) for paper in item.evidence]) if not discreet else ""
    return item.number, item.name, words, papers or None


def _weighing(
    item: reasons.Circumstance, key: reasons.Standing, why: tuple[str, ...], discreet: bool
) -> tuple[int, str, str, list[str]]:
    tell = key in ("mee", "niet") and not discreet
    return (
        item.number,
        item.name,
        key,
        [_in_parts(reason.partition(reasons.PURPOSE)[0]) for reason in why if reason.strip()] if tell else [],
    )


def _told_by_client(item: reasons.Circumstance) -> bool:
    return item.raised or item.kind == "toezegging"


def _clauses(draft: Draft, case: reasons.Case) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The clauses that can reach, and those that don't: each with its own threshold words."""
    numbered_grounds = draft.uitkomst in DECIDED and len(case.grounds) > 1
    possible: list[tuple[object, ...]] = []
    impossible: list[tuple[object, ...]] = []
    for clause, numbers in case.reaches:
        if clause.soort == "geen":
            continue
        where = f" bij voorwaarde {numbered(numbers)}" if numbers and numbered_grounds else ""
        if clause.status in ("in_bereik", "onbekend") and clause.soort != "groepsniveau":
            asked = [told_name(q) for q in reasons.own_questions(clause.open_vragen)]
            possible.append(
                (told(clause.titel), clause.status == "in_bereik", where, _threshold(clause), _in_parts(clause.reden), asked)
            )
        elif draft.uitkomst != "onbepaald":
            barred = clause.status == "geblokkeerd"
            scoped = not barred and clause.reden.startswith(_NOT_HERE)
            if barred:
                why = _barred_by(clause.reden, named(draft.regeling.naam))
            else:
                why = _in_parts(clause.reden.removeprefix(_NOT_HERE))
            impossible.append((told(clause.titel), barred, where, _threshold(clause), scoped, why))
    return possible, impossible


@lru_cache(maxsize=2048)
def _barred_by(text: str, own: str) -> str:
    """«Pw 16 lid 2: de reden» as two sentences: the reason, and where it stands. The words are the ruleset's."""
    told_parts = []
    for part in plain(text).split("; "):
        article, colon, why = part.partition(": ")
        told_parts.append(
            f"{sentence(write_out(why))} Dat staat in {cite(article, own)}." if colon else sentence(write_out(part))
        )
    return " ".join(told_parts)


@lru_cache(maxsize=2048)
def _in_parts(text: str) -> str:
    """A reason in sentences of its own: a semicolon makes a long sentence out of two. The words are the ruleset's."""
    return " ".join([sentence(part) for part in write_out(plain(text)).split("; ")])


def _threshold(clause: Clause) -> str | None:
    if not clause.maatstaf:
        return None
    # A text that nobody compared with its source is told, not quoted.
    return cited(clause.maatstaf) if clause.geverifieerd else named(clause.maatstaf).rstrip(".")


def _why_not(draft: Draft) -> str:
    statuses = {c.status for c in draft.hardheid.clausules if c.soort != "geen"} if draft.hardheid else set()
    if "geblokkeerd" in statuses:
        return "de wet bij u geen uitzondering toestaat"
    if statuses:
        return "geen uitzondering in de regels hierbij past"
    return "deze regeling geen uitzondering heeft"


def _promises(draft: Draft, sender: Sender) -> list[tuple[str | None, str, str, str]]:
    today = sender.verzonden_op or draft.peildatum
    found = []
    for one in draft.situatie.toezeggingen or ():
        if not (one.wat or one.wie):
            continue
        due = None if one.uiterlijk is GEEN else one.uiterlijk
        kept = {True: "ja", None: "onbekend", False: "later" if isinstance(due, date) and due >= today else "nee"}[one.gedaan]
        when = f", uiterlijk {on_day(due)}" if due is not None else ""
        found.append((quote(one.wie) if one.wie else None, quote(one.wat) if one.wat else "een belofte", when, kept))
    return found


# --- the remedy, and the articles --------------------------------------------------------------------------------------------


def _last(remedy: Remedy, sender: Sender) -> str:
    last = last_day(remedy, sender.verzonden_op) if sender.verzonden_op is not None else None
    return day_or_place(last, LAST_DAY)


def _remedy(remedy: Remedy, sender: Sender, *, refused: bool) -> tuple[object, ...]:
    last = last_day(remedy, sender.verzonden_op) if sender.verzonden_op is not None else None
    by_post = last_post_day(remedy, last) if last is not None else None
    posted = format_day(by_post) if by_post else None
    if last is None and remedy.grondslag.startswith("Awb"):
        posted = "[vul in: een week na de laatste dag]"
    return (
        remedy.soort,
        plain(remedy.termijn),
        day_or_place(last, LAST_DAY),
        posted,
        body(remedy.bij),
        remedy.soort == "bezwaar" and refused,
    )


def _decision_name(draft: Draft, sender: Sender) -> str:
    return f"{_name(draft)}, kenmerk {fill(sender.kenmerk, 'kenmerk')}"


def _laws(draft: Draft, case: reasons.Case, options: tuple[Alternative, ...], remedy: Remedy | None) -> tuple[str, ...]:
    own = named(draft.regeling.naam)
    lines: list[str] = []
    shown = (
        [g.criterion for g in case.grounds] if draft.uitkomst in ("afgewezen", "gedeeltelijk", "wacht") else _at_issue(draft)
    )
    lines += [f"{told_name(c.titel)}: {cite(named(c.grondslag), own)}" for c in shown]
    for clause, _ in case.reaches:
        if clause.soort != "geen" and draft.uitkomst != "toegekend":
            lines.append(f"{told_name(clause.titel)}: {cite(named(clause.grondslag), own)}")
    lines += [
        f"{told_name(one.titel)}: {cite(named(one.grondslag), own)}" for one in options if one.geverifieerd and _has_law(one)
    ]
    if draft.regeling.aanvullen and draft.uitkomst == "onbepaald" and any(n.van == "aanvrager" for n in draft.nog_nodig):
        lines.append(f"Tijd om uw aanvraag aan te vullen: {cite(named(draft.regeling.aanvullen), own)}")
    if remedy is not None:
        lines.append(f"{_REMEDY_NAMES.get(remedy.soort, 'Beroep')}: {cite(named(remedy.grondslag), own)}")
        if remedy.soort == "bezwaar":
            lines.append(f"Wat in uw bezwaar staat en wanneer het op tijd is: {cite('Awb 6:5, 6:8, 6:9 en 6:11', own)}")
        if remedy.soort == "bezwaar" and draft.uitkomst != "toegekend":
            lines.append(f"Voorlopige voorziening: {cite('Awb 8:81', own)}")
    return once(lines)


_COUNTS: Final = {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht"}
_REMEDY_NAMES: Final = {"bezwaar": "Bezwaar", "administratief_beroep": "Administratief beroep"}


def _at_issue(draft: Draft) -> tuple[Criterion, ...]:
    """What an answer is still waited for, or, where everything is in order, every criterion."""
    if draft.uitkomst == "toegekend":
        return draft.criteria
    return tuple(c for c in draft.criteria if c.oordeel == "onbekend" or c.id in draft.te_wegen)


def _has_law(one: Alternative) -> bool:
    return not one.grondslag.strip().lower().startswith(("geen", "lokaal", "lokale", "eigen"))
