"""Packages that only some formats need, and what to say when one is not installed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class MissingExtraError(RuntimeError):
    """A package of an extra is not installed; the message says, in Dutch and English, what to install."""

    def __init__(self, form: str, package: str, extra: str) -> None:
        self.form, self.package, self.extra = form, package, extra
        install = f"pip install 'responsief[{extra}]'"
        super().__init__(
            f"voor {form} is het pakket «{package}» nodig, en dat staat hier niet; installeer: {install} "
            f"({form} needs the package {package}: {install})"
        )


def need(module: str, form: str, package: str, extra: str) -> ModuleType:
    """The module, or MissingExtraError."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != module.split(".")[0]:
            raise
        raise MissingExtraError(form, package, extra) from None
