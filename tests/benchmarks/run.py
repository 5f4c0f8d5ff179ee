"""Run the benchmarks and write a table: `.venv/bin/python tests/benchmarks/run.py` (needs the extra `bench`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import decision  # the folder of this file is on the path only from here on
import rejection
from measure import Row

OUT = Path(__file__).parent / "out"


def table(rows: list[Row]) -> str:
    lines = ["| work | side | median, µs | ours against it | must reach |", "|---|---|---:|---:|---|"]
    for row in rows:
        first = next(iter(row.medians.values()))
        for name, value in row.medians.items():
            ratio = value / first
            target = row.targets.get(name)
            reached = "" if target is None else f"≥ {target:g}× {'✓' if ratio >= target else '✗ NOT REACHED'}"
            lines.append(f"| {row.work} | {name} | {value:,.1f} | {ratio:.1f}× | {reached} |")
        if row.note:
            lines.append(f"| | {row.note} | | | |")
    return "\n".join(lines)


def main() -> None:
    rows = [*decision.run(), *rejection.run()]
    OUT.mkdir(exist_ok=True)
    text = table(rows)
    (OUT / "results.md").write_text(text + "\n", encoding="utf-8")
    data = [{"work": r.work, "medians_us": dict(r.medians), "targets": dict(r.targets), "note": r.note} for r in rows]
    (OUT / "results.json").write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
