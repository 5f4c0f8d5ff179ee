"""The letter to the person, in B1 Dutch: decision, money, first step, person and date first; then why, and what does help.

A concept: a client never receives it. What only the office knows is a marked place, and what only a person can decide
says so. Of what somebody decided as the rules say, the same letter leaves out what is only proposed or asked. The boundary and who could move it, what lies outside the law and the signals stay out: those are for the note.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from responsief.decision import Alternative, Clause, Criterion, Draft, Fact, Needed, Remedy, Sender, Signal, Stretch
from responsief.motivation import reasons
from responsief.motivation.disputes import Dispute, disputes
from responsief.motivation.frame import NOBODY, frame, last_of, laws_of_help, laws_of_remedy
from responsief.motivation.law import cite, write_out
from responsief.motivation.render import render
from responsief.motivation.words import (
    MORE_HELP,
    SPEAKERS,
    cited,
    day_or_place,
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

DECIDED: Final = ("toegekend", "gedeeltelijk", "afgewezen")
LAWS_HEADING: Final = "Wetten en regels"
MOST_FACTS: Final = 4  # per ground; the note has all of them
ENOUGH_FACTS: Final = 3
TODAY: Final = 5  # working days: what can wait longer than this asks for a call, but not today
BOUND: Final = "Deze regel staat vast in de wet. Daarom telt alleen iets waar de wetgever geen rekening mee hield."
MOST_STRETCHES_ALONE: Final = 2  # a grant with fewer stretches of days says it in one line
_NOT_HERE: Final = "reikt hier niet: "
_MEASURE: Final = re.compile(r"-?(?:€ ?)?-?\d")  # an amount, a number, a date or a period: what can have a limit


def write_letter(draft: Draft, sender: Sender | None = None, case: reasons.Case | None = None, *, decided: bool = False) -> str:
    """The letter about a decided case, as plain text. `case` is what `reasons.read` made of it, if that was done already.

    `decided`: somebody decides as the rules say, so nothing is a proposal any more. The marked places are those of the concept.
    """
    words = _words(draft, sender or NOBODY, case or reasons.read(draft))
    return render("brief.txt.j2", words | {"besloten": decided})


def _words(draft: Draft, sender: Sender, case: reasons.Case) -> dict[str, object]:
    regulation, review = draft.regeling, draft.hardheid
    listed, said = case.grounds, case.circumstances
    shown = [item for item in said if not reasons.confidential(item, sender)]
    if len(shown) < len(said):
        shown = [item._replace(number=number) for number, item in enumerate(shown, 1)]
    discreet = reasons.discreet(draft, sender)
    options, more_help = reasons.for_letter(draft, sender)
    legal = None if discreet else reasons.legal_day(draft)
    told_clauses = reasons.clauses_told(draft, case)
    differences = [d for d in disputes(draft) if not reasons.unsafe(d.path, sender, d.recorded, d.claimed)]
    told_paths = {d.path for d in differences}
    remedy = regulation.rechtsmiddel if draft.uitkomst in DECIDED else None
    last = last_of(remedy, sender)
    needed = [n for n in draft.nog_nodig if n.gegeven not in told_paths and not reasons.unsafe(n.gegeven, sender)]
    questions = [n for n in needed if n.van == "aanvrager"]
    stands = [(item, *reasons.standing(item)) for item in shown]
    possible, impossible = _clauses(draft, case, told_clauses)
    no_clause = draft.uitkomst != "onbepaald" and review is not None and review.geen_clausule
    return frame(draft, sender, remedy, refused=draft.uitkomst != "toegekend") | {
        "bedrag": money(draft.bedrag) if draft.bedrag else None,
        "bedrag_vol": _full_amount(draft),
        "ingang": _start(draft),
        "verloop": _course(draft),
        "dagen_anders": draft.ingang is not None and bool(draft.ingang.otherwise(draft.uitkomst)),
        "oude_regels": " ".join([told_sentence(one.uitleg) for one in draft.overgang if one.oordeel == "ja"]),
        "let_op": [told_sentence(one.tekst) for one in draft.aandacht if one.past == "ja"],
        "eerst_aanvragen": draft.situatie.aanvraag.ontvangen_op is None and draft.situatie.aanvraag.gemeld_op is not None,
        "over_geld": draft.bedrag_vol is not None or "financien" in regulation.leefgebieden,
        "wacht_tot": day_or_place(draft.wacht_tot, "datum vanaf wanneer wij mogen beslissen"),
        "kan_wel": lower(told_sentence(options[0].titel)) if options and draft.uitkomst != "onbepaald" else None,
        "kan_zeker": bool(options) and options[0].past == "ja",
        "eerste_stap": _first_step(draft, options, questions, more=more_help, urgent=_urgent(draft) and not discreet),
        "haast": _pressing(draft, sender, discreet) if draft.haast else None,
        "dringend": _legal_day(legal, sender, last or draft.wacht_tot) if legal is not None else None,
        "vragen": [(number, _question(n), _why_asked(n)) for number, n in enumerate(questions, 1)],
        "zelf": _labels(needed, "gemeente"),
        "adviseur": _labels(needed, "adviseur"),
        "oordeel": _labels(needed, "oordeel"),
        "wens_hierbij": _wish_is_here(draft),
        "verschillen": [_difference(d) for d in differences],
        "mag_sturen": "uw loonstroken of berichten"
        if any(d.income == "loon" for d in differences)
        else "papieren of berichten",
        "punten": [_point(item, discreet) for item in shown if item.raised],
        "gronden": [_ground(ground, sender) for ground in listed],
        "aantal": upper(_COUNTS.get(len(listed), str(len(listed)))),
        "in_orde": [told(c.titel) for c in draft.criteria if c.oordeel == "ja"],
        "onbekend": [told(c.titel) for c in draft.criteria if c.oordeel == "onbekend"],
        "mogelijk": possible,
        "niet_mogelijk": impossible,
        "andere_uitzonderingen": told_clauses.others,
        "kan_eerder": any(g.consequence == "wacht" for g in listed) and bool(possible),
        "over_situatie": bool(
            possible or impossible or told_clauses.others or said or draft.situatie.toezeggingen or no_clause
        ),
        "geen_uitzondering": no_clause,
        "niet_te_dragen": numbered(case.beyond) if draft.uitkomst == "afgewezen" else "",
        "wegingen": [_weighing(*stand, discreet) for stand in stands if _told_by_client(stand[0])],
        "ook_gewogen": [_weighing(*stand, discreet) for stand in stands if not _told_by_client(stand[0])],
        "waarom_niet": _why_not(draft),
        "zwaar": draft.uitkomst in DECIDED and any(key == "geen" and item.raised for item, key, _ in stands),
        "beloften": [] if discreet else _promises(draft, sender),
        "wetten": _laws(draft, case.grounds, told_clauses, options, remedy, asked=bool(questions), legal=legal),
    }


# --- the head of the letter ----------------------------------------------------------------------------------------------


def _full_amount(draft: Draft) -> str | None:
    full, given = draft.bedrag_vol, draft.bedrag
    if full is None or not full.centen:
        return None
    return format_money(full.centen) if given is not None and given.per == full.per else money(full)


def _start(draft: Draft) -> tuple[str, str] | None:
    """From which day somebody gets it, and by which rule where that is the first day there could be."""
    start = draft.ingang
    if start is None or start.vanaf is None or draft.uitkomst not in ("toegekend", "gedeeltelijk"):
        return None
    return format_day(start.vanaf), told_sentence(start.uitleg) if start.vanaf == start.eerste_dag else ""


def _course(draft: Draft) -> list[str]:
    """Days on which it was otherwise than it is now: other amounts, no right, not decided yet; days of right before a refusal."""
    if draft.ingang is None or draft.uitkomst not in DECIDED:
        return []
    other = draft.ingang.otherwise(draft.uitkomst)
    if draft.uitkomst == "afgewezen":
        return [_stretch(one, draft) for one in other]
    if not other and len(draft.ingang.verloop) < MOST_STRETCHES_ALONE:
        return []
    return [_stretch(one, draft) for one in draft.ingang.verloop]


def _stretch(one: Stretch, draft: Draft) -> str:
    """The days of a stretch and what came out; the one that there still is on the reference date has no end."""
    if one.tot == draft.peildatum and one.recht:
        days = f"vanaf {format_day(one.van)}"
    elif one.van == one.tot:
        days = f"op {format_day(one.van)}"
    else:
        days = f"van {format_day(one.van)} tot en met {format_day(one.tot)}"
    if one.bedrag is not None:
        return f"{days}: {money(one.bedrag)}"
    if one.recht:
        return f"{days}: {'wel recht' if draft.uitkomst == 'afgewezen' else 'recht'}"
    titles = {c.id: c.titel for c in draft.criteria}
    if not one.afgewezen_op:
        return f"{days}: nog niet beslist"
    grounds = [f"Het ging om deze voorwaarde: {told(titles.get(ident, ident)).rstrip('.')}." for ident in one.afgewezen_op]
    return " ".join([f"{days}: geen recht.", *grounds])


def _urgent(draft: Draft) -> bool:
    return draft.hardheid is not None and draft.hardheid.urgentie_werkdagen is not None


def _first_step(draft: Draft, options: tuple[Alternative, ...], questions: list[Needed], *, more: bool, urgent: bool) -> str:
    if urgent:
        return "bel ons vandaag nog, of kom langs. Uw situatie heeft haast."
    if more:
        return f"bel uw contactpersoon. {MORE_HELP.removesuffix(' Bel uw contactpersoon.')}"
    if draft.uitkomst == "onbepaald":
        if not questions:
            return "u hoeft nu niets te doen."
        return f"beantwoord onze {'vraag' if len(questions) == 1 else 'vragen'} hieronder."
    step = told_sentence(options[0].eerste_stap) if options else ""
    return lower(step) if step else "bel uw contactpersoon. Wij kijken samen wat wel kan."


def _pressing(draft: Draft, sender: Sender, discreet: bool) -> str:
    """What can't wait for somebody who gets everything that was asked: the legal term first, and never what others may read."""
    if discreet or sender.gedeeld_adres is True:
        return MORE_HELP
    first, legal = draft.haast[0], reasons.legal_day(draft)
    if legal is not None and not first.voorrang:
        first = legal[0]
    days = first.urgentie_werkdagen
    today = first.voorrang or (days is not None and days <= TODAY)
    return f"Maar {lower(told(first.label)).rstrip('.')}. {'Bel ons vandaag nog.' if today else 'Bel ons daarover.'}"


def _legal_day(legal: tuple[Signal, date], sender: Sender, other: date | None) -> tuple[str, str] | None:
    """A day that a statute sets, when it comes before the other day that the letter names; and what to expect of it."""
    signal, day = legal
    if other is not None and other <= day:
        return None
    past = sender.verzonden_op is not None and sender.verzonden_op > day
    if reasons.debt_talk(signal):
        talk = "Uiterlijk die dag hebben wij een gesprek met u over uw schulden."
        late = "Uiterlijk die dag moest er een gesprek zijn over uw schulden. Was dat er niet? Bel ons vandaag nog."
        return format_day(day), late if past else talk
    if past:
        return None
    return format_day(day), "Uw situatie heeft haast. Hoorde u op die dag nog niets van ons? Bel ons dan."


def _wish_is_here(draft: Draft) -> bool:
    """Is what the client wants to reach something that this regulation is about? Not when it was never said."""
    situation = draft.situatie
    areas = situation.hulpvraag or tuple([need.leefgebied for need in situation.behoeften or () if need.leefgebied])
    return bool(areas) and set(areas) <= set(draft.regeling.leefgebieden)


# --- why ---------------------------------------------------------------------------------------------------------------


def _ground(ground: reasons.Ground, sender: Sender) -> tuple[object, ...]:
    one = ground.criterion
    return (
        ground.number,
        told(one.titel),
        told_sentence(one.uitleg) if one.uitleg else None,
        told_sentence(one.doel),
        [_fact(fact) for fact in telling(one, sender)],
        *compared(one),
        ground.consequence,
        format_money(one.aftrek) if one.aftrek is not None else None,
    )


def telling(one: Criterion, sender: Sender) -> list[Fact]:
    """The facts that tell the reader why: what was compared, what is disputed, what is so; of what is not so only a few."""
    safe = [fact for fact in one.feiten if not reasons.unsafe(fact.gegeven, sender, fact.waarde)]
    known = [fact for fact in safe if fact.betwist or (fact.waarde and fact.waarde != "geen")]
    if "€" in (one.waarde or ""):  # whoever reads that an amount is too high wants to see the amounts first
        known.sort(key=lambda fact: "€" not in (fact.waarde or ""))
    weighty = [fact for fact in known if fact.betwist or fact.waarde == one.waarde or fact.waarde != "nee"]
    chosen = weighty[:MOST_FACTS] if len(weighty) >= ENOUGH_FACTS else known[:ENOUGH_FACTS]
    return chosen or safe[:1]


def compared(one: Criterion) -> tuple[str | None, str | None]:
    """The value and its limit, of what has a limit; a choice or a yes is told as a fact."""
    value, limit = plain(one.waarde or ""), plain(one.grens or "")
    return (value, limit) if _MEASURE.match(value) and _MEASURE.match(limit) else (None, None)


def _fact(fact: Fact) -> str:
    value = plain(fact.waarde) if fact.waarde else "nog niet bekend"
    if "(" in value:  # a choice may name an article
        value = write_out(value)
    origin = source(fact.bron)
    where = [origin] if origin else []
    if fact.datum is not None:
        where.append(format_day(fact.datum))
    shown = f" ({', '.join(where)})" if where else ""
    return f"{told_name(fact.label)}: {value}{shown}." + (" U zegt dat dit anders is." if fact.betwist else "")


def _difference(one: Dispute) -> str:
    """What the register says and what the client says."""
    speaker = SPEAKERS.get(one.source or "", plain(one.source or "onze administratie"))
    day = f" ({format_day(one.day)})" if one.day is not None else ""
    recorded = one.recorded or "niets"
    if one.income is not None and one.recorded is not None:
        kind = f"een {one.income}" if one.income in ("loon", "pensioen") else one.income
        per = f" per {one.per}" if one.per else ""
        what = f"{upper(speaker)} noemt {kind} van {recorded}{per}{day}."
    else:
        what = f"{told_name(one.label)}: {speaker} noemt {recorded}{day}."
    return f"{what} U zegt: {one.claimed}."


# --- what is still asked ---------------------------------------------------------------------------------------------------


def _question(needed: Needed) -> str:
    return told_name(needed.vraag or needed.label)


def _why_asked(needed: Needed) -> str:
    if needed.reden == "betwist":
        return " U zei dat onze gegevens niet kloppen. Wij horen graag hoe het zit."
    if needed.reden == "in_onderzoek":
        return " Dit wordt nog onderzocht. Wij horen graag wat u weet."
    return ""


def _labels(needed: list[Needed], supplier: str) -> list[tuple[str, bool]]:
    return [(told(n.label), n.ja_nee) for n in needed if n.van == supplier]


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
        item.told,
        key,
        [_in_parts(reason.partition(reasons.PURPOSE)[0]) for reason in why if reason.strip()] if tell else [],
    )


def _told_by_client(item: reasons.Circumstance) -> bool:
    return item.raised or item.kind == "toezegging"


def _clauses(
    draft: Draft, case: reasons.Case, clauses: reasons.ToldClauses
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The clauses that can reach, and those of which the letter says that they don't: each with its own threshold words."""
    numbered_grounds = draft.uitkomst in DECIDED and len(case.grounds) > 1

    def where(numbers: tuple[int, ...]) -> str:
        return f" bij voorwaarde {numbered(numbers)}" if numbers and numbered_grounds else ""

    bound = {g.number for g in case.grounds if g.criterion.bevoegdheid == "gebonden" and g.criterion.rust_op == "wet"}
    possible: list[tuple[object, ...]] = [
        (
            told(clause.titel),
            clause.status == "in_bereik",
            where(numbers),
            _threshold(clause),
            BOUND if clause.soort == "evenredigheid_3_4_2" and bound.intersection(numbers) else None,
            _in_parts(clause.reden),
            [told_name(q) for q in reasons.own_questions(clause.open_vragen)],
        )
        for clause, numbers in clauses.possible
    ]
    impossible: list[tuple[object, ...]] = [
        (
            told(clause.titel),
            clause.status == "geblokkeerd",
            where(numbers),
            _threshold(clause),
            _barred_by(clause.reden, named(draft.regeling.naam)) if clause.status == "geblokkeerd" else _reach_of(clause.reden),
        )
        for clause, numbers in clauses.impossible
    ]
    return possible, impossible


@lru_cache(maxsize=2048)
def _reach_of(text: str) -> str:
    """Why a clause is of no use here, as sentences: «alleen X; niet Y» says what it is for and what not."""
    plainly = plain(text)
    scope = plainly.removeprefix(_NOT_HERE)
    if scope == plainly:
        return _in_parts(text)
    return " ".join([sentence(_scope(part)) for part in write_out(scope).split("; ")])


def _scope(part: str) -> str:
    for start, words in _SCOPES:
        if part.startswith(start):
            return words + part.removeprefix(start)
    return part


_SCOPES: Final = (
    ("alleen tot ", "deze uitzondering geldt alleen voor "),
    ("alleen ", "deze uitzondering geldt alleen voor "),
    ("niet ", "zij geldt niet voor "),
    ("tot ", "deze uitzondering geldt voor "),
)


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


def _laws(
    draft: Draft,
    grounds: tuple[reasons.Ground, ...],
    clauses: reasons.ToldClauses,
    options: tuple[Alternative, ...],
    remedy: Remedy | None,
    *,
    asked: bool,
    legal: tuple[Signal, date] | None,
) -> tuple[str, ...]:
    own = named(draft.regeling.naam)
    lines: list[str] = []
    shown = [g.criterion for g in grounds] if draft.uitkomst in ("afgewezen", "gedeeltelijk", "wacht") else _at_issue(draft)
    lines += [f"{told_name(c.titel)}: {cite(named(c.grondslag), own)}" for c in shown]
    lines += [f"Waarom de oude regels gelden: {cite(named(k.grondslag), own)}" for k in draft.overgang if k.oordeel == "ja"]
    for clause, _ in (*clauses.possible, *clauses.impossible) if draft.uitkomst != "toegekend" else ():
        lines.append(f"{told_name(clause.titel)}: {cite(named(clause.grondslag), own)}")
    lines += laws_of_help(options, own)
    if draft.ingang is not None and (_start(draft) or _course(draft)):
        lines.append(f"Vanaf welke dag: {cite(named(draft.ingang.grondslag), own)}")
    lines += [f"Let op: {cite(named(one.grondslag), own)}" for one in draft.aandacht if one.past == "ja"]
    if legal is not None and reasons.debt_talk(legal[0]):
        lines.append(f"Gesprek over uw schulden: {cite('Wgs 4 lid 2', own)}")
    if draft.regeling.aanvullen and draft.uitkomst == "onbepaald" and asked:
        lines.append(f"Tijd om uw aanvraag aan te vullen: {cite(named(draft.regeling.aanvullen), own)}")
    lines += laws_of_remedy(remedy, own, refused=draft.uitkomst != "toegekend")
    return once(lines)


_COUNTS: Final = {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht"}


def _at_issue(draft: Draft) -> tuple[Criterion, ...]:
    """What an answer is still waited for, or, where everything is in order, every criterion."""
    if draft.uitkomst == "toegekend":
        return draft.criteria
    return tuple(c for c in draft.criteria if c.oordeel == "onbekend" or c.id in draft.te_wegen)
