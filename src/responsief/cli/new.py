"""`responsief new`: a few questions in Dutch, and a first ruleset with test cases that pass at once."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from responsief.cli.common import stop, today
from responsief.cli.output import terminal, wrapped
from responsief.diagnostics import Diagnostic, choose_from
from responsief.register import read_files, shipped
from responsief.scaffold import (
    KINDS,
    SCHEMA_FILE,
    TO_DO,
    Answers,
    HardshipClause,
    name_of,
    read_fact,
    read_limit,
    ruleset_text,
    sentence_of,
    trials_text,
)  # fmt: skip
from responsief.situation import LEEFGEBIEDEN
from responsief.source import Source, Span
from responsief.syntax.format import format_source
from responsief.values import parse_day

T = TypeVar("T")


@click.command(name="new")
@click.argument("naam", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to write (default: a folder NAAM here).")
@click.option("--yes", is_flag=True, help="Ask nothing: take the options, and defaults for the rest.")
@click.option("--title", help="What the regulation is called.")
@click.option("--kind", help="verordening, beleidsregel, wet, amvb or ministeriele_regeling.")
@click.option("--municipality", help="A CBS code such as 0599, or «landelijk».")
@click.option("--source", help="The number at overheid.nl, such as CVDR741634.")
@click.option("--article", help="The article of the first criterion.")
@click.option("--since", help="The first day, such as 2026-01-01.")
@click.option("--purpose", help="Why the regulation is there, in one sentence.")
@click.option("--area", help="What it is about: one or more leefgebieden, with commas.")
@click.option("--fact", help="What the first criterion looks at: plain words, or a path such as wonen.huur.")
@click.option("--limit", help="What must hold of it: «hoogstens € 1.500», «minstens 21», «ja» or «nee».")
@click.option("--criterion", help="The first criterion as a sentence to the client.")
@click.option("--clause", help="The text of the hardship clause, or «geen».")
@click.option("--clause-article", help="The article of the hardship clause.")
@click.option("--threshold", help="The words of the clause that say when departing is allowed.")
def command(naam: str | None, out: Path | None, yes: bool, **given: str | None) -> None:
    """Write a first ruleset with test cases, after a few questions (in Dutch).

    NAAM is the name of the regulation or its id. Writes NAAM.yaml, NAAM.test.yaml and the schema that an editor
    completes with. Exit code 2 when something is there already, or an answer can't be used: nothing is overwritten.
    """
    try:
        answers = ask_all(naam, Asking(given, silent=yes))
    except (click.Abort, EOFError):
        click.echo("\nAfgebroken: er is niets geschreven.", err=True)
        sys.exit(1)
    folder = out if out is not None else Path(answers.id)
    schema = folder / SCHEMA_FILE
    texts = {folder / f"{answers.id}.yaml": ruleset_text(answers), folder / f"{answers.id}.test.yaml": trials_text(answers)}
    files = {path: format_source(Source(path.as_posix(), text)) for path, text in texts.items()}
    for path in files:
        if os.path.lexists(path):
            _refuse(path, "dit bestand is er al, en blijft zoals het is", "kies een andere naam, of een andere map met «--out»")
    if not schema.exists():
        files[schema] = schema_text()
    write_all(files)
    show_made(files, folder)


def schema_text() -> str:
    """What an editor needs to complete keys and underline what can't stand there; no network, no setting."""
    from responsief import schemas

    return json.dumps(schemas.ruleset_schema(), ensure_ascii=False, indent=1) + "\n"


# --- the questions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asking:
    """How an answer comes: from an option, else from the default (`silent`), else from a person."""

    given: Mapping[str, str | None]
    silent: bool

    def ask(self, option: str, question: str, default: str | None, read: Callable[[str], T]) -> T:
        """An answer that can be used. One that can't is asked again; out of an option it ends the command."""
        answer = self.given.get(option)
        if answer is None and self.silent:
            answer = default
        while True:
            said = answer
            if said is None and not self.silent:
                click.echo("\n" + "\n".join(wrapped(question + (f" [{default}]" if default else ""), terminal())))
                said = click.prompt(">", default=default or "", show_default=False, prompt_suffix=" ")
            try:
                return read((said or "").strip())
            except ValueError as wrong:
                if answer is not None or self.silent:
                    name = option.replace("_", "-")
                    flag = "NAAM" if name == "naam" else f"--{name}"
                    stop([Diagnostic("antwoord", f"{flag}: {wrong}", hulp="responsief new --help noemt elke keuze")], 2)
                click.echo("\n".join(f"  {line}" for line in wrapped(f"{wrong}", terminal() - 2)), err=True)


def ask_all(naam: str | None, asking: Asking) -> Answers:
    """Every question, in order. Raises click.Abort when somebody stops."""
    if not asking.silent and sys.stdin.isatty():
        intro = (
            "Een paar vragen, dan staat er een eerste regelset die werkt. Enter neemt wat tussen haken staat. Stoppen: Ctrl-C."
        )
        click.echo("\n".join(wrapped(intro, terminal())))
    known = {str(getattr(d.root.get("regelset"), "value", "")) for d in read_files([shipped()]).documents["regelset"]}
    asking = Asking({**asking.given, "naam": naam}, asking.silent)
    named = asking.ask("naam", "Hoe heet de regeling? Bijvoorbeeld: Stadspas Delft", None, lambda said: _name(said, known))
    ident = name_of(named, "-")
    # an id is no name: ask for one
    title_default = named if named != ident else ident.replace("-", " ").capitalize()
    title = title_default if named != ident and not asking.given.get("title") else asking.ask(
        "title", "Hoe heet zij in gewone woorden, zoals in een brief?", title_default, _text
    )  # fmt: skip
    kind = asking.ask(
        "kind", f"Wat voor regeling is het? Kies uit: {', '.join(KINDS)}", "verordening", lambda s: _choice(s, KINDS)
    )
    town = asking.ask(
        "municipality", "Voor welke gemeente? Schrijf de CBS-code van vier cijfers, of «landelijk»", "landelijk", _municipality
    )
    source = asking.ask("source", "Welk nummer heeft zij op overheid.nl? Weet u het nog niet: Enter", "CVDR000000", _source)
    since = asking.ask("since", "Vanaf welke dag geldt zij? Jaar, maand, dag", f"{today().year}-01-01", parse_day)
    purpose = asking.ask(
        "purpose", "Waarom is zij er? Eén zin, voor wie de brief leest", f"{TO_DO}: waarom deze regeling er is.", _text
    )
    areas = asking.ask("area", f"Waar gaat zij over? Eén of meer, met komma's: {', '.join(LEEFGEBIEDEN)}", "financien", _areas)
    fact = asking.ask(
        "fact", "Dan de eerste voorwaarde. Naar welk gegeven kijkt zij? In gewone woorden, of een pad uit docs/gegevens.md zoals «wonen.huur» of «leeftijd»",
        "inkomen per maand", read_fact,
    )  # fmt: skip
    kind_of_fact = fact.kind or ("ja_nee" if fact.label.startswith("u ") else "geld")  # «u geeft mantelzorg» is so or not
    usual = {"getal": "minstens 21", "ja_nee": "ja", "geld": "hoogstens € 1.500"}[kind_of_fact]
    limit = asking.ask(
        "limit", f"Wat moet gelden voor «{fact.label}»? Bijvoorbeeld: hoogstens € 1.500, minstens 21, ja, nee", usual,
        lambda said: read_limit(said, fact),
    )  # fmt: skip
    criterion = asking.ask("criterion", "Hoe zegt u dat tegen de inwoner? Eén zin", sentence_of(fact, limit), _text)
    article = asking.ask("article", "In welk artikel staat die voorwaarde?", "art. 1", _article)
    clause_text = asking.ask(
        "clause", "Heeft de regeling een hardheidsclausule? Neem de tekst letterlijk over, of schrijf «geen»", "geen", _text
    )
    clause = None
    if clause_text.lower().rstrip(".") not in ("geen", "nee"):
        basis = asking.ask(
            "clause_article", "In welk artikel staat de clausule?", "Awb 4:84" if kind == "beleidsregel" else None, _article
        )
        words = asking.ask(
            "threshold", "Welke woorden daarin zeggen wanneer afwijken mag? Letterlijk, zoals «onbillijkheid van overwegende aard»", None,
            lambda said: _within(said, clause_text),
        )  # fmt: skip
        clause = HardshipClause(basis, clause_text, words)
    return Answers(
        id=ident, titel=title, soort=kind, gemeente=town, artikel=article, van=since, doel=purpose, leefgebieden=areas,
        feit=fact, grens=limit, criterium=criterion, clausule=clause, bron=source,
    )  # fmt: skip


def _name(said: str, known: set[str]) -> str:
    said = _text(said)
    ident = name_of(said, "-")
    if not ident:
        raise ValueError("een naam heeft letters of cijfers")
    if ident in known:
        raise ValueError(f"«{ident}» is al de naam van een geleverde regelset; zet er bijvoorbeeld uw gemeente achter")
    return said


def _text(said: str) -> str:
    said = " ".join(said.split())
    if not said:
        raise ValueError("hier hoort een antwoord")
    if len(said) > 1_000 or not said.isprintable():
        raise ValueError("schrijf gewone tekst, hoogstens 1000 tekens")
    return said


def _choice(said: str, options: tuple[str, ...]) -> str:
    word = name_of(said)
    if word not in options:
        raise ValueError(f"«{said}» kan hier niet; {choose_from(word, options)}")
    return word


def _municipality(said: str) -> str | None:
    if said.lower() in ("landelijk", ""):
        return None
    if not re.fullmatch(r"[0-9]{4}", said):
        raise ValueError("schrijf vier cijfers, zoals 0599 voor Rotterdam, of «landelijk»")
    return said


def _source(said: str) -> str:
    if not re.fullmatch(r"(CVDR|BWBR)[0-9]{1,9}", said.upper()):
        raise ValueError("schrijf een nummer als CVDR741634 (gemeente) of BWBR0015703 (wet)")
    return said.upper()


def _areas(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_choice(part, LEEFGEBIEDEN) for part in re.split(r"[,;]| en ", said) if part.strip())) or (
        _choice(said, LEEFGEBIEDEN),
    )


def _article(said: str) -> str:
    said = _text(said)
    return f"art. {said}" if said[0].isdigit() else re.sub(r"^artikel ", "art. ", said, flags=re.IGNORECASE)


def _within(said: str, clause: str) -> str:
    said = _text(said).strip("«»\"'")
    if said.lower() not in clause.lower():
        raise ValueError("deze woorden staan niet zo in de tekst van de clausule; neem ze letterlijk over")
    return said


# --- the files ---------------------------------------------------------------------------------------------------------


def write_all(files: Mapping[Path, str]) -> None:
    """Write new files, all or none: each beside its place first, then under its name, where nothing may be yet."""
    drafts: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path] = path.with_name(f".{path.name}.{os.getpid()}")
            with drafts[path].open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        for path, draft in drafts.items():
            _publish(draft, path)
            made.append(path)
    except OSError as failed:
        for path in made:
            path.unlink(missing_ok=True)
        why = (
            "dit bestand is er al, en blijft zoals het is"
            if isinstance(failed, FileExistsError)
            else f"hier kan geen bestand komen: {failed.strerror}"
        )
        _refuse(Path(failed.filename2 or failed.filename or next(iter(files))), why, "kies een andere plek met «--out»")
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink()


def _publish(draft: Path, path: Path) -> None:
    """Give a draft its name; a file that came there meanwhile stays. Raises FileExistsError then."""
    try:
        os.link(draft, path)  # the only rename that refuses to overwrite
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(17, "bestaat al", str(path)) from None
        draft.rename(path)


def _refuse(path: Path, text: str, advice: str) -> NoReturn:
    stop([Diagnostic("niet-geschreven", text, Span(Source(path.as_posix(), ""), 1, 1), advice)], 2)


def show_made(files: Mapping[Path, Any], folder: Path) -> None:
    """What was written, and what to do next."""
    what = {".test.yaml": "drie proefgevallen", ".yaml": "de regelset", ".json": "helpt uw editor aanvullen"}
    click.echo("Gemaakt:")
    for path in files:
        click.echo(f"  {path.as_posix()}   {next(words for end, words in what.items() if path.name.endswith(end))}")
    place = folder.as_posix()
    click.echo(
        f"\nNu verder:\n  responsief check {place}    is alles goed geschreven?\n  responsief test {place}     komt eruit wat u verwacht?\n"
        f"  responsief watch {place}    doet dat vanzelf, elke keer dat u opslaat"
    )
