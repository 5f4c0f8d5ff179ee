"""Findings as SARIF 2.1.0, the format of GitHub code scanning, Azure DevOps and editors.

Standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What GitHub shows of it (descriptions to 1,024 signs,
of the fingerprints only `primaryLocationLineHash`):
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from responsief.ci.places import Placed, placed, readable, shortened
from responsief.diagnostics import Diagnostic
from responsief.explanations import Explanation, explanations
from responsief.messages import SEVERITIES

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {"fout": "error", "waarschuwing": "warning", "tip": "note"}
BASE: Final = "SRCROOT"
MOST: Final = 1024  # what GitHub shows of a description


def to_sarif(findings: Iterable[Diagnostic], root: Path, here: Path | None = None) -> str:
    """The findings as a SARIF log, with the rules that they name. `root` is the folder of the repository: paths are written from
    there. `here` is the folder that relative file names are meant from (default: `root`)."""
    found = list(placed(findings, root, here))
    codes = list(dict.fromkeys(readable(one.finding.code) for one in found))
    known = explanations()
    driver: dict[str, Any] = {"name": "responsief", "rules": [_rule(code, known.get(code)) for code in codes]}
    with suppress(PackageNotFoundError):  # run from a folder without being installed
        driver["version"] = version("responsief")
    run = {
        "tool": {"driver": driver},
        "language": "nl",
        "columnKind": "unicodeCodePoints",  # `Span` counts characters
        "originalUriBaseIds": {BASE: {"description": {"text": "De map van de repository."}}},
        "results": [_result(one, codes) for one in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, known: Explanation | None) -> dict[str, Any]:
    level = LEVELS[SEVERITIES.get(code, "fout")]
    kort = known.kort if known else code
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": shortened(kort, MOST)},
        "fullDescription": {"text": shortened(known.wat if known else kort, MOST)},
        "defaultConfiguration": {"level": level},
    }
    if known:
        rule["help"] = {"text": _help(known), "markdown": _help_markdown(known)}
        rule["properties"] = {"tags": [known.groep]}
    else:
        rule["help"] = {"text": kort}
    return rule


def _help(one: Explanation) -> str:
    parts = [one.wat, f"Waarom: {one.waarom}", one.niet_te_tonen]
    parts += [f"{head}:\n{example.bare}" for head, example in (("Zo niet", one.fout), ("Zo wel", one.goed)) if example]
    return "\n\n".join(part.strip() for part in parts if part) + f"\n\nMeer: responsief explain {one.code}"


def _help_markdown(one: Explanation) -> str:
    parts = [one.wat, f"**Waarom:** {one.waarom}", one.niet_te_tonen]
    examples = (("Zo niet", one.fout), ("Zo wel", one.goed))
    parts += [f"**{head}**\n\n```yaml\n{example.bare}\n```" for head, example in examples if example]
    return "\n\n".join(part.strip() for part in parts if part) + f"\n\nMeer: `responsief explain {one.code}`"


def _result(one: Placed, codes: Sequence[str]) -> dict[str, Any]:
    finding = one.finding
    told = finding.tekst + (f" ({finding.hulp})" if finding.hulp else "")
    where = f"{one.outside}: " if one.outside else f"{finding.pad}: " if finding.pad else ""
    code = readable(finding.code)
    result: dict[str, Any] = {
        "ruleId": code,
        "ruleIndex": codes.index(code),
        "level": LEVELS[finding.ernst],
        "message": {"text": message(where + told)},
        "partialFingerprints": {"primaryLocationLineHash": f"{one.mark}:{one.number}", "responsief/v1": one.mark},
    }
    if one.path is not None and finding.span is not None:
        span = finding.span
        region = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.line,
            "endColumn": span.column + span.width,
        }
        where_it_is = {"artifactLocation": {"uri": uri(one.path), "uriBaseId": BASE}, "region": region}
        result["locations"] = [{"physicalLocation": where_it_is}]
    return result


def message(text: str) -> str:
    """A plain text message: braces doubled (they would be a placeholder, §3.11.5), and nothing that is a link (§3.11.6)."""
    return readable(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def uri(path: str) -> str:
    """A relative path as a relative URI: «a map/één.yaml» is «a%20map/%C3%A9%C3%A9n.yaml»; a first part with «:» is no scheme."""
    return quote(path, safe="/", errors="surrogatepass")
