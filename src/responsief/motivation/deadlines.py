"""Every date that a case hangs on: until when to decide, when the talk must be, until when somebody can object.

Where the law lets time stand still there is no date, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from responsief.decision import Deadline, Draft, Sender
from responsief.motivation import reasons
from responsief.motivation.terms import add_working_days, end_of_term, last_day
from responsief.values import parse_period

DECIDED: Final = ("toegekend", "gedeeltelijk", "afgewezen")
_TOLD: Final = {
    "bezwaar": "laatste dag om bezwaar te maken",
    "administratief_beroep": "laatste dag voor administratief beroep",
    "beroep": "laatste dag om in beroep te gaan",
}


def deadlines(draft: Draft, sender: Sender | None = None) -> tuple[Deadline, ...]:
    """The deadlines of a decided case, the first first, those without a date last.

    The remedy's last day needs `sender.verzonden_op`; the term to decide needs the day of the application (Awb 4:13).
    """
    found = [*_talks(draft), *_deciding(draft), *_remedy(draft, sender)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.uiterlijk or date.max, one.soort, one.grondslag)))


def _talks(draft: Draft) -> Iterator[Deadline]:
    """What signals ask for within so many working days, counted from the reference date, or from when the client came if that is later."""
    pressing = draft.hardheid.signalen if draft.hardheid is not None else draft.haast
    for signal in pressing:
        if signal.urgentie_werkdagen is not None:
            try:
                day = add_working_days(reasons.counted_from(draft), signal.urgentie_werkdagen)
            except OverflowError:
                day = None
            rests_on = signal.grondslag if signal.urgentie_uit == "wet" else f"{signal.grondslag} (termijn: eigen norm)"
            told = signal.label
            if signal.urgentie_uit == "wet" and not reasons.municipal(draft):
                told = f"de gemeente van de inwoner: {told}"
            if signal.urgentie_uit == "wet" and signal.urgentie_werkdagen:
                told += "; is er die dag nog niets gebeurd, dan kan de inwoner een klacht indienen (Awb 9:1)"
            yield Deadline("gesprek", day, rests_on, told)


def _deciding(draft: Draft) -> Iterator[Deadline]:
    received, length = draft.situatie.aanvraag.ontvangen_op, draft.regeling.beslistermijn
    if isinstance(received, date) and length is not None:
        day = end_of_term(received, parse_period(length), statute=True)
        yield Deadline(
            "beslissen", day, "Awb 4:13", "uiterlijk dan is er een besluit; daarna kan de inwoner de gemeente in gebreke stellen (Awb 4:17)"
        )  # fmt: skip
    advance = draft.regeling.voorschot
    if isinstance(received, date) and advance is not None and draft.uitkomst in ("onbepaald", "wacht"):
        day = end_of_term(received, parse_period(advance.termijn), statute=True)
        yield Deadline("voorschot", day, advance.grondslag, "zolang er geen besluit is, is er uiterlijk dan een voorschot")
    if draft.uitkomst == "onbepaald" and any(need.van == "aanvrager" for need in draft.nog_nodig):
        yield Deadline(
            "opschorting", None, "Awb 4:15 lid 1 onder a",
            "de beslistermijn staat stil van de brief waarin om gegevens wordt gevraagd tot het antwoord, of tot de hersteltermijn voorbij is",
        )  # fmt: skip


def _remedy(draft: Draft, sender: Sender | None) -> Iterator[Deadline]:
    remedy = draft.regeling.rechtsmiddel
    if draft.uitkomst not in DECIDED or remedy is None:
        return
    sent = sender.verzonden_op if sender is not None else None
    day = last_day(remedy, sent) if sent is not None else None
    told = _TOLD[remedy.soort] + ("" if sent is not None else f": {remedy.termijn}, te rekenen vanaf de {remedy.vanaf}")
    yield Deadline("rechtsmiddel", day, remedy.grondslag, told)
