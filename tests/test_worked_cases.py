"""Every case of the shipped rulesets, the worked cases of practice among them, put in words that a court and a reader accept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

import worked
from responsief.decision import Clause, Decision, Draft, Sender
from responsief.motivation.lint import lint
from responsief.motivation.reasons import discreet
from responsief.motivation.words import (
    AREAS,
    IN_CONFIDENCE,
    body,
    circumstance,
    lower,
    money,
    named,
    plain,
    quote,
    quoted,
    stated,
    told,
    told_name,
    told_sentence,
)
from responsief.values import format_money


@pytest.fixture(scope="module")
def decisions() -> list[tuple[str, Decision]]:
    return [(f"{one.ruleset}: {one.case.naam}", one.decision) for one in worked.decided()]


def test_every_case_is_put_in_words_that_pass_the_lint(decisions: list[tuple[str, Decision]]) -> None:
    """Circumstances named, only the clause's own threshold words, the right remedy, no sentence over twenty words in the letter."""
    refused = {name: found for name, decision in decisions if (found := lint(decision.draft, decision.motivering))}
    assert refused == {}


def test_every_case_that_is_no_full_grant_has_its_review_and_something_that_helps(
    decisions: list[tuple[str, Decision]],
) -> None:
    seen: Counter[str] = Counter()
    for name, decision in decisions:
        seen[decision.uitkomst] += 1
        assert (decision.hardheid is None) == (decision.uitkomst == "toegekend"), name
        if decision.hardheid is not None:
            assert decision.hardheid.alternatieven, name
    assert seen["afgewezen"] >= 50
    assert min(seen[outcome] for outcome in ("toegekend", "onbepaald", "wacht")) >= 5


# --- the parts that every letter and note has --------------------------------------------------------------------------------


class Page(NamedTuple):
    """A text in its parts: what stands above the first heading, and what stands under each heading, in order."""

    head: str
    under: dict[str, str]

    def has(self, heading: str, *words: str) -> Iterator[str]:
        """What is missing of these words under this heading, or the heading itself."""
        if heading not in self.under:
            yield f"«{heading}»"
        for one in words:
            if one not in self.under.get(heading, one):
                yield f"«{one}» onder «{heading}»"

    def on_top(self, *words: str) -> Iterator[str]:
        yield from (f"«{one}» bovenaan" for one in words if one not in self.head)

    def has_if(self, needed: bool, heading: str, *words: str) -> Iterator[str]:
        """As `has` where the part is needed; where it is not, the part may not be there."""
        if needed:
            yield from self.has(heading, *words)
        elif heading in self.under:
            yield f"«{heading}» hoort hier niet"


def in_parts(text: str) -> Page:
    head, *rest = re.split(r"^(\S.*)\n-{3,}\n", text, flags=re.MULTILINE)
    return Page(head, {heading: under.strip() for heading, under in zip(rest[::2], rest[1::2], strict=True)})


NOBODY = Sender()
Part = Callable[[Draft, Page], Iterator[str]]

DECIDED = ("toegekend", "gedeeltelijk", "afgewezen")
OPENING = {
    "toegekend": ("Besluit: ja.", "goed"),
    "gedeeltelijk": ("Besluit: u krijgt voor een deel {regeling}.", "u krijgt voor een deel {regeling}"),
    "afgewezen": ("Besluit: u krijgt geen {regeling}.", "u krijgt geen {regeling}"),
    "onbepaald": ("Stand van zaken: wij kunnen nog niet beslissen.", "voor {regeling}"),
    "wacht": ("Stand van zaken: wij wachten met uw aanvraag tot ", "wij wachten nog met uw aanvraag voor {regeling}"),
}
WHY = {
    "toegekend": "Waar wij naar keken",
    "gedeeltelijk": "Waarom krijgt u niet alles?",
    "afgewezen": "Waarom krijgt u dit niet?",
    "onbepaald": "Wat wij nog willen weten",
    "wacht": "Waarom wachten wij?",
}
TOLD, SITUATION, REMEDY, HELP, LAWS, MIND = (
    "Wat u ons vertelde",
    "Wij keken ook naar uw situatie",
    "Bent u het niet eens met dit besluit?",
    "Vragen of hulp nodig?",
    "Wetten en regels",
    "Let op",
)
POSSIBLE = {
    "afgewezen": "Wat kan wel?",
    "gedeeltelijk": "Wat kan nog meer?",
    "onbepaald": "Wat kunt u nu al doen?",
    "wacht": "Wat kunt u nu al doen?",
}


def address_and_subject(draft: Draft, page: Page) -> Iterator[str]:
    subject = OPENING[draft.uitkomst][1].format(regeling=lower(told(draft.regeling.titel)))
    yield from page.on_top("CONCEPT", "\n[vul in: naam van de organisatie]", "\nAan: ", "\nDatum: ", "\nKenmerk: ", "\nBeste ")
    line = next((one for one in page.head.splitlines() if one.startswith("Onderwerp: ")), "")
    if subject not in line or lower(told(draft.regeling.titel)) not in line:
        yield f"«Onderwerp: … {subject}»"


def decision_first(draft: Draft, page: Page) -> Iterator[str]:
    """One sentence above everything else. The word «Besluit» stands there if and only if something was decided."""
    opening = OPENING[draft.uitkomst][0].format(regeling=lower(told(draft.regeling.titel)))
    yield from page.on_top(f"\n{opening}")
    if ("\nBesluit: " in page.head) != (draft.uitkomst in DECIDED):
        yield "«Besluit:» alleen bij een besluit"
    _, _, after = page.head.partition(opening)
    if "Uw eerste stap: " not in after or "Uw contactpersoon: " not in after:
        yield "het besluit staat niet vooraan"


def what_it_means(draft: Draft, page: Page) -> Iterator[str]:
    """The first step and the day that counts; a decision against which nothing can be done has no such day."""
    yield from page.on_top("\nUw eerste stap: ")
    asked = any(
        n.van == "aanvrager" and n.reden != "betwist" and not n.gegeven.startswith("veiligheid") for n in draft.nog_nodig
    )
    if draft.uitkomst == "wacht":
        yield from page.on_top("Vanaf die dag ")
    elif draft.uitkomst == "onbepaald":
        yield from page.on_top("Stuur ons uw antwoord uiterlijk op die dag." if asked else "Op die dag hoort u van ons")
    elif draft.regeling.rechtsmiddel is not None:
        yield from page.on_top("Tot en met die dag kunt u ")


def why(draft: Draft, page: Page) -> Iterator[str]:
    """Every condition that stands in the way, by name, with its purpose; of a grant every condition that was looked at."""
    if draft.uitkomst == "wacht":
        shown = [c for c in draft.failed if c.gevolg == "wacht_tot"]
        words = [told(c.doel).rstrip(".") for c in shown if c.doel]
    else:
        shown = [c for c in draft.criteria if c.oordeel == "ja"] if draft.uitkomst == "toegekend" else [*draft.failed]
        words = [told(c.titel) for c in shown]
    yield from page.has(WHY[draft.uitkomst], *words)
    if not page.under.get(WHY[draft.uitkomst]):
        yield f"onder «{WHY[draft.uitkomst]}» staat niets"
    if draft.uitkomst in ("afgewezen", "gedeeltelijk"):  # the facts, the rule, and what follows from it (Awb 3:46, 3:47)
        for number, one in enumerate(draft.failed, 1):
            rule = [f"De regel: {told_sentence(one.uitleg)}"] if one.uitleg else []
            purpose = [f"Waarom die regel er is: {told_sentence(one.doel)}"] if one.doel else []
            taken = [f"Er gaat {format_money(one.aftrek)} af."] if one.aftrek and one.id not in draft.afgewezen_op else []
            yield from page.has(WHY[draft.uitkomst], *rule, *purpose, *taken)
            if one.id in draft.afgewezen_op:
                yield from page.has(WHY[draft.uitkomst], f"{'Daarom' if number == 1 else 'Ook daarom'} krijgt u geen ")
                if re.match(r"€", one.waarde or "") and re.match(r"€", one.grens or ""):
                    yield from page.has(WHY[draft.uitkomst], f"De grens is {one.grens}. Bij u gaat het om {one.waarde}.")
        if any(fact.waarde for one in draft.failed for fact in one.feiten) and not discreet(draft, NOBODY):
            yield from page.has(WHY[draft.uitkomst], "Dit weten wij:\n- ")
    if draft.uitkomst == "onbepaald":  # what the municipality must find out is never asked of the client
        asked = [n for n in draft.nog_nodig if n.van == "aanvrager" and n.reden != "betwist"]
        safe = [told_name(n.vraag or n.label) for n in asked if not n.gegeven.startswith("veiligheid")]
        yield from page.has(WHY["onbepaald"], "Wij vragen u alleen dit:" if safe else "", *safe)
        starts = {  # of a fact that is so or not, the letter says that it is found out whether it is
            "gemeente": ("Wij zoeken dit op", "Wij zoeken op of dit zo is"),
            "adviseur": ("Wij vragen dit aan een adviseur", "Wij vragen een adviseur of dit zo is"),
            "oordeel": ("Een medewerker kijkt hiernaar", "Een medewerker kijkt of dit zo is"),
        }
        ours = [
            n for n in draft.nog_nodig if n.van in starts and n.reden != "betwist" and not n.gegeven.startswith("veiligheid")
        ]
        yield from page.has(WHY["onbepaald"], *(f"- {starts[n.van][n.ja_nee]}: {told(n.label)}." for n in ours))


def what_you_told(draft: Draft, page: Page) -> Iterator[str]:
    """Every circumstance by name, except those that a housemate may not read; a full grant needs none."""
    told_us = [circumstance(one.soort) for one in draft.situatie.omstandigheden or () if one.soort not in IN_CONFIDENCE]
    if not discreet(draft, NOBODY) and draft.uitkomst != "toegekend":
        told_us += [f"Dit wilt u bereiken: {quoted(draft.situatie.gewenst_effect)}"] if draft.situatie.gewenst_effect else []
        told_us += ["Uw vraag aan ons: "] if draft.situatie.aanvraag.gevraagd.soort else []
    yield from page.has_if(draft.uitkomst != "toegekend", TOLD, *told_us, "Misschien staat hier niet alles")


VERDICT = r"Dit kan een reden zijn|Een medewerker weegt dit nog|Ons voorstel is|Dit maakt het wachten niet korter|Dit verandert ons besluit niet"


def weighed(draft: Draft, page: Page) -> Iterator[str]:
    """Always where something is refused or must wait. While all is open: where there is something to weigh, or to weigh by."""
    review = draft.hardheid
    if review is None:
        yield from page.has_if(False, SITUATION)
        return
    reaching = [
        c for c in review.clausules if c.status in ("in_bereik", "onbekend") and c.soort not in ("geen", "groepsniveau")
    ]
    there = bool(reaching or draft.situatie.omstandigheden or review.weging or draft.situatie.toezeggingen)
    yield from page.has_if(draft.uitkomst != "onbepaald" or there, SITUATION, *(told(c.titel) for c in reaching))
    if draft.uitkomst != "onbepaald" and review.geen_clausule:
        yield from page.has(SITUATION, "Daarom mogen wij niet")
    for one in draft.situatie.omstandigheden or ():
        if one.soort not in IN_CONFIDENCE:
            yield from page.has(SITUATION, f". {circumstance(one.soort)}.")
    for verdict in re.findall(r"^\d+\. [^\n]*\n?[^\n]*", page.under.get(SITUATION, ""), re.MULTILINE):
        if not re.search(VERDICT, verdict):
            yield f"geen oordeel bij «{verdict.splitlines()[0]}»"
    for promise in draft.situatie.toezeggingen or ():
        if promise.wat and not discreet(draft, NOBODY):
            yield from page.has(SITUATION, "Dit is u beloofd:", quote(promise.wat))


def what_can_be_done(draft: Draft, page: Page) -> Iterator[str]:
    """Help with a first step and who decides. A full grant leaves nothing to look for."""
    if draft.uitkomst == "toegekend":
        yield from (f"«{one}» hoort hier niet" for one in POSSIBLE.values() if one in page.under)
        return
    yield from page.has(POSSIBLE[draft.uitkomst])
    under = page.under.get(POSSIBLE[draft.uitkomst], "")
    if not re.search(r"^\d\. ", under, re.MULTILINE):
        yield "er staat geen hulp"
    for helped in re.split(r"^(?=\d\. )", under, flags=re.MULTILINE)[1:]:
        if "   Wie beslist: " not in helped and "Bel uw contactpersoon" not in helped:
            yield f"niet wie beslist bij «{helped.splitlines()[0]}»"
        if "   Eerste stap: " not in helped and "Bel uw contactpersoon" not in helped:
            yield f"geen eerste stap bij «{helped.splitlines()[0]}»"


def amount_and_day(draft: Draft, page: Page) -> Iterator[str]:
    """The amount with its first day; who gets none of a regulation on money reads that; what to mind, of a decision."""
    if draft.bedrag and draft.uitkomst in ("toegekend", "gedeeltelijk"):
        yield from page.on_top(f"\nGeld: {money(draft.bedrag)}.", "\nWanneer: ")
    elif draft.uitkomst != "toegekend" and (draft.bedrag_vol is not None or "financien" in draft.regeling.leefgebieden):
        yield from page.on_top("\nGeld: ")
    sure = [told(one.tekst).rstrip(".") for one in draft.aandacht if one.past == "ja"]
    yield from page.has_if(bool(sure) and draft.uitkomst in ("toegekend", "gedeeltelijk", "afgewezen"), MIND, *sure)


def remedy(draft: Draft, page: Page) -> Iterator[str]:
    """If and only if something was decided: which remedy, the term, the last day, where to, what to write."""
    decided = draft.uitkomst in DECIDED
    against = draft.regeling.rechtsmiddel
    if not decided or against is None:
        yield from page.has_if(decided, REMEDY, "[vul in: wat de inwoner tegen dit besluit kan doen")
        return
    kind = "U kunt bezwaar maken." if against.soort == "bezwaar" else "U kunt in beroep gaan."
    yield from page.has(
        REMEDY,
        kind,
        f"binnen {against.termijn}",
        "Uw laatste dag is ",
        f"Stuur uw brief naar {body(against.bij)}.",
        "Zet dit in uw brief:",
        "uw naam en adres",
        "over welk besluit het gaat: ",
        "waarom u het niet eens bent",
        "uw handtekening",
        "Bent u te laat",
        "bellen telt niet als ",
    )
    if against.soort == "bezwaar" and draft.uitkomst != "toegekend":
        yield from page.has(REMEDY, "voorlopige voorziening")


def contact_and_help(draft: Draft, page: Page) -> Iterator[str]:
    """Whom to call, on top and below; who helps for nothing. Who got a no, or part, or must wait, reads of two more."""
    yield from page.on_top("\nUw contactpersoon: ", ", telefoon ")
    yield from page.has(HELP, "Uw contactpersoon is ", "Telefoon: ", "helpt u gratis.", "U mag iemand meenemen")
    if draft.uitkomst not in ("toegekend", "onbepaald"):
        yield from page.has(HELP, "sociaal raadslieden", "Juridisch Loket")


def laws_and_signature(draft: Draft, page: Page) -> Iterator[str]:
    """The articles in a box of their own at the end, those of what was decided on among them; a person signs."""
    yield from page.has(HELP, f"\nnamens {body(draft.regeling.orgaan)},\n", "[vul in: handtekening, naam en functie")
    if [*page.under][-1] != LAWS:
        yield "de wetten staan niet onderaan"
    shown = draft.criteria if draft.uitkomst == "toegekend" else () if draft.uitkomst == "onbepaald" else draft.failed
    against = draft.regeling.rechtsmiddel if draft.uitkomst in DECIDED else None
    names = {"bezwaar": "- Bezwaar: ", "administratief_beroep": "- Administratief beroep: ", "beroep": "- Beroep: "}
    yield from page.has(LAWS, "- ", *(f"- {told_name(c.titel)}: " for c in shown), names[against.soort] if against else "")


def in_order(draft: Draft, page: Page) -> Iterator[str]:
    """A refusal opens with what the client told; where nothing is decided, what is still needed comes first."""
    told_first = draft.uitkomst in ("afgewezen", "gedeeltelijk")
    order = [TOLD, WHY[draft.uitkomst]] if told_first else [WHY[draft.uitkomst], TOLD]
    order += [SITUATION, POSSIBLE.get(draft.uitkomst, ""), REMEDY, HELP, LAWS]
    found = [heading for heading in page.under if heading != MIND]
    if found != [heading for heading in order if heading in page.under]:
        yield f"de volgorde is {found}"


LETTER: dict[str, Part] = {
    "1 subject": address_and_subject,
    "2 decision first": decision_first,
    "3 what it means": what_it_means,
    "4 why": why,
    "4 what you told us": what_you_told,
    "5 weighed": weighed,
    "6 what can be done": what_can_be_done,
    "7 amount and day": amount_and_day,
    "8 remedy": remedy,
    "9 contact and help": contact_and_help,
    "10 laws and signature": laws_and_signature,
    "in order": in_order,
}


@pytest.mark.parametrize("part", LETTER)
def test_every_letter_has_each_obligatory_part_of_its_outcome(decisions: list[tuple[str, Decision]], part: str) -> None:
    missing = {
        f"{name} ({one.uitkomst})": found
        for name, one in decisions
        if (found := [*LETTER[part](one.draft, in_parts(one.motivering.brief))])
    }
    assert missing == {}


NOTE = (
    "1. Clausule, bevoegdheid en maatstaf",
    "2. Doel van de regel",
    "3. Gronden en feiten",
    "4. Wat betrokkene naar voren bracht",
    "5. Gevolgen als de regel onverkort geldt",
    "6. Past dit bij het doel?",
    "7. De grens",
    "8. Andere regelingen en voorzieningen",
    "9. Geschikt, noodzakelijk, evenwichtig",
    "10. Advies",
    "11. Voorstel",
    "12. Gelijke gevallen",
    "13. Wie beslist",
)


def _threshold(clause: Clause) -> str:
    """The words of the threshold: in quotation marks where they were compared with their source, and said where they were not."""
    words = plain(clause.maatstaf or "")
    return words if not words else f"«{words}»" if clause.geverifieerd else f"{words} (tekst niet geverifieerd)"


GRANT_NOTE = ("Doel en voorwaarden", "Wie beslist")
OPEN = "[nog in te vullen door de medewerker: "


def the_power(draft: Draft, page: Page) -> Iterator[str]:
    """Every clause with its article, its threshold and who decides on it; or that there is none."""
    review = draft.hardheid
    assert review is not None
    for clause in review.clausules:
        yield from page.has(NOTE[0], f"- {named(clause.titel)} (", _threshold(clause))
        yield from page.has(NOTE[0], "  Reden: ", "Mag: ", f"beslist: {body(clause.wie_beslist)}.")
    if review.geen_clausule:
        yield from page.has(NOTE[0], "Geen clausule reikt")
    if not page.under.get(NOTE[0]):
        yield "onder 1 staat niets"


def the_purpose(draft: Draft, page: Page) -> Iterator[str]:
    own = [f"Voorwaarde {number}: {stated(c.doel) or OPEN}" for number, c in enumerate(draft.failed, 1)]
    yield from page.has(NOTE[1], f"Regeling: {stated(draft.regeling.doel)}", *own)


def the_facts(draft: Draft, page: Page) -> Iterator[str]:
    """Each ground with what it rests on and its facts with source and date; all that is met; all that is still needed."""
    for number, one in enumerate(draft.failed, 1):
        yield from page.has(
            NOTE[2], f"Voorwaarde {number}: {named(one.titel)}\n  Grondslag: ", *(named(f.label) for f in one.feiten)
        )
    if draft.failed:
        yield from page.has(NOTE[2], "  Gevolg: ", "  Vergeleken: " if any(c.waarde and c.grens for c in draft.failed) else "")
    if any(fact.waarde for one in draft.failed for fact in one.feiten):
        yield from page.has(NOTE[2], "(bron: ", "; datum: ")
    yield from page.has(NOTE[2], *(f"- {named(c.titel)} (" for c in draft.criteria if c not in draft.failed))
    yield from page.has(NOTE[2], *(f"- {named(n.label)} ({n.gegeven}): " for n in draft.nog_nodig))


def what_was_said(draft: Draft, page: Page) -> Iterator[str]:
    """What she wants, each circumstance with its number and her words, what was promised; nothing said is said too."""
    said = draft.situatie.omstandigheden or ()
    yield from page.has(NOTE[3], "Gewenst effect: ")
    for number, one in enumerate(said, 1):
        yield from page.has(NOTE[3], f"{number}. {circumstance(one.soort)}", one.woorden or "")
    for promise in draft.situatie.toezeggingen or ():
        yield from page.has(NOTE[3], "Toezegging", promise.wat or "")
    assert draft.hardheid is not None
    if not said and not draft.hardheid.weging:
        yield from page.has(NOTE[3], "Er zijn geen omstandigheden genoemd.")


def what_it_does(draft: Draft, page: Page) -> Iterator[str]:
    """For her, for children and for others; what it really means a person writes, once something is to be decided."""
    yield from page.has(NOTE[4], "Voor betrokkene: ", "Voor kinderen: ", "Voor anderen: ")
    assert draft.hardheid is not None
    touched = {AREAS.get(one.leefgebied, one.leefgebied) for one in draft.hardheid.gevolgen if one.uit != "behoefte"}
    yield from page.has(NOTE[4], *(f"- {area}: " for area in sorted(touched)))
    yield from page.has(NOTE[4], f"{OPEN}wat dit gevolg" if draft.uitkomst != "onbepaald" else "")


def whether_it_fits(draft: Draft, page: Page) -> Iterator[str]:
    """A place for the weighing of every circumstance, and for the conclusion at every clause that reaches."""
    assert draft.hardheid is not None
    if draft.uitkomst == "onbepaald":
        yield from page.has(NOTE[5], "Er is nog geen besluit.")
        return
    yield from page.has(NOTE[5], "Zij zijn niet de weging: die doet een mens.")
    for number, _ in enumerate(draft.situatie.omstandigheden or (), 1):
        yield from page.has(NOTE[5], f"{OPEN}weging van omstandigheid {number}]")
    for one in draft.hardheid.weging:
        yield from page.has(NOTE[5], f". {circumstance(one.omstandigheid)}", ". Reden: ")
    reaching = [c for c in draft.hardheid.clausules if c.status == "in_bereik" and c.soort != "groepsniveau"]
    yield from page.has(NOTE[5], *(f"Slotsom bij «{named(c.titel)}»: {OPEN}" for c in reaching))
    if not reaching:
        yield from page.has(NOTE[5], "Er is geen clausule waaraan deze omstandigheden zijn te toetsen.")
    if draft.hardheid.tegen:
        yield from page.has(NOTE[5], "Tegen afwijken pleit:", "Voor afwijken ")


def the_boundary(draft: Draft, page: Page) -> Iterator[str]:
    assert draft.hardheid is not None
    yield from page.has(
        NOTE[6], "Dit is uitleg en geen advies aan betrokkene.", "- " if draft.hardheid.grens else "Geen verschil"
    )


def what_else_there_is(draft: Draft, page: Page) -> Iterator[str]:
    """Everything that was found, by name; whether it is enough a person says, once something is to be decided."""
    assert draft.hardheid is not None
    yield from page.has(NOTE[7], *(named(one.titel) for one in draft.hardheid.alternatieven))
    yield from page.has(NOTE[7], "Eerste stap: ", "Gevonden via: ", "Beslist: ")
    yield from page.has(NOTE[7], f"{OPEN}is dit toereikend" if draft.uitkomst != "onbepaald" else "")


def the_proportion(draft: Draft, page: Page) -> Iterator[str]:
    """Of a decision; who still waits, or must still be asked, has none."""
    if draft.uitkomst not in DECIDED:
        yield from page.has(NOTE[8], "Er is nog geen besluit.")
        return
    assert draft.hardheid is not None
    yield from page.has(NOTE[8], *(f"{OPEN}{one}]" for one in ("geschikt", "noodzakelijk", "evenwichtig")))
    yield from page.has(NOTE[8], *("Lichter kan met «" for one in draft.hardheid.milder))


def the_advice(draft: Draft, page: Page) -> Iterator[str]:
    """What an adviser established is advice, also where the situation leaves the usual source unsaid."""
    advised = any(fact.bron == "adviseur" and (fact.waarde or fact.betwist) for one in draft.criteria for fact in one.feiten)
    yield from page.has(NOTE[9], f"{OPEN}is het advies zorgvuldig" if advised else "geen advies van een deskundige")


def the_proposal(draft: Draft, page: Page) -> Iterator[str]:
    """Of what, how much and how long: where a clause reaches. Nothing is proposed while something is still asked."""
    assert draft.hardheid is not None
    reaching = any(c.status == "in_bereik" and c.soort != "groepsniveau" for c in draft.hardheid.clausules)
    match draft.uitkomst:
        case "onbepaald":
            yield from page.has(NOTE[10], "Nog niet beslissen.", "Hersteltermijn: ")
        case "wacht":
            yield from page.has(NOTE[10], "Dit is geen weigering.", f"{OPEN}wel of niet eerder" if reaching else "")
        case _:
            asked = "wijk af of wijk niet af; waarvan, hoeveel, hoe lang" if reaching else "welke hulp onder 8 wordt aangeboden"
            yield from page.has(NOTE[10], f"De regels leiden tot: {draft.uitkomst}.", f"{OPEN}{asked}")


def equal_cases(draft: Draft, page: Page) -> Iterator[str]:
    yield from page.has(
        NOTE[11], "Nog niet aan de orde." if draft.uitkomst == "onbepaald" else f"{OPEN}waarin dit geval gelijk is"
    )


def who_decides(draft: Draft, page: Page) -> Iterator[str]:
    """The body that may, whom a clause asks for, the hearing before a refusal; and a named person with a mandate and a date."""
    yield from page.has(NOTE[12], f"Bevoegd: {body(draft.regeling.orgaan)}.")
    if draft.uitkomst != "onbepaald":
        yield from page.has(NOTE[12], f"{OPEN}naam, functie, mandaat en datum")
    if draft.regeling.beslistermijn:
        yield from page.has(NOTE[12], f"Beslistermijn: {named(draft.regeling.beslistermijn)}.")
    if draft.regeling.horen and draft.uitkomst != "wacht":
        yield from page.has(NOTE[12], "Horen vóór een afwijzing: ")


NOTES: dict[str, Part] = {
    "1": the_power,
    "2": the_purpose,
    "3": the_facts,
    "4": what_was_said,
    "5": what_it_does,
    "6": whether_it_fits,
    "7": the_boundary,
    "8": what_else_there_is,
    "9": the_proportion,
    "10": the_advice,
    "11": the_proposal,
    "12": equal_cases,
    "13": who_decides,
}


@pytest.mark.parametrize("part", NOTES)
def test_every_note_on_less_than_a_full_grant_reasons_in_each_part(decisions: list[tuple[str, Decision]], part: str) -> None:
    missing = {
        f"{name} ({one.uitkomst})": found
        for name, one in decisions
        if one.uitkomst != "toegekend" and (found := [*NOTES[part](one.draft, in_parts(one.motivering.nota))])
    }
    assert missing == {}


def test_the_parts_of_a_note_stand_in_order_and_a_full_grant_has_two(decisions: list[tuple[str, Decision]]) -> None:
    """There is nothing to soften about a full grant: its note says that. The remedy stands there if something was decided."""
    for name, one in decisions:
        page = in_parts(one.motivering.nota)
        wanted = GRANT_NOTE if one.uitkomst == "toegekend" else NOTE
        assert tuple(page.under)[: len(wanted)] == wanted, name
        assert ("Rechtsmiddel" in page.under) == (one.uitkomst in DECIDED), name
        assert set(page.under) - set(wanted) <= {"Signalen", "Rechtsmiddel", "Niet geverifieerde teksten"}, name
        on_top = (
            "CONCEPT",
            "Onderwerp: ",
            "Regeling: ",
            "Regelset: ",
            "Kenmerk: ",
            f"Uitkomst volgens de regels: {one.uitkomst}",
        )
        assert [*page.on_top(*on_top)] == [], name
        if one.uitkomst == "toegekend":
            met = [
                f"- {named(c.titel)} (" if c.oordeel == "ja" else f"verandert de uitkomst niet: {named(c.titel)}\n"
                for c in one.criteria
            ]
            met.append("Aan alle voorwaarden is voldaan:" if not one.draft.failed else "Aan deze voorwaarden is voldaan:")
            why = [*page.has("Doel en voorwaarden", f"Doel van de regeling: {stated(one.draft.regeling.doel)}", *met)]
            who = page.has("Wie beslist", f"Bevoegd: {body(one.draft.regeling.orgaan)}.", "naam, functie, mandaat en datum")
            assert [*why, *who, *page.has("Doel en voorwaarden", "er is geen hardheidstoets")] == [], name
