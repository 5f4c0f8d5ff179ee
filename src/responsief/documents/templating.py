"""The templates for HTML and ODT: Jinja2 in its sandbox, with every value escaped for XML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER: Final = Path(__file__).resolve().parent.parent / "templates"


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def fill(name: str, values: dict[str, object]) -> str:
    """The template `name` with these values in it. A value is never markup."""
    return _environment().get_template(name).render(values)


def shipped_file(name: str) -> str:
    """A file of the templates as it stands."""
    return (FOLDER / name).read_text(encoding="utf-8")
