"""Five thousand refusals that nobody chose: each has its Review with something that helps, and texts that hold.

Each situation is a likely household in which anything may be unknown, doubted or contradicted, with circumstances, needs,
strengths and promises in words that try the texts. Refused is what the shipped rules refuse.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from random_expressions import Dice, Rolled
from responsief import Desk, open_desk
from responsief.decision import Decision, Sender
from responsief.motivation.lint import lint
from responsief.situation import LEEFGEBIEDEN, OMSTANDIGHEDEN, Situation

MANY = 5_000
PARTS = 5  # as many tests of a thousand: no core waits for another
RULESETS = ("participatiewet", "iit-rotterdam")
DAYS = tuple(date.fromisoformat(d) for d in ("2025-09-01", "2026-01-01", "2026-02-28", "2026-03-02", "2026-07-01"))
WORDS = (
    None,
    "Mijn wasmachine en mijn koelkast gingen in dezelfde week stuk",
    "Door mijn reuma kan ik niet met de hand wassen.",
    "Het systeem zegt dat het mijn eigen schuld is, er zijn toch zeer dringende redenen?",
    "Ik slaap slecht. Echt heel slecht! En mijn zoon (9) ook; hij huilt elke nacht en ik weet niet meer wat ik moet doen om hem te troosten, want alles is op.",
    "«Niemand» luistert, » zeiden zij «",
    "{{ 7 * 7 }} [vul in: alles] CONCEPT",
    "x",
)
SENDERS = (
    None,
    Sender(),
    Sender("Gemeente Rotterdam", "Postbus 1000\n3000 AA Rotterdam", "mevrouw De Wit", "010 000 00 00", verzonden_op=date(2026, 3, 9), gedeeld_adres=False),
    Sender("Gemeente Rotterdam", contactpersoon="de heer Bos", verzonden_op=date(2026, 2, 20), gedeeld_adres=True),
)  # fmt: skip


class Lives:
    """Writes one likely life after another, as a vendor could send it."""

    def __init__(self, seed: int) -> None:
        self.dice: Dice = Rolled(seed)

    def maybe(self, value: Any, known: int = 90) -> Any:
        return value if self.dice.chance(known) else "onbekend"

    def money(self, most: int) -> str:
        return f"€ {self.dice.below(most)},{self.dice.below(100):02d}"

    def raw(self) -> dict[str, Any]:
        pick, chance, below = self.dice.pick, self.dice.chance, self.dice.below
        soort = pick(("alleenstaande", "alleenstaande", "alleenstaande_ouder", "gehuwd"))
        children = [
            {"geboortedatum": f"{2005 + below(20)}-0{1 + below(9)}-1{below(10)}", "thuiswonend": self.maybe("ja")}
            for _ in range(1 + below(3) if soort == "alleenstaande_ouder" else below(3) if soort == "gehuwd" else 0)
        ]
        partner: Any = "geen"
        if soort == "gehuwd":
            partner = {
                "geboortedatum": "1988-02-29",
                "verblijf": {"soort": pick(("nederlander", "zonder"))},
                "inkomsten": self.incomes(),
            }
        return {
            "gewenst_effect": pick(WORDS),
            "persoon": {
                "geboortedatum": f"{1952 + below(57)}-{1 + below(12):02d}-{1 + below(28):02d}",
                "verblijf": {"soort": pick(("nederlander",) * 6 + ("zonder", "procedure"))},
                "gemeente": "0599",
                "detentie": self.maybe(pick(("nee", "nee", "nee", "ja")), 97),
                "in_inrichting": self.maybe(pick(("nee", "nee", "nee", "ja")), 97),
                "buitenland": {"dagen_dit_jaar": below(60), "langste_periode_dagen": below(50)},
            },
            "huishouden": {"soort": soort, "partner": partner, "kinderen": children or "geen", "medebewoners": "geen"},
            "inkomsten": self.incomes(),
            "vermogen": {"bezittingen": [{"soort": pick(("bankrekening", "auto", "contant")), "waarde": self.money(30_000)} for _ in range(below(3))] or "geen"},
            "schulden": [{"soort": pick(("huur", "energie", "overig")), "bedrag": self.money(9_000), "achterstand_maanden": below(6)} for _ in range(below(3))] or "geen",
            "wonen": {"soort": "huur", "woonsituatie": "zelfstandig", "woonplaats_hier": self.maybe("ja", 97), "huur": self.money(900)},
            "werk": {"soort": pick(("geen", "loondienst")), "zelfstandige": "nee"},
            "opleiding": {"volgt": pick(("nee", "nee", "ja")), "soort": pick(("geen", "mbo_bol", "wo")), "afgerond_op": pick(("geen", "2025-12-01", "2010-07-01"))},
            "veiligheid": {"geweld_thuis": pick(("nee",) * 9 + ("ja",))},
            "eerder": {"voorzieningen": pick(("geen", [{"regelset": "iit-rotterdam", "toegekend_op": "2025-10-01"}]))},
            "aanvraag": {"gemeld_op": "2025-08-01", "ontvangen_op": "2025-08-20"},
            "omstandigheden": [{"soort": pick(OMSTANDIGHEDEN), "woorden": pick(WORDS), "bewijs": pick((None, ["een brief"]))} for _ in range(below(5))] or None,
            "behoeften": [{"leefgebied": pick(LEEFGEBIEDEN), "ernst": 1 + below(5), "woorden": pick(WORDS)} for _ in range(below(3))] or None,
            "krachten": [{"leefgebied": pick(LEEFGEBIEDEN), "woorden": "Ik kan goed koken"}] if chance(30) else None,
            "netwerk": [{"wie": "mijn buurvrouw", "leefgebied": pick(LEEFGEBIEDEN), "kan": "oppassen"}] if chance(30) else None,
            "toezeggingen": [{"wie": "het wijkteam", "wat": pick(("belt terug", "zoekt een fonds")), "gedaan": pick((None, "ja", "nee"))}] if chance(25) else None,
            "feiten": {"inkomsten": {"bron": "uwv", "datum": "2025-08"}} if chance(50) else {},
            "eigen": {
                "participatiewet": {
                    "uitsluitingsgrond": pick(("geen",) * 3 + ("staking",)), "vraagt_bijstand_voor_schulden": self.maybe("nee", 97),
                    "andere_regeling_toereikend": pick(("nee", "nee", "ja")), "onbetaald_verlof": "nee",
                },
                "iit-rotterdam": {
                    "inkomen_referteperiode": self.money(2_600), "uitzicht_op_inkomensverbetering": pick(("nee", "nee", "ja")),
                    "toeslag_elders_op": "geen", "maatregel_100_procent_op": pick(("geen", "geen", "2026-01-01")),
                },
            },
        }  # fmt: skip

    def incomes(self) -> Any:
        kinds = ("loon", "ww", "toeslagen", "alimentatie")
        found = [
            {"soort": self.dice.pick(kinds), "bedrag": self.money(3_000), "per": "maand", "vakantietoeslag": "inbegrepen"}
            for _ in range(self.dice.below(3))
        ]
        return found or "geen"


def rejections(desk: Desk, seed: int) -> Iterator[Decision]:
    """One refusal after another, without end."""
    lives = Lives(seed)
    for number in itertools.count():
        case = Situation.model_validate(lives.raw())
        day, sender = DAYS[number % len(DAYS)], SENDERS[number % len(SENDERS)]
        for ident in RULESETS:
            if desk.verdict(case, ident, day).uitkomst == "afgewezen":  # kept: deciding doesn't do it again
                yield desk.decide(case, ident, day, sender=sender)


def holds(decision: Decision, *, final: bool = True) -> None:
    """A review with at least one alternative that can be begun with, and two texts on which the lint is silent."""
    review, written = decision.hardheid, decision.motivering
    assert review is not None
    assert review.alternatieven
    assert all(one.titel and one.eerste_stap and one.wie_beslist for one in review.alternatieven)
    raised = {one.soort or "overig" for one in decision.draft.situatie.omstandigheden or ()}
    assert raised <= {one.omstandigheid for one in review.weging}
    assert lint(decision.draft, written) == (), written.brief
    if final:
        assert {found.code for found in lint(decision.draft, written, final=True)} <= {"nog-in-te-vullen"}


@pytest.fixture(scope="module")
def desk() -> Desk:
    found = open_desk()
    found.register.use_chainer("eigen")  # says the same (test_chainers.py), and is faster
    return found


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_five_thousand_refusals_each_have_something_that_helps_and_texts_that_hold(desk: Desk, part: int) -> None:
    seen: Counter[str] = Counter()
    for number, decision in enumerate(itertools.islice(rejections(desk, MANY + part), MANY // PARTS)):
        holds(decision, final=number % 20 == 0)
        seen[decision.regelset] += 1
        seen.update(decision.afgewezen_op)
    assert sum(seen[ident] for ident in RULESETS) == MANY // PARTS
    for ident in RULESETS:
        assert seen[ident] >= MANY // PARTS // 5, seen
    assert len(seen) >= 12, "too few grounds were reached"


def test_a_handful_of_refusals_every_time(desk: Desk) -> None:
    for decision in itertools.islice(rejections(desk, 1), 60):
        holds(decision)


def test_the_same_facts_in_other_words_end_the_same(desk: Desk) -> None:
    """Emotive wording changes no verdict, no clause, no suggestion and no offer (only the words that are quoted)."""
    lives = Lives(7)
    for number in range(60):
        raw = lives.raw()
        louder = {**raw, "omstandigheden": None, "behoeften": None}
        for key in ("omstandigheden", "behoeften"):
            louder[key] = [
                {**one, "woorden": f"Het is verschrikkelijk en zo oneerlijk! {one['woorden']}"} for one in raw[key] or ()
            ] or None
        raw = {**raw, **{key: [{**one, "woorden": f"Het is zo. {one['woorden']}"} for one in raw[key] or ()] or None for key in ("omstandigheden", "behoeften")}}  # fmt: skip
        for ident in RULESETS:
            calm, loud = (desk.decide(Situation.model_validate(one), ident, DAYS[number % 5]) for one in (raw, louder))
            assert calm.uitkomst == loud.uitkomst
            assert calm.afgewezen_op == loud.afgewezen_op
            if calm.hardheid is not None and loud.hardheid is not None:
                assert wordless(calm) == wordless(loud)


def wordless(decision: Decision) -> Any:
    review = decision.hardheid
    assert review is not None
    return replace(review, weging=tuple(replace(one, woorden=None) for one in review.weging))
