"""Decide a population on a cluster: `spark-submit job.py s3a://bak/bevolking s3a://bak/uitkomst --on 2026-03-02 --ruleset schuldhulp`.

Reads a folder of tables as `responsief generate` writes it, writes a folder of Parquet per ruleset. Only the driver needs `responsief`
(the extra `spark`): what the machines of the cluster get is a plan of Spark itself. See docs/cluster.md.
"""

import argparse
from datetime import date

from pyspark.sql import SparkSession

from responsief.backends.to_columns import EXTRAS, Extra
from responsief.desk import open_desk
from responsief.scan.on_spark import SparkEngine, checked_keys, read_address, with_place
from responsief.tables.layout import layout


def extras(words: str) -> list[Extra]:
    asked = words.split(",")
    if not {*asked} <= {*EXTRAS}:
        raise argparse.ArgumentTypeError(f"choose from {','.join(EXTRAS)}")
    return [one for one in EXTRAS if one in asked]


def main() -> None:
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("tables", help="a folder with tabellen.json and Parquet")
    asks.add_argument("out", help="where a folder per ruleset comes; one that is there already is written anew")
    asks.add_argument("--on", type=date.fromisoformat, required=True, help="the reference date")
    asks.add_argument("--ruleset", action="append", required=True, help="can be repeated")
    asks.add_argument("--municipality", help="where people live of whom that is not known (CBS code)")
    asks.add_argument("--with", dest="extra", type=extras, default=(), help="beside each outcome: " + ",".join(EXTRAS))
    told = asks.parse_args()

    session = SparkSession.builder.appName("responsief").getOrCreate()
    desk = open_desk()
    tables = with_place(read_address(session, told.tables), told.municipality)
    persons = checked_keys(tables)
    engine = SparkEngine(desk, layout(desk.register), tables, told.on, told.extra)
    for ruleset in told.ruleset:
        engine.decide(ruleset).write.mode("overwrite").parquet(f"{told.out.rstrip('/')}/{ruleset}")
        print(f"{ruleset}: {persons} persons decided", flush=True)
    session.stop()


if __name__ == "__main__":
    main()
