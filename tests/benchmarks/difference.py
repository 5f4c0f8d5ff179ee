"""How long `responsief diff` takes, with process start: a small change in each shipped ruleset; and of two copies of the whole register
nothing, one ruleset, eight, or one national norm (which nearly every ruleset reads) changed.

Run it by itself: `.venv/bin/python tests/benchmarks/difference.py` (needs the extra `analysis`); it writes out/difference.md. The limits
(3 s for one ruleset, 20 s for the register) are of a quiet machine; CPU time is what another load changes least.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULESETS = ROOT / "rulesets"
OUT = Path(__file__).parent / "out"
ON = "2026-03-02"

#: file → what stands there, and what comes in its place
CHANGES: Mapping[str, tuple[str, str]] = {
    "landelijk/participatiewet.yaml": ("eis: leeftijd >= 18", "eis: leeftijd > 18"),
    "waterschappen/hhnk/kwijtschelding.yaml": ("eis: inkomen_na_uitgaven <= kosten_van_bestaan", "eis: inkomen_na_uitgaven < kosten_van_bestaan"),
    "gemeenten/rotterdam/iit.yaml": ("eis: leeftijd >= 21", "eis: leeftijd > 21"),
    "gemeenten/voorbeeld/stadspas.yaml": ("inkomen_per_maand <= inkomensgrens", "inkomen_per_maand < inkomensgrens"),
    "landelijk/studietoeslag.yaml": ("inkomsten_stage <= stage_vrij", "inkomsten_stage < stage_vrij"),
    "landelijk/gehandicaptenparkeerkaart.yaml": ("advies_loopafstand <= 100", "advies_loopafstand < 100"),
    "landelijk/schuldhulpverlening.yaml": ("heeft_schulden en kan_schulden", "heeft_schulden of kan_schulden"),
    "landelijk/leerlingenvervoer.yaml": ("eis: afstand_die_telt > afstandsgrens", "eis: afstand_die_telt >= afstandsgrens"),
    "landelijk/wmo-maatwerkvoorziening.yaml": ("eis: wonen.woonplaats_hier", "eis: wonen.woonplaats_hier en leeftijd >= 18"),
    "gemeenten/amsterdam/iit.yaml": ("eis: leeftijd >= 21", "eis: leeftijd >= 23"),
    "gemeenten/voorbeeldgemeente/leerlingenvervoer.yaml": ("eis: brengt_zelf_met_auto", "eis: niet brengt_zelf_met_auto"),
    "gemeenten/rotterdam/bijzondere-bijstand.yaml": ("eis: leeftijd >= 18", "eis: leeftijd >= 21"),
}  # fmt: skip
TOGETHER = 8  # the first so many, changed at once
FIGURES = "landelijk/cijfers.yaml"
NORMS: Mapping[str, tuple[str, str]] = {
    "norm_21_a": ("2026-01-01: € 1.401,50", "2026-01-01: € 1.411,50"),  # of who lives alone
    "norm_21_b": ("2026-01-01: € 2.002,13", "2026-01-01: € 2.003,13"),  # of who is married: the hardest to prove of all figures
}
MOST_ONE, MOST_ALL = 3.0, 20.0  # seconds


@dataclass(frozen=True)
class Took:
    """Seconds of one run, by the clock and of the processor, and its last line."""

    wall: float
    cpu: float
    said: str


def run(old: Path, new: Path, *more: str) -> Took:
    """`responsief diff` in a process of its own."""
    arguments = [sys.executable, "-m", "responsief", "diff", str(old), str(new), "--on", ON, "--fail-on", "niets", *more]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr[-2000:]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(wall, cpu, done.stdout.strip().splitlines()[-1])


def changed(text: str, file: str) -> str:
    return replaced(text, *CHANGES[file])


def replaced(text: str, was: str, wordt: str) -> str:
    assert was in text, f"«{was}» no longer stands there"
    return text.replace(was, wordt, 1)


def one(file: str, at: Path, *more: str) -> Took:
    """A change in one ruleset, named as a file; what it reads is the shipped register."""
    text = (RULESETS / file).read_text(encoding="utf-8")
    sides = at / "oud", at / "nieuw"
    for side, content in zip(sides, (text, changed(text, file)), strict=True):
        side.mkdir(parents=True)
        (side / Path(file).name).write_text(content, encoding="utf-8")
    return run(*sides, *more)


def register(at: Path, files: Mapping[str, tuple[str, str]], *more: str) -> Took:
    """Two copies of the whole register, the second with these changes."""
    sides = at / "oud", at / "nieuw"
    for side in sides:
        shutil.copytree(RULESETS, side)
    for file, change in files.items():
        path = sides[1] / file
        path.write_text(replaced(path.read_text(encoding="utf-8"), *change), encoding="utf-8")
    return run(*sides, *more)


def table(rows: list[tuple[str, Took, float]]) -> str:
    lines = ["| change | wall, s | CPU, s | limit | said |", "|---|---:|---:|---|---|"]
    for name, took, most in rows:
        reached = "✓" if took.wall < most else "✗ NOT REACHED"
        lines.append(f"| {name} | {took.wall:.2f} | {took.cpu:.2f} | < {most:g} s {reached} | {took.said} |")
    return "\n".join(lines)


def main(only: str = "") -> None:
    load = Path("/proc/loadavg").read_text().split()[0] if Path("/proc/loadavg").exists() else "unknown"
    rows: list[tuple[str, Took, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        for number, file in enumerate(CHANGES):
            if only in file:
                rows.append((f"{file}, no population", one(file, at / f"{number}", "--no-population"), MOST_ONE))
        if not only:
            first = next(iter(CHANGES))
            rows.append((f"{first}, with example households", one(first, at / "huishoudens"), MOST_ONE))
            local = "gemeenten/rotterdam/iit.yaml"
            whole: dict[str, tuple[Mapping[str, tuple[str, str]], float]] = {
                "nothing changed": ({}, MOST_ONE),
                f"{local} changed": ({local: CHANGES[local]}, MOST_ONE),
                f"{TOGETHER} changed": ({file: CHANGES[file] for file in list(CHANGES)[:TOGETHER]}, MOST_ALL),
                **{f"{name} changed": ({FIGURES: norm}, MOST_ALL) for name, norm in NORMS.items()},
            }
            for number, (name, (files, most)) in enumerate(whole.items()):
                for counted, more in (("no population", ("--no-population",)), ("with example households", ())):
                    rows.append(
                        (f"the register, {name}, {counted}", register(at / f"alles-{number}-{len(more)}", files, *more), most)
                    )
    text = f"Load of the machine at the start: {load}.\n\n{table(rows)}\n"
    if not only:
        OUT.mkdir(exist_ok=True)
        (OUT / "difference.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
