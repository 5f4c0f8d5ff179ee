"""Differences made by hand, for tests of what is written of them: rich ones, odd ones, empty ones."""

from __future__ import annotations

from datetime import date
from typing import get_args

from responsief.analysis.answers import Outcome, Told, Witness
from responsief.diagnostics import Diagnostic
from responsief.difference.report import Change, Example, Group, Impact, Report, RulesetDifference, Wat, WayOut
from responsief.population.shield import TOGETHER, hidden_words, money_words, part_words
from responsief.source import Source, Span

IIT = "rulesets/gemeenten/amsterdam/iit.yaml"
DAY = date(2026, 7, 1)
ODD = "een | streep, `tik`, <b>vet</b>, 100 %, ::error::, @iemand, #12, [klik](https://x.nl)\nen een tweede regel"
FILE = Source(
    "rulesets/gemeenten/rotterdam/bijzondere-bijstand.yaml",
    "".join(f"regel {n}: inkomen < 120 % van norm # é 😀\n" for n in range(1, 80)),
)


def at(line: int, column: int = 5, width: int = 9) -> Span:
    return Span(FILE, line, column, width)


def witness(zin: str, *told: tuple[str, str, str]) -> Witness:
    return Witness(
        {"persoon": {"geboortedatum": "1986-04-12"}, "inkomsten": [{"bedrag": "€ 1.541,66"}]},
        tuple(Told(*t) for t in told),
        zin,
        DAY,
    )


PARENT = witness(
    "alleenstaande ouder, inkomen € 1.541,66",
    ("huishouden.soort", "soort huishouden", "alleenstaande ouder"),
    ("inkomsten.0.bedrag", "inkomen", "€ 1.541,66"),
)
NEWCOMER = witness("alleenstaande, ingeschreven sinds 1 januari 2025", ("wonen.sinds", "ingeschreven sinds", "1 januari 2025"))
COUPLE = witness("gehuwd paar met twee kinderen, vermogen onbekend", ("vermogen", "vermogen", "onbekend"))


def more(who: Witness = PARENT) -> Example:
    return Example(who, Outcome("afgewezen", ("inkomen",)), Outcome("toegekend", (), 12_000))


def less(*ways: str) -> Example:
    return Example(NEWCOMER, Outcome("toegekend", (), 12_000), Outcome("afgewezen", ("woonduur",)), ways)


def group(naam: str, aantal: int, ja: int = 0, nee: int = 0, was: int = 0, wordt: int = 0, anders: int = 0) -> Group:
    moves = {("afgewezen", "toegekend"): ja, ("toegekend", "afgewezen"): nee, ("onbepaald", "toegekend"): anders}
    return Group(naam, aantal, {**moves, ("toegekend", "toegekend"): max(0, aantal - ja - nee - anders)}, was, wordt)


def few(aantal: int, ja: int, samen: int) -> Group:
    """Everybody, of whom some changes are too rare to show."""
    moves = {("afgewezen", "toegekend"): ja, ("toegekend", "toegekend"): aantal - ja - samen, TOGETHER: samen}
    return Group("iedereen", aantal, {move: n for move, n in moves.items() if n}, afgeschermd=money_words(10))


def rich() -> Report:
    """Several rulesets, in every direction, with everything that can be said."""
    income = Change(
        "voorwaarde", "inkomen", "Uw inkomen is niet te hoog", "inkomen <= 110 % van norm", "inkomen < 120 % van norm", at(41),
        "ruimer", (more(),), "niemand gaat er door deze wijziging op achteruit", grondslag="art. 10.3",
    )  # fmt: skip
    living = Change(
        "voorwaarde", "woonduur", "U woont lang genoeg in Rotterdam", "sinds <= peildatum - 1 jaar", "sinds <= peildatum - 2 jaar",
        at(47), "strenger", (less("Bijzondere bijstand voor duurzame gebruiksgoederen", "Kwijtschelding waterschapsbelasting"),),
        "niemand gaat erop vooruit", grondslag="art. 3 lid 1",
    )  # fmt: skip
    wealth = Change(
        "bedrag", "vermogen", "Hoogte van de toeslag", "max(norm, € 100)", "max(norm, € 90)", at(52), "niet_bewezen", (),
        "de vraag is te groot voor de rekengrens van 2.000.000 stappen", alleen_onbekend=True, grondslag="Pw 34 lid 2",
    )  # fmt: skip
    law = Change("artikel", "inkomen", "Uw inkomen is niet te hoog", "art. 10.2", "art. 10.3", at(42))
    figure = Change(
        "cijfer", "norm_alleenstaande", "Norm voor een alleenstaande", "€ 1.369,06", "€ 1.401,50", at(60), "ruimer",
        (Example(COUPLE, Outcome("toegekend", (), 136_906), Outcome("toegekend", (), 140_150)),), grondslag="Pw 21 b",
    )  # fmt: skip
    clause = Change(
        "clausule", "schrijnend", "Schrijnende gevallen", "art. 12: het college kan afwijken", "", at(70), "strenger"
    )
    rotterdam = RulesetDifference(
        "bijzondere-bijstand-rotterdam", "Bijzondere bijstand Rotterdam", FILE.name, "2026-01", "2026-07", DAY, "anders",
        (income, law, living, wealth, figure, clause), WayOut("bewezen", None, "binnen leeftijd 0–120 en ten hoogste 12 kinderen"),
    )  # fmt: skip
    iit = RulesetDifference(
        "iit-amsterdam", "Individuele inkomenstoeslag Amsterdam", IIT, "2026", "2026", DAY, "strenger",
        (Change("voorwaarde", "leeftijd", "U bent 21 jaar of ouder", "leeftijd >= 21", "leeftijd >= 23", Span(Source(IIT, FILE.text), 12, 5), "strenger", (less(),)),),
        WayOut("weerlegd", NEWCOMER, "er is geen voorziening voor «financien» die past"),
    )  # fmt: skip
    fresh = RulesetDifference(
        "stadspas-nieuw", "Stadspas", "rulesets/gemeenten/voorbeeld/stadspas.yaml", None, "2026-07", DAY, "ruimer",
        (Change("uitkomst", "stadspas-nieuw", "De hele regeling", "", "een nieuwe regeling", None, "ruimer", (more(COUPLE),)),),
    )  # fmt: skip
    impact = Impact(
        "bijzondere-bijstand-rotterdam", "100.000 gegenereerde huishoudens (zaad 7)",
        group("iedereen", 100_000, 4_812, 97, 812_000_000, 824_500_000, 12),
        {
            "huishouden": (
                group("alleenstaande", 51_000, 2_001, 90, 400_000_000, 404_000_000, 12),
                Group("alleenstaande ouder", 0, {}, afgeschermd=hidden_words(10)),
                Group("gehuwd", 39_996, {}, afgeschermd=part_words(10)),
                Group("anders", 0, {}, afgeschermd=hidden_words(10)),
            ),
            "leeftijd": (group("18 tot 27", 20_000, 812, 40, 110_000_000, 112_300_000), group("27 tot 67", 70_000, 4_000, 57, 700_000_000, 710_200_000), group("67 en ouder", 10_000, 0, 0, 2_000_000, 2_000_000)),
        },
        10,
    )  # fmt: skip
    small = Impact("iit-amsterdam", "500 voorbeeldhuishoudens, zaad 7", few(500, 0, 500), {}, 10)
    findings = (
        Diagnostic(
            "geen-alternatief", "een nieuwe afwijzing heeft geen uitweg", at(12), "noem een voorziening bij dit leefgebied"
        ),
        Diagnostic("strenger", "de voorwaarde «woonduur» is strenger geworden", at(47), None, "waarschuwing"),
        Diagnostic("niet-bewezen", "over «vermogen» is niets bewezen", at(52), "maak de som eenvoudiger", "waarschuwing"),
    )
    moved = Change("voorziening", "buurthuis", "Buurthuis: samen koken", "gratis", "€ 2 per keer", None)
    return Report("main", "HEAD", (fresh, rotterdam, iit), (impact, small), findings, ("participatiewet", "wmo"), (moved,))


def odd() -> Report:
    """Everything in it has odd signs, and every kind of change occurs."""
    who = witness(ODD, (ODD, ODD, ODD))
    changes = tuple(
        Change(wat, ODD, ODD, ODD if n % 3 else "", ODD if n % 2 else "", None, richting, (Example(who, Outcome("wacht", (), None, DAY), Outcome(ODD), (ODD,)),), ODD, True, ODD)
        for n, (wat, richting) in enumerate((w, r) for w in get_args(Wat) for r in ("gelijk", "niet_bewezen"))
    )  # fmt: skip
    one = RulesetDifference(ODD, ODD, ODD, ODD, None, DAY, "niet_bewezen", changes, WayOut("niet_bewezen", who, ODD))
    impact = Impact(ODD, ODD, few(30, 20, 10), {ODD: (group(ODD, 27, 20), Group("", 0, {}, afgeschermd=hidden_words(10)))}, 10)
    return Report(ODD, ODD, (one,), (impact,), (Diagnostic(ODD, ODD, None, ODD, "tip", ODD),), (ODD,), changes[:2])


def long() -> Report:
    """Far more than fits in a comment."""
    base = rich()
    many = tuple(
        RulesetDifference(f"regeling-{n}", f"Regeling nummer {n}", FILE.name, "1", "2", DAY, one.richting, one.wijzigingen * 8, one.uitweg)
        for n, one in enumerate(base.regelsets * 30)
    )  # fmt: skip
    return Report("main", "HEAD", many, base.gevolgen, base.bevindingen * 100)


EMPTY = Report("main", "HEAD", (), (), (), ("participatiewet",))
