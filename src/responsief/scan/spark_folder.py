"""A whole scan in Spark, from a folder of tables to a folder with results and a report: ruleset after ruleset, each as one job.

A ruleset is done when Spark says so (`_SUCCESS`) and its counts are there; a scan that stopped goes on with the next.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.backends.to_columns import OUTSIDE
from responsief.desk import Desk
from responsief.scan.counting import add_up
from responsief.scan.on_spark import (
    NOT_IN_COLUMNS,
    SparkEngine,
    checked_keys,
    look,
    own_keys,
    places_of,
    read_folder,
    with_own_keys,
    with_place,
)
from responsief.scan.parts import must_be_whole
from responsief.scan.progress import Progress, file_hash
from responsief.scan.scanning import RESULTS, Done, Options, Source, Tell, chosen, write_report
from responsief.tables.layout import layout

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DONE: Final = "_SUCCESS"  # what Spark writes last


def scan_in_spark(source: Source, desk: Desk, session: SparkSession, options: Options, progress: Progress, tell: Tell) -> Done:
    """Do the scan, or what is left of it. `options.mode` is one of `on_spark.MODES`, and the form is parquet. Raises InvalidError when the
    tables or the options are wrong; OSError."""
    if progress.done:
        progress.sweep()
        return Done(len(progress.parts), len(progress.parts), 0, (), None)
    assert source.folder is not None
    must_be_whole(source.folder)
    known = layout(desk.register)
    tables = with_place(read_folder(session, source.folder, known), options.gemeente)
    persons = checked_keys(tables)
    rulesets = chosen(desk, options, lambda: [one for one in places_of(tables) if one])
    engine, own = SparkEngine(desk, known, tables, options.on, options.extra), own_keys(session, source.folder)
    before = 0
    for at, ruleset in enumerate(rulesets):
        tell("delen", at, len(rulesets))
        target, counts, rows = (
            progress.folder / RESULTS / ruleset.id,
            _counts(progress, ruleset.id),
            _rows(progress, ruleset.id),
        )
        unused = options.mode == "niet-gebruik"
        if progress.finished(ruleset.id) and counts.is_file() and (not unused or (rows / DONE).is_file()):
            before += 1
            continue
        with_own_keys(engine.decide(ruleset.id), own).write.mode("overwrite").parquet(_address(target))
        decided = session.read.parquet(_address(target))
        looked = look(options.mode, tables, ruleset, decided, options.on, options.extra)
        if looked.rows is not None:
            with_own_keys(looked.rows, own).write.mode("overwrite").parquet(_address(rows))
        progress.write(counts, _writer({ruleset.id: looked.told}))
        progress.finish(ruleset.id, {(target / DONE).relative_to(progress.folder).as_posix(): file_hash(target / DONE)})
    tell("verslag", len(rulesets), len(rulesets))
    if options.mode == "niet-gebruik":
        kept = session.read.parquet(*(_address(_rows(progress, one.id)) for one in rulesets))
        kept.write.mode("overwrite").parquet(_address(progress.folder / f"{options.mode}.parquet"))
    counted = add_up(_counts(progress, one.id) for one in rulesets)
    write_report(progress, options, source, rulesets, counted, persons)
    progress.close()
    left = {*OUTSIDE.values(), NOT_IN_COLUMNS}
    over = any(left & told["redenen"].keys() for told in counted.values())
    silent = any(told["niet_te_zeggen"] for told in counted.values())
    return Done(len(rulesets), before, persons, tuple(one.id for one in rulesets), None, over, silent)


def _counts(progress: Progress, ruleset: str) -> Path:
    return progress.work / "tellingen" / f"{ruleset}.json"


def _rows(progress: Progress, ruleset: str) -> Path:
    return progress.work / "rijen" / ruleset


def _address(path: Path) -> str:
    return f"file://{path.resolve()}"


def _writer(told: dict[str, Any]) -> Any:
    return lambda draft: draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
