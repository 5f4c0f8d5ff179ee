"""The templates, compiled once: Jinja2 in its sandbox. A template holds words; what it is given is data, never a template."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FOLDER: Final = Path(__file__).resolve().parent.parent / "templates"


_INCLUDE: Final = re.compile(r"[ \t]*\{% include '(\w+\.txt\.j2)' %\}\n?")


class _Whole(FileSystemLoader):
    """Templates with what they include written out: a page is then one function, not a dozen that each copy their words."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, name, fresh = super().get_source(environment, template)
        return _INCLUDE.sub(lambda found: self.get_source(environment, found[1])[0], text), name, fresh


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=_Whole(_FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # plain text: HTML escaping is the web's own work
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def render(name: str, words: dict[str, object]) -> str:
    """The page of the template `name` with these words in it; never two blank lines in a row."""
    template = _template(name)
    # `shared` leaves Jinja's own globals out (range, lipsum): the templates use none, and merging them costs as much as a page.
    page = "".join(template.root_render_func(template.new_context(words, shared=True)))
    while "\n\n\n" in page:
        page = page.replace("\n\n\n", "\n\n")
    return page.strip() + "\n"
