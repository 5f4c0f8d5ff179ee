"""Provisions and signals: the two catalogues beside the rulesets. Their expressions read shared terms, the situation and `zaak`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from responsief.diagnostics import Findings, did_you_mean
from responsief.ir import nodes as ir
from responsief.ir.expressions import Scope, type_expression
from responsief.ir.from_syntax import Checker, Unresolved
from responsief.ir.ruleset import Provision, SignalDef, SignalFact
from responsief.ir.types import CASE, JA_NEE
from responsief.situation import LEEFGEBIEDEN
from responsief.syntax.groups import read_expression
from responsief.syntax.nodes import Document, Mapping, span_of
from responsief.syntax.reading import Reader


@dataclass(slots=True)
class Catalogue:
    """All provisions and signals of a register, by id, in the order of their files."""

    provisions: dict[str, Provision] = field(default_factory=dict)
    facts: dict[str, SignalFact] = field(default_factory=dict)
    signals: dict[str, SignalDef] = field(default_factory=dict)


def read_catalogue(
    provisions: Iterable[Document], signals: Iterable[Document], checker: Checker, findings: Findings
) -> Catalogue:
    """Read both catalogues; what is wrong goes to `findings`."""
    reader = _CatalogueReader(checker, findings)
    for document in provisions:
        reader.provisions(document)
    for document in signals:
        reader.signal_file(document)
    reader.together()
    return reader.catalogue


class _CatalogueReader:
    def __init__(self, checker: Checker, findings: Findings) -> None:
        self.checker = checker
        self.findings = findings
        self.scope: Scope = checker.scope(None, CASE)
        self.catalogue = Catalogue()

    def expression(self, reader: Reader, key: str) -> ir.Node | None:
        node = reader.get(key)
        if node is None:
            return None
        written = read_expression(node, self.findings)
        if written is None:
            return None
        try:
            return type_expression(written, self.scope, self.findings, JA_NEE)
        except Unresolved:
            return None  # a shared term in it is wrong, and was reported there

    def provisions(self, document: Document) -> None:
        reader = Reader(document.root, self.findings)
        reader.ident("voorzieningen")
        reader.format()
        gemeente = reader.text("gemeente")
        for inner in reader.groups("lijst", required=True):
            self.provision(inner, gemeente)
        reader.done()

    def provision(self, reader: Reader, gemeente: str | None) -> None:
        before = len(self.findings.items)
        ident = reader.ident("id")
        start, end = self.validity(reader)
        provision = Provision(
            id=ident,
            titel=reader.must("titel"),
            grondslag=reader.must("grondslag"),
            leefgebieden=reader.words("leefgebieden", LEEFGEBIEDEN, required=True),
            wie_beslist=reader.must("wie_beslist"),
            eerste_stap=reader.must("eerste_stap"),
            drempel=reader.number("drempel", 1, 5, required=True) or 5,
            drempel_reden=reader.text("drempel_reden") or "",
            soort=reader.choice(
                "soort", ("wettelijk", "gemeentelijk", "fonds", "informeel", "samen"), "wettelijk", required=True
            ),
            bereik=reader.choice("bereik", ("landelijk", "deel"), "landelijk", required=True),
            wet=reader.choice("wet", ("binnen_wet", "buiten_wet"), "binnen_wet", required=True),
            voorwaarden=self.expression(reader, "voorwaarden"),
            na_te_gaan=reader.texts("na_te_gaan"),
            regelset=self.ruleset_of(reader),
            van=start,
            tot=end,
            gevoelig=reader.yes("gevoelig"),
            gemeente=reader.text("gemeente") or gemeente,
            geverifieerd=reader.yes("geverifieerd", default=True),
            bron=reader.must("bron"),
            span=reader.span("id"),
        )
        reader.done()
        if ident in self.catalogue.provisions:
            first = self.catalogue.provisions[ident].span.line
            self.findings.add("dubbel-id", reader.span("id"), naam=ident, regel=first)
        elif len(self.findings.items) == before:
            self.catalogue.provisions[ident] = provision

    def ruleset_of(self, reader: Reader) -> str | None:
        found = reader.scalar("regelset")
        if found is not None and found.value not in self.checker.by_id:
            hint = did_you_mean(found.value, self.checker.by_id)
            self.findings.add("regelset-onbekend", found.span(), naam=found.value, hulp=hint)
        return found.value if found is not None else None

    def validity(self, reader: Reader) -> tuple[date | None, date | None]:
        inner = reader.group("geldig")
        if inner is None:
            return None, None
        start, end = inner.day("van"), inner.day("tot")
        if start is not None and end is not None and end < start:
            self.findings.add("datums-omgekeerd", inner.span("tot"))
        inner.done()
        return start, end

    def signal_file(self, document: Document) -> None:
        reader = Reader(document.root, self.findings)
        reader.ident("signalen")
        reader.format()
        for name, node in reader.named("feiten"):
            if not isinstance(node, Mapping):
                self.findings.add("geen-groep", span_of(node))
                continue
            inner = Reader(node, self.findings)
            label = inner.must("label")
            inner.need("is")
            expression = self.expression(inner, "is")
            inner.done()
            if name.value in self.catalogue.facts:
                first = self.catalogue.facts[name.value].span.line
                self.findings.add("dubbel-id", name.span(), naam=name.value, regel=first)
            elif expression is not None:
                self.catalogue.facts[name.value] = SignalFact(name.value, label, expression, name.span())
        for inner in reader.groups("regels", required=True):
            self.signal(inner)
        reader.done()

    def signal(self, reader: Reader) -> None:
        ident = reader.ident("id")
        days, origin = None, None
        urgency = reader.group("urgentie")
        if urgency is not None:
            days = urgency.number("werkdagen", 0, 100, required=True)
            origin = urgency.choice("uit", ("wet", "eigen_norm"), "eigen_norm", required=True)
            urgency.done()
        als = reader.texts("als", required=True)
        if not als and reader.has("als"):
            self.findings.add("signaal-leeg", reader.span("id"))
        signal = SignalDef(
            id=ident,
            als=als,
            dan=reader.ident("dan"),
            label=reader.must("label"),
            grondslag=reader.must("grondslag"),
            urgentie_werkdagen=days,
            urgentie_uit=origin,
            biedt=reader.texts("biedt"),
            voorrang=reader.yes("voorrang"),
            geverifieerd=reader.yes("geverifieerd", default=True),
            bron=reader.text("bron") or "",
            span=reader.span("id"),
        )
        self.check_words(reader, signal)
        reader.done()
        if ident in self.catalogue.signals:
            first = self.catalogue.signals[ident].span.line
            self.findings.add("dubbel-id", reader.span("id"), naam=ident, regel=first)
        elif als:
            self.catalogue.signals[ident] = signal

    def check_words(self, reader: Reader, signal: SignalDef) -> None:
        known = self.catalogue.provisions
        for item in reader.scalars("biedt"):
            if item.value not in known:
                self.findings.add("voorziening-onbekend", item.span(), naam=item.value, hulp=did_you_mean(item.value, known))

    def together(self) -> None:
        """Every antecedent is a fact or a signal, and every fact is used by some rule."""
        catalogue = self.catalogue
        derived = {s.dan for s in catalogue.signals.values()}
        used: set[str] = set()
        known = [*catalogue.facts, *derived]
        for signal in catalogue.signals.values():
            used.update(signal.als)
            for name in signal.als:
                if name not in catalogue.facts and name not in derived:
                    self.findings.add("feit-onbekend", signal.span, naam=name, hulp=did_you_mean(name, known))
        for fact in catalogue.facts.values():
            if fact.naam not in used:
                self.findings.add("feit-ongebruikt", fact.span, naam=fact.naam)
