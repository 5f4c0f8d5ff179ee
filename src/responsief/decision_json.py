"""The stable JSON of decisions: Dutch names, dates as ISO text. Its schema: `responsief schema besluit`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from responsief.decision import (
    FORMAAT,
    Amount,
    Decision,
    Decisions,
    Draft,
    FactTold,
    Kept,
    Receipt,
    Regulation,
    Review,
    Start,
    Term,
    Trace,
    Tried,
)
from responsief.laws import links


def to_json(decisions: Decisions | Decision) -> dict[str, Any]:
    """The stable JSON of decisions (schema: `responsief schema besluit`); Dutch names, dates as ISO text."""
    if isinstance(decisions, Decision):
        decisions = Decisions((decisions,))
    return {
        "besluiten": [decision_json(one) for one in decisions.besluiten],
        "niet_beslist": [_pick(one, "regelset", "reden") for one in decisions.niet_beslist],
        "niet_ter_sprake": [_pick(one, "regelset", "titel", "reden", "oordeel") for one in decisions.niet_ter_sprake],
        "formaat": FORMAAT,
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """One decision as in `besluiten` of the stable JSON."""
    draft = decision.draft
    law = _Law(draft.regeling, draft.peildatum)
    return {
        "regelset": draft.regeling.regelset,
        "versie": draft.regeling.versie,
        "peildatum": draft.peildatum.isoformat(),
        "uitkomst": draft.uitkomst,
        "bedrag": _amount(draft.bedrag),
        "wacht_tot": draft.wacht_tot.isoformat() if draft.wacht_tot else None,
        "criteria": [
            _pick(c, "id", "titel", "grondslag")
            | _law_of(c.id, draft, law).links(c.grondslag)
            | {"oordeel": c.oordeel, "spoor": _trace(c.spoor)}
            for c in draft.criteria
        ],
        "afgewezen_op": list(draft.afgewezen_op),
        "te_wegen": list(draft.te_wegen),
        "onbekend": list(draft.onbekend),
        "nog_nodig": [_pick(n, "gegeven", "reden", "vraag", "van") for n in draft.nog_nodig],
        "hardheid": _review(draft.hardheid, law) if draft.hardheid and draft.uitkomst != "toegekend" else None,
        "motivering": {"brief": decision.motivering.brief, "nota": decision.motivering.nota},
        "ingang": _start(draft.ingang, law) if draft.ingang is not None else None,
        "aandacht": [
            _pick(one, "id", "soort", "tekst", "grondslag") | law.links(one.grondslag) | {"past": one.past}
            for one in draft.aandacht
        ],
        "overgang": [_kept(one, law) for one in draft.overgang],
        "bekendgemaakt": draft.regeling.bekendgemaakt.isoformat() if draft.regeling.bekendgemaakt else None,
        "beslisrijp": {"ja": not decision.blokkades, "nog": list(decision.beslisrijp)},
        "lees_eerst": [_pick(one, "waar", "woorden", "waarom") for one in decision.scherm.lees_eerst],
        "feiten": [_fact(one) for one in decision.scherm.feiten],
        "blokkades": [_pick(one, "soort", "tekst") for one in decision.blokkades],
        "termijnen": [
            {"soort": t.soort, "uiterlijk": t.uiterlijk.isoformat() if t.uiterlijk else None, "grondslag": t.grondslag}
            | law.links(t.grondslag)
            | {"tekst": t.tekst}
            for t in decision.termijnen
        ],
        "verantwoording": receipt_json(decision.verantwoording),
    }


def _law_of(criterion: str, draft: Draft, law: _Law) -> _Law:
    """The law that a criterion rests on: of one that an earlier version decides, as it was on the last day of that version."""
    kept = draft.kept(criterion)
    return law if kept is None else _Law(kept, kept.gold_tot)


def _kept(one: Kept, law: _Law) -> dict[str, Any]:
    return (
        _pick(one, "oordeel", "grondslag")
        | law.links(one.grondslag)
        | _pick(one, "uitleg")
        | {"tot": one.tot.isoformat() if one.tot else None, "versie": one.versie, "gold_tot": one.gold_tot.isoformat()}
        | {"criteria": list(one.criteria), "bedrag": one.bedrag, "feiten": [fact.gegeven for fact in one.feiten]}
    )


class _Law:
    """Whose law a decision rests on: an article without a law is of its own regulation, as it was on its day."""

    def __init__(self, regulation: Regulation | Kept | None, day: date | None) -> None:
        self._own = (regulation.regeling, regulation.tekst_van) if regulation else ("", None)
        self._day = day

    def links(self, article: str | None, *, own: bool = True) -> dict[str, Any]:
        """The key `links`: words of this `grondslag` with their address; none where no address is sure."""
        of = self._own if own else ("", None)
        return {"links": [link._asdict() for link in links(article or "", *of, self._day)]}


def review_json(review: Review) -> dict[str, Any]:
    """The hardship review as in the stable JSON; of a decision it has links to its own regulation too."""
    return _review(review, _Law(None, None))


def _review(review: Review, law: _Law) -> dict[str, Any]:
    return {
        "signalen": [{"id": s.id, "waarom": "; ".join(s.waarom)} for s in review.signalen],
        "clausules": [
            _pick(c, "id", "soort", "grondslag")
            | law.links(c.grondslag)
            | _pick(c, "criterium", "status", "reden", "maatstaf", "wie_beslist")
            | {"open_vragen": list(c.open_vragen), "eerst_nodig": list(c.eerst_nodig), "mag": list(c.mag)}
            | _pick(c, "richting", "reikwijdte", "draagt_alleen")
            for c in review.clausules
        ],
        "geen_clausule": review.geen_clausule,
        "alternatieven": [
            _pick(a, "id", "titel", "soort")
            | {"leefgebieden": list(a.leefgebieden)}
            | {"grondslag": a.grondslag}
            | law.links(a.grondslag, own=a.soort in ("deel", "hardheid"))  # an article alone is of the other regulation
            | _pick(a, "wie_beslist", "eerste_stap", "drempel", "past", "waarom")
            | {"termijn": _dated(a.termijn, "tekst", "grondslag", "uiterlijk"), "overdracht": a.overdracht}
            | {"eerder_geprobeerd": _dated(a.eerder_geprobeerd, "op", "tekst", "woorden", "hielp", "vraag")}
            for a in review.alternatieven
        ],
        "bundels": [
            _pick(b, "id", "titel") | {"alternatieven": list(b.alternatieven), "waarom": b.waarom} for b in review.bundels
        ],
        "grens": [_pick(g, "criterium", "tekst", "verschil", "eenheid", "wie") for g in review.grens],
        "manieren": [
            {"veranderingen": [_pick(c, "criterium", "tekst", "wie", "gegeven", "waarde") for c in way.veranderingen]}
            | _pick(way, "uitkomst", "bedrag", "wie")
            for way in review.manieren
        ],
        "gevolgen": [_pick(g, "voor", "leefgebied", "tekst", "uit") for g in review.gevolgen],
        "tegen": [_pick(t, "criterium", "tekst", "grondslag") | law.links(t.grondslag) for t in review.tegen],
        "milder": [_pick(m, "clausule", "wat", "tekst") for m in review.milder],
        "weging": [_pick(w, "omstandigheid", "clausule", "voorstel", "reden") for w in review.weging],
        "urgentie_werkdagen": review.urgentie_werkdagen,
        "zonder_antwoord": list(review.zonder_antwoord),
        "binnen_regels": None
        if review.binnen_regels is None
        else dict(zip(("geholpen", "van"), review.binnen_regels, strict=True)),
    }


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """The receipt as in the stable JSON."""
    return _pick(receipt, "regelset", "versie", "sha256", "motor", "keten") | {
        "peildatum": receipt.peildatum.isoformat(),
        "situatie_sha256": receipt.situatie_sha256,
        "gelezen": [_pick(s, "naam", "versie", "sha256") for s in receipt.gelezen],
        "feiten": [{"gegeven": path, "waarvoor": why} for path, why in receipt.feiten],
    }


def _start(start: Start, law: _Law) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day is not None else None

    return {
        "eerste_dag": iso(start.eerste_dag),
        "vanaf": iso(start.vanaf),
        "grondslag": start.grondslag,
        **law.links(start.grondslag),
        "uitleg": start.uitleg,
        "verloop": [
            {"van": iso(one.van), "tot": iso(one.tot), "uitkomst": one.uitkomst, "bedrag": _amount(one.bedrag)}
            | {"afgewezen_op": list(one.afgewezen_op)}
            for one in start.verloop
        ],
    }


def _fact(fact: FactTold) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day is not None else None

    return (
        _pick(fact, "gegeven", "label", "waarde", "bron", "betwist", "eigen_opgave")
        | {"datum": iso(fact.datum), "herbruikbaar_tot": iso(fact.herbruikbaar_tot)}
        | {"waarvoor": list(fact.waarvoor), "doelen": list(fact.doelen), "grondslagen": list(fact.grondslagen)}
    )


def _amount(amount: Amount | None) -> Mapping[str, Any] | None:
    return None if amount is None else {"centen": amount.centen, "per": amount.per}


def _dated(thing: Term | Tried | None, *names: str) -> dict[str, Any] | None:
    """These fields with dates as ISO text."""
    if thing is None:
        return None
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _pick(thing, *names).items()}


def _trace(trace: Trace) -> dict[str, Any]:
    return _pick(trace, "tekst", "oordeel", "waarde", "grens", "bron", "datum") | {"delen": [_trace(t) for t in trace.delen]}


def _pick(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
