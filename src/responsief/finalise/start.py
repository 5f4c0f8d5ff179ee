"""An act to fill in, as YAML: every question that this draft leaves to a person, and none of the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from responsief.decision import Decision
from responsief.finalise.act import NIET_GEHOORD, OnlyHuman
from responsief.finalise.human import can_apply
from responsief.finalise.papers import to_fill
from responsief.finalise.refusals import carries, promised, to_answer, to_verify
from responsief.motivation.disputes import claims
from responsief.motivation.lint import DECIDED
from responsief.motivation.words import circumstance
from responsief.values import format_day


def start(decision: Decision) -> str:
    """The file to fill in. Nothing in it is an answer: as it is, it makes no decision."""
    return "\n".join(_lines(decision)) + "\n"


def _lines(decision: Decision) -> Iterator[str]:
    draft = decision.draft
    yield f"# {_one(draft.regeling.titel)}, peildatum {format_day(draft.peildatum)}"
    yield f"# Uitkomst volgens de regels: {draft.uitkomst}"
    yield "# Vul in wat leeg is. U beslist, met uw eigen woorden; wat leeg blijft, houdt het besluit tegen."
    yield "# Schrijf hier geen burgerservicenummer. Wat achter een # staat, is uitleg en telt niet."
    for need in draft.nog_nodig:
        yield f"# EERST NODIG (van: {need.van}): {_one(need.label)}. Vul dit in bij de situatie en toets opnieuw."
    yield from ("", "besluit_van:  # een mens, nooit een systeem", "  naam:", "  functie:")
    yield from (
        "mandaat:",
        f"  namens:  # bevoegd is: {_one(draft.regeling.orgaan)}",
        "  bevoegdheid:  # mandaatbesluit en artikel",
    )
    yield "  afwijken:  # ja of nee: mag u van de regel afwijken?"
    yield "datum:  # van uw besluit, zoals 2026-03-02"
    yield from _choice(decision)
    yield from _weighings(decision)
    yield from (
        "",
        "horen:  # Awb 4:7 en 4:8" + ("; niet nodig als u alles toekent" if decision.uitkomst == "toegekend" else ""),
        "  gehouden:  # ja of nee",
        "  op:  # datum",
        "  wat_kwam_eruit:",
    )
    yield "  niet_omdat:  # alleen als er niet is gehoord; kies uit:"
    yield from (f"  #   {word}: {meaning}" for word, meaning in NIET_GEHOORD.items())
    yield "  toelichting:"
    yield from ("", "adviezen:  # schrijf «geen», of per advies:", "  # - van:", "  #   op:")
    yield from (
        "  #   voor:  # de clausule die om dit advies vraagt",
        "  #   inhoud:",
        "  #   gevolgd:  # ja of nee",
        "  #   reden:  # als u het niet volgt",
    )
    yield from ("", "tegenspraak:  # denkt een collega of adviseur er anders over? schrijf «geen», of:")
    yield from ("  # - wie:", "  #   wat:", "  #   antwoord:")
    yield from (
        "",
        "inwoner:",
        "  standpunt:  # eens, oneens, deels of niet_bereikt",
        "  woorden:  # in eigen woorden van de inwoner",
    )
    yield from ("  op:  # datum", "", "toezeggingen:  # wat belooft u? schrijf «geen» als er niets is beloofd")
    for words in promised(decision):
        yield from (
            f"  - wat: {_text(words)}",
            "    stand:  # open, nagekomen of vervalt",
            "    wie:",
            "    uiterlijk:",
            "    reden:",
        )
    texts = to_verify(decision)
    if texts:
        yield from ("", "gecontroleerd:  # vergelijk elke tekst met de bron")
        for text in texts:
            yield from (f"  - tekst: {_text(text)}", "    bron:  # waar u hem las", "    op:  # datum")
    blockers = to_answer(decision)
    if blockers:
        yield from ("", "blokkades:  # dit staat nog open: schrijf wat u eraan deed, of waarom het niet nodig is")
        for blocker in blockers:
            yield from (f"  - blokkade: {_text(blocker)}", "    antwoord:")
    yield from _papers(decision)


def _choice(decision: Decision) -> Iterator[str]:
    draft = decision.draft
    reach = {c.id: c for c in draft.hardheid.clausules if carries(c)} if draft.hardheid else {}
    own = can_apply(decision)
    judged = bool(draft.te_wegen) and draft.uitkomst == "onbepaald"
    choices = ["volgt_regels"] * (draft.uitkomst in DECIDED) + ["wijkt_af"] * bool(reach) + ["eigen_oordeel"] * judged
    yield from ("", "besluit:", f"  keuze:  # {', '.join([*choices, *own])}")
    if reach or draft.te_wegen:
        yield "  uitkomst:  # toegekend, gedeeltelijk of afgewezen; leeg als u de regels volgt"
    if reach:
        yield f"  clausules:  # alleen als u afwijkt, zoals [{next(iter(reach))}]"
        for one in reach.values():
            yield f"  #   {one.id}: {_one(one.titel)} ({_one(one.grondslag)}); maatstaf: {_one(one.maatstaf or 'geen')}; mag: {', '.join(one.mag) or 'niet bepaald'}"
        yield "  wat:  # alleen als u afwijkt: wat u geeft"
    if reach or draft.te_wegen:
        yield from ('  bedrag:  # zoals "€ 200"', "  per:  # maand, jaar of keer")
    yield from (
        "  vanaf:  # datum; leeg bij een afwijzing",
        "  tot:  # datum, of geen; leeg bij een afwijzing",
        "  reden:  # uw slotsom; komt in uw brief: schrijf «u»",
    )
    yield from _human(decision, own)
    differences = claims(draft)
    if differences:
        yield from ("", "geschillen:  # hier zegt de inwoner iets anders dan een register: wie gelooft u?")
        for told in differences:
            yield f"  # {_one(told.source or 'register')}: {_one(told.recorded or 'niets')}; de inwoner: {_one(told.claimed)}"
            yield from (f"  - gegeven: {_text(told.path)}", "    geloofd:  # register of inwoner")
            yield from ("    reden:", "    antwoord_inwoner:  # wat de inwoner daarop zei")
    if draft.te_wegen:
        yield from ("", "gronden:  # hier mag de gemeente weigeren, maar het hoeft niet")
        for ident in draft.te_wegen:
            yield from (
                f"  - criterium: {ident}  # {_one(draft.criterion(ident).titel)}",
                "    weigert:  # ja of nee",
                "    reden:",
            )
    if len(draft.afgewezen_op) > 1:
        yield from ("", "# Elke grond draagt de afwijzing zelf. Is er een alleen ten overvloede? Haal de # weg bij die grond.")
        yield from () if draft.te_wegen else ("# gronden:",)
        yield from (f"#   - {{criterium: {ident}, draagt: ten_overvloede}}" for ident in draft.afgewezen_op)


def _human(decision: Decision, own: tuple[OnlyHuman, ...]) -> Iterator[str]:
    """What the rules never come to, each as it is filled in, behind a #."""
    asked = [need for need in decision.nog_nodig if need.van == "aanvrager"]
    yield from ("", "# Kiest u iets wat de regels niet kennen? Haal dan hier de # weg en vul het in:")
    for name in own:
        match name:
            case "buiten_behandeling":
                lines = [
                    "  # Awb 4:5: de inwoner vulde niet aan wat alleen de inwoner heeft. Binnen vier weken na de termijn",
                    f"  gegevens: [{', '.join(_text(need.label) for need in asked)}]",
                    "  gevraagd_op:  # datum",
                    "  uiterlijk:  # tot en met welke dag kon het",
                    "  aangevuld:  # ja of nee",
                    "  kon_leveren:  # waarom de inwoner dit redelijkerwijs kon geven",
                    "  korte_termijn_omdat:  # alleen als u minder dan een week gaf: waarom dat genoeg was",
                    "  om_uitstel_gevraagd:  # ja of nee",
                    "  uitstel:  # zo ja: wat u antwoordde, en waarom",
                ]
            case "herhaalde_aanvraag":
                lines = [
                    "  # Awb 4:6: dezelfde aanvraag na een afwijzing, en niets nieuws",
                    "  eerder_op:  # datum van dat besluit",
                    "  eerder_kenmerk:",
                    "  eerder_uitkomst:  # afgewezen of gedeeltelijk",
                    "  zelfde_aanvraag:  # ja of nee: ook over dezelfde periode?",
                    "  aangevoerd:  # wat de inwoner nu vertelt",
                    "  nieuw:  # ja of nee",
                    "  waarom:  # waarom dat wel of niet nieuw is",
                    "  evident_onredelijk:  # ja of nee: is blijven bij de afwijzing evident onredelijk?",
                    "  afweging:  # waarom",
                ]
            case "doorzenden":
                lines = [
                    "  # Awb 2:3: een ander bestuursorgaan is bevoegd. Dit is geen besluit",
                    "  naar:",
                    "  bereikbaar:  # hoe de inwoner hen bereikt",
                    "  op:  # datum",
                    "  meegedeeld_op:  # dezelfde dag",
                    "  ontvangen_op:  # als dat niet bij de situatie staat",
                ]
            case "niet_vast_te_stellen":
                lines = ["  # het recht is niet vast te stellen: een afwijzing, met bezwaar", "  gegevens:"]
                for need in asked:
                    lines += [f"    - gegeven: {_text(need.label)}", "      hoe:  # hoe u het vroeg"]
                    lines += ["      op:  # datum", "      wat_kwam:  # wat er kwam"]
                lines += [
                    "  schatting:  # waarom een schatting niet kan",
                    "  deel:  # waarom het ook niet voor een deel van de tijd kan",
                ]
        yield from (f"# {line}" for line in (f"{name}:", *lines))


def _weighings(decision: Decision) -> Iterator[str]:
    if decision.hardheid is None or not decision.hardheid.weging:
        return
    titles = {c.id: c.titel for c in decision.hardheid.clausules}
    yield from (
        "",
        "wegingen:  # bevestig of vervang elk voorstel, met een reden in eigen woorden; die komt in uw brief: schrijf «u»",
    )
    for one in decision.hardheid.weging:
        clause = f"bij «{_one(titles.get(one.clausule, one.clausule))}»" if one.clausule else "er is geen clausule"
        yield f"  # {_one(circumstance(one.omstandigheid))}, {clause}"
        yield f"  # voorstel: {one.voorstel}. {_one(one.reden)}"
        yield f"  - omstandigheid: {one.omstandigheid}"
        if one.woorden is not None:
            yield f"    woorden: {_text(one.woorden)}"
        yield from (f"    clausule: {one.clausule or 'geen'}", "    oordeel:  # weegt_mee of weegt_niet_mee", "    reden:")


def _papers(decision: Decision) -> Iterator[str]:
    listed = to_fill(decision)
    if listed:
        yield from ("", "plekken:  # open plekken in conceptbrief en conceptnota; niet nodig in een tekst die u zelf schrijft")
        for one in listed:
            yield f"  # {_one(one.regel)}"
            yield from (f"  - plek: {one.plek}", f"    staat_er: {_text(one.staat_er)}", "    invulling:")
    yield from (
        "",
        "brief:  # leeg: een brief over wat u besluit, met uw redenen erin. Een eigen brief: schrijf «brief: |» met daaronder uw tekst",
        "nota:  # leeg: de conceptnota",
    )


def _one(text: str) -> str:
    """On one line, for a comment."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


def _text(text: str) -> str:
    """A text as YAML, whatever stands in it."""
    return "".join(s if s.isprintable() else f"\\U{ord(s):08x}" for s in json.dumps(text, ensure_ascii=False))
