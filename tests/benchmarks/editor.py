"""How long an editor waits: completion, hover, and from a key stroke to the findings, through a real client.

Run: python tests/benchmarks/editor.py (needs the extra «lsp»). Prints medians and 95th percentiles in milliseconds.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lsprotocol import types as lsp  # the tests' own modules come first

from editor import Editor
from responsief.register import shipped

FILES = ("landelijk/participatiewet.yaml", "landelijk/participatiewet.test.yaml")


def told(what: str, times: list[float]) -> None:
    times = sorted(1000 * t for t in times)
    print(f"{what:58} median {statistics.median(times):7.1f} ms   p95 {times[int(len(times) * 0.95)]:7.1f} ms   n {len(times)}")


def wrong(found: list[lsp.Diagnostic]) -> bool:
    return any(d.severity == lsp.DiagnosticSeverity.Error for d in found)


def clean(found: list[lsp.Diagnostic]) -> bool:
    return not wrong(found)


async def main() -> None:
    with tempfile.TemporaryDirectory() as there:
        editor = Editor(Path(there))
        for name in FILES:
            (Path(there) / Path(name).name).write_text((shipped() / name).read_text("utf-8"), "utf-8")
        began = time.perf_counter()
        await editor.start()
        names = [Path(name).name for name in FILES]
        for name in names:
            editor.open(name)
        for name in names:
            await editor.diagnostics(name, clean)
        print(f"start, and the whole register checked: {time.perf_counter() - began:.2f} s")
        chance = random.Random(1)
        for name in names:
            text = editor.texts[name]
            lines = text.split("\n")
            places = [
                (row, chance.randrange(len(lines[row]) + 1)) for row in (chance.randrange(len(lines)) for _ in range(150))
            ]
            eis = [(row, line.index("eis: ") + 5) for row, line in enumerate(lines) if "eis: " in line]
            for what, chosen in (("anywhere", places), ("behind «eis: »", eis)):
                times = []
                for row, column in chosen:
                    asked = lsp.CompletionParams(editor.document(name), lsp.Position(row, column))
                    began = time.perf_counter()
                    await editor.client.text_document_completion_async(asked)
                    times.append(time.perf_counter() - began)
                if times:
                    told(f"completion, {what}, {name}", times)
            times = []
            for row, column in places:
                hovered = lsp.HoverParams(editor.document(name), lsp.Position(row, column))
                began = time.perf_counter()
                await editor.client.text_document_hover_async(hovered)
                times.append(time.perf_counter() - began)
            told(f"hover, {name}", times)
            times = []
            mistaken = text.replace("formaat: 1", "formaat: 2", 1)
            for number in range(12):
                began = time.perf_counter()
                editor.change(name, mistaken if number % 2 == 0 else text)
                await editor.diagnostics(name, wrong if number % 2 == 0 else clean)
                times.append(time.perf_counter() - began)
            told(f"from a change to its findings, {name}", times)
        await editor.stop()


if __name__ == "__main__":
    asyncio.run(main())
