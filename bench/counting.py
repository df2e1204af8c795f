"""Counting a big snapshot: through the measures of `figures`, and by asking DuckDB in SQL."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import ibis
import pyarrow.parquet

from baken.casework.facts import REGISTRATION_SCHEMA
from baken.facts.freezing import sha256_of
from baken.figures.measures import measures
from baken.figures.periods import Period
from bench.facts import FIRST_YEAR, LAST_YEAR

PERIOD = Period(FIRST_YEAR + 1, LAST_YEAR)
_WHERE = f"""FROM read_parquet(?)
    WHERE received_year BETWEEN {PERIOD.first} AND {PERIOD.last} OR received_year IS NULL"""
QUERIES = (
    f"SELECT kind, received_year, count(*) {_WHERE} GROUP BY ALL",
    f"SELECT kind, primary_bucket, received_year, count(*) {_WHERE} GROUP BY ALL",
)
Cells = list[list[tuple[object, ...]]]


def compare(path: Path, rounds: int) -> dict[str, float]:
    """Median seconds of both tables by either way, of which the cells must be the same; and of checking
    that the file still is what was frozen, which opening a snapshot does first."""
    if pyarrow.parquet.read_schema(path).names != REGISTRATION_SCHEMA.names:
        raise ValueError("The generated facts are not the facts of casework.")
    ways: tuple[Callable[[Path], Cells], ...] = (through_measures, asked_directly)
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        found = []
        for way, taken in zip(ways, seconds, strict=True):
            began = time.perf_counter()
            found.append(way(path))
            taken.append(time.perf_counter() - began)
        if _sorted(found[0]) != _sorted(found[1]):
            raise ValueError("The measures and DuckDB counted differently.")
    value, floor = (statistics.median(taken[1:]) for taken in seconds)  # the first one warms up
    began = time.perf_counter()
    sha256_of(path)
    return {"value": value, "floor": floor, "checking": time.perf_counter() - began}


def through_measures(path: Path) -> Cells:
    """As `facts.open_facts` opens a snapshot and `figures` counts it."""
    table = ibis.duckdb.connect().read_parquet(path, table_name="registration")
    found = [each.count(table, PERIOD).to_pyarrow() for each in measures()]
    return [[tuple(row.values()) for row in cells.to_pylist()] for cells in found]


def asked_directly(path: Path) -> Cells:
    connection = duckdb.connect()
    return [connection.execute(query, [str(path)]).fetchall() for query in QUERIES]


def _sorted(cells: Cells) -> Cells:
    return [sorted(table, key=repr) for table in cells]
