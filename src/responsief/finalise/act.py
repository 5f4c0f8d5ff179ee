"""The act of a person who decides: a plain record, from Python, YAML or JSON. What she left open stays unknown (None).

Nothing is judged here but the form; what an act must hold before it counts is in `refusals`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import PlainValidator, ValidationError

from responsief.diagnostics import InvalidError
from responsief.facts import Dag, DagOfGeen, Geld, JaNee, Soort, Tekst, is_unknown
from responsief.intake import Where, diagnostics, read_data, read_source
from responsief.parts import Deel, Groep, Lijst, Woorden
from responsief.source import Source
from responsief.wording import refuse

MAX_PAGE: Final = 100_000  # characters of a letter or note

# Why somebody was not heard: what the law allows, and that she did not want to.
NIET_GEHOORD: Final = {
    "gegevens_gevolgd": "het besluit volgt de gegevens van de inwoner zelf (Awb 4:7)",
    "spoed": "er was spoed (Awb 4:11 onder a)",
    "al_gehoord": "de inwoner kon eerder reageren en er is niets nieuws (Awb 4:11 onder b)",
    "doel_in_gevaar": "het doel kon alleen zonder aankondiging worden bereikt (Awb 4:11 onder c)",
    "financieel": "het gaat om geld, en na bezwaar is het gevolg helemaal te herstellen (Awb 4:12)",
    "ziet_af": "de inwoner wilde niet worden gehoord",
}
# What the rules never come to: only a person can decide it, and each has its own part of the act under its own name.
OnlyHuman = Literal["buiten_behandeling", "herhaalde_aanvraag", "doorzenden", "niet_vast_te_stellen"]
ALLEEN_MENS: Final[tuple[OnlyHuman, ...]] = get_args(OnlyHuman)
KEUZES: Final = ("volgt_regels", "wijkt_af", "eigen_oordeel", *ALLEEN_MENS)


def _page(value: Any) -> str | None:
    if value is None or is_unknown(value):
        return None
    if not isinstance(value, str):
        raise refuse("geen-tekst", "hier hoort tekst", "schrijf «brief: |» met daaronder de tekst, ingesprongen")
    if len(value) > MAX_PAGE:
        raise refuse("tekst-te-lang", f"deze tekst heeft {len(value)} tekens; hoogstens {MAX_PAGE}")
    return value.strip() + "\n"


Pagina = Annotated[str | None, PlainValidator(_page)]


class Beslisser(Deel):
    """Who decides: a human, by name and function."""

    naam: Tekst = None
    functie: Tekst = None


class Mandaat(Deel):
    """On whose behalf, by which power, and whether that covers deviating from the rule (Awb 10:3, 10:10)."""

    namens: Tekst = None
    bevoegdheid: Tekst = None
    afwijken: JaNee = None


class Keuze(Deel):
    """What she decides: follow the rules, deviate by a clause, judge herself where the law leaves a choice (a *kan*), or what
    no rules come to (`ALLEEN_MENS`)."""

    keuze: Annotated[str | None, Soort("keuze", *KEUZES)] = None
    uitkomst: Annotated[str | None, Soort("keuze", "toegekend", "gedeeltelijk", "afgewezen")] = None
    clausules: Woorden = None
    wat: Tekst = None
    bedrag: Geld = None
    per: Annotated[str | None, Soort("keuze", "maand", "jaar", "keer")] = None
    vanaf: Dag = None
    tot: DagOfGeen = None
    reden: Tekst = None


class Grond(Deel):
    """A ground. `weigert`, `reden`: her judgement where the law allows a refusal, and asks for none. `draagt`: whether a ground
    of a refusal carries it by itself, which is so while she says nothing, or stands there for completeness only."""

    criterium: Tekst = None
    weigert: JaNee = None
    reden: Tekst = None
    draagt: Annotated[str | None, Soort("keuze", "zelfstandig_dragend", "ten_overvloede")] = None


class Geschil(Deel):
    """A fact that the client tells otherwise than a register: which of the two the decision rests on, why, and what she answered."""

    gegeven: Tekst = None
    geloofd: Annotated[str | None, Soort("keuze", "register", "inwoner")] = None
    reden: Tekst = None
    antwoord_inwoner: Tekst = None


class BuitenBehandeling(Deel):
    """Not dealing with an application (Awb 4:5): what she was asked to add, until when, and why she could have.
    `korte_termijn_omdat`: why less than a week was enough."""

    gegevens: Woorden = None
    gevraagd_op: Dag = None
    uiterlijk: Dag = None
    aangevuld: JaNee = None
    kon_leveren: Tekst = None
    korte_termijn_omdat: Tekst = None
    om_uitstel_gevraagd: JaNee = None
    uitstel: Tekst = None


class HerhaaldeAanvraag(Deel):
    """Sticking to an earlier refusal (Awb 4:6): which one, what is put forward now, and whether sticking to it is reasonable."""

    eerder_op: Dag = None
    eerder_kenmerk: Tekst = None
    eerder_uitkomst: Annotated[str | None, Soort("keuze", "toegekend", "gedeeltelijk", "afgewezen", "anders")] = None
    zelfde_aanvraag: JaNee = None
    aangevoerd: Tekst = None
    nieuw: JaNee = None
    waarom: Tekst = None
    evident_onredelijk: JaNee = None
    afweging: Tekst = None


class Doorzenden(Deel):
    """Sending an application on to the body that is competent, and telling the client at the same time (Awb 2:3)."""

    naar: Tekst = None
    bereikbaar: Tekst = None
    op: Dag = None
    meegedeeld_op: Dag = None
    ontvangen_op: Dag = None


class Opgevraagd(Deel):
    """A fact that stayed missing: how and when it was asked, and what came."""

    gegeven: Tekst = None
    hoe: Tekst = None
    op: Dag = None
    wat_kwam: Tekst = None


class NietVastTeStellen(Deel):
    """A right that can't be established: what stayed missing, and why no estimate and no part of the period will do."""

    gegevens: Lijst[Opgevraagd] = None
    schatting: Tekst = None
    deel: Tekst = None


class Weging(Deel):
    """Her weighing of one circumstance against one clause, in her own words: it confirms or replaces the suggestion."""

    omstandigheid: Tekst = None
    woorden: Tekst = None
    clausule: Tekst = None
    oordeel: Annotated[str | None, Soort("keuze", "weegt_mee", "weegt_niet_mee", "nog_te_wegen")] = None
    reden: Tekst = None


class Horen(Deel):
    """The hearing (Awb 4:7, 4:8): when and what came of it, or why there was none (Awb 4:11, 4:12)."""

    gehouden: JaNee = None
    op: Dag = None
    wat_kwam_eruit: Tekst = None
    niet_omdat: Annotated[str | None, Soort("keuze", *NIET_GEHOORD)] = None
    toelichting: Tekst = None


class Advies(Deel):
    """An advice that was asked, and whether it was followed. `voor`: the clause that asks for it first."""

    van: Tekst = None
    op: Dag = None
    voor: Tekst = None
    inhoud: Tekst = None
    gevolgd: JaNee = None
    reden: Tekst = None


class Tegenspraak(Deel):
    """A colleague or adviser who sees it otherwise, and what was answered."""

    wie: Tekst = None
    wat: Tekst = None
    antwoord: Tekst = None


class Standpunt(Deel):
    """What the client says of the decision. Agreement decides nothing; not knowing it must be said."""

    standpunt: Annotated[str | None, Soort("keuze", "eens", "oneens", "deels", "niet_bereikt")] = None
    woorden: Tekst = None
    op: Dag = None


class Belofte(Deel):
    """A promise, made before or now: still open (by whom and when), kept, or withdrawn with a reason."""

    wat: Tekst = None
    stand: Annotated[str | None, Soort("keuze", "open", "nagekomen", "vervalt")] = None
    wie: Tekst = None
    uiterlijk: Dag = None
    reden: Tekst = None


class Controle(Deel):
    """A text or figure that she compared with its source."""

    tekst: Tekst = None
    bron: Tekst = None
    op: Dag = None


class Antwoord(Deel):
    """Her answer to something that stood in the way of deciding."""

    blokkade: Tekst = None
    antwoord: Tekst = None


class Plek(Deel):
    """What goes into a marked place of the draft. `staat_er` is what stands there: so a changed draft is noticed."""

    plek: Tekst = None
    staat_er: Tekst = None
    invulling: Tekst = None


class Act(Deel):
    """Everything that one person states when she decides. Lists: None was not answered, empty («geen») is an answer."""

    besluit_van: Groep[Beslisser] = Beslisser()
    mandaat: Groep[Mandaat] = Mandaat()
    datum: Dag = None
    besluit: Groep[Keuze] = Keuze()
    buiten_behandeling: Groep[BuitenBehandeling] = BuitenBehandeling()
    herhaalde_aanvraag: Groep[HerhaaldeAanvraag] = HerhaaldeAanvraag()
    doorzenden: Groep[Doorzenden] = Doorzenden()
    niet_vast_te_stellen: Groep[NietVastTeStellen] = NietVastTeStellen()
    gronden: Lijst[Grond] = None
    geschillen: Lijst[Geschil] = None
    wegingen: Lijst[Weging] = None
    horen: Groep[Horen] = Horen()
    adviezen: Lijst[Advies] = None
    tegenspraak: Lijst[Tegenspraak] = None
    inwoner: Groep[Standpunt] = Standpunt()
    toezeggingen: Lijst[Belofte] = None
    gecontroleerd: Lijst[Controle] = None
    blokkades: Lijst[Antwoord] = None
    plekken: Lijst[Plek] = None
    brief: Pagina = None
    nota: Pagina = None


def whole(day: object) -> date | None:
    """A day that is known entirely, else None."""
    return day if isinstance(day, date) else None


def clause_id(words: str | None) -> str | None:
    """A clause as it stands in an act: «geen» is none."""
    return None if words is None or words.lower() == "geen" else words


def read_act(path: Path | str) -> tuple[Act, Where]:
    """The act in a YAML or JSON file, and what tells the place of a field in it. Raises InvalidError with every finding."""
    data, where = read_data(read_source(path), "besluit_van")
    return make_act(data, where), where


def parse_act(text: str, name: str = "besluit") -> Act:
    """The act in a YAML or JSON text; `name` is how findings speak of it. Raises InvalidError."""
    data, where = read_data(Source(name, text.removeprefix("\ufeff")), "besluit_van")
    return make_act(data, where)


def make_act(data: Any, where: Where | None = None) -> Act:
    """An act from plain data. Raises InvalidError with every finding."""
    try:
        return Act.model_validate(data)
    except ValidationError as wrong:
        raise InvalidError(diagnostics(wrong, where, Act, "een besluitbestand")) from None
