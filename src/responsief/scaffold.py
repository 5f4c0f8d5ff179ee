"""From a few answers to a first ruleset with test cases: text that a policy writer reads, changes and builds on.

What comes out passes `responsief check` and `responsief test` as it is. Nothing here reads or writes a file: the questions and
the files are the door's (`cli/new.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from responsief.frozen import dataclass
from responsief.ir.declare import BUILT_IN
from responsief.ir.types import Kind, situation_schema
from responsief.values import format_money, parse_money

SCHEMA_FILE: Final = "regelset.schema.json"
KINDS: Final = ("verordening", "beleidsregel", "wet", "amvb", "ministeriele_regeling")
TO_DO: Final = "NOG INVULLEN"  # what somebody left open, easy to find back

FactKind = Literal["geld", "getal", "ja_nee"]
#: the limit in words -> the sign of the rule
SIGNS: Final = {
    "hoogstens": "<=", "ten hoogste": "<=", "maximaal": "<=", "niet meer dan": "<=", "tot en met": "<=",
    "minstens": ">=", "ten minste": ">=", "tenminste": ">=", "minimaal": ">=", "vanaf": ">=",
    "lager dan": "<", "minder dan": "<", "onder": "<", "jonger dan": "<",
    "meer dan": ">", "hoger dan": ">", "boven": ">", "ouder dan": ">",
}  # fmt: skip
WORDS: Final = {"<=": "hoogstens", ">=": "minstens", "<": "minder dan", ">": "meer dan"}


class Fact(NamedTuple):
    """What the first criterion looks at: a path in the situation, or (without one) a fact of the ruleset's own."""

    label: str
    path: str | None = None
    kind: FactKind | None = None  # of a path; that of an own fact follows from the limit


class Limit(NamedTuple):
    """What must hold of the fact: a sign and cents or a number, or yes or no."""

    kind: FactKind
    sign: str
    value: int  # cents, a number, or 1 (yes) and 0 (no)

    @property
    def text(self) -> str:
        """The value as it is written in a ruleset."""
        return format_money(self.value).removesuffix(",00") if self.kind == "geld" else str(self.value)


@dataclass(frozen=True, slots=True)
class HardshipClause:
    """What a regulation says about setting itself aside: the article, its text, its threshold words."""

    grondslag: str
    tekst: str
    maatstaf: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked. `gemeente` None: everywhere. `clausule` None: the regulation has none."""

    id: str
    titel: str
    soort: str
    gemeente: str | None
    artikel: str
    van: date
    doel: str
    leefgebieden: tuple[str, ...]
    feit: Fact
    grens: Limit
    criterium: str
    clausule: HardshipClause | None
    bron: str = "CVDR000000"


# --- answers from words ------------------------------------------------------------------------------------------------


def name_of(words: str, link: str = "_") -> str:
    """A name or id out of plain words: «Inkomen per maand» becomes «inkomen_per_maand»; empty when nothing can be made of them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", link, plain).strip(link)[:60].strip(link)


def read_fact(words: str) -> Fact:
    """A fact out of words: a path that the situation has («wonen.huur», «leeftijd»), or a fact of one's own in plain words.

    Raises ValueError, in Dutch, when it is neither.
    """
    words = " ".join(words.split())
    if words == "leeftijd":
        return Fact("leeftijd", "leeftijd", "getal")
    if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", words):
        return _path(words)
    if not re.fullmatch(r"[a-z].*", name_of(words)):
        raise ValueError("schrijf het in gewone woorden, zoals «inkomen per maand»")
    if len(words) > 100 or not words.isprintable():
        raise ValueError("houd het kort: hoogstens 100 tekens")
    return Fact(words[:1].lower() + words[1:] if words[1:2].islower() else words)


def _path(path: str) -> Fact:
    record = situation_schema()
    *groups, last = path.split(".")
    for step in groups:
        inner = record.fields.get(step)
        if inner is None or inner.type.kind is not Kind.GROEP or inner.type.record is None:
            raise ValueError(f"«{path}» staat niet in de situatie; kijk in docs/gegevens.md, of schrijf gewone woorden")
        record = inner.type.record
    one = record.fields.get(last)
    kinds: dict[Kind, FactKind] = {Kind.GELD: "geld", Kind.GETAL: "getal", Kind.JA_NEE: "ja_nee"}
    if one is None:
        raise ValueError(f"«{path}» staat niet in de situatie; kijk in docs/gegevens.md, of schrijf gewone woorden")
    if one.type.kind not in kinds:
        raise ValueError(f"«{path}» is geen bedrag, getal of ja of nee; daarmee begint u zelf verder")
    return Fact(one.label, path, kinds[one.type.kind])


def read_limit(words: str, fact: Fact) -> Limit:
    """What must hold, out of words: «hoogstens € 1.500», «minstens 21», «ja», «nee». Raises ValueError, in Dutch."""
    words = " ".join(words.lower().split())
    limit = _yes_or_no(words) or _limit(words)
    if fact.kind is not None and fact.kind != limit.kind:
        kinds = {
            "geld": "een bedrag, zoals «hoogstens € 1.500»",
            "getal": "een getal, zoals «minstens 21»",
            "ja_nee": "«ja» of «nee»",
        }
        raise ValueError(f"bij «{fact.label}» hoort {kinds[fact.kind]}")
    return limit


def _yes_or_no(words: str) -> Limit | None:
    return Limit("ja_nee", "=", int(words == "ja")) if words in ("ja", "nee") else None


def _limit(words: str) -> Limit:
    found = next((word for word in sorted(SIGNS, key=len, reverse=True) if words.startswith(word + " ")), None)
    sign, rest = (SIGNS[found], words[len(found) :].strip()) if found else ("", "")
    for written in ("<=", ">=", "<", ">"):
        if not found and words.startswith(written):
            sign, rest = written, words[len(written) :].strip()
            break
    if not sign:
        raise ValueError("schrijf «hoogstens € 1.500», «minstens 21», «ja» of «nee»")
    number = re.fullmatch(r"(\d{1,6})( jaar)?", rest)
    limit = Limit("getal", sign, int(number[1])) if number else Limit("geld", sign, parse_money(rest))
    if limit.value <= 0:
        raise ValueError("de grens moet meer dan nul zijn, anders valt er niets te kiezen")
    if limit.value > 10**11:
        raise ValueError("deze grens is te groot")
    return limit


def sentence_of(fact: Fact, limit: Limit) -> str:
    """What the first criterion says to a client, when nobody wrote it better."""
    if limit.kind == "ja_nee":
        return f"{'Dit klopt' if limit.value else 'Dit klopt niet'}: {fact.label}"
    if fact.path == "leeftijd":
        words = {
            "<=": f"hoogstens {limit.text} jaar",
            ">=": f"{limit.text} jaar of ouder",
            "<": f"jonger dan {limit.text} jaar",
            ">": f"ouder dan {limit.text} jaar",
        }
        return f"U bent {words[limit.sign]}"
    return f"Uw {fact.label} is {WORDS[limit.sign]} {limit.text}"


# --- the ruleset -------------------------------------------------------------------------------------------------------


_PLAIN: Final = re.compile(r"[A-Za-zÀ-ÿ](?:[A-Za-zÀ-ÿ0-9().;?/-]| (?=[A-Za-zÀ-ÿ0-9(]))*")


def quoted(text: str) -> str:
    """A text as a YAML scalar: as it is where nothing in it means something to YAML, else between double quotes."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def own_name(fact: Fact) -> str:
    """The name of an own fact; words that mean something already get «eigen_» before them."""
    name = name_of(fact.label)
    return f"eigen_{name}" if name in BUILT_IN or name in situation_schema().fields else name


def criterion_id(answers: Answers) -> str:
    """The id of the first criterion."""
    return name_of(answers.feit.path or answers.feit.label)


def ruleset_text(answers: Answers) -> str:
    """The ruleset, with comments that guide its writer."""
    limit, fact = answers.grens, answers.feit
    read = fact.path or own_name(fact)
    if limit.kind == "ja_nee":
        rule = read if limit.value else f"niet {read}"
    else:
        rule = f"{read} {limit.sign} grens"
    where = (
        f'bevoegd: {{orgaan: college, gemeente: "{answers.gemeente}"}}   # alleen in deze gemeente'
        if answers.gemeente
        else 'bevoegd: {orgaan: college}   # overal; voor één gemeente: {orgaan: college, gemeente: "0599"}'
    )
    return "".join(
        [
            _HEAD.format(
                schema=SCHEMA_FILE, id=answers.id, titel=quoted(answers.titel), soort=answers.soort, bron=answers.bron,
                van=answers.van.isoformat(), where=where, doel=quoted(answers.doel), gebieden=", ".join(answers.leefgebieden),
            ),
            "" if fact.path else _own_fact(fact, limit),
            "" if limit.kind == "ja_nee" else _figure(answers),
            _CRITERION.format(
                id=criterion_id(answers), titel=quoted(answers.criterium), grondslag=quoted(answers.artikel),
                doel=quoted(answers.doel), uitleg=quoted(answers.criterium.rstrip(".") + "."),
                eis=rule,
            ),
            _clause(answers),
        ]
    )  # fmt: skip


def _own_fact(fact: Fact, limit: Limit) -> str:
    question = f"Klopt dit: {fact.label}?" if limit.kind == "ja_nee" else f"Wat is uw {fact.label}?"
    return _FACT.format(name=own_name(fact), kind=limit.kind, label=quoted(fact.label), question=quoted(question))


def _figure(answers: Answers) -> str:
    kind = "" if answers.grens.kind == "geld" else "    type: getal\n"
    return _LIMIT.format(
        kind=kind, label=quoted(f"de grens voor {answers.feit.label}"), grondslag=quoted(answers.artikel),
        bron=quoted(f"{answers.bron} {answers.artikel}"), van=answers.van.isoformat(), value=quoted(answers.grens.text),
    )  # fmt: skip


def _clause(answers: Answers) -> str:
    clause = answers.clausule
    if clause is None:
        cliff = _CLIFF if answers.grens.kind == "geld" else ""
        return _NO_CLAUSE.format(cliff=cliff, grondslag=quoted(answers.artikel))
    return _CLAUSE.format(
        id=clause_id(clause), soort=clause_kind(answers.soort), grondslag=quoted(clause.grondslag), tekst=quoted(clause.tekst),
        maatstaf=quoted(clause.maatstaf), criterium=criterion_id(answers),
    )  # fmt: skip


def clause_id(clause: HardshipClause) -> str:
    """The id of the clause, after its article."""
    return name_of(clause.grondslag, "-") or "hardheidsclausule"


def clause_kind(soort: str) -> str:
    """Which kind of clause a kind of regulation has of its own."""
    return {"verordening": "verordening_clausule", "beleidsregel": "awb_4_84"}.get(soort, "wettelijke_uitzondering")


# --- the test cases ----------------------------------------------------------------------------------------------------


def trials_text(answers: Answers) -> str:
    """The first test cases: just granted, just refused, and not known."""
    day = peildatum(answers.van)
    yes, no = _either_side(answers.grens)
    granted, refused = (_situation(answers, value, day) for value in (yes, no))
    expected = f"uitkomst: afgewezen, afgewezen_op: [{criterion_id(answers)}]"
    if answers.clausule is not None:
        expected += f", hardheid: {{{clause_id(answers.clausule)}: in_bereik}}"
    base = (
        f'{{persoon: {{gemeente: "{answers.gemeente}"}}}}'
        if answers.gemeente
        else "{persoon: {verblijf: {soort: nederlander}}}"
    )
    return _TRIALS.format(
        schema=SCHEMA_FILE, id=answers.id, titel=answers.titel.replace("\n", " "), base=base, day=day.isoformat(),
        granted=granted, refused=refused, expected=expected, needed=needed(answers),
    )  # fmt: skip


def needed(answers: Answers) -> str:
    """The fact that is still needed while nothing is known."""
    if answers.feit.path == "leeftijd":
        return "persoon.geboortedatum"
    if answers.feit.path is None:
        return f"eigen.{answers.id}.{own_name(answers.feit)}"
    *groups, _ = steps = answers.feit.path.split(".")
    record = situation_schema()
    for at, step in enumerate(groups, 1):  # is there a partner at all? That is asked first
        inner = record.fields[step].type
        if inner.geen or inner.record is None:
            return ".".join(steps[:at])
        record = inner.record
    return answers.feit.path


def peildatum(van: date) -> date:
    """The day of the cases: the first day of the ruleset, or the day after 29 February (then every birthday has a day)."""
    return van + timedelta(days=1) if (van.month, van.day) == (2, 29) else van


def _either_side(limit: Limit) -> tuple[int, int]:
    """The last value that is granted, and the first that is refused."""
    value = limit.value
    match limit.sign:
        case "<=":
            return value, value + 1
        case ">=":
            return value, value - 1
        case "<":
            return value - 1, value
        case ">":
            return value + 1, value
        case _:
            return value, 1 - value


def _situation(answers: Answers, value: int, day: date) -> str:
    fact, limit = answers.feit, answers.grens
    if fact.path == "leeftijd":
        return f"{{persoon: {{geboortedatum: {born(value, day, oldest=limit.sign in ('<', '<=') or value < limit.value)}}}}}"
    written = ("nee", "ja")[value] if limit.kind == "ja_nee" else quoted(limit._replace(value=value).text)
    steps: Sequence[str] = fact.path.split(".") if fact.path else ("eigen", answers.id, own_name(fact))
    return "".join(f"{{{step}: " for step in steps) + written + "}" * len(steps)


def born(age: int, day: date, *, oldest: bool) -> date:
    """A day of birth of somebody of this age on a day (not 29 February): the first such day of birth, or the last."""
    if not oldest:
        return day.replace(year=day.year - age)
    before = day.replace(year=day.year - age - 1)
    return before + timedelta(days=1)


# --- the words of the files --------------------------------------------------------------------------------------------

_HEAD: Final = """\
# yaml-language-server: $schema={schema}
# $schema: {schema}
# De twee regels hierboven helpen uw editor: hij vult sleutels aan en zet een streep onder wat niet kan.
#
# Begonnen met `responsief new`. Wat achter «#» staat, is voor u; de software leest het niet. Haal het weg als u het niet meer nodig heeft.
# Controleren: responsief check .     Proefgevallen draaien: responsief test .     Wat betekent een melding: responsief explain CODE
regelset: {id}
formaat: 1
titel: {titel}
soort: {soort}
# Waar de tekst staat: het nummer op overheid.nl, en de naam van de regeling.
bron: {{regeling: {bron}, naam: {titel}}}
geldig: {{van: {van}}}   # loopt zij af: zet «tot» erachter, die dag telt mee
{where}
# Waarom is deze regeling er? Dit staat in de brief, en iemand die een uitzondering weegt, kijkt hiernaar.
doel: {doel}
leefgebieden: [{gebieden}]
geverifieerd: nee   # «ja» als u alles naast de officiële tekst heeft gelegd
# Waar kan iemand in bezwaar, en hoe lang? Dit komt onder de brief.
procedure:
  rechtsmiddel: {{soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}
  aanvullen: Awb 4:5   # de aanvraag is niet compleet: eerst laten aanvullen
  horen: Awb 4:7   # gegevens kloppen niet met elkaar: eerst horen
"""
_FACT: Final = """
# Wat deze regeling van iemand wil weten en wat nog niet in docs/gegevens.md staat.
gegevens:
  {name}:
    type: {kind}   # geld · getal · ja_nee · datum · keuze · …
    label: {label}
    vraag: {question}
    van: [inwoner]   # wie het weet; de eerste wordt het eerst gevraagd
"""
_LIMIT: Final = """
# Cijfers uit de regeling, elk met de dag waarop het ingaat. Verandert het, zet dan een datum erbij; het oude blijft staan.
bedragen:
  grens:
{kind}    label: {label}
    grondslag: {grondslag}
    bron: {bron}
    waarden: {{{van}: {value}}}
"""
_CRITERION: Final = """
# De voorwaarden. Iemand krijgt het als ze allemaal kloppen. Een volgende voorwaarde begint weer met «- id».
criteria:
  - id: {id}
    titel: {titel}
    grondslag: {grondslag}
    doel: {doel}
    uitleg: {uitleg}
    bewijs: een verklaring van de inwoner   # waarmee iemand dit kan laten zien
    eis: {eis}

# Hoort er een bedrag bij? Schrijf dan:
# uitkomst:
#   bedrag: {{per: jaar, is: € 100}}
"""
_CLAUSE: Final = """
# Wanneer mag het college afwijken? Bij elke afwijzing wordt dit nagelopen.
hardheid:
  - id: {id}
    soort: {soort}
    grondslag: {grondslag}
    tekst: {tekst}
    maatstaf: {maatstaf}
    geldt_voor: [{criterium}]   # tot welke voorwaarden deze clausule reikt
    wie_beslist: college
    mag: [toekennen]
"""
_NO_CLAUSE: Final = """
# Wanneer mag het college afwijken? Hier staat dat de regeling geen hardheidsclausule heeft. Heeft zij er wel een, verander dit dan.
{cliff}hardheid:
  - {{id: geen-clausule, soort: geen, grondslag: {grondslag}, reikwijdte: deze regeling noemt geen hardheidsclausule, geldt_voor: alle}}
"""
#: what `check` rightly warns of then: a newcomer who did nothing wrong must not be startled
_CLIFF: Final = """\
# Daarom waarschuwt «check» voor een «klif»: met één euro te veel krijgt iemand niets, en niemand kan afwijken. Hoe verder: responsief explain klif
"""
_TRIALS: Final = """\
# yaml-language-server: $schema={schema}
# $schema: {schema}
# Proefgevallen bij {titel}: wat moet er uitkomen, en bij wie? Draaien: responsief test .
# De eerste drie staan rond de grens: net wel, net niet, en nog niet bekend.
proef: {id}
formaat: 1
# Een basis is een situatie die u vaker gebruikt. Een geval schrijft alleen op wat anders is.
basis:
  iemand: {base}
gevallen:
  - naam: net wel
    peildatum: {day}
    basis: iemand
    situatie: {granted}
    verwacht: {{uitkomst: toegekend}}
  - naam: net niet
    peildatum: {day}
    basis: iemand
    situatie: {refused}
    verwacht: {{{expected}}}
  - naam: nog niet bekend
    peildatum: {day}
    basis: iemand
    verwacht: {{uitkomst: onbepaald, onbekend: [{needed}]}}
"""
