"""Provisions and signals: the two catalogues beside the rulesets. Their expressions read shared terms, the situation and `zaak`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from responsief.diagnostics import Findings, choose_from, did_you_mean
from responsief.ir import nodes as ir
from responsief.ir.declare import decider_of, gemeente_of
from responsief.ir.expressions import Scope, type_expression
from responsief.ir.from_syntax import Checker, Unresolved
from responsief.ir.ruleset import GEVOELIG, BundleDef, Gevoelig, Provision, SignalDef, SignalFact, TermDef
from responsief.ir.types import CASE, DATUM, JA_NEE, Type
from responsief.source import Scalar, Span
from responsief.syntax.groups import read_expression
from responsief.syntax.nodes import Document, Mapping, span_of
from responsief.syntax.reading import Reader
from responsief.vocabulary import LEEFGEBIEDEN


@dataclass(slots=True)
class Catalogue:
    """All provisions and signals of a register, by id, in the order of their files."""

    provisions: dict[str, Provision] = field(default_factory=dict)
    facts: dict[str, SignalFact] = field(default_factory=dict)
    signals: dict[str, SignalDef] = field(default_factory=dict)
    bundles: dict[str, BundleDef] = field(default_factory=dict)


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
        # what is written, also with a mistake in it: using that is not another mistake
        self.written_provisions: dict[str, Span] = {}
        self.written_facts: set[str] = set()
        self.first_facts: dict[str, Span] = {}
        self.written_signals: dict[str, Span] = {}
        self.written_bundles: dict[str, Span] = {}
        self.in_bundles: dict[str, list[Scalar]] = {}  # every «met», by its bundle
        self.given: set[str] = set()  # the signals that some rule gives
        self.read_facts: list[Scalar] = []  # every «als», at its place

    def expression(self, reader: Reader, key: str, gives: Type = JA_NEE) -> ir.Node | None:
        node = reader.get(key)
        if node is None:
            return None
        written = read_expression(node, self.findings)
        if written is None:
            return None
        try:
            return type_expression(written, self.scope, self.findings, gives)
        except Unresolved:
            return None  # a shared term in it is wrong, and was reported there
        except RecursionError:
            self.findings.add("expressie-te-diep", reader.key_span(key))
            return None

    def twice(self, ident: str, span: Span, known: dict[str, Span]) -> bool:
        """Was this id taken before? Says so, with the place of the first."""
        first = known.setdefault(ident, span)
        if first is span or not ident:
            return False
        where = str(first.line) if first.source is span.source else f"{first.line} van {first.source.name}"
        self.findings.add("dubbel-id", span, naam=ident, regel=where)
        return True

    def provisions(self, document: Document) -> None:
        reader = Reader(document.root, self.findings)
        reader.ident("voorzieningen")
        reader.format()
        gemeente = gemeente_of(reader)
        for inner in reader.groups("lijst", required=True):
            self.provision(inner, gemeente)
        for inner in reader.groups("bundels"):
            self.bundle(inner)
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
            wie_beslist=decider_of(reader, required=True) or "",
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
            zelf_uitzoeken=reader.texts("zelf_uitzoeken"),
            regelset=self.ruleset_of(reader),
            van=start,
            tot=end,
            gevoelig=self.sensitive(reader),
            gemeente=gemeente_of(reader) or gemeente,
            geverifieerd=reader.yes("geverifieerd", default=True),
            bron=reader.must("bron"),
            span=reader.span("id"),
            termijn=self.term(reader),
            overdracht=reader.text("overdracht"),
        )
        reader.done()
        if not self.twice(ident, reader.span("id"), self.written_provisions) and len(self.findings.items) == before:
            self.catalogue.provisions[ident] = provision

    def bundle(self, reader: Reader) -> None:
        ident = reader.ident("id")
        reader.need("met")
        written = reader.scalars("met")
        members: dict[str, Scalar] = {}
        for item in written:
            if members.setdefault(item.value, item) is not item and not self.findings.full:
                self.findings.add("bundel-dubbel", item.span(), naam=item.value)
        if reader.has("met") and len(written) < 2:
            self.findings.add("bundel-te-klein", reader.key_span("met"))
        bundle = BundleDef(ident, reader.must("titel"), tuple(members), reader.must("waarom"), reader.span("id"))
        reader.done()
        if not self.twice(ident, reader.span("id"), self.written_bundles):
            self.in_bundles[ident] = list(members.values())
            self.catalogue.bundles[ident] = bundle

    def ruleset_of(self, reader: Reader) -> str | None:
        found = reader.scalar("regelset")
        if found is not None and found.value not in self.checker.by_id:
            hint = choose_from(found.value, self.checker.by_id) or None
            self.findings.add("regelset-onbekend", found.span(), naam=found.value, hulp=hint)
        return found.value if found is not None else None

    def term(self, reader: Reader) -> TermDef | None:
        """By when something must have happened, under `termijn`."""
        inner = reader.group("termijn", zoals="tekst: Vraag dit aan voordat u betaalt., grondslag: Pw 35")
        if inner is None:
            return None
        found = TermDef(inner.must("tekst"), inner.must("grondslag"), self.expression(inner, "uiterlijk", DATUM))
        inner.done()
        return found

    def sensitive(self, reader: Reader) -> Gevoelig | None:
        """What makes it sensitive, under `gevoelig`: a kind, or «ja» where that was not said."""
        written = reader.choice("gevoelig", (*GEVOELIG, "ja", "nee"), "nee")
        return next((kind for kind in GEVOELIG if kind == written), "niet_gezegd" if written == "ja" else None)

    def validity(self, reader: Reader) -> tuple[date | None, date | None]:
        inner = reader.group("geldig", zoals="van: 2026-01-01")
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
        self.written_facts.update(reader.written("feiten"))
        for name, node in reader.named("feiten"):
            if not isinstance(node, Mapping):
                self.findings.add("geen-groep", span_of(node), hulp=f"schrijf «{name.value}: {{label: …, is: …}}»")
                continue
            inner = Reader(node, self.findings)
            label = inner.must("label")
            inner.need("is")
            expression = self.expression(inner, "is")
            inner.done()
            if not self.twice(name.value, name.span(), self.first_facts) and expression is not None:
                self.catalogue.facts[name.value] = SignalFact(name.value, label, expression, name.span())
        for inner in reader.groups("regels", required=True):
            self.signal(inner)
        reader.done()

    def signal(self, reader: Reader) -> None:
        ident = reader.ident("id")
        days, origin = None, None
        urgency = reader.group("urgentie", zoals="werkdagen: 3, uit: wet")
        if urgency is not None:
            days = urgency.number("werkdagen", 0, 100, required=True)
            origin = urgency.choice("uit", ("wet", "eigen_norm"), "eigen_norm", required=True)
            urgency.done()
        reader.need("als")
        if reader.empty("als"):
            self.findings.add("signaal-leeg", reader.key_span("als"))
        self.read_facts += reader.scalars("als")
        als = tuple(item.value for item in reader.scalars("als"))
        signal = SignalDef(
            id=ident,
            als=als,
            dan=reader.name("dan"),
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
        self.given.add(signal.dan)
        if not self.twice(ident, reader.span("id"), self.written_signals) and als:
            self.catalogue.signals[ident] = signal

    def check_words(self, reader: Reader, signal: SignalDef) -> None:
        known = self.written_provisions
        for item in reader.scalars("biedt"):
            if item.value not in known and not self.findings.full:
                self.findings.add(
                    "voorziening-onbekend", item.span(), naam=item.value, hulp=did_you_mean(item.value, known) or None
                )

    def together(self) -> None:
        """Every antecedent is a fact or a signal, every fact is used by some rule, and every bundle holds together."""
        self.check_bundles()
        known = {*self.written_facts, *self.given}
        for item in self.read_facts:
            if item.value not in known and not self.findings.full:
                hint = did_you_mean(item.value, known) or None
                self.findings.add("feit-onbekend", item.span(), naam=item.value, hulp=hint)
        used = {item.value for item in self.read_facts}
        for fact in self.catalogue.facts.values():
            if fact.naam not in used:
                self.findings.add("feit-ongebruikt", fact.span, naam=fact.naam)

    def check_bundles(self) -> None:
        """Its members exist and lie within the law, and no bundle is part of another."""
        provisions, bundles = self.catalogue.provisions, self.catalogue.bundles
        for ident, items in self.in_bundles.items():
            for item in items:
                if self.findings.full:
                    return
                found = provisions.get(item.value)
                if item.value not in self.written_provisions:
                    hint = did_you_mean(item.value, self.written_provisions) or None
                    self.findings.add("voorziening-onbekend", item.span(), naam=item.value, hulp=hint)
                elif found is not None and found.wet == "buiten_wet":
                    self.findings.add("bundel-buiten-wet", item.span(), naam=item.value)
            members = set(bundles[ident].met)
            for other in bundles.values():
                same = members == set(other.met)
                # of two that are the same, the second is one too many
                if len(members) > 1 and (members < set(other.met) or (same and self.precedes(other.id, ident))):
                    self.findings.add("bundel-overlap", bundles[ident].span, naam=ident, ander=other.id)
                    break

    def precedes(self, one: str, other: str) -> bool:
        """Was bundle `one` written before the other?"""
        order = list(self.in_bundles)
        return order.index(one) < order.index(other)
