"""The files of a scan and their mapping held against each other, before a row is read: headings that are not there, columns that
must stay out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from, did_you_mean
from responsief.frozen import dataclass
from responsief.ir.types import Kind
from responsief.scan.mapping import ColumnMap, Sheet
from responsief.scan.raw import RawFile, refused
from responsief.scan.sensitive import SAMPLE, columns_that_look_like
from responsief.source import Span

_LOOSE: Final = (Kind.TEKST, Kind.GETAL)  # kinds of fact in which a name or a number of somebody would fit


@dataclass(frozen=True, slots=True)
class Opened:
    """The file of persons and those of lists, ready to be read, and what is left out: of each file its headings with why."""

    personen: RawFile
    lijsten: Mapping[str, RawFile]
    weg: Mapping[str, Mapping[str, str]]


def open_files(persons: Path, lists: Mapping[str, Path], columns: ColumnMap) -> Opened:
    """Open what is to be read. Raises InvalidError with every finding."""
    _lists_fit(persons, lists, columns)
    main = _open(persons, columns.personen)
    files = {name: _open(path, columns.lijsten[name]) for name, path in lists.items()}
    findings: list[Diagnostic] = []
    left_out = {}
    for file, sheet in ((main, columns.personen), *((files[name], columns.lijsten[name]) for name in files)):
        looks = columns_that_look_like(file.koppen, [raw.cellen for raw in islice(file, SAMPLE) if not raw.soort])
        findings += _headings(file, sheet)
        findings += _sensitive(sheet, looks)
        left_out[file.path.name] = dict(_left_out(file, sheet, looks))
    if findings:
        raise InvalidError(findings)
    return Opened(main, files, left_out)


def _open(path: Path, sheet: Sheet) -> RawFile:
    return RawFile(path, sheet.codering, sheet.scheiding, sheet.blad)


def _lists_fit(persons: Path, lists: Mapping[str, Path], columns: ColumnMap) -> None:
    for name, path in lists.items():
        if name not in columns.lijsten or not columns.lijsten[name].kolommen:
            raise refused(
                path,
                f"in de kolommen staat niets over de lijst «{name}»",
                did_you_mean(name, columns.lijsten) or f"zet onder «lijsten:» een stuk «{name}:» met zijn kolommen",
            )
        if columns.personen.sleutel is None:
            raise refused(
                persons,
                "met het rijnummer als sleutel kan er geen lijst bij",
                "noem bij «sleutel» de kolom waarmee de bestanden samenhangen",
            )
        if any(one.doel.tabel == name for one in columns.personen.kolommen):
            raise refused(path, f"«{name}» staat ook al in kolommen van {persons.name}", "laat één van beide weg")
    for name, sheet in columns.lijsten.items():
        if name not in lists and sheet.kolommen:
            raise refused(persons, f"het bestand van de lijst «{name}» ontbreekt", f"geef het mee: «--list {name}=bestand.csv»")


def _headings(file: RawFile, sheet: Sheet) -> Iterator[Diagnostic]:
    """Columns that the mapping names and the file doesn't have."""
    named: list[tuple[str, Span | None]] = [(one.naam, one.span) for one in sheet.kolommen]
    if sheet.sleutel is not None:
        named.append((sheet.sleutel, sheet.sleutel_span))
    for name, span in named:
        if name not in file.koppen:
            yield Diagnostic(
                "kolommen",
                f"«{name}» is geen kolom van {file.path.name}",
                span,
                choose_from(name, [k for k in file.koppen if k]) or None,
            )


def _sensitive(sheet: Sheet, looks: Mapping[str, str]) -> Iterator[Diagnostic]:
    if sheet.sleutel is not None and sheet.sleutel in looks:
        text = f"«{sheet.sleutel}» lijkt op {looks[sheet.sleutel]}: dat mag geen sleutel zijn"
        advice = "neem een eigen nummer dat niemand buiten kent (een pseudoniem), of «sleutel: rijnummer»"
        yield Diagnostic("kolommen", text, sheet.sleutel_span, advice)
    for one in sheet.kolommen:
        if one.naam in looks and one.doel.type.kind in _LOOSE and one.doel.kolom != "persoon.gemeente":
            yield Diagnostic(
                "kolommen", f"«{one.naam}» lijkt op {looks[one.naam]}: dat hoort niet in een scan", one.span, "schrijf «weg»"
            )


def _left_out(file: RawFile, sheet: Sheet, looks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    read = {one.naam for one in sheet.kolommen} | {sheet.sleutel}
    for head in file.koppen:
        if head and head not in read:
            yield (
                head,
                f"lijkt op {looks[head]}" if head in looks else "weg" if head in sheet.weg else "staat niet in de kolommen",
            )
