"""What is wrong with a motivation, before a court or a reader says so. It refuses; it never rewrites.

It reads the two texts as they lie there, also after a person has changed them, and holds them against the case. The
client's own words between «», and the law's own words, are exempt; everything else that stands between «» is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, Literal

from responsief.decision import Draft, Remedy, Sender, Texts
from responsief.facts import holds_bsn
from responsief.frozen import dataclass
from responsief.ir.types import Record, situation_schema
from responsief.motivation import reasons
from responsief.motivation.letter import LAWS_HEADING
from responsief.motivation.terms import last_day
from responsief.motivation.words import IN_CONFIDENCE, MORE_HELP, MORE_TOLD, plain, quote, told
from responsief.readability import LONGEST, sentences, word_count
from responsief.values import MONTHS, format_day, parse_day

Where = Literal["brief", "nota", "motivering"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for which a motivation is refused: a stable code, what is wrong, in which text, and what to do."""

    code: str
    tekst: str
    waar: Where
    hulp: str


# Every wording: the code, what is wrong, what to do.
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "advies-zonder-reden": ("«{woord}»: van het advies afwijken zonder reden", "zeg waarom het advies niet is gevolgd (Awb 3:50)"),
    "afwijzing-zonder-besluit": ("«{woord}»: er is nog niets beslist", "schrijf wat er nu gebeurt, niet dat het antwoord nee is"),
    "alleen-beleid": ("«{woord}»: beleid staat hier als reden", "zeg wat de regel wil bereiken en waarom die bij deze persoon past"),
    "alleen-voorwaarden": ("«{woord}» is geen motivering", "noem het feit, de regel en wat daaruit volgt"),
    "automatisch": ("«{woord}»: een mens beslist", "zeg wie heeft gewogen en beslist"),
    "beslisser-ontbreekt": ("er staat niet wie beslist", "noem wie beslist, en met welk mandaat"),
    "betwist-verzwegen": ("een feit is betwist, en dat staat er niet", "zeg wat de inwoner zegt, wat de bron zegt en welke u volgt, met de reden"),
    "bron-ontbreekt": ("bij de feiten staat geen bron met een datum", "noem van elk feit de bron en de datum (Awb 3:2)"),
    "bsn": ("er staat iets dat op een burgerservicenummer lijkt", "haal het weg"),
    "categorisch": ("«{woord}» sluit een uitzondering vooraf uit", "weeg dit geval; een groep kan niet bij voorbaat buiten de clausule vallen"),
    "citaat-ongeverifieerd": ("«{woord}» is aangehaald, maar niemand heeft die tekst met de bron vergeleken", "vergelijk eerst met de bron, of zeg het in eigen woorden"),
    "clausule-ontbreekt": ("de clausule «{naam}» staat er niet in", "zeg of zij reikt, en waarom wel of niet"),
    "concept-ontbreekt": ("er staat niet dat dit een concept is", "zet de regel met CONCEPT bovenaan terug"),
    "conclusie-ontbreekt": ("er staat niet of u afwijkt", "zeg of u afwijkt van de regel, en zo ja waarvan"),
    "doel-ontbreekt": ("er staat niet waar de regel voor is", "noem het doel van de regel, en wat dat hier betekent"),
    "eenzijdig": ("de weging noemt één kant", "noem ook wat ertegenover staat"),
    "evenredigheid-ontbreekt": ("er staat niet of de uitkomst geschikt, noodzakelijk en evenwichtig is", "toets die drie, voor zover zij hier iets zeggen"),
    "feit-ontbreekt": ("bij «{naam}» ontbreekt {feit}", "noem wat is vergeleken: het bedrag en de grens"),
    "geen-alternatief": ("er staat geen enkele hulp in die wel kan", "noem wat wel kan, met een eerste stap"),
    "gelijke-gevallen-ontbreken": ("er staat niets over gelijke gevallen", "zeg hoe dit geval zich verhoudt tot eerdere gevallen"),
    "gevolg-ontbreekt": ("er staat niet wat de strikte regel met deze persoon doet", "noem de gevolgen, ook voor kinderen en anderen"),
    "grond-ontbreekt": ("de voorwaarde «{naam}» staat er niet in", "noem elke voorwaarde die in de weg staat"),
    "haast-verzwegen": ("er staat «{woord}», maar er is een signaal met haast: {naam}", "zeg wat haast heeft, en wie iemand vandaag kan bellen"),
    "interne-code": ("«{woord}» is een woord uit de regels zelf", "schrijf het in gewone taal"),
    "kind-ontbreekt": ("«{naam}» is niet apart genoemd", "weeg het belang van elk kind, met de leeftijd erbij (IVRK 3)"),
    "kracht-als-reden": ("«{woord}»: wat iemand zelf kan, verlaagt hier geen recht", "haal het weg als reden; deze wet vraagt niet om eigen kracht"),
    "lange-zin": ("een zin van {aantal} woorden: «{zin}»", "maak er twee zinnen van; hoogstens {grens} woorden"),
    "lege-reden": ("de reden bij «{naam}» is leeg", "schrijf de reden op"),
    "maatstaf-andere-clausule": ("«{woord}» is de maatstaf van een clausule die hier niet aan de orde is", "gebruik de woorden van de clausule in deze zaak"),
    "maatstaf-ontbreekt": ("de maatstaf van «{naam}» staat er niet: «{woord}»", "toets aan de woorden van die clausule"),
    "milder-ontbreekt": ("er staat niet of het voor een deel, voor een tijd of als lening kan", "zeg welke mildere mogelijkheden zijn bekeken, en waarom wel of niet"),
    "niet-bijzonder-genoeg": ("«{woord}» zegt niet waarmee is vergeleken", "noem de omstandigheid en zeg waarom zij wel of niet telt"),
    "nog-in-te-vullen": ("nog open: «{woord}»", "vul het in, of haal het weg als het niet nodig is"),
    "omstandigheid-ontbreekt": ("«{naam}» is genoemd, maar staat er niet in", "noem de omstandigheid en hoe zij is gewogen"),
    "omvang-ontbreekt": ("er wordt afgeweken, maar niet gezegd hoeveel of hoe lang", "noem het bedrag en de periode"),
    "precedent": ("«{woord}» kan niet de reden zijn", "vergelijk met gelijke gevallen; angst voor herhaling is geen reden"),
    "rechtsmiddel-ontbreekt": ("er staat niet wat iemand tegen het besluit kan doen", "noem {middel}, de laatste dag en waar het heen moet"),
    "rechtsmiddel-te-vroeg": ("er is nog geen besluit om tegen op te komen", "haal de alinea weg"),
    "rechtsmiddel-verkeerd": ("er staat «{woord}», maar hier geldt {middel}", "neem het rechtsmiddel van de regeling over"),
    "systeem": ("«{woord}»: een mens beslist", "zeg wie iets doet: wij, de gemeente, een medewerker"),
    "termijn-verkeerd": ("de termijn klopt niet: {fout}", "het moet zijn: {goed}"),
    "toezegging-ontbreekt": ("de toezegging «{naam}» staat er niet in", "noem wat is beloofd en hoe het staat"),
    "verwijt": ("«{woord}» verwijt iemand iets", "schrijf wat er gebeurde, zonder oordeel over de persoon"),
    "weegt-niet-mee": ("«{woord}» klinkt alsof iemands situatie er niet toe doet", "schrijf: «Dit verandert ons besluit niet, omdat …»"),
    "weging-ontbreekt": ("«{naam}» is genoemd, maar niet gewogen", "weeg elke omstandigheid, ook als geen clausule reikt"),
}  # fmt: skip

DECIDED: Final = ("toegekend", "gedeeltelijk", "afgewezen")
_REMEDY: Final = {"bezwaar": "bezwaar", "administratief_beroep": "administratief beroep", "beroep": "beroep"}

# Threshold words that laws and regulations use in their clauses. Each belongs to its own clause.
# Of each: letters without which it isn't there, because looking for those is a hundred times as fast.
_THRESHOLDS: Final = tuple(
    (needle, re.compile(pattern, re.IGNORECASE))
    for needle, pattern in (
        ("onbillijkhe", r"onbillijkhe(?:id|den) van overwegende aard"),
        ("zeer dringende", r"zeer dringende reden(?:en)?"),
        ("dringende reden", r"(?<!zeer )\bdringende reden(?:en)?"),
        ("bijzondere omstandigheden", r"bijzondere omstandigheden"),
        ("bijzondere individuele", r"bijzondere individuele omstandigheden"),
        ("bijzondere gevallen", r"bijzondere gevallen"),
        ("onvoorziene", r"onvoorziene omstandigheden"),
        ("onevenredig", r"onevenredig\w*"),
        ("onredelijke uitkomst", r"onredelijke uitkomst"),
        ("onredelijkheden", r"(?:grote )?onredelijkheden"),
        ("hardheid", r"(?:kennelijke?|klaarblijkelijke|bijzondere|onevenredige) hardheid"),
        ("acute noodsituatie", r"acute noodsituatie"),
        ("onaanvaardbare gevolgen", r"onaanvaardbare gevolgen"),
        ("buitengewoon bezwaar", r"buitengewoon bezwaar"),
    )
)
_PHRASES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (code, needles, re.compile(pattern, re.IGNORECASE))
    for code, needles, pattern in (
        ("alleen-voorwaarden", ("voldoe",), r"voldoe[tn]? (?:hiermee |daarmee |dus )?niet aan (?:de|alle|deze|onze) (?:\w+ )?voorwaarden"),
        ("precedent", ("precedent",), r"precedent\w*"),
        ("niet-bijzonder-genoeg", ("niet bijzonder", "zo bijzonder", "erg bijzonder", "voldoende bijzonder", "schrijnend", "uitzonderlijk"), r"(?:niet|onvoldoende) (?:zo |erg |voldoende )?(?:bijzonder|schrijnend|uitzonderlijk)(?: genoeg)?\b"),
        ("alleen-beleid", ("beleid",), r"\b(?:volgens|conform|wegens|vanwege|op grond van) (?:(?:ons|het|vaste?|gemeentelijke?) ){0,2}beleid\b"),
        ("alleen-beleid", ("beleid",), r"\b(?:dit|dat|het) is (?:nu eenmaal )?(?:(?:ons|het|vast|gemeentelijk) ){0,2}beleid\b|\bomdat (?:dit|dat|het) (?:(?:ons|het|vast) )?beleid is\b"),
        ("systeem", ("systeem", "computer", "algoritme", "software"), r"\b(?:het|ons|dit) (?:computer)?systeem\b|\b(?:volgens|door|uit) de computer\b|\bde computer (?:zeg|geef|reken|beslis|bepaal|bepaalt|wees|wijs|heeft|kan|wil|vind|laat|ziet|weiger)\w*|\bhet algoritme\b|\bde software\b"),
        ("weegt-niet-mee", ("niet mee", "niet ter zake"), r"\bweegt niet mee\b|\btelt niet mee in (?:de|onze) weging\b|\bdoet niet ter zake\b"),
    )
)  # fmt: skip
_BLAME: Final = re.compile(
    r"\b(?:verwijt\w*|eigen schuld|fraud\w*|weiger(?:t|de|den)|nagelaten|onwillig\w*|misbruik\w*|liegt|gelogen|onbetrouwba\w+|beweert|zielig\w*|calculerend\w*)\b",
    re.IGNORECASE,
)
_BLAMING: Final = ("verwijt", "eigen schuld", "fraud", "weigert", "weigerd", "nagelaten", "onwillig", "misbruik", "liegt", "gelogen", "onbetrouwba", "beweert", "zielig", "calculerend")  # fmt: skip
_REFUSING: Final = re.compile(
    r"\b(?:afgewezen|afwijzing|wijzen (?:\w+ ){0,4}af|krijgt geen|krijgt dit niet|verandert ons besluit niet)\b", re.IGNORECASE
)
_EMPTY: Final = re.compile(r"\b([Oo]mdat|[Ww]ant)\s*[.;,]|\b[Rr]eden:\s*(?:\.|$)", re.MULTILINE)
_QUOTE: Final = re.compile(r"«([^«»]*)»")
_MARKED: Final = re.compile(
    r"\[(?:vul in|nog in te vullen)[^\[\]]*\]|\bCONCEPT\b|\bweegt (?:dit|ook|nog)[^.]{0,30}\bnog\b|\bnog geen besluit\b(?!\?)|\bnog te wegen\b",
    re.IGNORECASE,
)
_ABOUT_REMEDY: Final = re.compile(r"\b(?:bezwaar|beroep)|\bniet eens\b", re.IGNORECASE)
_TERM: Final = re.compile(
    r"\bbinnen (\d+|zes|tien|twee|drie|vier|acht|twaalf) (dag(?:en)?|we(?:ek|ken)|maand(?:en)?)\b", re.IGNORECASE
)
_NUMBERS: Final = {"twee": "2", "drie": "3", "vier": "4", "zes": "6", "acht": "8", "tien": "10", "twaalf": "12"}
_SENT: Final = re.compile(rf"^Datum: (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})$", re.MULTILINE)
_LAST: Final = re.compile(rf"laatste dag is (\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}})")


def lint(draft: Draft, texts: Texts, *, final: bool = False) -> tuple[Finding, ...]:
    """Everything for which this motivation is refused, in the order of the texts. `final`: no marked place may be left."""
    pages = _both(texts)
    found = [
        *_complete(draft, pages),
        *_reasons(draft, texts),
        *_words(draft, pages),
        *_letter(draft, texts.brief, pages[0][1]),
        *_remedy(draft, texts.brief, pages[0][1]),
        *_open(pages, final),
    ]
    return tuple(dict.fromkeys(found))


def finding(code: str, where: Where, **words: object) -> Finding:
    """A finding in the words of the table."""
    text, advice = TEXTS[code]
    return Finding(code, text.format(**words), where, advice.format(**words))


Pages = tuple[tuple[Where, str], tuple[Where, str]]  # both texts, cleaned


def _both(texts: Texts) -> Pages:
    return (("brief", plain(texts.brief)), ("nota", plain(texts.nota)))


# --- is everything there --------------------------------------------------------------------------------------------------


def _complete(draft: Draft, pages: Pages) -> Iterator[Finding]:
    if draft.uitkomst == "toegekend" or draft.hardheid is None:
        return
    case = reasons.read(draft)
    quiet = reasons.violent(draft)
    clauses = reasons.clauses_told(draft, case)
    in_letter = (*clauses.possible, *clauses.impossible)
    for item in case.circumstances:
        if item.raised and not item.weighings:
            yield finding("weging-ontbreekt", "nota", naam=item.name)
        for where, text in pages:
            if not _stands(item, text, where, unquoted=where == "brief" and quiet):
                yield finding("omstandigheid-ontbreekt", where, naam=item.name)
    for promise in draft.situatie.toezeggingen or ():
        for where, text in pages:
            if promise.wat and _inner(promise.wat) not in text and not (where == "brief" and quiet):
                yield finding("toezegging-ontbreekt", where, naam=plain(promise.wat))
    for where, text in pages:
        for ground in case.grounds if draft.uitkomst in DECIDED or where == "nota" else ():
            title = ground.criterion.titel
            if plain(title) not in text and told(title) not in text:
                yield finding("grond-ontbreekt", where, naam=plain(title))
        for clause, _ in case.reaches if where == "nota" else in_letter:
            if clause.soort != "geen" and plain(clause.titel) not in text and told(clause.titel) not in text:
                yield finding("clausule-ontbreekt", where, naam=plain(clause.titel))
    if not _offers_help(draft, pages[0][1]):
        yield finding("geen-alternatief", "brief")


def _stands(item: reasons.Circumstance, text: str, where: Where, *, unquoted: bool) -> bool:
    # A housemate may read the letter: then it says in general that more is weighed, and names nothing in confidence.
    if item.kind in IN_CONFIDENCE and MORE_TOLD in text:
        return True
    if item.words and item.raised and not unquoted:
        return _inner(item.words) in text
    return (item.told if where == "brief" else item.name) in text


def _inner(words: str) -> str:
    return quote(words)[1:-1]


def _offers_help(draft: Draft, letter: str) -> bool:
    review = draft.hardheid
    if review is None:
        return True
    if any(told(one.titel) in letter or plain(one.titel) in letter for one in review.alternatieven if plain(one.titel)):
        return True
    in_person = MORE_HELP in letter or "Bel daarvoor uw contactpersoon" in letter
    return bool(review.alternatieven) and not reasons.for_letter(draft, Sender()).named and in_person


# --- is every reason a reason ----------------------------------------------------------------------------------------------


def _reasons(draft: Draft, texts: Texts) -> Iterator[Finding]:
    if draft.hardheid is not None and draft.uitkomst != "toegekend":
        for weighing in draft.hardheid.weging:
            if not plain(weighing.reden):
                yield finding("lege-reden", "nota", naam=plain(weighing.omstandigheid).replace("_", " "))
        for clause in draft.hardheid.clausules:
            if not plain(clause.reden):
                yield finding("lege-reden", "nota", naam=plain(clause.titel))
        for ground in reasons.grounds(draft):
            if not plain(ground.criterion.doel):
                yield finding("lege-reden", "nota", naam=plain(ground.criterion.titel))
    pages: tuple[tuple[Where, str], ...] = (("brief", texts.brief), ("nota", texts.nota))
    for where, text in pages:
        for empty in empty_reasons(text):
            yield finding("lege-reden", where, naam=plain(empty))


def empty_reasons(text: str) -> Iterator[str]:
    """«omdat» and «want» with nothing behind them."""
    return (empty[0] for empty in _EMPTY.finditer(_QUOTE.sub("«»", text)))


# --- words that don't belong here ------------------------------------------------------------------------------------------


def _words(draft: Draft, pages: Pages) -> Iterator[Finding]:
    law = law_words(draft)
    exempt = {*client_words(draft), *law}
    legal = " ".join(law)
    allowed = _allowed(draft, legal)
    for where, text in pages:
        if holds_bsn(text):
            yield finding("bsn", where)
        own = own_text(text, exempt)
        yield from phrases(own, where, legal)
        for threshold, hit in thresholds(own):
            if not threshold.search(allowed):
                yield finding("maatstaf-andere-clausule", where, woord=hit)


def own_text(text: str, exempt: set[str]) -> str:
    """A cleaned text without the quotations that are exempt; what else stands between «» is the writer's own."""
    return _QUOTE.sub(lambda found: "«»" if found[1] in exempt else found[1], text)


def phrases(own: str, where: Where, legal: str) -> Iterator[Finding]:
    """Short cuts and blame in somebody's own text, from which what is exempt has been taken out; `legal` may say so."""
    low = own.lower()
    for code, needles, pattern in _PHRASES:
        if any(needle in low for needle in needles):
            for hit in pattern.finditer(own):
                yield finding(code, where, woord=hit[0])
    if any(needle in low for needle in _BLAMING):
        for hit in _BLAME.finditer(own):
            if hit[0].lower() not in legal.lower():
                yield finding("verwijt", where, woord=hit[0])


def thresholds(own: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """The threshold words of clauses that stand in a text: their pattern, and how they stand there."""
    low = own.lower()
    for needle, pattern in _THRESHOLDS:
        hit = pattern.search(own) if needle in low else None
        if hit:
            yield pattern, hit[0]


def client_words(draft: Draft) -> set[str]:
    """What the client said, as it stands between «»."""
    situation = draft.situatie
    asked = situation.aanvraag.gevraagd.soort
    words = [situation.gewenst_effect, asked]
    for one in situation.omstandigheden or ():
        words += [one.woorden, *(one.bewijs or ())]
    for promise in situation.toezeggingen or ():
        words += [promise.wie, promise.wat]
    for contact in situation.netwerk or ():
        words += [contact.wie, contact.kan]
    words += [need.woorden for need in situation.behoeften or ()]
    words += [strength.woorden for strength in situation.krachten or ()]
    words += [goal.woorden for goal in situation.plan.doelen or ()]
    return {_inner(word) for word in words if word}


def law_words(draft: Draft) -> set[str]:
    """What the law says, as it stands between «»."""
    words = [c.wettekst for c in draft.criteria]
    for clause in draft.hardheid.clausules if draft.hardheid else ():
        words += [clause.tekst, clause.maatstaf]
    return {_inner(word) for word in words if word}


def _allowed(draft: Draft, legal: str) -> str:
    parts = [legal, draft.regeling.titel, draft.regeling.naam, draft.regeling.doel]
    for one in draft.criteria:
        parts += [one.titel, one.uitleg or "", one.doel]
    if draft.hardheid:
        for clause in draft.hardheid.clausules:
            parts += [clause.titel, clause.reden, *clause.open_vragen]
        parts += [one.titel for one in draft.hardheid.alternatieven]
    allowed = plain(" ".join(parts))
    # What «zeer dringende redenen» means in Pw 16 (CRvB 13-6-2023, ECLI:NL:CRVB:2023:985).
    return allowed + " acute noodsituatie" if "zeer dringende redenen" in allowed else allowed


# --- the letter ------------------------------------------------------------------------------------------------------------


def _letter(draft: Draft, letter: str, cleaned: str) -> Iterator[Finding]:
    body = letter.split(f"\n{LAWS_HEADING}\n", 1)[0]
    for sentence in sentences(body):
        if sentence.count(" ") >= LONGEST and (count := word_count(sentence)) > LONGEST:  # fewer spaces: no more words
            yield finding("lange-zin", "brief", aantal=count, zin=sentence, grens=LONGEST)
    idle = re.search(r"hoeft nu niets te doen", body) if draft.haast else None
    if idle is not None:
        yield finding("haast-verzwegen", "brief", woord=idle[0], naam=plain(draft.haast[0].label))
    for code in _internal().finditer(_QUOTE.sub("«»", body)):
        yield finding("interne-code", "brief", woord=code[0])
    if draft.uitkomst in ("onbepaald", "wacht"):
        for refused in refusing(_QUOTE.sub("«»", body)):
            yield finding("afwijzing-zonder-besluit", "brief", woord=refused)
    doubtful = {_inner(c.wettekst) for c in draft.criteria if c.wettekst and not c.geverifieerd}
    for clause in draft.hardheid.clausules if draft.hardheid else ():
        if not clause.geverifieerd:
            doubtful |= {_inner(words) for words in (clause.tekst, clause.maatstaf) if words}
    doubtful -= client_words(draft)
    for quoted in _QUOTE.finditer(cleaned):
        if quoted[1] in doubtful:
            yield finding("citaat-ongeverifieerd", "brief", woord=quoted[1])


def refusing(own: str) -> Iterator[str]:
    """Words that say no."""
    return (hit[0] for hit in _REFUSING.finditer(own))


@cache
def _internal() -> re.Pattern[str]:
    """A name as rules write it («bij_anderen»), and a word of a choice with numbers in it («vreemdeling 11 2»)."""
    numbers = sorted({word.replace("_", " ") for word in _options(situation_schema()) if re.search(r"[a-z]_?\d", word)})
    return re.compile(r"(?<![\w@./-])(?:[A-Za-z]\w*_\w+|" + "|".join(map(re.escape, numbers)) + r")\b(?!@)")


def _options(record: Record) -> Iterator[str]:
    for one in record.fields.values():
        yield from one.type.options
        if one.type.record is not None:
            yield from _options(one.type.record)


def _remedy(draft: Draft, letter: str, cleaned: str) -> Iterator[Finding]:
    remedy = draft.regeling.rechtsmiddel
    text = _QUOTE.sub("«»", cleaned)
    if draft.uitkomst not in DECIDED:
        if re.search(r"\bbezwaar maken\b|\bin beroep gaan\b", text):
            yield finding("rechtsmiddel-te-vroeg", "brief")
        return
    if remedy is None:
        yield finding("rechtsmiddel-ontbreekt", "brief", middel="het rechtsmiddel")
        return
    name = _REMEDY.get(remedy.soort, plain(remedy.soort))
    if not re.search(rf"\b{re.escape(name)}\b", text):
        yield finding("rechtsmiddel-ontbreekt", "brief", middel=name)
    if remedy.soort != "bezwaar" and "bezwaar maken" in text:
        yield finding("rechtsmiddel-verkeerd", "brief", woord="bezwaar maken", middel=name)
    yield from _term(remedy, letter, text)


def about_remedy(letter: str) -> str:
    """The part of a letter under a heading on disagreeing, and every other line that speaks of a remedy.

    Elsewhere a term is about something else: «Vraag dit aan binnen drie maanden».
    """
    lines = letter.splitlines()
    kept, inside = [], False
    for line, under in pairwise([*lines, ""]):
        about = _ABOUT_REMEDY.search(line) is not None
        if line and len(under) >= 3 and set(under) == {"-"}:
            inside = about
        if inside or about:
            kept.append(line)
    return "\n".join(kept)


def terms_said(text: str) -> Iterator[tuple[str, str]]:
    """Each «binnen zes weken», and the term it means: «6 weken»."""
    for said in _TERM.finditer(_QUOTE.sub("«»", plain(text))):
        yield said[0], f"{_NUMBERS.get(said[1].lower(), said[1])} {said[2].lower()}"


def _term(remedy: Remedy, letter: str, text: str) -> Iterator[Finding]:
    term = plain(remedy.termijn)
    for said, meant in terms_said(about_remedy(letter)):
        if meant != term:
            yield finding("termijn-verkeerd", "brief", fout=said, goed=term)
    if term not in text:
        yield finding("termijn-verkeerd", "brief", fout="zij staat er niet", goed=term)
    sent = _SENT.search(letter)
    day = parse_day(f"{sent[3]}-{MONTHS.index(sent[2]) + 1:02d}-{int(sent[1]):02d}") if sent else None
    last = last_day(remedy, day) if day else None
    if last is not None:
        if format_day(last) not in text:
            yield finding("termijn-verkeerd", "brief", fout="de laatste dag staat er niet", goed=format_day(last))
        for named in _LAST.finditer(text):
            if named[1] != format_day(last):
                yield finding("termijn-verkeerd", "brief", fout=named[1], goed=format_day(last))


# --- what is still open ----------------------------------------------------------------------------------------------------


def _open(pages: Pages, final: bool) -> Iterator[Finding]:
    for where, text in pages:
        if final:
            for place in marked(text):
                yield finding("nog-in-te-vullen", where, woord=place)
        elif "CONCEPT" not in _QUOTE.sub("«»", text):
            yield finding("concept-ontbreekt", where)


def marked(text: str) -> Iterator[str]:
    """The places in a cleaned text that a person must still fill or decide."""
    return (place[0] for place in _MARKED.finditer(_QUOTE.sub("«»", text)))
