"""The part of SARIF 2.1.0 that `ci.sarif` writes, as a closed JSON Schema: written by us from the text of the standard.

(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, §3.13 to §3.49.)
"""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]


def an_object(required: str, optional: str = "", **properties: Shape) -> Shape:
    assert {*required.split(), *optional.split()} == set(properties)
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


def a_list(items: Shape) -> Shape:
    return {"type": "array", "items": items}


TEXT: Shape = {"type": "string", "minLength": 1}
ANY: Shape = {"type": "string"}
FROM_ONE: Shape = {"type": "integer", "minimum": 1}
LEVEL: Shape = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = an_object("text", text=ANY)
SAID = an_object("text", "markdown", text=ANY, markdown=ANY)
RELATIVE: Shape = {"type": "string", "pattern": r"^(?!/)[A-Za-z0-9._~/%-]+$"}

RULE = an_object(
    "id shortDescription fullDescription defaultConfiguration help",
    "properties",
    id=ANY,
    shortDescription=SAID,
    fullDescription=SAID,
    defaultConfiguration=an_object("level", level=LEVEL),
    help=SAID,
    properties=an_object("tags", tags=a_list(TEXT)),
)
REGION = an_object(
    "startLine startColumn endLine endColumn", startLine=FROM_ONE, startColumn=FROM_ONE, endLine=FROM_ONE, endColumn=FROM_ONE
)
PLACE = an_object(
    "artifactLocation region",
    artifactLocation=an_object("uri uriBaseId", uri=RELATIVE, uriBaseId={"const": "SRCROOT"}),
    region=REGION,
)
MARKS: Shape = {"type": "object", "additionalProperties": TEXT, "required": ["primaryLocationLineHash"]}
RESULT = an_object(
    "ruleId ruleIndex level message partialFingerprints",
    "locations",
    ruleId=ANY,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    partialFingerprints=MARKS,
    locations={"type": "array", "minItems": 1, "maxItems": 1, "items": an_object("physicalLocation", physicalLocation=PLACE)},
)
RUN = an_object(
    "tool language columnKind originalUriBaseIds results",
    tool=an_object("driver", driver=an_object("name rules", "version", name=TEXT, rules=a_list(RULE), version=TEXT)),
    language={"const": "nl"},
    columnKind={"const": "unicodeCodePoints"},
    originalUriBaseIds=an_object("SRCROOT", SRCROOT=an_object("description", description=MESSAGE)),
    results=a_list(RESULT),
)
SHAPE: Shape = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **an_object(
        "$schema version runs",
        **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": {**a_list(RUN), "minItems": 1, "maxItems": 1}},
    ),
}
