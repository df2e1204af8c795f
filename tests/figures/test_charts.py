"""A drawing must not lie: heights follow values, everything stays inside, nothing is colour only."""

import itertools
import re

import pytest
from django.template.loader import render_to_string

from baken.figures.charts import BASELINE, LEFT, RIGHT, TOP, chart_of, series_of, ticks_up_to
from tests.figures.facts import table


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (53, (0, 20, 40, 60)),
        (118, (0, 50, 100, 150)),
        (1000, (0, 200, 400, 600, 800, 1000)),
    ],
)
def test_round_numbers_on_the_axis(highest, ticks):
    assert ticks_up_to(highest) == ticks


def test_one_bar_for_every_cell(published):
    chart = chart_of(published["aard"])

    assert [bar.value for bar in chart.bars] == [
        0,
        18,
        47,
        9,
        2,
        12,
        34,
        5,
        5,
        20,
        42,
        7,
        8,
        53,
        47,
        10,
    ]
    assert [tick.label for tick in chart.years] == ["2020", "2021", "2022", "2023"]
    assert chart.shows_values


def test_heights_follow_values(published):
    chart = chart_of(published["meldingen-adviezen"])
    height = BASELINE - TOP

    assert [bar.height for bar in chart.bars] == [bar.value * height // 150 for bar in chart.bars]
    assert all(bar.y + bar.height == BASELINE for bar in chart.bars)


@pytest.mark.parametrize("years", [1, 4, 20])
def test_bars_stay_inside_and_apart(years):
    rows = [
        {"kind": "report", "received_year": 2000 + i, "primary_bucket": "SEX"} for i in range(years)
    ]

    bars = chart_of(table("aard", rows, 2000, 1999 + years)).bars

    edges = [(bar.x, bar.x + bar.width) for bar in bars]
    assert edges[0][0] >= LEFT
    assert edges[-1][1] <= RIGHT
    assert all(left[1] < right[0] for left, right in itertools.pairwise(edges))


def test_values_are_left_out_where_they_would_cover_each_other():
    chart = chart_of(table("aard", [{"kind": "report", "received_year": 2000}], 2000, 2019))

    assert not chart.shows_values
    assert len(chart.years) == 10


def test_every_series_has_its_own_look():
    codes = ["ORG", "HUW", "OVG", "UNK", "NVS", "A", "B", "C"]
    rows = [{"kind": "report", "received_year": 2023, "primary_bucket": code} for code in codes]

    series = series_of(table("aard", rows, 2023, 2023).rows)

    assert len({(each.tone, each.hatch) for each in series}) == len(series) == 12


def test_drawing_has_a_name_and_no_inline_style(published):
    svg = render_to_string("figures/chart.svg.html", {"chart": chart_of(published["aard"])})

    assert (
        '<title id="grafiek-aard-titel">Meldingen naar aard van uitbuiting, Utrecht, 2020–2023'
        in svg
    )
    assert 'aria-labelledby="grafiek-aard-titel grafiek-aard-uitleg"' in svg
    assert "<title>Criminele uitbuiting, 2023: 53</title>" in svg
    assert not re.search(r"\bstyle\s*=|<script|<style", svg)
