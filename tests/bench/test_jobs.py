"""The benches themselves are measured elsewhere; here only that each is declared and told rightly."""

import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from baken.casework.facts import REGISTRATION_SCHEMA
from bench.facts import write_facts
from bench.job import Measured, Promise, line_of
from bench.jobs import JOBS, NoSuchJob, job, jobs_named
from bench.load import percentile_of
from bench.svg import line_chart

ISSUE = {
    "worklist-first": 2.0,
    "worklist-deep": 2.0,
    "worklist-16": 2.0,
    "register": 4.0,
    "figures-10m": 1.5,
}


@pytest.mark.parametrize("each", JOBS, ids=lambda each: each.name)
def test_job_says_what_beside_which_floor(each):
    assert re.fullmatch(r"[a-z0-9-]+", each.name)
    assert each.what
    assert each.floor
    assert each.unit in {"ms", "s", "µs", "rows/s", "of 1"}
    target = each.target
    kinds = (target.most, target.limit, target.extra, target.least)
    assert [kind is None for kind in kinds].count(False) == 1
    assert (target.least is not None) == (each.unit in {"rows/s", "of 1"})


def test_targets_are_those_that_were_promised():
    assert {name: job(name).target.most for name in ISSUE} == ISSUE
    assert job("import-csv").target == Promise(least=0.2, enough=10_000)


def test_unknown_job():
    with pytest.raises(NoSuchJob):
        job("nothing")


def test_name_stands_for_all_that_begin_with_it():
    assert [each.name for each in jobs_named("register")] == ["register"]
    assert [each.name for each in jobs_named("radar")] == [
        "radar-precision",
        "radar-recall",
        "radar-hard-precision",
        "radar-hard-recall",
        "radar-keys",
        "radar-lookup",
    ]
    with pytest.raises(NoSuchJob):
        jobs_named("rad")


def test_line_of_a_job():
    assert json.loads(line_of(job("worklist-first"), Measured(9.8765, 5.0))) == {
        "job": "worklist-first",
        "value": 9.88,
        "unit": "ms",
        "floor": 5.0,
        "ratio": 1.98,
        "target": "ratio <= 2",
        "holds": True,
    }


@pytest.mark.parametrize(
    ("measured", "holds"),
    [
        (Measured(9_999, 100_000), False),
        (Measured(10_000, 100_000), True),
        (Measured(200, 1_000), True),
    ],
)
def test_a_rate_is_enough_or_near_enough_its_floor(measured, holds):
    assert job("import-csv").target.holds(measured) is holds


@pytest.mark.parametrize(
    ("promise", "holds", "says"),
    [
        (Promise(limit=10), True, "value <= 10"),
        (Promise(limit=9), False, "value <= 9"),
        (Promise(extra=4), True, "value - floor <= 4"),
        (Promise(extra=3), False, "value - floor <= 3"),
    ],
)
def test_limit_of_a_value_and_of_what_it_adds(promise, holds, says):
    assert promise.holds(Measured(10, 6)) is holds
    assert str(promise) == says


@pytest.mark.parametrize(("percentile", "value"), [(50, 5), (95, 10), (100, 10), (1, 1)])
def test_percentile(percentile, value):
    assert percentile_of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percentile) == value


def test_generated_facts_are_those_of_casework(tmp_path: Path):
    path = tmp_path / "facts.parquet"
    write_facts(path, 500)
    table = pyarrow.parquet.read_table(path)

    assert table.schema.names == REGISTRATION_SCHEMA.names
    assert table.cast(REGISTRATION_SCHEMA).num_rows == 500


def test_same_seed_same_facts(tmp_path: Path):
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    for path in (one, two):
        write_facts(path, 200)
    other = duckdb.connect().execute(f"SELECT * FROM '{one}' EXCEPT SELECT * FROM '{two}'")

    assert other.fetchall() == []


def test_chart_says_its_numbers_in_words():
    chart = line_chart(
        "Cost",
        "rows",
        "ms",
        {"ours": [(10_000, 3.0), (1_000_000, 30.0)], "floor": [(10_000, 2.0), (1_000_000, 2.5)]},
    )

    assert "<desc>ours: 10k → 3, 1M → 30; floor: 10k → 2, 1M → 2.5</desc>" in chart
