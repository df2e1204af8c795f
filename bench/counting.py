"""Counting a big snapshot: through the measures of `figures`, and by asking DuckDB in SQL."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

import duckdb
import pyarrow.parquet

from baken.casework.facts import REGISTRATION_SCHEMA
from baken.facts.files import folder_of, open_sealed, path_of, sha256_of, write_sealed
from baken.facts.queries import table_in
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
_PLACE = (UUID(int=1), UUID(int=1), "registration")
Cells = list[list[tuple[object, ...]]]


def compare(path: Path, rounds: int) -> dict[str, float]:
    """Median seconds of both tables by either way, of which the cells must be the same: through a sealed
    snapshot, and of the same rows in the clear. And seconds of the first opening, which every process does
    once: it checks that the file still is what was frozen, and opens it into memory."""
    if pyarrow.parquet.read_schema(path).names != REGISTRATION_SCHEMA.names:
        raise ValueError("The generated facts are not the facts of casework.")
    sha256 = _seal(path)
    began = time.perf_counter()
    open_sealed(*_PLACE, sha256=sha256)
    opening = time.perf_counter() - began
    ways: tuple[Callable[[Path], Cells], ...] = (partial(through_measures, sha256), asked_directly)
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
    return {"value": value, "floor": floor, "opening": opening}


def _seal(path: Path) -> str:
    region, snapshot, name = _PLACE
    folder_of(region, snapshot).mkdir(parents=True, exist_ok=True)
    path_of(*_PLACE).unlink(missing_ok=True)
    return sha256_of(write_sealed(memoryview(path.read_bytes()), region, snapshot, name))


def through_measures(sha256: str, _path: Path) -> Cells:
    """As `facts` opens a snapshot and `figures` counts it."""
    table = table_in(open_sealed(*_PLACE, sha256=sha256), "registration")
    found = [each.count(table, PERIOD).to_pyarrow() for each in measures()]
    return [[tuple(row.values()) for row in cells.to_pylist()] for cells in found]


def asked_directly(path: Path) -> Cells:
    connection = duckdb.connect()
    return [connection.execute(query, [str(path)]).fetchall() for query in QUERIES]


def _sorted(cells: Cells) -> Cells:
    return [sorted(table, key=repr) for table in cells]
