"""Writes docs/gegevens.md: everything that a rule can read, from the model itself. `python tests/reference_page.py` renews it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from responsief.ir.types import CASE, SOURCES, Field, Kind, Record, Type, situation_schema
from responsief.register import Register
from responsief.situation import LEEFGEBIEDEN, OMSTANDIGHEDEN

PAGE = Path(__file__).parents[1] / "docs" / "gegevens.md"

HEAD = """\
# Wat een regel kan lezen

Deze bladzijde is gemaakt uit het model zelf (`python tests/reference_page.py`); een toets bewaakt dat zij klopt. Hoe een regelset
deze namen gebruikt, staat in [taal.md](taal.md).

Een pad schrijft u zoals het hier staat: `wonen.huur <= € 500`. Achter een keuze staan haar woorden: die zet u tussen
aanhalingstekens (`wonen.soort = 'huur'`). *Of geen* betekent: er kan bekend zijn dat er geen is (`… is geen`).
"""


def page() -> str:
    """The whole page."""
    lists: dict[str, Record] = {}
    blocks = [HEAD, "## Paden in de situatie\n"]
    loose: list[tuple[str, Field]] = []
    groups: list[tuple[str, list[tuple[str, Field]]]] = []
    for name, one in situation_schema().fields.items():
        record = one.type.record
        if one.type.kind is Kind.GROEP and record is not None:
            groups.append((name, list(paths(record, f"{name}.", lists))))
        else:
            loose.append((name, one))
            keep_list(name, one, lists)
    for name, rows in groups:
        blocks.append(f"### {name}\n\n{table('pad', rows)}")
    blocks.append(f"### Overal\n\n{table('pad', loose)}")
    blocks.append(
        "## Velden van een lijst\n\nDeze velden leest u binnen `waar`, of met `som(lijst.veld)`. "
        "`leeftijd` is daar de leeftijd van wie er staat, als de lijst een `geboortedatum` heeft.\n"
    )
    by_fields: dict[tuple[str, ...], tuple[list[str], Record]] = {}
    for path, record in lists.items():
        by_fields.setdefault(tuple(record.fields), ([], record))[0].append(path)
    for names, record in by_fields.values():
        title = ", ".join(f"`{name}`" for name in names)
        blocks.append(f"### {title}\n\n{table('veld', list(record.fields.items()))}")
    blocks.append(
        "## Gedeelde begrippen\n\nDeze namen kent elke regelset (uit `begrippen.yaml` en `cijfers.yaml` in `rulesets/landelijk/`).\n\n"
        + shared()
    )
    blocks.append(
        f"## De zaak\n\nAlleen in signalen en voorzieningen.\n\n{table('pad', [(f'zaak.{n}', f) for n, f in CASE.fields.items()])}"
    )
    blocks.append("## Soorten omstandigheden\n\nVoor `wegen` bij een clausule.\n\n" + words(OMSTANDIGHEDEN))
    blocks.append("## Leefgebieden\n\n" + words(LEEFGEBIEDEN))
    blocks.append("## Bronnen\n\nVoor `van` bij een gegeven.\n\n" + words(sorted(SOURCES)))
    return "\n".join(blocks)


def paths(record: Record, before: str, lists: dict[str, Record]) -> Iterator[tuple[str, Field]]:
    """Every field with its whole path; lists are kept for a table of their own."""
    for name, one in record.fields.items():
        inner = one.type.record
        if one.type.kind is Kind.GROEP and inner is not None:
            if one.type.geen:
                yield before + name, one
            yield from paths(inner, f"{before}{name}.", lists)
        else:
            yield before + name, one
            keep_list(before + name, one, lists)


def keep_list(path: str, one: Field, lists: dict[str, Record]) -> None:
    if one.type.kind is Kind.LIJST and one.type.record is not None:
        lists[path] = one.type.record


def table(head: str, rows: list[tuple[str, Field]]) -> str:
    lines = [f"| {head} | soort | betekenis |", "|---|---|---|"]
    lines += [f"| `{path}` | {kind_of(one.type)} | {one.label} |" for path, one in rows]
    return "\n".join(lines) + "\n"


def kind_of(of: Type) -> str:
    kind = "decimaal" if of.cijfers else of.kind.value
    if of.options:
        kind += ": " + " · ".join(of.options)
    return kind + (", of geen" if of.geen else "")


def shared() -> str:
    rows = []
    seen = set()
    for versions in Register.open().versions.values():
        for ruleset in reversed([r for r in versions if r.soort == "begrippen"]):
            for name, term in ruleset.begrippen.items():
                if name not in seen:
                    rows.append(f"| `{name}` | {kind_of(term.node.type)} | {term.label} | {term.grondslag or ''} |")
                seen.add(name)
            for name, figure in ruleset.bedragen.items():
                if name not in seen:
                    rows.append(f"| `{name}` | {kind_of(figure.type)} | {figure.label} | {figure.grondslag or ''} |")
                seen.add(name)
    return "\n".join(["| naam | soort | betekenis | grondslag |", "|---|---|---|---|", *rows]) + "\n"


def words(options: tuple[str, ...] | list[str]) -> str:
    return " · ".join(f"`{option}`" for option in options) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
