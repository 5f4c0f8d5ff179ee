"""The stories of tests/cases: small rulesets, a situation, and what of the decision is expected. And registers from text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from responsief import Decision, Desk, Situation, open_desk, to_json
from responsief.decision import Decisions
from responsief.intake import read_situation

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Story:
    """One folder: its desk, its situation, and the expectation."""

    name: str
    desk: Desk
    situation: Situation
    expected: dict[str, Any]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.expected["op"])

    def decide(self, situation: Situation | None = None) -> Decision:
        return self.desk.decide(situation or self.situation, self.expected["regelset"], self.on)


def story(name: str) -> Story:
    folder = CASES / name
    files = sorted(p for p in folder.glob("*.yaml") if p.name != "situatie.yaml")
    expected = json.loads((folder / "verwacht.json").read_text(encoding="utf-8"))
    desk = open_desk(*files)
    desk.register.use_chainer("eigen")
    return Story(name, desk, read_situation(folder / "situatie.yaml"), expected)


def names() -> list[str]:
    return sorted(p.name for p in CASES.iterdir() if p.is_dir())


def json_of(decision: Decision) -> dict[str, Any]:
    return to_json(Decisions((decision,)))["besluiten"][0]  # type: ignore[no-any-return]


def differences(wanted: Any, got: Any, where: str = "") -> list[str]:
    """What of the expectation is not so. Of a group only the named keys count; a list has as many entries, in that order."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return [d for key, value in wanted.items() for d in differences(value, got.get(key, "ontbreekt"), f"{where}.{key}")]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return [d for n, (a, b) in enumerate(zip(wanted, got, strict=True)) for d in differences(a, b, f"{where}.{n}")]
    return [] if wanted == got else [f"{where}: verwacht {wanted!r}, gekregen {got!r}"]


# --- registers from text -----------------------------------------------------------------------------------------------


def desk_of(folder: Path, *texts: str) -> Desk:
    """A desk on these files, on the own chainer."""
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    desk = open_desk(folder)
    desk.register.use_chainer("eigen")
    return desk


def provisions(*rows: str, head: str = "voorzieningen: proef\nformaat: 1\nlijst:\n") -> str:
    return head + "".join(rows)


def provision(ident: str, areas: str, conditions: str | None = None, **other: str) -> str:
    """One provision of a catalogue; `other` replaces or adds keys."""
    keys = {
        "id": ident,
        "titel": f"Voorziening {ident}",
        "grondslag": "art. 1",
        "leefgebieden": f"[{areas}]",
        "wie_beslist": "college",
        "eerste_stap": "Vraag het aan.",
        "drempel": "2",
        "soort": "wettelijk",
        "bereik": "landelijk",
        "wet": "binnen_wet",
        "bron": "proef",
    }
    if conditions is not None:
        keys["voorwaarden"] = f'"{conditions}"'
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in {**keys, **other}.items()) + "}\n"


def bundles(*rows: str) -> str:
    """What goes behind the provisions in the same file."""
    return "bundels:\n" + "".join(rows)


def bundle(ident: str, met: str, waarom: str = "Samen lukt het beter.") -> str:
    return f"  - {{id: {ident}, titel: Bundel {ident}, met: [{met}], waarom: {waarom}}}\n"


def signals(facts: dict[str, str], *rules: str) -> str:
    written = "".join(f'  {name}: {{label: {name}, is: "{what}"}}\n' for name, what in facts.items())
    return f"signalen: proef\nformaat: 1\nfeiten:\n{written}regels:\n" + "".join(rules)


def signal(ident: str, als: str, dan: str, biedt: str = "", **other: str) -> str:
    keys = {
        "id": ident,
        "als": f"[{als}]",
        "dan": dan,
        "label": f"het geval {ident}",
        "grondslag": "art. 2",
        "biedt": f"[{biedt}]",
    }
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in {**keys, **other}.items()) + "}\n"
