"""Dates as registers write them, of which perhaps only the year is known."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from baken.lib.dates import (
    ImpossibleDay,
    InFuture,
    NotADate,
    PartialDate,
    Precision,
    TooLongAgo,
    parse_partial_date,
)

TODAY = date(2024, 3, 15)
DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        (2023, date(2023, 1, 1), YEAR),
        ("2023", date(2023, 1, 1), YEAR),
        (" 2024 ", date(2024, 1, 1), YEAR),
        ("1990", date(1990, 1, 1), YEAR),
        ("2023-05", date(2023, 5, 1), MONTH),
        ("05-2023", date(2023, 5, 1), MONTH),
        ("5/2023", date(2023, 5, 1), MONTH),
        ("mei 2023", date(2023, 5, 1), MONTH),
        ("Mrt. 2023", date(2023, 3, 1), MONTH),
        ("maart-2024", date(2024, 3, 1), MONTH),
        ("5-2-2023", date(2023, 2, 5), DAY),
        ("05/02/2023", date(2023, 2, 5), DAY),
        ("5.2.2023", date(2023, 2, 5), DAY),
        ("2023-02-05", date(2023, 2, 5), DAY),
        ("2023-02-05 00:00:00", date(2023, 2, 5), DAY),
        ("2023-02-05T23:59:59.5", date(2023, 2, 5), DAY),
        ("5-2-2023 0:00", date(2023, 2, 5), DAY),
        ("5 februari 2023", date(2023, 2, 5), DAY),
        ("29 feb 2024", date(2024, 2, 29), DAY),
        ("15-3-2024", date(2024, 3, 15), DAY),
        (date(2023, 2, 5), date(2023, 2, 5), DAY),
        (datetime(2023, 2, 5, 23, 59), date(2023, 2, 5), DAY),
        (45123, date(2023, 7, 16), DAY),
        ("45123", date(2023, 7, 16), DAY),
        ("45123.75", date(2023, 7, 16), DAY),
        ("36526", date(2000, 1, 1), DAY),
        ("45366", date(2024, 3, 15), DAY),
    ],
)
def test_accepted(value, day, precision):
    assert parse_partial_date(value, today=TODAY) == PartialDate(day, precision)


@pytest.mark.parametrize(
    ("value", "problem", "words"),
    [
        ("31-02-2023", ImpossibleDay, "31-02-2023 bestaat niet"),
        ("29-2-2023", ImpossibleDay, "29-2-2023 bestaat niet"),
        ("05-13-2023", ImpossibleDay, "eerst de dag, dan de maand"),
        ("13-2023", ImpossibleDay, "13-2023 bestaat niet"),
        ("0000", ImpossibleDay, "0000 bestaat niet"),
        ("31 april 2023", ImpossibleDay, "31 april 2023 bestaat niet"),
        ("2025", InFuture, "2025 ligt in de toekomst"),
        ("04-2024", InFuture, "04-2024 ligt in de toekomst"),
        ("16-3-2024", InFuture, "16-3-2024 ligt in de toekomst"),
        (date(2024, 3, 16), InFuture, "2024-03-16 ligt in de toekomst"),
        ("1989", TooLongAgo, "1989 ligt voor 1990"),
        ("31-12-1989", TooLongAgo, "ligt voor 1990"),
        ("", NotADate, "'' is geen datum"),
        ("vorig jaar", NotADate, "Schrijf de datum als 5-2-2023"),
        ("5-2-23", NotADate, "'5-2-23' is geen datum"),
        ("5-2/2023", NotADate, "geen datum"),
        ("mai 2023", NotADate, "'mai 2023' is geen datum"),
        ("202", NotADate, "geen datum"),
        ("36525", NotADate, "'36525' is geen datum"),
        ("45367", NotADate, "'45367' is geen datum"),
        ("٢٠٢٣-٠٢", NotADate, "geen datum"),
    ],
)
def test_refused(value, problem, words):
    with pytest.raises(problem) as caught:
        parse_partial_date(value, today=TODAY)

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("precision", "dutch", "english"),
    [
        (DAY, "5 mei 2023", "5 May 2023"),
        (MONTH, "mei 2023", "May 2023"),
        (YEAR, "2023", "2023"),
    ],
)
def test_written_in_both_languages(precision, dutch, english):
    partial = PartialDate(date(2023, 5, 5), precision)

    assert str(partial) == dutch
    with override("en"):
        assert str(partial) == english


def test_unknown_is_said_in_words():
    assert str(PartialDate(date(2023, 1, 1), Precision.UNKNOWN)) == "onbekend"
