"""`responsief decide`: a situation in, an explained decision out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from responsief.cli.common import REGISTER, Day, must_exist, open_desk, stop, today
from responsief.cli.output import in_words, show, show_what_if
from responsief.cli.usage import MisuseError
from responsief.decision import FORMAAT, Decision, Decisions, Sender
from responsief.decision_json import to_json
from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.intake import read_data, read_sender, read_situation, read_situation_from
from responsief.source import Source
from responsief.wording import quote

if TYPE_CHECKING:
    from responsief.desk import Desk
    from responsief.situation import Situation
    from responsief.what_if import WhatIf


@click.command(name="decide")
@click.argument("situation", metavar="SITUATIE")
@click.option(
    "--ruleset",
    "rulesets",
    multiple=True,
    metavar="ID",
    help="Decide this ruleset; may be repeated. Default: every ruleset in force there.",
)
@click.option(
    "--date", "on", type=Day(), metavar="D", help="Reference date (peildatum). Default: what the ruleset says, else today."
)
@REGISTER
@click.option(
    "--sender", type=click.Path(path_type=Path), metavar="FILE", help="Who sends the letter (afzender): a YAML or JSON file."
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(["text", "json", "letter", "note"]),
    multiple=True,
    default=["text"],
    show_default=True,
    help="What to print; text, letter and note may be combined.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PAD=WAARDE",
    help="What if this fact were otherwise? Shows both outcomes side by side; may be repeated.",
)
def command(
    situation: str,
    rulesets: tuple[str, ...],
    on: date | None,
    registers: tuple[Path, ...],
    sender: Path | None,
    forms: tuple[str, ...],
    settings: tuple[str, ...],
) -> None:
    """Decide the situation in file SITUATIE (YAML or JSON; - reads standard input).

    An outcome of any kind exits 0; a situation or ruleset with a mistake, or nothing that could be decided, exits 1.
    """
    if "json" in forms and len(set(forms)) > 1:
        raise MisuseError("«--format json» staat alleen: het is één document", "vraag de andere vormen met een opdracht apart")
    if settings and set(forms) & {"letter", "note"}:
        raise MisuseError(
            "«--set» probeert iets uit, en daarvan komt geen brief of nota",
            "kies «--format text» of «--format json», of laat «--set» weg",
        )
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    must_exist([sender] if sender is not None else [], file=True)
    desk = open_desk(registers)
    must_be_rulesets(desk, rulesets)
    try:
        found = situation_in(situation)
        changes = read_settings(settings)
        post: Sender | None = read_sender(sender) if sender is not None else None
        decisions = desk.decide_all(found, rulesets or None, on, today=today() if on is None else None, sender=post)
        compared = _what_if(desk, found, decisions, changes, on) if changes else None
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    if compared is not None:
        click.echo(render_what_if(compared, decisions, forms[0]))
        sys.exit(0 if compared else 1)
    click.echo("\n\n".join(render(decisions, form) for form in dict.fromkeys(forms)))
    if not decisions.besluiten:
        sys.exit(1)


def must_be_rulesets(desk: Desk, rulesets: Iterable[str]) -> None:
    """Naming a ruleset that is not there is wrong use of the command."""
    known = desk.register.ids()
    unknown = [r for r in rulesets if r not in known]
    if unknown:
        stop([_unknown(desk, r, known) for r in unknown], 2)


def _unknown(desk: Desk, ident: str, known: Sequence[str]) -> Diagnostic:
    """Why this ruleset can't be decided: it is not there, or it only fills in another one."""
    there = desk.register.versions.get(ident)
    if not there:
        return Diagnostic("regelset-onbekend", f"regelset «{ident}» staat niet in dit register", hulp=choose_from(ident, known))
    served = sorted({home for r in there for home in (*(home for home, _ in r.vult_in), *r.clausules_bij)})
    hint = f"vraag {' of '.join(f'«{home}»' for home in served)}" if served else "kies een regelset met criteria"
    return Diagnostic(
        "regelset-onbekend", f"«{ident}» beslist zelf niets: het vult alleen iets in voor andere regels", hulp=hint
    )


def situation_in(path: str) -> Situation:
    """The situation in a file, or on standard input. Raises InvalidError."""
    if path == "-":
        return read_situation_from(sys.stdin.buffer, "standaardinvoer")
    return read_situation(Path(path))


def one_decision(situation: str, ruleset: str, on: date | None, registers: Sequence[Path], sender: Path | None) -> Decision:
    """The one decision that a command goes on with; ends with what is wrong, or with why nothing was decided."""
    desk = open_desk(registers)
    must_be_rulesets(desk, [ruleset])
    try:
        found = situation_in(situation)
        post = read_sender(sender) if sender is not None else None
        made = desk.decide_all(found, ruleset, on, today=today() if on is None else None, sender=post)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    if not made.besluiten:
        stop([Diagnostic("niet-beslist", f"{n.regelset} is niet beslist: {in_words(n.reden)}") for n in made.niet_beslist])
    return made.besluiten[0]


def read_settings(settings: Iterable[str]) -> dict[str, Any]:
    """«PAD=WAARDE» as a path with its value, written as in a situation file. Raises InvalidError."""
    found: dict[str, Any] = {}
    wrong = []
    for setting in settings:
        path, sign, value = setting.partition("=")
        path, value = path.strip(), value.strip()
        if not sign or not path:
            text = f"{quote(setting)} is geen gegeven met een waarde"
            wrong.append(Diagnostic("geen-paar", text, hulp="schrijf PAD=WAARDE, zoals «--set wonen.huur='€ 480'»"))
        elif path in found:
            wrong.append(Diagnostic("dubbele-sleutel", f"{quote(path)} staat er twee keer", hulp="laat er één staan"))
        elif value[:1] in ("[", "{", '"', "'"):
            found[path] = read_data(Source(f"--set {path}", f"waarde: {value}"))[0]["waarde"]
        else:
            found[path] = value
    if wrong:
        raise InvalidError(wrong)
    return found


def _what_if(desk: Desk, situation: Situation, decisions: Decisions, changes: dict[str, Any], on: date | None) -> list[WhatIf]:
    from responsief.what_if import what_if  # late: a plain decision needs none of it

    day = today() if on is None else None
    return [what_if(desk, situation, d.regelset, changes, on, today=day) for d in decisions.besluiten]


def render_what_if(found: list[WhatIf], decisions: Decisions, form: str) -> str:
    """Both outcomes side by side, as text or JSON."""
    from responsief.what_if import what_if_json

    if form == "json":
        undecided = [{"regelset": one.regelset, "reden": one.reden} for one in decisions.niet_beslist]
        document = {"wat_als": [what_if_json(one) for one in found], "niet_beslist": undecided, "formaat": FORMAAT}
        return json.dumps(document, ensure_ascii=False, indent=2)
    return "\n\n".join(show_what_if(one) for one in found) + _undecided(decisions)


def render(decisions: Decisions, form: str) -> str:
    """Decisions in one of the forms of the command."""
    match form:
        case "json":
            return json.dumps(to_json(decisions), ensure_ascii=False, indent=2)
        case "letter":
            return "\n\n".join(d.motivering.brief for d in decisions.besluiten) + _undecided(decisions)
        case "note":
            return "\n\n".join(d.motivering.nota for d in decisions.besluiten) + _undecided(decisions)
        case _:
            return show(decisions)


def _undecided(decisions: Decisions) -> str:
    return "".join(f"\nNiet beslist: {n.regelset}: {in_words(n.reden)}" for n in decisions.niet_beslist)
