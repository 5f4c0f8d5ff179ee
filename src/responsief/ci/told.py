"""What a difference says, in Dutch sentences: the same words in every output. Nothing here marks up or colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from responsief.analysis.answers import Outcome, Witness
from responsief.ci import counts
from responsief.ci.places import one_line, shortened
from responsief.diagnostics import Diagnostic
from responsief.difference.outcomes import GRANTED, after, before, level, name_of, still
from responsief.difference.report import SAMEN, Change, Example, Impact, Report, Richting, RulesetDifference, repeats
from responsief.frozen import dataclass
from responsief.values import format_day, format_money

DIRECTIONS: Final[dict[Richting, tuple[str, str]]] = {  # a mark that needs no colour, and a word
    "ruimer": ("▲", "RUIMER"),
    "strenger": ("▼", "STRENGER"),
    "anders": ("◆", "ANDERS"),
    "gelijk": ("=", "GELIJK"),
    "niet_bewezen": ("?", "NIET BEWEZEN"),
}
KINDS: Final = {"fout": "fouten", "waarschuwing": "waarschuwingen", "tip": "tips"}
PROVED: Final = ("voorwaarde", "bedrag", "uitkomst")  # compared by meaning; the rest as it is written
WHAT: Final = {
    "voorwaarde": "voorwaarde", "bedrag": "bedrag", "uitkomst": "uitkomst", "cijfer": "cijfer", "artikel": "artikel", "tekst": "tekst",
    "clausule": "hardheidsclausule", "bereik": "bereik van een clausule", "gevolg": "gevolg van een nee", "geldigheid": "geldigheid",
    "begrip": "begrip", "overgang": "overgangsrecht", "volgorde": "volgorde", "procedure": "procedure", "voorziening": "voorziening",
    "signaal": "signaal",
}  # fmt: skip

LESS_HELP: Final = "De uitkomst verandert voor niemand, maar wat iemand helpt of waar iemand op kan rekenen wel; zie hieronder."
MOST: Final = 5  # messages of one kind in the beginning

Ernst = Literal["stop", "let_op", "goed"]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of the beginning: what matters most. `stop` asks for a person, `goed` needs nothing."""

    ernst: Ernst
    tekst: str


def title(report: Report) -> str:
    """«main → dit voorstel»: what is compared, without the words of git that only say how it was found. JSON has those."""
    was = one_line(report.was).removesuffix(" (waar HEAD begon)").removeprefix("origin/")
    return f"{was} → {'dit voorstel' if report.wordt == 'HEAD' else one_line(report.wordt)}"


def messages(report: Report) -> tuple[Message, ...]:
    """What must be known first: who has no way out, who gets less, what is not proved, and if none of these that it is fine."""
    found = [*_few(_no_way_out(report)), *_few(_less(report)), *_unproved(report)]
    more = [d for d in report.regelsets if d.richting == "ruimer"]
    if not report.regelsets and not report.andere:
        return (Message("goed", "Er is niets veranderd aan wat de regels betekenen."),)
    if more:
        found.append(
            Message("goed", f"{_names(more)}: niemand gaat erop achteruit, en er is iemand voor wie het ruimer wordt.")
        )
    if not found:
        every = [*report.andere, *(c for d in report.regelsets for c in d.wijzigingen)]
        less = any(c.richting in ("strenger", "anders", "niet_bewezen") for c in every)
        found.append(Message("let_op", LESS_HELP) if less else Message("goed", "Voor niemand verandert de uitkomst."))
    return (*found, *_nobody_counted(report))


def _few(found: Iterable[Message]) -> list[Message]:
    """The first of many, and how many more there are."""
    some = list(found)
    if len(some) <= MOST:
        return some
    rest = some[MOST:]
    more = "regeling" if len(rest) == 1 else "regelingen"
    worst: Ernst = "stop" if any(one.ernst == "stop" for one in rest) else "let_op"
    return [*some[:MOST], Message(worst, f"Dit geldt voor nog {len(rest)} {more}; zie hieronder.")]


def _example_of(report: Report, who: str) -> str:
    """Somebody, where there is more than one regulation; of a single one the example stands right below."""
    return f" Voorbeeld: {who}." if len(report.regelsets) > 1 else ""


def _no_way_out(report: Report) -> Iterator[Message]:
    for one in report.regelsets:
        if one.uitweg is None:
            continue
        title = one_line(one.titel)
        if one.uitweg.bewijs == "weerlegd":
            who = _example_of(report, _refused(one, one.uitweg.getuige)) if one.uitweg.getuige else ""
            yield Message("stop", f"{title}: wie nu wordt afgewezen, heeft niet altijd een uitweg.{who}")
        elif one.uitweg.bewijs == "niet_bewezen":
            why = f": {one_line(one.uitweg.reden)}" if one.uitweg.reden else ""
            yield Message("let_op", f"{title}: niet bewezen dat elke nieuwe afwijzing een uitweg heeft{why}.")


def _refused(one: RulesetDifference, who: Witness) -> str:
    """Who has no way out, and what she had before where an example tells it."""
    same = next((e for c in one.wijzigingen for e in c.voorbeelden if e.getuige == who), None)
    return example(same) if same is not None else person(who)


def _less(report: Report) -> Iterator[Message]:
    for one in report.regelsets:
        if one.richting not in ("strenger", "anders") or (one.uitweg is not None and one.uitweg.bewijs == "weerlegd"):
            continue  # somebody without a way out was told already
        start = "er is iemand die minder krijgt" if one.richting == "strenger" else "de een krijgt minder, de ander meer"
        found = next((e for c in one.wijzigingen for e in c.voorbeelden if worse(e)), None)
        who = _example_of(report, example(found)) if found is not None else ""
        yield Message("let_op", f"{one_line(one.titel)}: {start}.{who}")


def _unproved(report: Report) -> Iterator[Message]:
    unproved = [c for d in report.regelsets for c in d.wijzigingen if c.richting == "niet_bewezen"]
    whole = [d for d in report.regelsets if d.richting == "niet_bewezen"]
    if unproved:
        of = _names([d for d in report.regelsets if any(c.richting == "niet_bewezen" for c in d.wijzigingen)])
        number = "1 wijziging" if len(unproved) == 1 else f"{len(unproved)} wijzigingen"
        yield Message("let_op", f"Niet bewezen: {number} in {of}. Wat niet bewezen is, telt niet als goed.")
    elif whole:
        yield Message("let_op", f"Niet bewezen: {_names(whole)}. Wat niet bewezen is, telt niet als goed.")


def _nobody_counted(report: Report) -> Iterator[Message]:
    """A population of nobody shows nothing: a count of 0 is no answer then."""
    for name in dict.fromkeys(one.bevolking for one in report.gevolgen if counts.nobody(one)):
        yield Message("let_op", f"Er is niemand geteld: in «{one_line(name)}» staat geen enkele situatie die te lezen is.")


def _names(rulesets: Sequence[RulesetDifference]) -> str:
    titles = [one_line(one.titel) for one in rulesets]
    if len(titles) > 4:
        titles = [*titles[:3], f"{len(titles) - 3} andere"]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} en {titles[-1]}"


# --- people ------------------------------------------------------------------------------------------------------------

_VALUE: Final = re.compile(r": (?=€)")  # «inkomen: € 1.400: was toegekend» has a colon too many


def worse(one: Example) -> bool:
    """Does somebody get less than before?"""
    return level(one.wordt) < level(one.was)


def person(witness: Witness) -> str:
    """Who she is, on one line: «alleenstaande, 40 jaar, inkomen per maand € 1.400,01», «iemand (inkomen per maand € 1.400,01)» of
    whom nothing else is known."""
    zin = _VALUE.sub(" ", shortened(one_line(witness.zin).rstrip("."), 300))
    nobody = witness.verschil and zin.startswith(witness.verschil[0].label)
    return f"iemand ({zin})" if nobody else zin


def example(one: Example) -> str:
    """«alleenstaande ouder, inkomen € 1.541,66: was afgewezen → wordt toegekend»"""
    return f"{person(one.getuige)}: {sides(one.was, one.wordt)}"


def sides(was: Outcome, wordt: Outcome) -> str:
    """«was afgewezen → wordt toegekend (€ 120,00)»"""
    if was.uitkomst == wordt.uitkomst and was.bedrag != wordt.bedrag and was.uitkomst in GRANTED:
        return f"blijft {outcome(was.uitkomst)}: was {_amount(was)} → wordt {_amount(wordt)}"
    if before(was) == before(wordt):
        return one_line(f"{still(was)}; alleen het antwoord op deze voorwaarde verandert")
    return one_line(f"{before(was)} → {after(wordt)}")


def outcome(name: str) -> str:
    """An outcome in words."""
    return one_line(name_of(name))


def _amount(one: Outcome) -> str:
    return format_money(one.bedrag) if one.bedrag is not None else "geen bedrag"


def way_out(one: Example) -> str:
    """What does help somebody who is newly refused; empty for who is not."""
    return "wat wel helpt: " + "; ".join(map(one_line, one.uitweg)) if one.uitweg else ""


def impact(one: Impact) -> Iterator[str]:
    """What a population of its own tells besides: who gets more and less, what is new, the money in a year, and how was counted."""
    if not one.verdeling:
        return
    if set(one.allen.overgangen) == {("niet_beslist", "niet_beslist")}:
        yield "Over niemand in deze bevolking valt iets te beslissen, voor en na de wijziging."
        yield from _how_counted(one)
        return
    if all(step.kant == "gelijk" for step in one.verdeling):
        yield "Voor niemand in deze bevolking verandert de uitkomst of het bedrag."
        yield from _how_counted(one)
        return
    more, less = counts.sides(one)
    yield f"Erop vooruit: {counts.told(more)}. Erop achteruit: {counts.told(less)}."
    new = counts.newly(one.allen)
    open_now = f"nieuw «nog niet te beslissen»: {counts.told(new.onbepaald)}"
    yield f"Nieuw toegekend: {counts.told(new.toegekend)}, nieuw afgewezen: {counts.told(new.afgewezen)}, {open_now}."
    whole = counts.everybody(one)
    was, becomes, difference = whole.jaar_was, whole.jaar_wordt, whole.jaar_verschil
    if not isinstance(was, int) or not isinstance(becomes, int) or not isinstance(difference, int):
        yield f"Alle bedragen samen: niet getoond, want zij zouden iets zeggen over minder dan {one.k} huishoudens."
    elif was or becomes:
        yield f"Alle bedragen samen, per jaar: was {format_money(was)}, wordt {format_money(becomes)}. Verschil: {signed(difference)}."
    yield from _how_counted(one)


def _how_counted(one: Impact) -> Iterator[str]:
    for why, number in one.niet_beslist.items():
        if (
            number >= 2 * one.k
        ):  # before and after are counted apart: so these are `k` households at least. The number would tell of few
            yield f"Niet beslist, want: {why}."
    yield from one.opmerkingen


SPREAD: Final = "Hoeveel het per huishouden verandert"


def together(one: Impact) -> str:
    """What stands in no cell of the outcomes before and after; empty when everything does."""
    number = one.allen.overgangen.get((SAMEN, SAMEN), 0)
    return (
        f"Kleine aantallen samen, ook met dezelfde uitkomst: {counts.told(number)}. «–» is nul, of telt daarin mee."
        if number
        else ""
    )


def steps(one: Impact) -> list[tuple[str, str]]:
    """The steps of the spread with how many households; empty where there is none, or none of it can be told."""
    if all(step.kant == "samen" for step in one.verdeling):
        return []
    return [(step.naam, counts.told(step.aantal)) for step in one.verdeling]


def signed(cents: int) -> str:
    """«+€ 12,00», «−€ 3,00», «€ 0,00»"""
    return f"{'+' if cents > 0 else '−' if cents < 0 else ''}{format_money(abs(cents))}"


# --- changes -----------------------------------------------------------------------------------------------------------


def kind(change: Change) -> str:
    """What a change is about: «voorwaarde»."""
    return WHAT.get(change.wat, change.wat)


def written(change: Change) -> bool:
    """Is it compared as it is written, without a proof of what it does?"""
    return change.wat not in PROVED and change.richting in ("gelijk", "niet_bewezen") and not change.bewijs


def label(change: Change) -> str:
    """«RUIMER», or «GEWIJZIGD» of what is only compared as it is written and gives nobody anything or does so unproved."""
    if change.richting == "gelijk" and change.wat not in PROVED:
        return "NIEUW" if not change.was else "VERVALLEN" if not change.wordt else "GEWIJZIGD"
    return DIRECTIONS[change.richting][1]


def mark(change: Change) -> str:
    """The sign before it."""
    return DIRECTIONS[change.richting][0] if label(change) == DIRECTIONS[change.richting][1] else "·"


def notes(change: Change) -> Iterator[str]:
    """What is proved, or that it is not and why."""
    if change.bewijs:
        yield ("niet bewezen: " if change.richting == "niet_bewezen" else "bewijs: ") + one_line(change.bewijs).removeprefix(
            "niet bewezen: "
        )
    elif change.richting == "niet_bewezen":
        yield "niet bewezen"
    if change.alleen_onbekend:
        yield "alleen zolang er van iemand nog iets niet bekend is"


def exit_line(one: RulesetDifference) -> str:
    """Has everybody whom the new version refuses something that helps? Empty when that was not asked."""
    if one.uitweg is None:
        return ""
    if one.uitweg.bewijs == "bewezen":
        within = f" ({one_line(one.uitweg.reden)})" if one.uitweg.reden else ""
        return f"✔ elke nieuwe afwijzing heeft een uitweg en een motivering: bewezen{within}"
    if one.uitweg.bewijs == "weerlegd":
        who = f": {person(one.uitweg.getuige)}" if one.uitweg.getuige else ""
        why = f" ({one_line(one.uitweg.reden)})" if one.uitweg.reden else ""
        return (
            f"✘ niet iedereen die nu wordt afgewezen, heeft een uitweg. Zonder uitweg{who}{why}"
            if who
            else f"✘ hier is geen uitweg{why}"
        )
    return f"? niet bewezen dat elke nieuwe afwijzing een uitweg heeft{': ' if one.uitweg.reden else ''}{one_line(one.uitweg.reden)}"


def versions(one: RulesetDifference) -> str:
    """«2026-01 → 2026-07, op 1 juli 2026»; «nieuw» or «vervallen»."""
    if one.was_versie is None:
        told = f"nieuw ({one_line(one.is_versie or '')})"
    elif one.is_versie is None:
        told = f"vervallen (was {one_line(one.was_versie)})"
    elif one.was_versie == one.is_versie:
        told = f"versie {one_line(one.was_versie)}"
    else:
        told = f"{one_line(one.was_versie)} → {one_line(one.is_versie)}"
    return f"{told}, peildatum {format_day(one.peildatum)}"


def tally(report: Report) -> str:
    """«1 fout · 2 waarschuwingen · niet bewezen: 0»"""
    numbers = {one: sum(f.ernst == one for f in report.bevindingen) for one in KINDS}
    parts = [f"{n} {one if n == 1 else KINDS[one]}" for one, n in numbers.items() if n] or ["0 fouten"]
    changes = [c for d in report.regelsets for c in d.wijzigingen] + list(report.andere)
    unproved = sum(c.richting == "niet_bewezen" for c in changes)
    unproved += sum(f.code == "wijziging-nog-niet" for f in report.bevindingen)  # a day that was not compared
    unproved += sum(d.uitweg is not None and d.uitweg.bewijs == "niet_bewezen" for d in report.regelsets)
    return " · ".join([*parts, f"niet bewezen: {unproved}"])


def ordered(changes: Sequence[Change]) -> list[Change]:
    """The changes with who gets less first, then figures, then the rest, then texts; of equals in the order given.

    Without the outcome where a condition tells the same of the same people.
    """
    rank = {"strenger": 0, "anders": 1, "niet_bewezen": 2, "ruimer": 3, "gelijk": 4}
    kinds = {"cijfer": 0, "begrip": 0, "tekst": 2, "artikel": 2}
    shown = [c for c in changes if c.wat != "uitkomst" or not any(repeats(c, other) for other in changes)]
    return sorted(shown, key=lambda c: (rank[c.richting], kinds.get(c.wat, 1) if c.richting == "gelijk" else 0))


def stayed(change: Change) -> str:
    """Of a condition that is written as it was while something that it reads changed: its text, and what changed; otherwise empty."""
    return change.wordt if change.was and change.wordt.startswith(f"{change.was} (") and change.wat == "voorwaarde" else ""


TOLD: Final = ("wijziging-strenger", "wijziging-geen-uitweg", "wijziging-niet-bewezen", "wijziging-uitweg-niet-bewezen")


def findings(report: Report) -> list[Diagnostic]:
    """What else was found, the worst first: without what the changes themselves already tell."""
    rest = [one for one in report.bevindingen if one.code not in TOLD]
    return sorted(rest, key=lambda one: (list(KINDS).index(one.ernst), one.place()))


def sorted_rulesets(report: Report) -> list[RulesetDifference]:
    """The rulesets with no way out first, then who gets less."""
    rank = {"strenger": 0, "anders": 1, "niet_bewezen": 2, "ruimer": 3, "gelijk": 4}
    return sorted(report.regelsets, key=lambda d: (d.uitweg is None or d.uitweg.bewijs != "weerlegd", rank[d.richting]))
