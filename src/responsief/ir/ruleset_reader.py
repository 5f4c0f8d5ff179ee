"""Reads one declared ruleset to its end: what belongs together, with every finding at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from responsief.diagnostics import Findings, choose_from
from responsief.ir import nodes as ir
from responsief.ir.declare import SHARED, RulesetDraft, decider_of, gemeente_of, places_of
from responsief.ir.ruleset import (
    ATTENTION_KINDS,
    CLAUSE_KINDS,
    INSTRUMENTS,
    MAY,
    Advance,
    Area,
    Attention,
    Bar,
    Begin,
    Clause,
    Criterion,
    Interaction,
    OpenSlot,
    Raised,
    Reading,
    Remedy,
    Ruleset,
)
from responsief.ir.transition_reader import criterion_ids, read_transitions
from responsief.ir.types import DATUM, GELD, JA_NEE, Kind, Type, type_of_soort
from responsief.ir.verdict import UITKOMSTEN
from responsief.source import Place, Scalar, Span
from responsief.syntax.expressions import parse_expression
from responsief.syntax.groups import FORMS, read_body, read_expression
from responsief.syntax.nodes import Mapping, span_of
from responsief.syntax.reading import Reader, in_force
from responsief.vocabulary import LEEFGEBIEDEN, OMSTANDIGHEDEN

if TYPE_CHECKING:
    from responsief.ir.from_syntax import Checker


class RulesetReader:
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
        fills_only = not reader.has("criteria") and (reader.has("vult_in") or reader.has("clausules_bij"))
        must = not self.shared
        decides = must and not fills_only
        title = reader.text("titel", required=True) or ""
        source = reader.group("bron", required=must, zoals="regeling: CVDR…, naam: …")
        naam = regeling = ""
        text_of = read_since = None
        if source is not None:
            regeling = source.must("regeling")
            text_of = source.text("versie")
            naam = source.must("naam")
            read_since = source.day("gelezen_vanaf")
            source.done()
        orgaan, gemeente, area = self.competence()
        doel = reader.text("doel", required=must) or ""
        leefgebieden = reader.words("leefgebieden", LEEFGEBIEDEN, required=must)
        beslistermijn = reader.period("beslistermijn")
        verified = reader.yes("geverifieerd", default=True)
        remedy, aanvullen, horen, advance = self.procedure(required=decides)
        provision = reader.text("voorziening")
        first_step, threshold = self.applying()
        begrippen = {name: t for name in draft.terms if (t := self.checker.term(draft, name)) is not None}
        slots = self.slots()
        fills = self.fills()
        peildatum = self.expression(reader, "peildatum", DATUM)
        begin, attention = self.begin(), self.attention()
        raised, interactions = self.raised(), self.interactions()
        amount, per = self.outcome()
        criteria = self.criteria(required=decides, has_amount=reader.has("uitkomst"))
        transitions = read_transitions(self, criteria, amount, per) if decides else ()
        kept = {one.geldt for one in transitions}  # a clause can reach what only an earlier version asks
        self.declared_ids += [i for d in self.checker.by_id[draft.id] if d.van in kept for i in criterion_ids(d)]
        published = reader.day("bekendgemaakt")
        clauses = self.clauses(criteria, required=decides)
        elsewhere = self.clauses_elsewhere(naam)
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
            tekst_van=text_of,
            gelezen_vanaf=read_since,
            van=draft.van,
            tot=draft.tot,
            orgaan=orgaan,
            gemeente=gemeente,
            gebied=area,
            doel=doel,
            leefgebieden=leefgebieden,
            beslistermijn=beslistermijn,
            peildatum=peildatum,
            ingang=begin,
            aandacht=attention,
            geverifieerd=verified,
            rechtsmiddel=remedy,
            aanvullen=aanvullen,
            horen=horen,
            voorschot=advance,
            ter_sprake=raised,
            samenloop=interactions,
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
            clausules_bij=elsewhere,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=draft.document.source,
            span=reader.mapping.span,
            bekendgemaakt=published,
            overgang=transitions,
        )

    def competence(self) -> tuple[str, str | None, Area | None]:
        inner = self.reader.group("bevoegd", zoals="orgaan: college")
        if inner is None:
            return "college", None, None
        orgaan = inner.text("orgaan", required=True) or "college"
        gemeente = gemeente_of(inner)
        area = read_area(inner)
        if area is not None and gemeente is not None:
            self.findings.add("onbekende-sleutel", inner.key_span("gemeente"), sleutel="gemeente", hulp=ONE_PLACE)
        inner.done()
        return orgaan, gemeente, area

    def procedure(self, *, required: bool) -> tuple[Remedy | None, str | None, str | None, Advance | None]:
        inner = self.reader.group("procedure", required=required)
        if inner is None:
            return None, None, None, None
        remedy = None
        way = inner.group("rechtsmiddel", required=True, zoals="soort: bezwaar, termijn: 6 weken, …")
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
        advance = None
        paid = inner.group("voorschot", zoals="termijn: 4 weken, grondslag: …")
        if paid is not None:
            advance = Advance(paid.period("termijn", required=True) or "4 weken", paid.must("grondslag"))
            paid.done()
        inner.done()
        return remedy, aanvullen, horen, advance

    def applying(self) -> tuple[str | None, int]:
        """`aanvragen: {eerste_stap: …, drempel: …}`: how to get at it, when it is offered as an alternative."""
        inner = self.reader.group("aanvragen")
        if inner is None:
            return None, 3
        first, threshold = inner.text("eerste_stap", required=True), inner.number("drempel", 1, 5)
        inner.done()
        return first, threshold or 3

    def begin(self) -> Begin | None:
        """`ingang: {vanaf: …, grondslag: …, uitleg: …}`."""
        inner = self.reader.group("ingang", zoals="vanaf: aanvraag.gemeld_op, grondslag: …, uitleg: …")
        if inner is None:
            return None
        inner.need("vanaf")
        day = self.expression(inner, "vanaf", DATUM)
        grondslag, why = inner.must("grondslag"), inner.must("uitleg")
        inner.done()
        return Begin(day, grondslag, why) if day is not None else None

    def attention(self) -> tuple[Attention, ...]:
        found: list[Attention] = []
        places: dict[str, int] = {}
        for inner in self.reader.groups("aandachtspunten"):
            ident = inner.ident("id")
            kind = inner.choice("soort", ATTENTION_KINDS, required=True)
            inner.need("als")
            condition = self.expression(inner, "als", JA_NEE)
            text, grondslag = inner.must("tekst"), inner.must("grondslag")
            verified = inner.yes("geverifieerd", default=True)
            if ident in places:
                self.findings.add("dubbel-id", inner.span("id"), naam=ident, regel=places[ident])
            places.setdefault(ident, inner.span("id").line)
            inner.done()
            if condition is not None:
                found.append(Attention(ident, kind, condition, text, grondslag, verified))
        return tuple(found)

    def raised(self) -> Raised | None:
        """`ter_sprake: {als: …, uitleg: …}`."""
        inner = self.reader.group("ter_sprake", zoals="als: opleiding.volgt, uitleg: …")
        if inner is None:
            return None
        inner.need("als")
        condition, why = self.expression(inner, "als", JA_NEE), inner.must("uitleg")
        inner.done()
        return Raised(condition, why) if condition is not None else None

    def interactions(self) -> tuple[Interaction, ...]:
        found = []
        for inner in self.reader.groups("samenloop"):
            other, text, grondslag = inner.must("met"), inner.must("tekst"), inner.must("grondslag")
            outcomes = inner.words("uitkomsten", UITKOMSTEN) or NOT_REFUSED
            condition = self.expression(inner, "als", JA_NEE)
            verified, span = inner.yes("geverifieerd", default=True), inner.span("met")
            inner.done()
            found.append(Interaction(other, text, grondslag, outcomes, condition, verified, span))
        return tuple(found)

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
            if otherwise is not None and not fits_slot(otherwise, kind, self.findings):
                otherwise = None
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
                self.findings.add(
                    "regelset-onbekend", scalar.span(), naam=home, hulp=choose_from(home, self.checker.by_id) or None
                )
                continue
            slot = next((v.open[name] for v in versions if name in v.open), None)
            if slot is None and any(name in v.broken for v in versions):
                continue
            if slot is None:
                names = [n for v in versions for n in v.open]
                self.findings.add("open-onbekend", scalar.span(), regelset=home, naam=name, hulp=choose_from(name, names))
                continue
            filled = self.checker.typed(self.draft, read_expression(node, self.findings), type_of_soort(slot.soort))
            if filled is not None and fits_slot(filled, type_of_soort(slot.soort), self.findings):
                found[(home, name)] = filled
        return found

    def outcome(self) -> tuple[ir.Node | None, str]:
        inner = self.reader.group("uitkomst")
        if inner is None:
            return None, "maand"
        loose = [key for key in ("per", "is", *FORMS) if inner.has(key)]
        if loose and not inner.has("bedrag"):
            self.findings.add("onbekende-sleutel", inner.key_span(loose[0]), sleutel=loose[0], hulp="zet dit onder «bedrag:»")
            return None, "maand"
        amount = inner.group("bedrag", required=True, zoals="per: maand, is: …")
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
        return self.checker.typed(self.draft, read_body(reader), wanted)

    # criteria

    def criteria(self, *, required: bool, has_amount: bool) -> tuple[Criterion, ...]:
        found: list[Criterion] = []
        places: dict[str, int] = {}
        readers = self.reader.groups("criteria", required=required)
        if required and self.reader.empty("criteria"):
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
                reader.lacks("aftrek", "aftrek-ontbreekt", reader.span("gevolg"))
            if not has_amount:
                self.findings.add("deel-zonder-bedrag", reader.span("gevolg"))
        elif reader.has("aftrek"):
            self.findings.add("aftrek-zonder-deel", reader.key_span("aftrek"))
        condition = self.condition(reader, ident, deduction, effect == "deel")
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
            lezingen=self.readings(reader),
            span=span,
        )
        reader.done()
        return criterion

    def readings(self, reader: Reader) -> tuple[Reading, ...]:
        """`andere_lezingen`: how the words of a criterion can be read otherwise, each as an expression."""
        found = []
        for inner in reader.groups("andere_lezingen"):
            inner.need("eis")
            how, condition = inner.must("lezing"), self.expression(inner, "eis", JA_NEE)
            who = inner.choice("wie", ("overheid", "gemeente"), "gemeente", required=True)
            grondslag = inner.text("grondslag")
            inner.done()
            if condition is not None:
                found.append(Reading(how, condition, who, grondslag))
        return tuple(found)

    def condition(self, reader: Reader, ident: str, deduction: ir.Node | None, partial: bool) -> ir.Node | None:
        if not reader.has("eis"):
            reader.get("eis")
            reader.get("tenzij")
            if partial and deduction is not None:
                place = deduction.place
                return ir.Compare("<=", deduction, ir.Const(0, GELD, place), place)
            form = next((f for f in FORMS if reader.has(f)), None)
            if form is not None:
                reader.get(form)
                hint = f"zet «{form}» ingesprongen onder «eis:»"
                self.findings.add("onbekende-sleutel", reader.key_span(form), sleutel=form, hulp=hint)
            elif not partial and not reader.has("aftrek"):
                reader.lacks("eis", "eis-ontbreekt", reader.span("id"), naam=ident)
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
        if word == "wacht_tot" and not rest.strip():
            self.findings.add("lege-expressie", found.span(), hulp="schrijf de dag erachter: «wacht_tot peildatum + 4 weken»")
            return "wacht_tot", None
        if word == "wacht_tot":
            written = parse_expression(found.tail(len(word) + 1), self.findings)
            return "wacht_tot", self.checker.typed(self.draft, written, DATUM)
        options = ("afwijzen", "kan_weigeren", "deel", "wacht_tot")
        if found.value not in options:
            self.findings.add("keuze-onbekend", found.span(), woord=found.value, hulp=choose_from(found.value, options))
            return "afwijzen", None
        return found.value, None

    def who_changes(self, reader: Reader) -> tuple[str | None, str | None]:
        inner = reader.group("wie_wijzigt", zoals="wie: gemeente, wat: …")
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
        if required and self.reader.empty("hardheid"):
            self.findings.add("clausule-ontbreekt", self.reader.key_span("hardheid"))
        for reader in readers:
            clause = self.clause(reader, criteria)
            if clause.id in places:
                self.findings.add("dubbel-id", reader.span("id"), naam=clause.id, regel=places[clause.id])
            places.setdefault(clause.id, reader.span("id").line)
            found.append(clause)
        return tuple(found)

    def clauses_elsewhere(self, regulation: str) -> dict[str, tuple[Clause, ...]]:
        """`clausules_bij: {regelset: [clausule, …]}`: what this regulation can set aside of another ruleset."""
        inner = self.reader.group("clausules_bij", zoals="wmo-maatwerkvoorziening: [{id: …, soort: verordening_clausule, …}]")
        found: dict[str, tuple[Clause, ...]] = {}
        if inner is None:
            return found
        for home, (scalar, _) in list(inner.mapping.entries.items()):
            versions = self.checker.by_id.get(home, [])
            readers = inner.groups(home)
            if not versions:
                hint = choose_from(home, self.checker.by_id) or None
                self.findings.add("regelset-onbekend", scalar.span(), naam=home, hulp=hint)
                continue
            own, self.declared_ids = self.declared_ids, [i for v in versions for i in criterion_ids(v)]
            clauses = [self.clause(reader, ()) for reader in readers]
            self.declared_ids = own
            for clause in clauses:
                if not clause.geldt_voor:
                    self.findings.add("geen-lijst", clause.span, hulp="noem onder «geldt_voor» de ids: «alle» kan hier niet")
            found[home] = tuple(replace(c, grondslag=f"{c.grondslag}, {regulation}") for c in clauses)
        return found

    def clause(self, reader: Reader, criteria: Sequence[Criterion]) -> Clause:
        ident = reader.ident("id")
        kind = reader.choice("soort", CLAUSE_KINDS, required=True)
        none = kind == "geen"
        maatstaf = reader.text("maatstaf")
        if none:
            own = ("maatstaf", "tekst", "niet_als", "voorwaarden", "wegen", "mag")
            wrong = [key for key in reader.mapping.entries if key in own]
            if wrong:
                names = ", ".join(f"«{key}»" for key in wrong)
                self.findings.add("geen-met-tekst", reader.key_span(wrong[0]), sleutels=names)
        elif not reader.has("maatstaf"):
            reader.lacks("maatstaf", "clausule-zonder-maatstaf", reader.span("id"), naam=ident)
        applies = self.scope_of(reader, criteria)
        by_id = {c.id: c for c in criteria}
        if kind == "awb_4_84":
            for item in self.scope_items(reader):
                target = by_id.get(item.value)
                if target is not None and target.rust_op != "beleidsregel":
                    self.findings.add("awb-484-geen-beleidsregel", item.span(), naam=target.id, rust_op=target.rust_op)
            everything = reader.get("geldt_voor")
            none = not any(target.rust_op == "beleidsregel" for target in criteria)
            if (
                isinstance(everything, Scalar) and criteria and none
            ):  # «alle», and it reaches none; of the others it is told why not
                target = criteria[0]
                self.findings.add("awb-484-geen-beleidsregel", everything.span(), naam=target.id, rust_op=target.rust_op)
        start, tolerated = in_force(reader)
        if start is None and tolerated:
            start = date.max  # stands in the text, and is not in force on any day that is known
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
            wie_beslist=decider_of(reader, required=kind not in ("", "geen")) or "niemand",
            niet_als=self.bars(reader, "niet_als"),
            voorwaarden=self.bars(reader, "voorwaarden"),
            mag=reader.words("mag", MAY),
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
                ids = node.value if node.value in self.declared_ids else "id, id"
                hint = f"schrijf «[{ids}]», of «alle»"
                self.findings.add("geen-lijst", node.span(), hulp=hint)
            return tuple(c.id for c in criteria)
        known = self.declared_ids
        found = []
        for item in reader.scalars("geldt_voor", required=True):
            if item.value not in known and known and "" not in known:
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
                    "omstandigheid-onbekend", word.span(), woord=word.value, hulp=choose_from(word.value, OMSTANDIGHEDEN, 40)
                )
                continue
            found.append((word.value, why))
        return tuple(found)


ONE_PLACE = "een regeling is van één gemeente, of geldt in een gebied"
NOT_REFUSED = ("toegekend", "gedeeltelijk", "onbepaald", "wacht")


def read_area(reader: Reader) -> Area | None:
    """`gebied: {naam: …, gemeenten: […], deels: […], bron: …}` of a body that is no municipality."""
    inner = reader.group("gebied", zoals='naam: Waterschap …, gemeenten: ["0361", …], bron: …')
    if inner is None:
        return None
    whole, part = places_of(inner, "gemeenten", required=True), places_of(inner, "deels")
    area = Area(
        inner.must("naam"),
        frozenset(whole),
        frozenset(part),
        inner.must("bron"),
        inner.yes("geverifieerd", default=True),
        inner.span("naam"),
    )
    inner.done()
    return area


def fits_slot(node: ir.Node, kind: Type, findings: Findings) -> bool:
    """Whole amounts and numbers where those are asked: a finding and False else."""
    if node.type.numeric and kind.whole and not node.type.whole:
        if kind.kind is Kind.GELD:
            return exact_enough(node, findings)
        findings.add("verkeerd-type", node.place.span, verwacht="een heel getal", gevonden="een getal met een breuk")
        return False
    return True


def exact_enough(node: ir.Node, findings: Findings) -> bool:
    """An amount that is stored is in whole cents: a finding and False when a part of a cent could arise."""
    if node.type.kind is Kind.GELD and not node.type.whole:
        findings.add("afronden-ontbreekt", node.place.span)
        return False
    return True


def no_place(span: Span) -> Place:
    """A place for a node that nobody wrote."""
    return Place(Scalar("ja", span.source, 0, 0, span.line, span.column), 0, 2)
