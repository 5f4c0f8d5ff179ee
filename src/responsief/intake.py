"""A situation from text: YAML or JSON in, a `Situation` or diagnostics in Dutch with line, column and path out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.facts import Dag, JaNee, Tekst
from responsief.other_words import nearest, same
from responsief.parts import BSN_HELP, names_bsn
from responsief.situation import Situation, model_of
from responsief.source import Scalar, Source, Span
from responsief.syntax.from_json import read_json, values
from responsief.syntax.from_yaml import MAX_BYTES, read_file, read_stream, read_yaml
from responsief.syntax.nodes import Document, Mapping, Yaml
from responsief.syntax.nodes import Sequence as YamlSequence
from responsief.wording import quote, readable

if TYPE_CHECKING:
    from responsief.decision import Sender

Path_ = Sequence[str | int]
Where = Callable[[Path_], Span]


class Key(str):
    """The last step of a path where the name itself is wrong, and not the value beside it."""


# --- reading -----------------------------------------------------------------------------------------------------------


def read_situation(path: Path | str) -> Situation:
    """The situation in a YAML or JSON file. Raises InvalidError with every finding, each at its line and column."""
    return _situation(read_source(path))


def read_situation_from(stream: BinaryIO, name: str) -> Situation:
    """The situation in a stream of bytes, of which no more is read than a file may hold; `name` as in `parse_situation`."""
    findings = Findings()
    source = read_stream(stream, name, findings)
    findings.stop()
    assert source is not None
    return _situation(source)


def parse_situation(text: str, name: str = "situatie") -> Situation:
    """The situation in a YAML or JSON text; `name` is how diagnostics speak of the text."""
    return _situation(Source(name, text.removeprefix("\ufeff")))


def _situation(source: Source) -> Situation:
    data, where = read_data(source)
    if isinstance(data, dict) and data and data.keys() <= SenderFile.model_fields.keys():
        text, hint = "dit is een afzender, geen situatie", "geef dit bestand mee met «--sender»"
        raise InvalidError([Diagnostic("situatie", text, where([Key(next(iter(data)))]), hint)])
    return validate(data, where)


def read_source(path: Path | str) -> Source:
    """The text of a file. Raises InvalidError when it can't be read, is too large, or is no UTF-8."""
    findings = Findings()
    source = read_file(Path(path), findings)
    findings.stop()
    assert source is not None
    return source


def read_data(source: Source, begin: str = "persoon") -> tuple[Any, Where]:
    """The plain data in a YAML or JSON text, and what tells the place of a path in it. Raises InvalidError.

    `begin` is the field with which such a file starts: advice for an empty one.
    """
    if _is_json(source):
        return _json(source, begin)
    document = _usable(read_yaml, source, begin)
    return plain(document.root), lambda path: place(document.root, path)


def _is_json(source: Source) -> bool:
    name = source.name.lower()
    if name.endswith((".json", ".yaml", ".yml")):
        return name.endswith(".json")
    return source.text.lstrip()[:1] in ("{", "[")


def _json(source: Source, begin: str) -> tuple[Any, Where]:
    @cache
    def document() -> Document:
        return _usable(read_json, source, begin)

    if len(source.text) > MAX_BYTES // 4:
        document()  # says that a text is too large
    try:
        data = values(source.text)
    except (ValueError, RecursionError):
        document()  # says what and where
        text, hint = "deze JSON is hier niet te lezen", "kijk naar komma's, haakjes en aanhalingstekens"
        raise InvalidError([Diagnostic("json", text, Span(source, 1, 1), hint)]) from None
    return data, lambda path: place(document().root, path)


_HINTS: Final = {  # where the usual advice speaks to a writer of rulesets
    "yaml-anker": "schrijf de tekst uit",
    "yaml-tag": "haal de tag weg",
    "yaml-diep": "maak het vlakker",
}


def _usable(read: Callable[[Source, Findings], Document | None], source: Source, begin: str) -> Document:
    findings = Findings()
    document = read(source, findings)
    if findings or document is None:
        hints = {**_HINTS, "leeg-bestand": f"begin met «{begin}:»"}
        found = [Diagnostic(d.code, d.tekst, d.span, hints.get(d.code, d.hulp), d.ernst, d.pad) for d in findings]
        raise InvalidError(found)
    return document


# --- what is wrong with it ---------------------------------------------------------------------------------------------


def validate(data: Any, where: Where | None = None) -> Situation:
    """A situation from plain data (dicts, lists, texts). Raises InvalidError; `where` finds the place of a path."""
    try:
        return Situation.model_validate(data)
    except ValidationError as wrong:
        raise InvalidError(diagnostics(wrong, where)) from None


def diagnostics(
    wrong: ValidationError, where: Where | None = None, model: type[BaseModel] = Situation, whole: str = "de situatie"
) -> list[Diagnostic]:
    """A pydantic error as diagnostics in Dutch: one per mistake, with its path, and its place where that is known.

    `whole` is what the file is called as a whole.
    """
    found = []
    for error in wrong.errors(include_url=False, include_input=False):
        context: dict[str, Any] = error.get("ctx", {})
        path: list[str | int] = [*error["loc"], *context.get("pad", ())]
        if path and path[-1] == "[key]":
            path = [*path[:-2], Key(path[-2])]
        elif error["type"] == "extra_forbidden":
            path[-1] = Key(path[-1])
        code, text, hint = _text(error["type"], path, context, model, whole)
        span = where(path) if where is not None else None
        dotted = ".".join(readable(str(step), 100) for step in path)
        found.append(Diagnostic(code, text, span, hint or None, pad=dotted or None))
    return found


def _text(kind: str, path: Path_, context: dict[str, Any], model: type[BaseModel], whole: str) -> tuple[str, str, str]:
    match kind:
        case "responsief":
            return str(context["code"]), str(context["fout"]), str(context["hulp"])
        case "extra_forbidden":
            name = str(path[-1])
            if names_bsn(name):
                return "bsn", "een burgerservicenummer hoort niet in een situatie", BSN_HELP
            return "onbekend-veld", f"{quote(name)} is geen veld {_of(path[:-1], whole)}", _advice(name, path[:-1], model)
        case "invalid_key":
            return "onbekend-veld", "de naam van een veld is altijd tekst", "schrijf «veld: waarde»"
        case "string_unicode":
            return "teken-onbekend", "in de naam van een veld staat een half teken", "schrijf het teken zelf"
        case "dict_type" | "model_type" | "model_attributes_type" | "mapping_type":
            return "geen-groep", "hier horen velden te staan, met hun naam ervoor", "schrijf «veld: waarde», ingesprongen"
        case _:
            return "situatie", "deze waarde kan hier niet", "kijk in `responsief schema situatie` wat hier hoort"


def _of(path: Path_, whole: str) -> str:
    names = [readable(str(p)) for p in path if not isinstance(p, int)]
    return f"van «{'.'.join(names)}»" if names else f"van {whole}"


_PERSONAL: Final = frozenset(
    {
        "naam", "voornaam", "achternaam", "roepnaam", "name", "first_name", "last_name", "firstname", "lastname", "surname",
        "telefoon", "telefoonnummer", "phone", "email", "e-mail", "straat", "street", "huisnummer", "postcode", "adres", "address",
    }
)  # fmt: skip
_NEVER: Final = frozenset(
    {
        "nationaliteit", "nationality", "etniciteit", "ethnicity", "afkomst", "ras", "race", "religie", "religion", "geloof",
        "godsdienst", "geboorteland", "country_of_birth", "politieke_voorkeur",
    }
)  # fmt: skip


def _advice(name: str, path: Path_, model: type[BaseModel]) -> str:
    """What to do about a field that does not exist: what was meant, where it does stand, or what there is."""
    siblings = fields_at(path, model)
    flat = name.strip().lower()
    if model is Situation and flat in _NEVER:
        return "haal het weg: het telt niet mee en hoort niet in een situatie; alleen de verblijfsstatus wel («persoon.verblijf.soort»)"
    if (meant := same(name, siblings)) is not None:
        return f"bedoelde u «{meant}»?"
    if model is Situation:
        if flat in _PERSONAL:
            return "haal het weg: wie de brief krijgt, staat bij de afzender; in een situatie horen geen namen en adressen"
        if flat in ("afzender", "sender"):
            return "de afzender staat in een eigen bestand, niet in de situatie"
        if elsewhere := _elsewhere(name, path):
            return elsewhere
    if (near := nearest(name, siblings)) is not None:
        return f"bedoelde u «{near}»?"
    return "kies uit: " + ", ".join(siblings) if siblings else ""


def _elsewhere(name: str, path: Path_) -> str:
    """Where a field with this name does stand, when that is not everywhere."""
    known = _everywhere()
    places = known.get(same(name, known) or "", ())
    if places and "." not in places[0]:
        return f"zet «{places[0]}» bovenaan, niet {_of(path, 'de situatie').replace('van', 'onder', 1)}"
    return "bedoelde u " + " of ".join(f"«{place}»" for place in places) + "?" if 0 < len(places) <= 3 else ""


def fields_at(path: Path_, root: type[BaseModel] = Situation) -> list[str]:
    """The fields that can stand at a path."""
    model: type[BaseModel] | None = root
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = model_of(field.annotation) if field is not None else None
    return list(model.model_fields) if model is not None else []


@cache
def _everywhere() -> dict[str, tuple[str, ...]]:
    """Every field of a situation by its name, with the paths where it stands."""
    found: dict[str, list[str]] = {}

    def look(model: type[BaseModel], before: str) -> None:
        for key, field in model.model_fields.items():
            if before == "feiten.":
                continue
            if "partner." not in before:  # of the partner the same as of the client
                found.setdefault(key, []).append(before + key)
            inner = model_of(field.annotation)
            if inner is not None:
                look(inner, f"{before}{key}.")

    look(Situation, "")
    return {name: tuple(paths) for name, paths in found.items()}


# --- places ------------------------------------------------------------------------------------------------------------


def plain(node: Yaml) -> Any:
    """YAML nodes as dicts, lists and texts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, YamlSequence):
        return [plain(item) for item in node.items]
    return {key: value.value if isinstance(value, Scalar) else plain(value) for key, (_, value) in node.entries.items()}


def place(root: Yaml, path: Path_) -> Span:
    """Where a path stands in a text: the value, or the nearest thing around it that was written."""
    node: Yaml = root
    last: Span = _start(root)
    for at, step in enumerate(path):
        if isinstance(node, Mapping) and str(step) in node.entries:
            key, node = node.entries[str(step)]
            named = isinstance(step, Key) or (isinstance(node, Scalar) and not node.value)
            last = key.span() if named or (at == len(path) - 1 and not isinstance(node, Scalar)) else _start(node)
        elif isinstance(node, YamlSequence) and str(step).isdecimal() and int(step) < len(node.items):
            node = node.items[int(step)]
            last = _start(node)
        else:
            break
    return last


def _start(node: Yaml) -> Span:
    return node.span() if isinstance(node, Scalar) else node.span


# --- the sender --------------------------------------------------------------------------------------------------------


class SenderFile(BaseModel):
    """The sender of a letter, as a file or request gives it. What is absent becomes a marked placeholder."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    organisatie: Tekst = None
    adres: Tekst = None
    contactpersoon: Tekst = None
    telefoon: Tekst = None
    bereikbaar: Tekst = None
    kenmerk: Tekst = None
    naam_client: Tekst = None
    verzonden_op: Dag = None
    gedeeld_adres: JaNee = None
    hulp_bij_brief: Tekst = None


def read_sender(path: Path | str) -> Sender:
    """The sender in a YAML or JSON file. Raises InvalidError with every finding."""
    data, where = read_data(read_source(path), "organisatie")
    return make_sender(data, where)


def make_sender(data: Any, where: Where | None = None) -> Sender:
    """A sender from plain data. Raises InvalidError."""
    try:
        found = SenderFile.model_validate(data)
    except ValidationError as wrong:
        raise InvalidError(diagnostics(wrong, where, SenderFile, "de afzender")) from None
    sent = found.verzonden_op
    if sent is not None and not isinstance(sent, date):
        span = where(["verzonden_op"]) if where is not None else None
        text, hint = "de datum van verzenden moet een hele datum zijn", "schrijf bijvoorbeeld «2026-03-02»"
        raise InvalidError([Diagnostic("geen-datum", text, span, hint, pad="verzonden_op")])
    from responsief.decision import Sender  # late: who reads situations only needs no decision

    fields = {name: getattr(found, name) for name in SenderFile.model_fields}
    return Sender(**fields)
