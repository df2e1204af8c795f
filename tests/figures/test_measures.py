"""Measures against counting by hand."""

from collections import Counter

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.figures.measures import UnknownMeasure, measure, measures, received_years
from baken.figures.periods import Period
from tests.figures.facts import counted, fact_table, table

CODES = ["LAB", "CRIM", "SEX", "ORG", "OVG", "UNK", "NVS", None]
FACT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["report", "advice", "anonymous_signal", "question"]),
        "received_year": st.sampled_from([2018, 2019, 2020, 2021, 2022, None]),
        "primary_form": st.just(None),
        "primary_bucket": st.sampled_from(CODES),
    }
)
FACTS = st.lists(FACT, max_size=60)
FIRST, LAST = 2019, 2021


def _naive(rows, *columns):
    shown = [r for r in rows if r["received_year"] is None or FIRST <= r["received_year"] <= LAST]
    return Counter(tuple(row[column] for column in columns) for row in shown)


@settings(max_examples=25, deadline=None)
@given(FACTS)
def test_engine_counts_as_python_does(rows):
    kinds = {
        (c["kind"], c["year"]): c["n"] for c in counted("meldingen-adviezen", rows, FIRST, LAST)
    }
    forms = {
        (c["kind"], c["bucket"], c["year"]): c["n"] for c in counted("aard", rows, FIRST, LAST)
    }

    assert kinds == _naive(rows, "kind", "received_year")
    assert forms == _naive(rows, "kind", "primary_bucket", "received_year")


@settings(max_examples=25, deadline=None)
@given(FACTS)
def test_rows_add_up_to_the_total_and_to_the_other_table(rows):
    nature = table("aard", rows, FIRST, LAST)
    kinds = table("meldingen-adviezen", rows, FIRST, LAST)

    sums = tuple(sum(column) for column in zip(*(r.values for r in nature.rows), strict=True))

    assert nature.total.values == sums == kinds.rows[0].values


def test_years_with_reports_or_advice():
    rows = [
        {"kind": "question", "received_year": 2025},
        {"kind": "report", "received_year": 2021},
        {"kind": "advice", "received_year": 2023},
        {"kind": "report"},
    ]

    assert received_years(fact_table(rows), running=2023).to_pyarrow().to_pylist() == [
        {"last": 2023, "last_whole": 2021}
    ]


def test_unknown_measure():
    with pytest.raises(UnknownMeasure):
        measure("leeftijd")


@pytest.mark.parametrize("each", measures(), ids=lambda each: each.slug)
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_each_measure_is_one_statement_on_every_engine(each, dialect):
    expression = each.count(fact_table([{"kind": "report"}]), Period(2020, 2023))

    assert str(ibis.to_sql(expression, dialect=dialect)).count("GROUP BY") == 1
