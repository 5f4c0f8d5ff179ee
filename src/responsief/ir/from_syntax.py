"""Declared rulesets -> rulesets that mean something, or diagnostics: names, types, and what belongs together.

Terms may use those of other rulesets, so all rulesets of a register are checked together; each term gets its type once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from responsief.diagnostics import Findings, choose_from, did_you_mean
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least
from responsief.ir.declare import RulesetDraft, declare
from responsief.ir.expressions import Scope, type_expression
from responsief.ir.ruleset import CLAUSE_KINDS, INSTRUMENTS, Bar, Clause, Criterion, Figure, OpenSlot, Remedy, Ruleset, Term
from responsief.ir.types import DATUM, GELD, JA_NEE, Kind, Record, Type, type_of_soort
from responsief.situation import LEEFGEBIEDEN, OMSTANDIGHEDEN
from responsief.source import Place, Scalar, Span
from responsief.syntax.expressions import parse_expression
from responsief.syntax.groups import FORMS, read_expression, read_form
from responsief.syntax.nodes import Document, Expression, Mapping, span_of
from responsief.syntax.reading import Reader, in_force

SHARED = "begrippen"  # the kind of file whose names can be used everywhere


class Checker:
    """Checks rulesets together. `rulesets` holds the valid ones afterwards; `findings` everything that is wrong."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.drafts = [declare(document) for document in documents]
        self.findings = Findings()
        self.by_id: dict[str, list[RulesetDraft]] = {}
        for draft in self.drafts:
            self.by_id.setdefault(draft.id, []).append(draft)
        self.shared = [d for d in self.drafts if d.soort == SHARED]
        self.versions_apart()
        self.rulesets = [r for r in map(self.ruleset, self.drafts) if r is not None]
        for draft in self.drafts:
            self.findings.items.extend(draft.findings.items)

    # names across rulesets

    def versions_apart(self) -> None:
        for versions in self.by_id.values():
            versions.sort(key=lambda d: d.van)
            for one, other in pairwise(versions):
                if one.overlaps(other.van, other.tot):
                    other.findings.add(
                        "twee-versies",
                        other.reader.span("geldig"),
                        een=one.document.source.name,
                        ander=other.document.source.name,
                        datum=max(one.van, other.van),
                    )

    def resolve(self, draft: RulesetDraft | None, name: str, place: Place) -> ir.Node | None:
        """What a name of a ruleset (or of the shared terms) stands for; None when it stands for nothing."""
        for home in (*((draft,) if draft is not None else ()), *(d for d in self.shared if d is not draft)):
            if name in home.gegevens:
                return ir.OwnFact(home.id, name, home.gegevens[name].type, place)
            if name in home.bedragen:
                return figure_ref(home, name, place)
            if name in home.terms:
                term = self.term(home, name)
                if term is None:
                    raise Unresolved
                return ir.TermRef(home.id, name, term.node.type, place, at_least(term.node))
            if name in home.open:
                return ir.OpenRef(home.id, name, type_of_soort(home.open[name].soort), place)
        return None

    def known(self, draft: RulesetDraft | None) -> list[str]:
        return [
            n
            for home in (*((draft,) if draft is not None else ()), *self.shared)
            for n in (*home.gegevens, *home.bedragen, *home.terms, *home.open)
        ]

    def scope(self, draft: RulesetDraft | None, case: Record | None = None) -> Scope:
        """What names mean in a ruleset, or (without one) in a catalogue: there only the shared terms, and `zaak`."""
        return Scope(lambda name, place: self.resolve(draft, name, place), lambda: self.known(draft), case)

    def typed(
        self, draft: RulesetDraft, written: Expression | None, wanted: Type | None, scope: Scope | None = None
    ) -> ir.Node | None:
        """A written expression with its type; None (with findings) when it has none."""
        if written is None:
            return None
        try:
            return type_expression(written, scope or self.scope(draft), draft.findings, wanted)
        except Unresolved:
            return None  # a term in it is wrong, and was reported there

    def term(self, draft: RulesetDraft, name: str) -> Term | None:
        """A term with its type, computed once; a circle is reported at the term that closes it."""
        if name in draft.typed:
            return draft.typed[name]
        written = draft.terms[name]
        if name in draft.busy:
            circle = " → ".join([*draft.busy[draft.busy.index(name) :], name])
            draft.findings.add("kring", written.name.span(), naam=name, kring=circle)
            draft.typed[name] = None
            return None
        draft.busy.append(name)
        node = self.used(draft, written.uses) if written.uses is not None else self.typed(draft, written.expression, None)
        draft.busy.remove(name)
        if name in draft.typed:  # closed a circle meanwhile
            return draft.typed[name]
        term = None
        if node is not None and exact_enough(node, draft.findings):
            term = Term(name, node, written.label, written.grondslag, written.geverifieerd, written.place)
        draft.typed[name] = term
        return term

    def used(self, draft: RulesetDraft, uses: Scalar) -> ir.Node | None:
        """`gebruik: regelset.begrip`: the term in every version that this ruleset can meet, of one type."""
        place = Place(uses, 0, len(uses.value))
        home, _, name = uses.value.partition(".")
        versions = self.by_id.get(home, [])
        if not versions or not name:
            draft.findings.add("regelset-onbekend", uses.span(), naam=home, hulp=did_you_mean(home, self.by_id))
            return None
        met = [v for v in versions if v.overlaps(draft.van, draft.tot)] or versions[-1:]
        found: ir.Node | None = None
        for version in met:
            try:
                node = self.resolve(version, name, place)
            except Unresolved:
                return None
            if node is None or not isinstance(node, ir.TermRef | ir.FigureRef):
                names = [*version.terms, *version.bedragen]
                draft.findings.add(
                    "begrip-onbekend",
                    Place(uses, len(home) + 1, len(name)).span,
                    regelset=home,
                    naam=name,
                    hulp=did_you_mean(name, names),
                )
                return None
            if found is not None and node.type.kind is not found.type.kind:
                draft.findings.add("takken-verschillen", uses.span(), gevonden=node.type, verwacht=found.type)
                return None
            found = node
        return found

    # the ruleset

    def ruleset(self, draft: RulesetDraft) -> Ruleset | None:
        return _RulesetReader(self, draft).read()


class Unresolved(Exception):
    """A name stands for a term that is itself wrong."""


def figure_ref(home: RulesetDraft, name: str, place: Place) -> ir.FigureRef:
    """A reference to a figure, with the smallest value that it ever has."""
    figure: Figure = home.bedragen[name]
    values = [value for _, value in figure.waarden]
    least = None
    if figure.type.numeric and values:
        least = Fraction(min(values), 10**figure.type.cijfers)
    return ir.FigureRef(home.id, name, figure.type, place, least)


def exact_enough(node: ir.Node, findings: Findings) -> bool:
    """An amount that is stored is in whole cents: a finding and False when a part of a cent could arise."""
    if node.type.kind is Kind.GELD and not node.type.whole:
        findings.add("afronden-ontbreekt", node.place.span)
        return False
    return True


class _RulesetReader:
    """Reads one declared ruleset to its end."""

    def __init__(self, checker: Checker, draft: RulesetDraft) -> None:
        self.checker = checker
        self.draft = draft
        self.reader = draft.reader
        self.findings = draft.findings
        self.shared = draft.soort == SHARED
        self.declared_ids: list[str] = []  # every criterion id that is written, also of criteria with a mistake in them

    def read(self) -> Ruleset | None:
        reader, draft = self.reader, self.draft
        must = not self.shared
        title = reader.text("titel", required=True) or ""
        source = reader.group("bron", required=must)
        naam = regeling = ""
        if source is not None:
            regeling = source.must("regeling")
            source.text("versie")
            naam = source.must("naam")
            source.done()
        orgaan, gemeente = self.competence()
        doel = reader.text("doel", required=must) or ""
        leefgebieden = reader.words("leefgebieden", LEEFGEBIEDEN, required=must)
        beslistermijn = reader.period("beslistermijn")
        verified = reader.yes("geverifieerd", default=True)
        remedy, aanvullen, horen = self.procedure(required=must)
        provision = reader.text("voorziening")
        first_step, threshold = self.applying()
        begrippen = {name: t for name in draft.terms if (t := self.checker.term(draft, name)) is not None}
        slots = self.slots()
        fills = self.fills()
        peildatum = self.expression(reader, "peildatum", DATUM)
        amount, per = self.outcome()
        criteria = self.criteria(required=must, has_amount=reader.has("uitkomst"))
        clauses = self.clauses(criteria, required=must)
        for key in ("gegevens", "bedragen", "begrippen", "open"):
            reader.get(key)
        reader.done()
        if self.findings:
            return None
        text = draft.document.source.text
        return Ruleset(
            id=draft.id,
            versie=draft.van.isoformat(),
            titel=title,
            soort=draft.soort,
            naam=naam,
            regeling=regeling,
            van=draft.van,
            tot=draft.tot,
            orgaan=orgaan,
            gemeente=gemeente,
            doel=doel,
            leefgebieden=leefgebieden,
            beslistermijn=beslistermijn,
            peildatum=peildatum,
            geverifieerd=verified,
            rechtsmiddel=remedy,
            aanvullen=aanvullen,
            horen=horen,
            voorziening=provision,
            eerste_stap=first_step,
            drempel=threshold,
            gegevens=draft.gegevens,
            bedragen=draft.bedragen,
            begrippen=begrippen,
            open=slots,
            vult_in=fills,
            criteria=criteria,
            bedrag=amount,
            per=per,
            hardheid=clauses,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=draft.document.source,
            span=reader.mapping.span,
        )

    def competence(self) -> tuple[str, str | None]:
        inner = self.reader.group("bevoegd")
        if inner is None:
            return "college", None
        orgaan = inner.text("orgaan", required=True) or "college"
        gemeente = inner.text("gemeente")
        inner.done()
        return orgaan, gemeente

    def procedure(self, *, required: bool) -> tuple[Remedy | None, str | None, str | None]:
        inner = self.reader.group("procedure", required=required)
        if inner is None:
            return None, None, None
        remedy = None
        way = inner.group("rechtsmiddel", required=True)
        if way is not None:
            remedy = Remedy(
                way.choice("soort", ("bezwaar", "administratief_beroep", "beroep"), "bezwaar", required=True),
                way.period("termijn", required=True) or "6 weken",
                way.choice("vanaf", ("bekendmaking", "dagtekening"), "bekendmaking", required=True),
                way.must("bij"),
                way.must("grondslag"),
            )
            way.done()
        aanvullen, horen = inner.text("aanvullen"), inner.text("horen")
        inner.done()
        return remedy, aanvullen, horen

    def applying(self) -> tuple[str | None, int]:
        """`aanvragen: {eerste_stap: …, drempel: …}`: how to get at it, when it is offered as an alternative."""
        inner = self.reader.group("aanvragen")
        if inner is None:
            return None, 3
        first, threshold = inner.text("eerste_stap", required=True), inner.number("drempel", 1, 5)
        inner.done()
        return first, threshold or 3

    # expressions

    def expression(self, reader: Reader, key: str, wanted: Type | None) -> ir.Node | None:
        node = reader.get(key)
        if node is None:
            return None
        return self.checker.typed(self.draft, read_expression(node, self.findings), wanted)

    def slots(self) -> dict[str, OpenSlot]:
        found = {}
        for name, written in self.draft.open.items():
            kind = type_of_soort(written.soort)
            otherwise = self.checker.typed(self.draft, written.otherwise, kind) if written.otherwise is not None else None
            found[name] = OpenSlot(name, kind, written.label, written.grondslag, otherwise, written.name.span())
        return found

    def fills(self) -> dict[tuple[str, str], ir.Node]:
        """`vult_in: {regelset.naam: expressie}`."""
        inner = self.reader.group("vult_in")
        found: dict[tuple[str, str], ir.Node] = {}
        if inner is None:
            return found
        for key, (scalar, node) in inner.mapping.entries.items():
            home, _, name = key.partition(".")
            versions = self.checker.by_id.get(home, [])
            if not versions:
                self.findings.add("regelset-onbekend", scalar.span(), naam=home, hulp=did_you_mean(home, self.checker.by_id))
                continue
            slot = next((v.open[name] for v in versions if name in v.open), None)
            if slot is None:
                names = [n for v in versions for n in v.open]
                self.findings.add("open-onbekend", scalar.span(), regelset=home, naam=name, hulp=did_you_mean(name, names))
                continue
            filled = self.checker.typed(self.draft, read_expression(node, self.findings), type_of_soort(slot.soort))
            if filled is not None and exact_enough(filled, self.findings):
                found[(home, name)] = filled
        return found

    def outcome(self) -> tuple[ir.Node | None, str]:
        inner = self.reader.group("uitkomst")
        if inner is None:
            return None, "maand"
        amount = inner.group("bedrag", required=True)
        inner.done()
        if amount is None:
            return None, "maand"
        per = amount.choice("per", ("maand", "jaar", "keer"), "maand", required=True)
        node = self.body(amount, GELD)
        amount.done()
        if node is not None and not exact_enough(node, self.findings):
            node = None
        return node, per

    def body(self, reader: Reader, wanted: Type) -> ir.Node | None:
        """`is:` with an expression, or the group itself beside the other keys."""
        if any(reader.has(form) for form in FORMS):
            written = read_form(reader)
        else:
            inner = reader.need("is")
            written = read_expression(inner, self.findings) if inner is not None else None
        return self.checker.typed(self.draft, written, wanted)

    # criteria

    def criteria(self, *, required: bool, has_amount: bool) -> tuple[Criterion, ...]:
        found: list[Criterion] = []
        places: dict[str, int] = {}
        readers = self.reader.groups("criteria", required=required)
        if required and not readers and self.reader.has("criteria"):
            self.findings.add("geen-criteria", self.reader.key_span("criteria"))
        for reader in readers:
            before = len(self.findings.items)
            criterion = self.criterion(reader, has_amount)
            if criterion.id in places:
                self.findings.add("dubbel-id", reader.span("id"), naam=criterion.id, regel=places[criterion.id])
            places.setdefault(criterion.id, reader.span("id").line)
            self.declared_ids.append(criterion.id)
            if len(self.findings.items) == before:
                found.append(criterion)
        return tuple(found)

    def criterion(self, reader: Reader, has_amount: bool) -> Criterion:
        ident = reader.ident("id")
        title = reader.must("titel")
        grondslag = reader.must("grondslag")
        doel = reader.must("doel")
        effect, until = self.effect(reader)
        deduction = self.expression(reader, "aftrek", GELD)
        if deduction is not None and not exact_enough(deduction, self.findings):
            deduction = None
        if effect == "deel":
            if not reader.has("aftrek"):
                self.findings.add("aftrek-ontbreekt", reader.key_span("gevolg"))
            if not has_amount:
                self.findings.add("deel-zonder-bedrag", reader.key_span("gevolg"))
        elif reader.has("aftrek"):
            self.findings.add("aftrek-zonder-deel", reader.key_span("aftrek"))
        condition = self.condition(reader, ident, deduction if effect == "deel" else None)
        rests_on = reader.choice("rust_op", INSTRUMENTS[:-1], "")
        power: Any = reader.choice("bevoegdheid", ("gebonden", "discretionair"), "gebonden")
        who, what = self.who_changes(reader)
        start, tolerated = in_force(reader)
        span = reader.span("id")
        criterion = Criterion(
            id=ident,
            titel=title,
            grondslag=grondslag,
            doel=doel,
            uitleg=reader.text("uitleg"),
            tekst=reader.text("tekst"),
            eis=condition if condition is not None else ir.Const(True, JA_NEE, no_place(span)),
            gevolg=effect,
            wacht_tot=until,
            aftrek=deduction,
            rust_op=rests_on or self.draft.soort,
            bevoegdheid=power,
            wie_wijzigt=who,
            wat_wijzigt=what,
            bewijs=reader.text("bewijs"),
            vanaf=start,
            gedoogd=tolerated,
            geverifieerd=reader.yes("geverifieerd", default=True),
            span=span,
        )
        reader.done()
        return criterion

    def condition(self, reader: Reader, ident: str, deduction: ir.Node | None) -> ir.Node | None:
        if not reader.has("eis"):
            reader.get("eis")
            reader.get("tenzij")
            if deduction is not None:
                place = deduction.place
                return ir.Compare("<=", deduction, ir.Const(0, GELD, place), place)
            if not reader.has("aftrek"):
                self.findings.add("eis-ontbreekt", reader.span("id"), naam=ident)
            return None
        demand = self.expression(reader, "eis", JA_NEE)
        unless = self.expression(reader, "tenzij", JA_NEE)
        if demand is None or (reader.has("tenzij") and unless is None):
            return None
        if unless is None:
            return demand
        key = reader.mapping.key("tenzij")
        place = Place(key, 0, len(key.value)) if key is not None else unless.place
        return ir.Or((demand, unless), place)

    def effect(self, reader: Reader) -> tuple[Any, ir.Node | None]:
        found = reader.scalar("gevolg")
        if found is None:
            return "afwijzen", None
        word, _, rest = found.value.partition(" ")
        if word == "wacht_tot":
            at = found.value.index(rest) if rest else len(found.value)
            inner = Scalar(rest, found.source, found.start + at, found.end, found.line, found.column + at)
            return "wacht_tot", self.checker.typed(self.draft, parse_expression(inner, self.findings), DATUM)
        options = ("afwijzen", "kan_weigeren", "deel", "wacht_tot")
        if found.value not in options:
            self.findings.add("keuze-onbekend", found.span(), woord=found.value, hulp=choose_from(found.value, options))
            return "afwijzen", None
        return found.value, None

    def who_changes(self, reader: Reader) -> tuple[str | None, str | None]:
        inner = reader.group("wie_wijzigt")
        if inner is None:
            return None, None
        who = inner.choice("wie", ("overheid", "gemeente", "inwoner", "niemand"), "niemand", required=True)
        what = inner.text("wat")
        inner.done()
        return who, what

    # clauses

    def clauses(self, criteria: Sequence[Criterion], *, required: bool) -> tuple[Clause, ...]:
        found: list[Clause] = []
        places: dict[str, int] = {}
        readers = self.reader.groups("hardheid", required=required)
        if required and not readers and self.reader.has("hardheid"):
            self.findings.add("clausule-ontbreekt", self.reader.key_span("hardheid"))
        for reader in readers:
            clause = self.clause(reader, criteria)
            if clause.id in places:
                self.findings.add("dubbel-id", reader.span("id"), naam=clause.id, regel=places[clause.id])
            places.setdefault(clause.id, reader.span("id").line)
            found.append(clause)
        return tuple(found)

    def clause(self, reader: Reader, criteria: Sequence[Criterion]) -> Clause:
        ident = reader.ident("id")
        kind = reader.choice("soort", CLAUSE_KINDS, "geen", required=True)
        none = kind == "geen"
        maatstaf = reader.text("maatstaf")
        if none:
            for key in ("maatstaf", "tekst", "niet_als", "voorwaarden", "wegen", "mag"):
                if reader.has(key):
                    self.findings.add("geen-met-tekst", reader.key_span(key), sleutel=key)
        elif maatstaf is None:
            self.findings.add("clausule-zonder-maatstaf", reader.span("id"), naam=ident)
        applies = self.scope_of(reader, criteria)
        by_id = {c.id: c for c in criteria}
        if kind == "awb_4_84":
            for item in self.scope_items(reader):
                target = by_id.get(item.value)
                if target is not None and target.rust_op != "beleidsregel":
                    self.findings.add("awb-484-geen-beleidsregel", item.span(), naam=target.id, rust_op=target.rust_op)
        start, _ = in_force(reader)
        clause = Clause(
            id=ident,
            soort=kind,
            titel=reader.text("titel") or maatstaf or "geen clausule",
            grondslag=reader.must("grondslag"),
            tekst=reader.text("tekst"),
            maatstaf=maatstaf,
            geldt_voor=applies,
            reikwijdte=reader.text("reikwijdte"),
            richting=reader.choice("richting", ("ten_gunste", "beide"), "ten_gunste"),
            wie_beslist=reader.text("wie_beslist", required=not none) or "niemand",
            niet_als=self.bars(reader, "niet_als"),
            voorwaarden=self.bars(reader, "voorwaarden"),
            mag=reader.words("mag", ("toekennen", "bedrag", "periode", "ingangsdatum")),
            wegen=self.weights(reader),
            vragen=reader.texts("vragen"),
            vanaf=start,
            geverifieerd=reader.yes("geverifieerd", default=True),
            span=reader.span("id"),
        )
        reader.done()
        return clause

    def scope_items(self, reader: Reader) -> list[Scalar]:
        node = reader.get("geldt_voor")
        if isinstance(node, Scalar):
            return []
        return reader.scalars("geldt_voor")

    def scope_of(self, reader: Reader, criteria: Sequence[Criterion]) -> tuple[str, ...]:
        node = reader.need("geldt_voor")
        if isinstance(node, Scalar):
            if node.value != "alle":
                self.findings.add("geen-lijst", node.span(), hulp="schrijf «[id, id]», of «alle»")
            return tuple(c.id for c in criteria)
        known = self.declared_ids
        found = []
        for item in reader.scalars("geldt_voor"):
            if item.value not in known:
                self.findings.add("criterium-onbekend", item.span(), naam=item.value, hulp=choose_from(item.value, known))
            found.append(item.value)
        return tuple(found)

    def bars(self, reader: Reader, key: str) -> tuple[Bar, ...]:
        found = []
        for inner in reader.groups(key):
            inner.need("als")
            condition = self.expression(inner, "als", JA_NEE)
            grondslag, why = inner.must("grondslag"), inner.must("reden")
            inner.done()
            if condition is not None:
                found.append(Bar(condition, grondslag, why))
        return tuple(found)

    def weights(self, reader: Reader) -> tuple[tuple[str, str], ...]:
        found = []
        for item in reader.sequence("wegen"):
            if isinstance(item, Scalar):
                self.findings.add("geen-groep", item.span(), hulp=f"schrijf «{{soort: {item.value}, waarom: …}}»")
                continue
            if not isinstance(item, Mapping):
                self.findings.add("geen-groep", span_of(item))
                continue
            inner = Reader(item, self.findings)
            word = inner.scalar("soort", required=True)
            why = inner.must("waarom")
            inner.done()
            if word is None:
                continue
            if word.value not in OMSTANDIGHEDEN:
                self.findings.add(
                    "omstandigheid-onbekend", word.span(), woord=word.value, hulp=did_you_mean(word.value, OMSTANDIGHEDEN)
                )
                continue
            found.append((word.value, why))
        return tuple(found)


def no_place(span: Span) -> Place:
    """A place for a node that nobody wrote."""
    return Place(Scalar("ja", span.source, 0, 0, span.line, span.column), 0, 2)
