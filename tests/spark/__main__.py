"""Counts the same snapshots with the same measures on DuckDB and on Spark, and compares the cells.

    make test-spark

Spark runs as `local-cluster[2,1,1024]`: a master and two workers in processes of their own, so that
expressions are serialised, shipped and shuffled as between machines. Ends with code 1 when a cell
differs.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django

django.setup()

import ibis
import pyarrow as pa
import pyarrow.parquet
import pyspark
from pyspark.sql import SparkSession

from baken.figures.measures import Measure, measures, received_years
from baken.figures.periods import Period
from bench.facts import write_facts
from tests.figures.facts import SCHEMA, utrecht_register

MASTER = "local-cluster[2,1,1024]"
GENERATED = 100_000
REGISTER_YEARS, GENERATED_YEARS = Period(2020, 2023), Period(2022, 2025)


def main() -> int:
    os.environ["SPARK_HOME"] = str(
        Path(pyspark.__file__).parent
    )  # where its workers are started from
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory(prefix="baken-spark-") as folder:
        snapshots = _snapshots(Path(folder))
        began = time.monotonic()
        session = _session(Path(folder))
        print(f"Spark {session.version} {MASTER}: {time.monotonic() - began:.1f} s")
        try:
            different = sum(_compare(session, *each) for each in snapshots)
        finally:
            session.stop()
    print("the same cells everywhere" if not different else f"{different} tables differ")
    return 1 if different else 0


def _snapshots(folder: Path) -> list[tuple[str, Path, Period]]:
    """The register that Utrecht published, and generated registrations."""
    published, generated = folder / "utrecht.parquet", folder / "generated.parquet"
    rows = pa.Table.from_pylist(list(utrecht_register()), schema=SCHEMA)
    pyarrow.parquet.write_table(rows, published)
    write_facts(generated, GENERATED)
    return [
        ("Utrecht, 623 registrations", published, REGISTER_YEARS),
        (f"generated, {GENERATED:,} registrations", generated, GENERATED_YEARS),
    ]


def _session(folder: Path) -> SparkSession:
    builder = SparkSession.builder.master(MASTER).appName("baken measures")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _compare(session: SparkSession, name: str, path: Path, period: Period) -> int:
    """Count with every measure on both engines; returns how many tables differ."""
    on_duckdb = ibis.duckdb.connect().read_parquet(path, table_name="registration")
    on_spark = ibis.pyspark.connect(session).read_parquet(str(path), table_name="registration")
    different = 0
    for measure in measures():
        began = time.monotonic()
        here, there = _cells(measure, on_duckdb, period), _cells(measure, on_spark, period)
        same = here == there and bool(here)
        different += not same
        seconds = time.monotonic() - began
        print(f"{name}: {measure.slug}: {len(here)} cells, same: {same} ({seconds:.1f} s)")
        if not same:
            print(f"  DuckDB only: {here - there}\n  Spark only: {there - here}")
    years = [
        received_years(table, running=2026).to_pyarrow().to_pylist()
        for table in (on_duckdb, on_spark)
    ]
    print(f"{name}: years {years[0]}, same: {years[0] == years[1]}")
    return different + (years[0] != years[1])


def _cells(measure: Measure, table: ibis.Table, period: Period) -> Counter[tuple[object, ...]]:
    counted = measure.count(table, period).to_pyarrow()
    names = sorted(counted.column_names)
    return Counter(tuple(row[name] for name in names) for row in counted.to_pylist())


if __name__ == "__main__":
    sys.exit(main())
