"""A situation from text: YAML or JSON in, a `Situation` or diagnostics in Dutch with line, column and path out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from responsief.decision import Sender
from responsief.diagnostics import Diagnostic, Findings, InvalidError, choose_from
from responsief.facts import Dag, JaNee, Tekst
from responsief.situation import Situation, model_of
from responsief.source import Scalar, Source, Span
from responsief.syntax.from_yaml import MAX_BYTES, read_file, read_yaml
from responsief.syntax.nodes import Mapping, Yaml
from responsief.syntax.nodes import Sequence as YamlSequence


def read_situation(path: Path | str) -> Situation:
    """The situation in a YAML or JSON file. Raises InvalidError with every finding, each at its line and column."""
    findings = Findings()
    source = read_file(Path(path), findings)
    findings.stop()
    assert source is not None
    return parse_situation(source.text, source.name)


def parse_situation(text: str, name: str = "situatie") -> Situation:
    """The situation in a YAML or JSON text; `name` is how diagnostics speak of the text."""
    source = Source(name, text)
    if text.lstrip().startswith("{"):
        return _from_json(source)
    findings = Findings()
    document = read_yaml(source, findings)
    findings.stop()
    assert document is not None
    return validate(plain(document.root), lambda path: place(document.root, path))


def _from_json(source: Source) -> Situation:
    if len(source.text.encode()) > MAX_BYTES:
        raise InvalidError(
            [Diagnostic("bestand-te-groot", "dit bestand is groter dan 1 MiB", Span(source, 1, 1), "splits het")]
        )
    doubles: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                doubles.append(key)
            found[key] = value
        return found

    try:
        data = json.loads(source.text, object_pairs_hook=once, parse_constant=lambda word: word)
    except json.JSONDecodeError as wrong:
        span = Span(source, wrong.lineno, wrong.colno)
        raise InvalidError(
            [Diagnostic("json", "deze JSON is hier niet te lezen", span, "kijk naar komma's, haakjes en aanhalingstekens")]
        ) from None
    except RecursionError:
        raise InvalidError(
            [Diagnostic("yaml-diep", "dit is meer dan 40 niveaus diep", Span(source, 1, 1), "maak het vlakker")]
        ) from None
    if doubles:
        raise InvalidError(
            [
                Diagnostic("dubbele-sleutel", f"«{key}» staat hier twee keer", Span(source, 1, 1), "laat één van de twee staan")
                for key in doubles
            ]
        )
    # libyaml reads JSON too: it tells where each value stands
    findings = Findings()
    document = read_yaml(source, findings)
    root = document.root if document is not None else None
    return validate(data, lambda path: place(root, path) if root is not None else Span(source, 1, 1))


def validate(data: Any, where: Any = None) -> Situation:
    """A situation from plain data (dicts, lists, texts). Raises InvalidError; `where` finds the place of a path."""
    try:
        return Situation.model_validate(data)
    except ValidationError as wrong:
        raise InvalidError(diagnostics(wrong, where)) from None
    except RecursionError:
        raise InvalidError([Diagnostic("yaml-diep", "dit is meer dan 40 niveaus diep", None, "maak het vlakker")]) from None


def diagnostics(wrong: ValidationError, where: Any = None) -> list[Diagnostic]:
    """A pydantic error as diagnostics in Dutch: one per mistake, with its path, and its place where that is known."""
    found = []
    for error in wrong.errors(include_url=False, include_input=False):
        context: dict[str, Any] = error.get("ctx", {})
        path = [*error["loc"], *context.get("pad", ())]
        code, text, hint = _text(error["type"], path, context)
        span = where(path) if where is not None else None
        found.append(Diagnostic(code, text, span, hint, pad=".".join(map(str, path)) or None))
    return found


def _text(kind: str, path: Sequence[str | int], context: dict[str, Any]) -> tuple[str, str, str | None]:
    match kind:
        case "responsief":
            return str(context["code"]), str(context["tekst"]), None
        case "extra_forbidden":
            name = str(path[-1])
            if "bsn" in name.lower() or "burgerservice" in name.lower():
                return (
                    "bsn",
                    "een burgerservicenummer hoort niet in een situatie",
                    "haal het weg; gebruik een kenmerk in uw eigen systeem",
                )
            known = fields_at(path[:-1])
            return "onbekend-veld", f"«{name}» is geen veld {_of(path[:-1])}", choose_from(name, known) or _elsewhere(name)
        case "dict_type" | "model_type" | "model_attributes_type" | "mapping_type":
            return "geen-groep", "hier horen velden te staan, met hun naam ervoor", "schrijf «veld: waarde», ingesprongen"
        case "tuple_type" | "list_type":
            return "geen-lijst", "hier hoort een lijst", "begin elke regel met een streepje, of schrijf «geen»"
        case "int_type" | "int_parsing" | "int_from_float":
            return "geen-getal", "hier hoort een heel getal", None
        case "string_type":
            return "geen-tekst", "hier hoort tekst", None
        case _:
            return "situatie", "deze waarde kan hier niet", "kijk in `responsief schema situatie` wat hier hoort"


def _of(path: Sequence[str | int]) -> str:
    names = [str(p) for p in path if not isinstance(p, int)]
    return f"van «{'.'.join(names)}»" if names else "van de situatie"


def fields_at(path: Sequence[str | int]) -> list[str]:
    """The fields that can stand at a path of the situation."""
    model: type[BaseModel] | None = Situation
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = model_of(field.annotation) if field is not None else None
    return list(model.model_fields) if model is not None else []


def _elsewhere(name: str) -> str | None:
    """Where a field with this name does stand."""
    found: list[str] = []

    def look(model: type[BaseModel], before: str, depth: int) -> None:
        for key, field in model.model_fields.items():
            if key == name:
                found.append(before + key)
            inner = model_of(field.annotation)
            if inner is not None and depth < 3:
                look(inner, f"{before}{key}.", depth + 1)

    look(Situation, "", 0)
    return f"«{name}» hoort bij «{found[0]}»" if found else None


# --- places ------------------------------------------------------------------------------------------------------------


def plain(node: Yaml) -> Any:
    """YAML nodes as dicts, lists and texts."""
    match node:
        case Scalar(value=value):
            return value
        case YamlSequence(items=items):
            return [plain(i) for i in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, (_, value) in entries.items()}


def place(root: Yaml, path: Sequence[str | int]) -> Span:
    """Where a path stands in a text: the value, or the nearest thing around it that was written."""
    node: Yaml = root
    last: Span = root.span() if isinstance(root, Scalar) else root.span
    for at, step in enumerate(path):
        if isinstance(node, Mapping) and str(step) in node.entries:
            key, value = node.entries[str(step)]
            final = at == len(path) - 1
            node = value
            last = (
                key.span()
                if final and not isinstance(value, Scalar)
                else (value.span() if isinstance(value, Scalar) and value.value else key.span())
            )
        elif isinstance(node, YamlSequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            last = node.span() if isinstance(node, Scalar) else node.span
        elif isinstance(node, YamlSequence) and str(step).isdigit() and int(step) < len(node.items):
            node = node.items[int(step)]
            last = node.span() if isinstance(node, Scalar) else node.span
        else:
            break
    return last


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
    findings = Findings()
    source = read_file(Path(path), findings)
    document = read_yaml(source, findings) if source is not None else None
    findings.stop()
    assert document is not None
    return make_sender(plain(document.root), lambda p: place(document.root, p))


def make_sender(data: Any, where: Any = None) -> Sender:
    """A sender from plain data. Raises InvalidError."""
    try:
        found = SenderFile.model_validate(data)
    except ValidationError as wrong:
        found_wrong = []
        for d, error in zip(diagnostics(wrong, where), wrong.errors(include_url=False, include_input=False), strict=True):
            if error["type"] == "extra_forbidden" and d.code == "onbekend-veld":
                name = str(error["loc"][-1])
                d = Diagnostic(
                    d.code,
                    f"«{name}» is geen veld van de afzender",
                    d.span,
                    choose_from(name, SenderFile.model_fields),
                    pad=d.pad,
                )
            found_wrong.append(d)
        raise InvalidError(found_wrong) from None
    sent = found.verzonden_op
    if sent is not None and not isinstance(sent, date):
        span = where(["verzonden_op"]) if where is not None else None
        raise InvalidError(
            [
                Diagnostic(
                    "geen-datum",
                    "de datum van verzenden moet een hele datum zijn",
                    span,
                    "schrijf bijvoorbeeld «2026-03-02»",
                    pad="verzonden_op",
                )
            ]
        )
    fields = found.model_dump(mode="python")
    fields["verzonden_op"] = sent
    fields["gedeeld_adres"] = found.gedeeld_adres
    return Sender(**fields)
