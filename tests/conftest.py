"""Hypothesis profiles: «quick» on a desk, «ci» the same examples every time, «thorough» for a night of looking."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import once
import order

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]

settings.register_profile("quick", deadline=None, suppress_health_check=SLOW_TO_MAKE)
settings.register_profile("ci", parent=settings.get_profile("quick"), derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))

os.environ["RESPONSIEF_CACHE"] = ""  # a test that wants what was kept says so
os.environ.pop("COLUMNS", None)  # workers of pytest-xdist get the width of the terminal: a test that is about width says so

once.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: order.rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who asks for nothing special with `--dist` gets what is together in one process, and the longest first."""
    return order.scheduler(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One session of Spark for all tests. It works expressions out as they stand: to compile a plan takes longer than a few rows do."""
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra «spark»")
    if shutil.which("java") is None:
        pytest.skip("java is not on this machine: apt-get install default-jre-headless")
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()
