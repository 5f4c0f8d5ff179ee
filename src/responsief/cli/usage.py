"""Wrong use of a command, told in Dutch: what is wrong, and what to do. click itself tells it in English."""

from __future__ import annotations

import re
from typing import IO, Any

import click

from responsief.diagnostics import choose_from, did_you_mean
from responsief.wording import readable


class MisuseError(click.UsageError):
    """Wrong use of the command: how it goes, what is wrong, what to do. Exits 2, as click does with wrong use."""

    def __init__(self, text: str, hulp: str = "", ctx: click.Context | None = None) -> None:
        super().__init__(text, ctx)
        self.hulp = hulp

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it on standard error, in the form of a finding."""
        lines = [f"{click.style('fout[gebruik]', fg='red', bold=True)} {self.message}"]
        if self.hulp:
            lines.append(f"     = hulp: {self.hulp}")
        if self.ctx is not None:
            command = self.ctx.command_path
            how = " ".join(self.ctx.command.collect_usage_pieces(self.ctx))
            lines += [f"     = gebruik: {command} {how}", f"     = meer: {command} --help"]
        click.echo("\n".join(lines), file=file, err=file is None, color=self.ctx.color if self.ctx is not None else None)


def in_dutch(wrong: click.UsageError) -> click.UsageError:
    """What click found, in Dutch; what is told in Dutch already, and help that was asked for, as it is."""
    match wrong:
        case MisuseError() | click.exceptions.NoArgsIsHelpError():
            return wrong
        case click.NoSuchOption(option_name=name, ctx=ctx):
            options = [opt for param in (ctx.command.get_params(ctx) if ctx is not None else ()) for opt in param.opts]
            return MisuseError(f"{_word(name)} is hier geen optie", did_you_mean(name, options), ctx)
        case click.BadOptionUsage(option_name=name, message=message, ctx=ctx):
            if "does not take" in message:
                return MisuseError(f"{_word(name)} krijgt geen waarde", f"schrijf alleen {_word(name)}", ctx)
            return MisuseError(f"achter {_word(name)} ontbreekt de waarde", "schrijf die erachter", ctx)
        case click.MissingParameter(param=param, ctx=ctx) if param is not None:
            return MisuseError(*_missing(param), ctx)
        case click.BadParameter(param=param, ctx=ctx, message=message) if param is not None:
            return MisuseError(*_bad_value(param, message), ctx)
    if (command := getattr(wrong, "command_name", None)) is not None:  # NoSuchCommand, since click 8.4
        group = wrong.ctx.command if wrong.ctx is not None else None
        names = group.list_commands(wrong.ctx) if isinstance(group, click.Group) and wrong.ctx is not None else []
        return MisuseError(f"{_word(command)} is hier geen opdracht", choose_from(command, names, 30), wrong.ctx)
    if (extra := re.search(r"unexpected extra arguments? \((.*)\)$", wrong.message, re.DOTALL)) is not None:
        return MisuseError(f"{_word(extra[1])} is hier te veel", "laat dat weg; zet een naam met spaties tussen aanhalingstekens", wrong.ctx)  # fmt: skip
    return MisuseError(wrong.message, ctx=wrong.ctx)


def _missing(param: click.Parameter) -> tuple[str, str]:
    """That an option or argument must be there, and how."""
    if isinstance(param, click.Option):
        whole = f"{max(param.opts, key=len)} {param.metavar or 'WAARDE'}"
        return f"{_named(param)} ontbreekt", f"zet {_word(whole)} erbij"
    if isinstance(param.type, click.Choice):
        return "achter de opdracht ontbreekt een woord", choose_from("", map(str, param.type.choices), 30)
    return f"{_named(param)} ontbreekt", "zet het achter de opdracht"


def _bad_value(param: click.Parameter, message: str) -> tuple[str, str]:
    """What is wrong with the value of an option or argument. What one of our own types says is Dutch already."""
    said = re.match(r"(?:\w+ )?'?(.*?)'? (?:is|does) not", message, re.DOTALL)
    value = _word(said[1]) if said is not None else "deze waarde"
    match param.type:
        case click.Choice(choices=choices):
            who = f"{_named(param)} kent {value} niet" if isinstance(param, click.Option) else f"{value} kan hier niet"
            return who, choose_from(said[1] if said is not None else "", map(str, choices), 30)
        case click.Path():
            return (
                f"bij {_named(param)}: {value} bestaat niet, of is niet te lezen",
                "kijk de naam van de map of het bestand na",
            )
        case click.IntRange(min=least):
            return f"bij {_named(param)} past {value} niet", f"schrijf een heel getal, minstens {least}"
        case click.types.IntParamType():
            return f"bij {_named(param)} past {value} niet", "schrijf een heel getal, zonder punten"
        case _:
            return f"bij {_named(param)}: {message}", ""


def _named(param: click.Parameter) -> str:
    """An option by its longest name, an argument by its word in the usage."""
    if isinstance(param, click.Option):
        return _word(max(param.opts, key=len))
    return _word((param.metavar or param.name or "").strip("[]."))


def _word(text: str) -> str:
    return f"«{readable(text)}»"
