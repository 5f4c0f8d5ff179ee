"""Every text of the shipped register that people read, as somebody reads it who knows the law and no software.

What B1 asks (length, hard words, passive voice) is in test_readability.py; here it is about words of the engine, ids and English, and about
how a text is written: quotation marks and brackets in pairs, no double spaces, a capital and a stop where it is a sentence.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

RULES = Path(__file__).parents[1] / "rulesets"

# What stands in the words of a law is a quotation: only its writing is looked at.
SENTENCES = {"uitleg", "doel", "eerste_stap", "waarom", "overdracht"}
QUESTIONS = {"vraag", "vragen", "na_te_gaan", "zelf_uitzoeken"}
TITLES = {"titel"}
PARTS = {"label", "reikwijdte", "reden", "bewijs", "wat", "lezing"}  # these continue a sentence of a letter or a note
LEGAL = {"grondslag", "maatstaf", "naam", "wie_beslist", "bij", "drempel_reden"}
READ = SENTENCES | QUESTIONS | TITLES | PARTS | LEGAL | {"tekst"}

ENGINE = re.compile(
    r"\b(?:regelsets?|criterium|criteria|expressies?|operator|operand|onbepaald|situatiemodel|leefgebied(?:en)?|instantie|parser|"
    r"tabel|kolom|variabele|parameter|veld|velden|waarheidswaarde|signaal(?:regel)?|keten|trigger|sleutelwoord|"
    r"systeem|software|algoritme|database|module|code|query|script|bug|"
    r"true|false|null|none|nan|fallback|default|unknown|undefined|error|warning|string|integer|float|boolean|bool|enum|list|dict|tuple|set|json|"
    r"yaml|id|ids|key|value|slug|token|input|output|engine|backend|solver|matcher|mapping|schema|"
    r"the|and|or|not|if|then|else|with|without|from|this|that|which|should|must|todo|fixme|tbd|xxx)\b",
    re.IGNORECASE,
)
NO_IDS = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]|\b[a-z]+\.[a-z]+_|waar soort|=\s*'|[<>=]=|\$\{|\{\{")
WRITING = [
    ("two spaces", re.compile(r"  ")),
    ("space at an end", re.compile(r"^\s|\s$")),
    ("space before a mark", re.compile(r" [,.;:!?](?:\s|$)")),
    ("no space after a mark", re.compile(r"[a-zë][,;!?][A-Za-z]|[a-zë]{3}\.[A-Z]")),
    ("a word twice", re.compile(r"\b(?!u\b)([a-zë]{2,}) \1\b(?! (?:u|wij|zij|ik))")),
    ("two stops", re.compile(r"(?<!\.)\.\.(?!\.)|[?!]\.|,,")),
]
PAIRS = [("«", "»"), ("(", ")"), ("[", "]"), ("“", "”")]
SMALL_AFTER_STOP = re.compile(r"(?<!\bart)(?<!\bbijv)[.?!] [a-zë]")
OPENING = re.compile(r"[A-ZÉ0-9€«\"’']")


def texts(node, path=""):
    """(place, key, text) of everything in a file that people read."""
    if isinstance(node, dict):
        for key, value in node.items():
            here = f"{path}.{key}"
            if key in READ and isinstance(value, str):
                law = "maatstaf" in node or "eis" in node
                yield here, {"tekst": "quotation" if law else "note"}.get(key, key), value
            elif key in QUESTIONS and isinstance(value, list):
                yield from ((f"{here}.{at}", key, one) for at, one in enumerate(value) if isinstance(one, str))
            else:
                yield from texts(value, here)
    elif isinstance(node, list):
        for at, one in enumerate(node):
            yield from texts(one, f"{path}.{one.get('id', at) if isinstance(one, dict) else at}")


def files(root):
    for file in sorted(root.rglob("*.yaml")):
        if not file.name.endswith(".test.yaml"):
            yield file, yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


def idents(node):
    """Names of the engine: of rulesets, criteria, clauses, facts, provisions, signals. A name of one ordinary word is no harm."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("id", "regelset", "dan") and isinstance(value, str):
                yield value
            if key in ("gegevens", "begrippen", "bedragen", "feiten", "open") and isinstance(value, dict):
                yield from value
            yield from idents(value)
    elif isinstance(node, list):
        for one in node:
            yield from idents(one)


def balanced(text):
    return all(text.count(left) == text.count(right) for left, right in PAIRS) and text.count('"') % 2 == 0


def remarks(root):
    """What somebody who reads for the first time would stumble over, each with its place."""
    parsed = list(files(root))
    names = {one for _, node in parsed for one in idents(node) if re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)+", one)}
    found = []
    for file, node in parsed:
        for place, key, text in texts(node):
            at = f"{file.relative_to(root)}{place}: {text!r}"
            found += [f"{what}: {at}" for what, pattern in WRITING if pattern.search(text)]
            if not balanced(text):
                found.append(f"marks not in pairs: {at}")
            if key == "quotation":
                continue
            found += [f"word of the engine «{hit}»: {at}" for hit in ENGINE.findall(text)]
            if NO_IDS.search(text) or names & set(re.findall(r"[a-z0-9]+(?:[-_][a-z0-9]+)+", text)):
                found.append(f"a name of the engine: {at}")
            if key in SENTENCES | {"note"} and not text.endswith((".", "!", "?", ".»")):
                found.append(f"a sentence without a stop: {at}")
            if key in QUESTIONS and not text.endswith(("?", ".")):
                found.append(f"a question without a mark: {at}")
            if key in TITLES | PARTS and text.endswith((".", ";", ",", ":")):
                found.append(f"no sentence, and yet a stop: {at}")
            if key in SENTENCES | QUESTIONS | TITLES | {"note"} and not OPENING.match(text):
                found.append(f"no capital: {at}")
            if key not in LEGAL and SMALL_AFTER_STOP.search(text):
                found.append(f"no capital after a stop: {at}")
    return found


def test_nobody_who_knows_only_the_law_stumbles_over_a_shipped_text():
    assert remarks(RULES) == []


def test_every_kind_of_text_is_really_looked_at():
    """A key that was renamed would otherwise go unread from that day on."""
    seen = Counter(key for _, node in files(RULES) for _, key, _ in texts(node))
    few = {key: seen[key] for key in READ - {"tekst"} | {"note", "quotation"} if not seen[key]}
    assert few == {}
    assert seen["titel"] > 350
    assert seen["label"] > 500
    assert seen["quotation"] > 130
    assert seen.total() > 3000


ONE = ("landelijk/studietoeslag.yaml", "doel: Er is altijd één gemeente die voor u beslist.")
PLANTED = {
    "word of the engine": "doel: Er is altijd een fallback.",
    "word of the engine «onbepaald»": "doel: Dan is de uitkomst onbepaald.",
    "word of the engine «criterium»": "doel: Aan dit criterium voldoet u.",
    "word of the engine «null»": "doel: Het bedrag is null.",
    "a name of the engine": "doel: Dit staat in kan_niet_bijverdienen.",
    "a name of the engine: ": "doel: Dit staat in iit-rotterdam.",
    "two spaces": "doel: Er is  altijd één gemeente.",
    "marks not in pairs": "doel: Er is «altijd één gemeente.",
    "a sentence without a stop": "doel: Er is altijd één gemeente",
    "no capital": "doel: er is altijd één gemeente.",
    "no capital after a stop": "doel: Er is altijd één gemeente. die beslist.",
    "a word twice": "doel: Er is altijd altijd één gemeente.",
    "space before a mark": "doel: Er is altijd één gemeente .",
    "no space after a mark": "doel: Er is altijd één gemeente,die beslist.",
    "two stops": "doel: Er is altijd één gemeente..",
    "no sentence, and yet a stop": "titel: Er is altijd één gemeente.",
    "a question without a mark": "vraag: Is er altijd één gemeente",
}


@pytest.mark.parametrize(("remark", "line"), PLANTED.items())
def test_a_planted_slip_is_found(remark, line, tmp_path):
    for name in (ONE[0], "gemeenten/rotterdam/iit.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RULES / name, tmp_path / name)
    copy = tmp_path / ONE[0]
    before = copy.read_text(encoding="utf-8")
    assert ONE[1] in before
    assert remarks(tmp_path) == []
    copy.write_text(before.replace(ONE[1], f"{ONE[1]}\n    {line}" if not line.startswith("doel") else line), encoding="utf-8")
    assert any(one.startswith(remark) for one in remarks(tmp_path))
