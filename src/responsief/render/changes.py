"""What changed between two versions of a ruleset: by meaning, so another layout of the file changes nothing here.

Criteria, terms, clauses and figures are compared as they mean (nodes, not text). What differs is told in both sentences, with the
words that changed marked. Nothing is proved: who gains and who loses is another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any

from responsief.backends.explain import figure_in_words
from responsief.ir.ruleset import Clause, Criterion, Ruleset, Term
from responsief.register import Register
from responsief.render.criteria import consequence, told
from responsief.render.marks import bare, data, new, old, upper
from responsief.render.names import CLAUSES, in_force, kind
from responsief.render.page import Block, Card, Heading, Paragraph, Rows, Table
from responsief.render.scope import Scope, slug
from responsief.render.sentences import Speaker
from responsief.values import format_day, format_number

Side = tuple[Register, Ruleset, date]


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison."""

    ruleset: Ruleset
    speaker: Speaker


def changes(now: Side, before: Side) -> Iterator[Block]:
    """Per criterion, clause, term and figure: new, gone or changed."""
    newer, older = (Compared(side[1], Speaker(Scope(*side, nu=""))) for side in (now, before))
    yield Paragraph(f"Vergeleken met de versie die geldt {in_force(older.ruleset)}.")
    found = [
        *_head(newer, older),
        *_criteria(newer, older),
        *_amount(newer, older),
        *_clauses(newer, older),
        *_terms(newer, older),
    ]
    figures = [*_figures(newer.ruleset, older.ruleset)]
    if not found and not figures:
        yield Paragraph("Er is niets veranderd aan wat de regels betekenen.")
        return
    yield from found
    if figures:
        yield Table(("Cijfer", "Vanaf", "Was", "Is nu", "Verschil"), tuple(figures), "Veranderde cijfers")


def _card(what: str, title: str, parts: Sequence[Block], *key: str) -> Card:
    return Card(Heading(3, f"{what}: {data(title)}", slug("veranderd", *key)), tuple(parts), "wijziging")


def _pairs(
    newer: Mapping[str, Any], older: Mapping[str, Any], same: Callable[[Any, Any], bool]
) -> Iterator[tuple[str, Any, Any]]:
    for name, one in newer.items():
        if name not in older or not same(one, older[name]):
            yield name, one, older.get(name)
    for name, one in older.items():
        if name not in newer:
            yield name, None, one


def _head(newer: Compared, older: Compared) -> Iterator[Block]:
    def told(r: Ruleset) -> dict[str, str]:
        remedy = f"{kind(r.rechtsmiddel.soort)} binnen {r.rechtsmiddel.termijn}" if r.rechtsmiddel else "geen"
        return {
            "Titel": r.titel,
            "Regeling": r.naam,
            "Beslistermijn": r.beslistermijn or "geen",
            "Doel": r.doel,
            "Niet eens met het besluit": remedy,
            "Bekendgemaakt": format_day(r.bekendgemaakt) if r.bekendgemaakt else "niet vastgelegd",
            "Overgangsrecht": " ".join(one.uitleg for one in r.overgang) or "geen",
        }

    now, before = told(newer.ruleset), told(older.ruleset)
    rows = [(label, marked(data(before[label]), data(now[label]))) for label in now if now[label] != before[label]]
    if rows:
        yield Rows(tuple(rows))


def marked(before: str, after: str) -> tuple[str, ...]:
    """The old and the new sentence, with the words that went and came marked."""
    one, other = re.findall(r"\S+\s*", bare(before)), re.findall(r"\S+\s*", bare(after))
    was, now = "", ""
    for what, a, b, c, d in SequenceMatcher(
        None, [w.strip() for w in one], [w.strip() for w in other], autojunk=False
    ).get_opcodes():
        left, right = "".join(one[a:b]), "".join(other[c:d])
        was += left if what == "equal" or not left else old(left.rstrip()) + " "
        now += right if what == "equal" or not right else new(right.rstrip()) + " "
    return (f"Was: {was.strip() or '(niets)'}", f"Is nu: {now.strip() or '(niets)'}")


def sentence_of(side: Compared, criterion: Criterion) -> str:
    """What a criterion asks, in plain words."""
    lines = told(side.speaker, criterion)
    return " ".join(bare(line) if isinstance(line, str) else line.words() for line in lines)


def readings_of(side: Compared, criterion: Criterion) -> str:
    """The other readings of a criterion, in plain words."""
    return " ".join(f"{data(r.lezing)}: {side.speaker.condition(r.eis).words()}" for r in criterion.lezingen)


def _criteria(newer: Compared, older: Compared) -> Iterator[Block]:
    pairs = _pairs({c.id: c for c in newer.ruleset.criteria}, {c.id: c for c in older.ruleset.criteria}, lambda a, b: a == b)
    for name, one, other in pairs:
        if other is None:
            yield _card("Nieuwe voorwaarde", one.titel, [Paragraph(new(sentence_of(newer, one)))], "criterium", name)
            continue
        if one is None:
            yield _card("Vervallen voorwaarde", other.titel, [Paragraph(old(sentence_of(older, other)))], "criterium", name)
            continue
        rows: list[tuple[str, tuple[str, ...]]] = []
        if one.eis != other.eis:
            rows.append(("Voorwaarde", marked(sentence_of(older, other), sentence_of(newer, one))))
        effects = [bare(consequence(side.speaker, c, side.ruleset)) for side, c in ((older, other), (newer, one))]
        if effects[0] != effects[1]:
            rows.append(("Bij een nee", marked(*effects)))
        for label, field in (
            ("Titel", "titel"), ("Artikel", "grondslag"), ("Doel", "doel"), ("Uitleg", "uitleg"), ("Wettekst", "tekst"), ("Rust op", "rust_op"),
            ("Bevoegdheid", "bevoegdheid"), ("Bewijs", "bewijs"), ("Wie dit kan veranderen", "wie_wijzigt"), ("Wat er kan veranderen", "wat_wijzigt"),
        ):  # fmt: skip
            left, right = getattr(other, field), getattr(one, field)
            if left != right:
                rows.append((label, marked(kind(left or ""), kind(right or ""))))
        if one.geverifieerd != other.geverifieerd:
            rows.append(("Geverifieerd", (f"Was: {_yes(other.geverifieerd)}", f"Is nu: {_yes(one.geverifieerd)}")))
        if one.vanaf != other.vanaf:
            rows.append(
                (
                    "Geldt vanaf",
                    tuple(
                        f"{w}: {format_day(d) if d else 'het begin van de regeling'}"
                        for w, d in (("Was", other.vanaf), ("Is nu", one.vanaf))
                    ),
                )
            )
        if one.lezingen != other.lezingen:
            rows.append(("Andere lezingen", marked(readings_of(older, other), readings_of(newer, one))))
        rows = rows or [("Voorwaarde", ("De betekenis is anders opgeschreven.",))]
        yield _card("Voorwaarde gewijzigd", one.titel, [Rows(tuple(rows))], "criterium", name)


def _amount(newer: Compared, older: Compared) -> Iterator[Block]:
    one, other = newer.ruleset.bedrag, older.ruleset.bedrag
    if one == other and newer.ruleset.per == older.ruleset.per:
        return
    words = [
        f"per {kind(s.ruleset.per)}: {s.speaker.item(s.ruleset.bedrag).words()}"
        if s.ruleset.bedrag is not None
        else "er werd geen bedrag berekend"
        for s in (older, newer)
    ]
    yield _card("Bedrag gewijzigd", newer.ruleset.titel, [Rows((("Berekening", marked(*words)),))], "bedrag")


def _clauses(newer: Compared, older: Compared) -> Iterator[Block]:
    titles = {c.id: c.titel for side in (older, newer) for c in side.ruleset.criteria}

    def words(clause: Clause, side: Compared) -> str:
        return clause_words(clause, side, titles)

    pairs = _pairs({c.id: c for c in newer.ruleset.hardheid}, {c.id: c for c in older.ruleset.hardheid}, lambda a, b: a == b)
    for name, one, other in pairs:
        if other is None:
            yield _card("Nieuwe clausule", one.titel, [Paragraph(new(data(words(one, newer))))], "clausule", name)
        elif one is None:
            yield _card("Vervallen clausule", other.titel, [Paragraph(old(data(words(other, older))))], "clausule", name)
        else:
            yield _card(
                "Clausule gewijzigd",
                one.titel,
                [Rows((("Clausule", marked(data(words(other, older)), data(words(one, newer)))),))],
                "clausule",
                name,
            )


def clause_words(clause: Clause, side: Compared, titles: Mapping[str, str]) -> str:
    """Everything that a clause says, on one line. `titles` are those of the criteria that it can reach."""
    reach = ", ".join(titles.get(i, kind(i)) for i in clause.geldt_voor)
    bars = " ".join(side.speaker.condition(b.als).words() for b in (*clause.niet_als, *clause.voorwaarden))
    said = f"{CLAUSES.get(clause.soort, '')}; {clause.grondslag}; maatstaf: {clause.maatstaf or 'geen'}; reikt tot: {reach}"
    return f"{said}; mag: {', '.join(kind(m) for m in clause.mag)}; {clause.tekst or ''} {bars}".strip()


def _terms(newer: Compared, older: Compared) -> Iterator[Block]:
    def words(term: Term, side: Compared) -> str:
        return side.speaker.item(term.node).words()

    pairs = _pairs(newer.ruleset.begrippen, older.ruleset.begrippen, lambda a, b: a == b)
    for name, one, other in pairs:
        label = newer.speaker.scope.label((one or other).label, name)
        if other is None:
            yield _card("Nieuw begrip", label, [Paragraph(new(words(one, newer)))], "begrip", name)
        elif one is None:
            yield _card("Vervallen begrip", label, [Paragraph(old(words(other, older)))], "begrip", name)
        else:
            was, now = words(other, older), words(one, newer)
            told = (
                marked(was, now) if was != now else marked(f"{other.label}; {other.grondslag}", f"{one.label}; {one.grondslag}")
            )
            yield _card("Begrip gewijzigd", label, [Rows((("Begrip", told),))], "begrip", name)


def _figures(newer: Ruleset, older: Ruleset) -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys((*newer.bedragen, *older.bedragen)):
        one, other = newer.bedragen.get(name), older.bedragen.get(name)
        label = upper(data((one or other).label)) if (one or other) is not None else name  # type: ignore[union-attr]  # one of both
        if one is None or other is None:
            figure = one or other
            assert figure is not None
            last = figure.waarden[-1]
            told = figure_in_words(figure, last.waarde) or ""
            yield (
                label,
                format_day(last.van),
                "bestond niet" if other is None else told,
                told if other is None else "vervallen",
                "nieuw" if other is None else "vervallen",
            )
            continue
        then = {v.van: v.waarde for v in other.waarden}
        for value in one.waarden:
            if then.get(value.van) == value.waarde:
                continue
            was = then.get(value.van, other.on(value.van) if other.on(value.van) is not None else other.waarden[-1].waarde)
            if was == value.waarde and value.van in then:
                continue
            yield (
                label,
                format_day(value.van),
                figure_in_words(other, was) or "",
                figure_in_words(one, value.waarde) or "",
                share(was, value.waarde),
            )


def share(was: Any, now: Any) -> str:
    """How much a figure went up or down, as a percentage of what it was."""
    if not isinstance(was, int | Fraction) or not isinstance(now, int | Fraction) or not was:
        return "anders" if was != now else "gelijk"
    share = Fraction(now - was) * 100 / abs(Fraction(was))
    return f"{'+' if share > 0 else ''}{format_number(share, 1)} %" if share else "gelijk"


def _yes(value: bool) -> str:
    return "ja" if value else "nee"
