"""`responsief lsp`: the language server that an editor starts."""

from __future__ import annotations

import sys

import click

from responsief.cli.common import today


@click.command(name="lsp")
@click.option("--stdio", is_flag=True, help="Over standard input and output: what it does anyway.")
def command(stdio: bool) -> None:
    """Answer an editor while somebody writes rulesets: findings, completion, hover, definition, rename.

    An editor starts this (docs/editor.md); by hand there is nothing to see. Needs the extra «lsp».
    """
    try:
        from responsief.lsp.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        click.echo(
            "voor «responsief lsp» is het pakket «pygls» nodig, en dat staat hier niet; installeer: pip install 'responsief[lsp]'\n"
            "(responsief lsp needs the package pygls: pip install 'responsief[lsp]')",
            err=True,
        )
        sys.exit(2)
    if sys.stdin.isatty():
        click.echo("Dit wacht op een editor; docs/editor.md zegt hoe u die instelt. Stoppen: Ctrl-C.", err=True)
    serve(today)
