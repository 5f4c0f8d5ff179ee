"""The sentences of a report on patterns, the same in every format. Dutch, B1: for policy writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from responsief.frozen import dataclass
from responsief.patterns.found import OFTEN, ONE_IN, TIMES
from responsief.patterns.report import Cluster, Line, Purpose, Rate, Report, Signal
from responsief.patterns.shown import AtLeast, AtMost, Count

WHO: Final = {
    "gemeente": "de gemeente",
    "overheid": "de wetgever of het Rijk",
    "inwoner": "de inwoner zelf",
    "niemand": "niemand",
}
FROM: Final = {
    "inwoner": "de inwoner",
    "aanvrager": "de inwoner",
    "gemeente": "de gemeente",
    "adviseur": "een adviseur",
    "oordeel": "een oordeel",
}
NOT_THEM: Final = (
    "Dit zegt niets over deze mensen. Worden veel mensen op dezelfde voorwaarde afgewezen, dan past misschien de regel niet, het bewijs "
    "niet, of de manier waarop wij werken."
)
MOST: Final = 3  # figures and questions of one criterion; the JSON has all, the nearest first
TEXT_MOST: Final = 240  # characters of the text of a law


@dataclass(frozen=True, slots=True)
class Point:
    """A head in the margin, and the lines beside it."""

    kop: str
    regels: tuple[str, ...]


def number(many: int) -> str:
    """«4.812»."""
    return f"{many:,}".replace(",", ".")


def count(many: Count) -> str:
    """«6», «ten minste 6», «hoogstens 10»."""
    match many:
        case AtLeast(aantal):
            return f"ten minste {number(aantal)}"
        case AtMost(aantal):
            return f"hoogstens {number(aantal)}"
    return number(many)


def few(many: Count) -> str:
    """As `count`, of a group of which nothing is known but that it is small."""
    return f"minder dan {number(many.aantal + 1)}" if isinstance(many, AtMost) else count(many)


def of(some: Count, whole: Count) -> str:
    """«6 van de 10 (60%)»."""
    share = f" ({percent(some, whole)})" if isinstance(some, int) and isinstance(whole, int) and whole else ""
    article = "de " if isinstance(whole, int) else ""
    return f"{few(some)} van {article}{count(whole)}{share}"


def percent(some: int, whole: int) -> str:
    """«60%», to the nearest whole; what is not nothing or everything is not told as that."""
    share = (200 * some + whole) // (2 * whole)
    if share == 0 and some:
        return "minder dan 1%"
    return "meer dan 99%" if share == 100 and some < whole else f"{share}%"


def title(report: Report) -> str:
    """What the report is about."""
    if report.besluiten == 0:
        return "Patronen: er zijn te weinig besluiten om iets te zeggen"
    return f"Patronen in {few(report.besluiten)} {'besluit' if report.besluiten == 1 else 'besluiten'}"


def tally(report: Report) -> str:
    """How many signals, and what else there is."""
    many = len(report.signalen)
    told = (
        "Geen signalen." if not many else "1 signaal over het systeem." if many == 1 else f"{many} signalen over het systeem."
    )
    if report.weggelaten:
        told += f" Regelingen met minder dan {report.k} besluiten tellen niet mee."
    if report.onleesbaar:
        told += f" Niet te lezen, en dus niet meegeteld: {number(report.onleesbaar)}."
    return told


def limits(report: Report) -> str:
    """What is asked before something is a signal."""
    return (
        f"Een signaal is er vanaf {report.k} mensen met dezelfde grond: als dat ten minste {percent(OFTEN.numerator, OFTEN.denominator)} van alle "
        f"besluiten van de regeling is, of als zij in één gebouw of wijk wonen waar het ten minste {TIMES} keer zo vaak gebeurt als elders en "
        f"toeval dat niet verklaart (hoogstens 1 keer op de {ONE_IN}, over alle plekken samen). Groepen van minder dan {report.k} mensen "
        "staan hier niet, ook niet door aantallen van elkaar af te trekken."
    )


def heading(purpose: Purpose) -> str:
    """The ruleset and the criterion."""
    return f"{purpose.regeling}: {purpose.titel}"


def points(signal: Signal) -> Iterator[Point]:
    """Everything that is told of a signal, in order."""
    purpose = signal.doel
    if not purpose.bekend:
        yield Point("Let op", ("deze voorwaarde staat niet in het register; geef uw eigen regels mee met --register",))
    if purpose.doel:
        yield Point("Doel", (purpose.doel,))
    if purpose.grondslag:
        yield Point("Artikel", (purpose.grondslag,))
    if purpose.tekst:
        yield Point(
            "Tekst",
            (f"«{purpose.tekst if len(purpose.tekst) <= TEXT_MOST else purpose.tekst[: TEXT_MOST - 1].rstrip() + '…'}»",),
        )
    yield Point(
        "Afgewezen", (f"{of(signal.afgewezen, signal.besluiten)} besluiten" + (": dat is vaak" if signal.vaak else ""),)
    )
    if signal.plekken:
        yield Point("Waar", (*map(where, signal.plekken), *_elsewhere(signal)))
    yield Point("Clausules", tuple(_clauses(signal)))
    yield Point("Kijk naar", tuple(_look_at(signal)))


def where(one: Cluster) -> str:
    """A place, and how it stands out."""
    place = f"{one.soort} {one.naam}" + (f" (wijk {one.wijk})" if one.wijk else "")
    without = f", zonder {' en '.join(one.zonder)}" if one.zonder else ""
    told = f"{place}{without}: {of(one.afgewezen, one.besluiten)}"
    if one.een_op is None:
        return f"{told}. Elders zijn er te weinig besluiten om mee te vergelijken"
    return f"{told}. Toeval verklaart dit niet: hoogstens 1 keer op de {number(one.een_op)}"


def _elsewhere(signal: Signal) -> Iterator[str]:
    if signal.elders is not None:
        yield f"daarbuiten: {of(*signal.elders)}"


def _clauses(signal: Signal) -> Iterator[str]:
    if signal.clausules is None:
        yield "niet te zeggen: welke clausules reiken, is hier niet bewaard"
        return
    for one in signal.clausules:
        used = f"; gebruikt bij {few(one.gebruikt)} anderen" if one.gebruikt is not None else ""
        article = f" ({one.grondslag})" if one.grondslag else ""
        yield f"«{one.titel}»{article}: voorgesteld bij {few(one.voorgesteld)} van hen{used}"
    if any(one.gebruikt is None for one in signal.clausules):
        yield "hoe vaak zij zijn gebruikt is niet te zeggen: er zijn geen afgeronde besluiten"
    if not signal.clausules:
        yield "geen enkele is aan zoveel van hen voorgesteld dat het hier mag staan"
    if signal.zonder_clausule:
        yield f"bij {few(signal.zonder_clausule)} van hen reikt geen enkele clausule"


def _look_at(signal: Signal) -> Iterator[str]:
    purpose = signal.doel
    if purpose.bewijs:
        yield f"het bewijs: «{purpose.bewijs}». Kan iedereen daaraan komen, en op tijd?"
    for figure in purpose.cijfers[:MOST]:
        value = f" ({figure.waarde})" if figure.waarde else ""
        article = f", {figure.grondslag}" if figure.grondslag else ""
        yield f"het cijfer: {figure.label}{value}{article}. Past het nog bij het doel?"
    if (more := len(purpose.cijfers) - MOST) > 0:
        yield f"en nog {more} {'ander cijfer' if more == 1 else 'andere cijfers'} waar dit op rust: «--format json» toont ze"
    for label, who in purpose.vragen[:MOST]:
        people = " of ".join(dict.fromkeys(FROM.get(one, one) for one in who.split(", ")))
        yield f"de vraag: «{label}» (van {people}). Wordt die overal hetzelfde beantwoord?"
    if (more := len(purpose.vragen) - MOST) > 0:
        yield f"en nog {more} {'andere vraag' if more == 1 else 'andere vragen'}"
    if signal.plekken:
        yield f"de plek: delen zij één verhuurder, één contract, één {'school' if signal.plekken[0].soort == 'wijk' else 'dienst'} of één loket?"
    if purpose.wie_wijzigt and purpose.wie_wijzigt != "niemand":
        what = f": {purpose.wat_wijzigt}" if purpose.wat_wijzigt else ""
        yield f"wie dit kan veranderen: {WHO.get(purpose.wie_wijzigt, purpose.wie_wijzigt)}{what}"
    if signal.ook is None:
        yield "andere regelingen: niet te zeggen of zij dezelfde mensen afwijzen"
    for other in signal.ook or ():
        yield f"dezelfde mensen zijn ook afgewezen bij {other.titel}: {few(other.afgewezen)}"
    for one in signal.hulp:
        parts = [f"past bij {few(one.past)}"] if one.past else []
        parts += [f"na te gaan bij {few(one.na_te_gaan)}"] if one.na_te_gaan else []
        yield f"wat had kunnen helpen: {one.titel} ({', '.join(parts)})"


def line(one: Line) -> str:
    """A criterion that does not stand out, on one line."""
    return f"{heading(one.doel)}: {of(one.afgewezen, one.besluiten)}"


def rates(many: Sequence[Rate]) -> Iterator[str]:
    """Rates, and together those that can't be said for the same reason."""
    by_reason: dict[str, list[str]] = {}
    for one in many:
        if one.reden is None:
            yield rate(one)
        else:
            by_reason.setdefault(one.reden, []).append(one.naam)
    for reason, names in by_reason.items():
        yield f"niet te zeggen ({reason}): {'; '.join(names)}"


def rate(one: Rate) -> str:
    """A rate with its numerator and denominator, or why it can't be said."""
    if one.teller is None or one.noemer is None:
        return f"{one.naam}: niet te zeggen ({one.reden})"
    return f"{one.naam}: {of(one.teller, one.noemer)}"
