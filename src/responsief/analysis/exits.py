"""The gate among the questions of `prove`: everybody whom a ruleset refuses has something that helps, and a motivation."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.analysis.bench import Bench, Found
from responsief.analysis.gate import way_out
from responsief.desk import Desk
from responsief.diagnostics import finding


def exits(bench: Bench) -> Iterator[Found]:
    """Of a ruleset that decides: somebody who is left with nothing, or that it is not proved that there is nobody."""
    if bench.side.compiled.concluder is None or not bench.criteria:
        return
    bench.asked += 1
    answer = way_out(bench.subject, Desk(bench.side.register))
    if answer.bewijs == "weerlegd" and answer.getuige is not None:
        yield Found(finding("geen-uitweg", bench.ruleset.span, wie=answer.getuige.zin), answer.getuige)
    elif answer.bewijs == "niet_bewezen":
        told = finding("niet-bewezen", bench.ruleset.span, wat="dat elke afwijzing een uitweg heeft", waarom=answer.reden)
        yield Found(told)
