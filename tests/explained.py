"""The examples of `responsief explain` as real files: a fragment in a small frame, checked with the shipped register.

A frame is a ruleset (or several files) with «hier» where the fragment goes. A key of the fragment takes the place of the same key
beside «hier», so that a fragment can replace a line of the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from responsief.analysis.prove import idents_of, prove
from responsief.checked import check
from responsief.diagnostics import Diagnostic
from responsief.explanations import Example
from responsief.register import Register

TODAY = date(2026, 3, 2)

TOP = """\
regelset: {naam}
formaat: 1
titel: Toeslag voor een wasmachine
soort: verordening
bron: {{regeling: CVDR000001, versie: 1, naam: Verordening wasmachinetoeslag}}
geldig: {{van: 2026-01-01}}
bevoegd: {{orgaan: college, gemeente: "0599"}}
doel: Wie weinig geld heeft, kan een kapotte wasmachine vervangen.
leefgebieden: [financien]
geverifieerd: ja
procedure:
  rechtsmiddel: {{soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}
"""
FACTS = """\
gegevens:
  inkomen:
    type: geld
    label: inkomen per maand
    vraag: Wat is uw inkomen per maand?
    van: [inwoner]
"""
FIGURES = """\
bedragen:
  norm: {{grondslag: art. 4, bron: CVDR000001, waarden: {{2026-01-01: "€ 1.400"}}}}
"""
CRITERIA = """\
criteria:
  - id: laag_inkomen
    titel: Uw inkomen is laag
    grondslag: art. 3 lid 1
    doel: De toeslag is voor wie weinig geld heeft.
    uitleg: Uw inkomen moet lager zijn dan de norm.
    bewijs: loonstroken
    eis: inkomen < norm
"""
OUTCOME = """\
uitkomst:
  bedrag: {{per: keer, is: € 350}}
"""
CLAUSES = """\
hardheid:
  - id: artikel-9
    soort: verordening_clausule
    grondslag: art. 9
    tekst: Het college kan in bijzondere gevallen afwijken van deze verordening.
    maatstaf: in bijzondere gevallen
    geldt_voor: alle
    wie_beslist: college
    mag: [toekennen]
"""
RULESET = TOP + FACTS + FIGURES + CRITERIA + OUTCOME + CLAUSES
#: the version before it
EARLIER = RULESET.replace("{{van: 2026-01-01}}", "{{van: 2025-01-01, tot: 2026-06-30}}").replace("2026-01-01:", "2025-01-01:")
ONE_MORE = """\
  - id: voorbeeld
    titel: U voldoet aan deze voorwaarde
    grondslag: art. 3 lid 2
    doel: De toeslag is voor wie hem nodig heeft.
    uitleg: U moet aan deze voorwaarde voldoen.
    bewijs: een verklaring
    eis: leeftijd >= 18
    «hier»
"""
MORE = ONE_MORE.replace("    «hier»\n", "")
#: a regulation that decides nothing itself
LOCAL = TOP[: TOP.index("procedure:")]
SIGNALS = """\
signalen: {naam}
formaat: 1
feiten:
  huurschuld_{n}: {{label: er is huurschuld, is: "bestaat(schulden waar soort = 'huur')"}}
  «feiten»
regels:
  - id: regel-{naam}
    als: [huurschuld_{n}]
    dan: woning_in_gevaar_{n}
    label: u kunt uw woning kwijtraken
    grondslag: Wgs 4 lid 2
    bron: Wgs 4
"""
ONE_MORE_RULE = """\
  - id: voorbeeld-{naam}
    als: [huurschuld_{n}]
    dan: hulp_nodig_{n}
    label: u heeft hulp nodig
    grondslag: Wgs 4 lid 2
    bron: Wgs 4
    «hier»
"""
PROVISION = """\
  - id: {id}
    titel: Hulp bij schulden
    grondslag: Wgs 3
    leefgebieden: [financien]
    wie_beslist: college
    eerste_stap: Bel de gemeente.
    drempel: 1
    soort: wettelijk
    bereik: landelijk
    wet: binnen_wet
    voorwaarden: bestaat(schulden)
    bron: Wgs 3
"""
PROVISIONS = "voorzieningen: {naam}\nformaat: 1\nlijst:\n"

#: name of a frame -> its files; «hier» stands in one of them
FRAMES: dict[str, dict[str, str]] = {
    "bestand": {"hier.yaml": "«hier»\n"},
    "regelset": {"hier.yaml": RULESET + "«hier»\n"},
    "gegevens": {"hier.yaml": TOP + FACTS + "  «hier»\n" + FIGURES + CRITERIA + OUTCOME + CLAUSES},
    "bedragen": {"hier.yaml": TOP + FACTS + FIGURES + "  «hier»\n" + CRITERIA + OUTCOME + CLAUSES},
    "begrippen": {
        "hier.yaml": TOP
        + FACTS
        + FIGURES
        + "begrippen:\n  «hier»\n"
        + CRITERIA
        + MORE.replace("leeftijd >= 18", "wonen.huur <= grens")
        + OUTCOME
        + CLAUSES
    },
    "criteria": {"hier.yaml": TOP + FACTS + FIGURES + CRITERIA + "  «hier»\n" + OUTCOME + CLAUSES},
    "criterium": {"hier.yaml": TOP + FACTS + FIGURES + CRITERIA + ONE_MORE + OUTCOME + CLAUSES},
    "criterium-zonder-bedrag": {"hier.yaml": TOP + FACTS + FIGURES + CRITERIA + ONE_MORE + CLAUSES},
    "uitkomst": {"hier.yaml": TOP + FACTS + FIGURES + CRITERIA + "uitkomst:\n  «hier»\n" + CLAUSES},
    "clausules": {"hier.yaml": TOP + FACTS + FIGURES + CRITERIA + OUTCOME + "hardheid:\n  «hier»\n"},
    "clausule-voor-een": {
        "hier.yaml": TOP + FACTS + FIGURES + CRITERIA + "  «hier»\n" + OUTCOME + CLAUSES.replace("alle\n", "[laag_inkomen]\n")
    },
    "clausule-voor-twee": {
        "hier.yaml": TOP
        + FACTS
        + FIGURES
        + CRITERIA
        + MORE.replace("id: voorbeeld", "id: meerderjarig")
        + CLAUSES
        + "    «hier»\n"
    },
    "beleidsregel": {
        "hier.yaml": TOP + FACTS + FIGURES + CRITERIA + MORE + "    rust_op: beleidsregel\n" + OUTCOME + CLAUSES + "  «hier»\n"
    },
    "twee-begrippen": {
        "hier.yaml": TOP
        + FACTS
        + FIGURES
        + "begrippen:\n  «hier»\n"
        + CRITERIA.replace("< norm", "< hoogste_inkomen")
        + MORE.replace("leeftijd >= 18", "wonen.huur <= grens")
        + OUTCOME
        + CLAUSES
    },
    "partner": {
        "hier.yaml": TOP
        + FACTS
        + FACTS.removeprefix("gegevens:\n")
        .replace("inkomen:", "inkomen_partner:")
        .replace("Wat is uw inkomen", "Wat verdient uw partner")
        + FIGURES
        + CRITERIA
        + "  «hier»\n"
        + OUTCOME
        + CLAUSES
    },
    "twee-gegevens": {
        "hier.yaml": TOP
        + FACTS
        + "  «hier»\n"
        + FIGURES
        + CRITERIA
        + MORE.replace("leeftijd >= 18", "loon < norm")
        + OUTCOME
        + CLAUSES
    },
    "zonder-geld": {"hier.yaml": TOP + "criteria:\n" + MORE + "«hier»\n"},
    "leeftijd": {"hier.yaml": TOP + "criteria:\n" + MORE + CLAUSES + "«hier»\n"},
    "clausule": {"hier.yaml": RULESET + "    «hier»\n"},
    "tweede-versie": {
        "eerder.yaml": EARLIER,
        "hier.yaml": RULESET + "«hier»\n",
    },
    "overgang": {"eerder.yaml": EARLIER, "hier.yaml": RULESET.replace("2026-01-01}}", "2026-07-01}}", 1) + "«hier»\n"},
    "overgang-cijfer": {
        "eerder.yaml": EARLIER.replace('"€ 1.400"}}', '"€ 1.400"}}, tot: 2026-06-30'),
        "hier.yaml": RULESET.replace("2026-01-01}}", "2026-07-01}}", 1) + "«hier»\n",
    },
    "lokaal": {"hier.yaml": LOCAL + "«hier»\n"},
    "ook-ingevuld": {
        "eerder.yaml": LOCAL.replace("{naam}", "{naam}-ook").replace('"0599"', '"0344"')
        + "vult_in:\n  studietoeslag.bedrag_per_maand: € 500\n",
        "hier.yaml": LOCAL + "«hier»\n",
    },
    "buurregeling": {
        "naast.yaml": RULESET.replace("{naam}", "buurregeling")
        .replace("criteria:\n", "begrippen:\n  grens: {{gebruik: {naam}.grens}}\ncriteria:\n")
        .replace("< norm", "< grens"),
        "hier.yaml": TOP
        + FACTS
        + FIGURES
        + "begrippen:\n  «hier»\n"
        + CRITERIA.replace("< norm", "< grens")
        + OUTCOME
        + CLAUSES,
    },
    "signalen": {"hier.yaml": SIGNALS.replace("  «feiten»\n", "") + ONE_MORE_RULE},
    "regels": {"hier.yaml": "signalen: {naam}\nformaat: 1\nregels:\n  «hier»\n"},
    "feiten": {"hier.yaml": SIGNALS.replace("«feiten»", "«hier»")},
    "voorziening": {"hier.yaml": PROVISIONS + PROVISION.replace("{id}", "hulp_{n}") + "    «hier»\n"},
    "bundels": {
        "hier.yaml": PROVISIONS
        + "".join(PROVISION.replace("{id}", f"{name}_{{n}}") for name in ("budgethulp", "taalhuis"))
        + PROVISION.replace("{id}", "giften_{n}").replace("binnen_wet", "buiten_wet")
        + "bundels:\n  «hier»\n"
    },
    "gevallen": {
        "regel.yaml": TOP + "criteria:\n" + MORE + CLAUSES,
        "hier.test.yaml": "proef: {naam}\nformaat: 1\n«hier»\n",
    },
    "proef": {
        "regel.yaml": RULESET,
        "hier.test.yaml": 'proef: {naam}\nformaat: 1\nbasis:\n  alleenstaande: {{persoon: {{gemeente: "0599"}}}}\ngevallen:\n  - naam: laag inkomen\n    «hier»\n',
    },
}


@dataclass(frozen=True)
class Placed:
    """An example as files under a folder: which file holds the fragment, on which lines, after how many spaces."""

    ident: str
    file: Path
    first: int
    last: int
    indent: int

    def span(self, finding: Diagnostic) -> tuple[int, int, int] | None:
        """Line and column in the fragment (from 1) and width; None when it lies outside."""
        span = finding.span
        if span is None or span.source.name != self.file.as_posix() or not self.first <= span.line <= self.last:
            return None
        return span.line - self.first + 1, span.column - self.indent, span.width


def place(example: Example, ident: str, folder: Path) -> Placed:
    """Write an example in its frame."""
    number = ident.replace("-", "_")
    folder.mkdir(parents=True)
    placed = None
    for name, text in FRAMES[example.bij].items():
        filled = text.replace("{{", "{").replace("}}", "}").replace("{naam}", ident).replace("{n}", number)
        lines = filled.split("\n")
        at = next((n for n, line in enumerate(lines) if line.strip() == "«hier»"), None)
        if at is not None:
            indent = len(lines[at]) - len(lines[at].lstrip())
            fragment = example.bare.replace("{naam}", ident).replace("{n}", number).split("\n")
            keys = {found[0] for line in fragment if (found := re.match(r"[\w.-]+:", line))}
            before, after = without(lines[:at], keys, indent), lines[at + 1 :]
            lines = [*before, *(" " * indent + line if line else line for line in fragment), *after]
            placed = Placed(ident, folder / name, len(before) + 1, len(before) + len(fragment), indent)
        # bytes, so that a sign that Python takes for a line's end stays what it is
        (folder / name).write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    assert placed is not None, f"frame «{example.bij}» has no «hier»"
    return placed


def without(lines: list[str], keys: Iterable[str], indent: int) -> list[str]:
    """The lines of a frame before «hier», without those that the fragment writes itself."""
    start = len(lines)
    while start and (not indent or lines[start - 1].startswith(" " * indent)):
        start -= 1
    kept, dropping = lines[:start], False
    for line in lines[start:]:
        depth = len(line) - len(line.lstrip())
        if depth <= indent:
            dropping = any(line[indent:].startswith(key) for key in keys)
        if not dropping:
            kept.append(line)
    return kept


def marked(example: Example, placed: Placed, findings: Iterable[Diagnostic]) -> str:
    """The example with marks under what was really found in it."""
    told = [(place, finding) for finding in findings if (place := placed.span(finding)) is not None]
    lines = []
    for number, line in enumerate(example.bare.split("\n"), 1):
        lines.append(line)
        lines += [
            f"{' ' * (column - 1)}{'^' * width} {said(finding, placed)}"
            for (at, column, width), finding in told
            if at == number
        ]
    return "\n".join(lines) + "\n"


def said(finding: Diagnostic, placed: Placed) -> str:
    """What a finding says, with its files and its ruleset as a reader of the example would name them."""
    return finding.tekst.replace(placed.file.parent.as_posix() + "/", "").replace(placed.ident, "deze-regeling")


def findings_of(folder: Path) -> list[Diagnostic]:
    """What `responsief check` says of everything in a folder."""
    return list(check([folder], TODAY).findings)


def proved_of(folder: Path) -> list[Diagnostic]:
    """What `responsief prove` says of everything in a folder, after `responsief check` found nothing wrong in it."""
    done = check([folder], TODAY)
    register = Register(done.checker.rulesets, done.catalogue, done.files.texts)
    reports = prove(register, done.files, idents_of(register, done.files, own=True), TODAY)
    return [*done.findings, *(one.melding for report in reports for one in report.gevonden)]
