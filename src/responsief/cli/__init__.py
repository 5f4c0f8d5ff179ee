"""The command line: the only room that prints and exits. Verbs and help are English, what is said of people and law Dutch.

Exit codes: 0 fine · 1 findings (a file or situation with a mistake, a test that failed, nothing that could be decided)
· 2 wrong use of the command (also a file or ruleset that is not there).
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

import click

FOLDER = click.Path(path_type=Path, exists=True)


class Lazy(click.Group):
    """A group that imports a command's module only when that command runs: start-up stays fast."""

    COMMANDS = (
        "check", "coverage", "decide", "diff", "document", "explain", "finalise", "format", "generate", "import", "lsp",
        "motivation", "mutate", "new", "objection", "patterns", "prove", "render", "rights", "scan", "schema", "sources",
        "suggest", "tables", "test", "watch",
    )  # fmt: skip
    MODULES: ClassVar = {"import": "import_law"}  # whose name cannot be a module's

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"responsief.cli.{self.MODULES.get(name, name)}").command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as wrong:
            raise _in_dutch(wrong) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            raise _in_dutch(wrong) from None
        except (click.Abort, KeyboardInterrupt):
            click.echo("\nAfgebroken.", err=True)
            ctx.exit(1)


def _in_dutch(wrong: click.UsageError) -> click.UsageError:
    from responsief.cli.usage import in_dutch  # late: hardly ever needed

    return in_dutch(wrong)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"responsief {version('responsief')}")
        ctx.exit()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Explained eligibility decisions for the Dutch municipal social domain, with a hardship pass on every no."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        ctx.color = False


def main() -> None:
    """The entry point: no input and no interruption ends in a traceback."""
    gc.set_threshold(
        1_000_000, 50, 100
    )  # a command keeps nearly all it makes: looking for waste in it costs a tenth of its time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is ours; looking for them costs 40 ms
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        group(standalone_mode=True)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("RESPONSIEF_DEBUG"):
            raise
        click.echo(
            f"fout[intern] hier klopt iets niet in responsief zelf ({type(fault).__name__}); uw bestanden zijn niet gewijzigd.\n"
            "     = hulp: meld dit met het bestand erbij; met RESPONSIEF_DEBUG=1 ervoor ziet u waar het misgaat",
            err=True,
        )
        sys.exit(70)
    finally:
        gc.freeze()  # what is left goes with the process: Python need not look through it once more


if __name__ == "__main__":
    main()
