import pytest

from baken.figures.periods import BadPeriod, Period, period_of


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, Period(2020, 2023)),
        (2021, None, Period(2021, 2023)),
        (2025, None, Period(2025, 2025)),
        (None, 2022, Period(2019, 2022)),
        (2020, 2020, Period(2020, 2020)),
        (None, 1991, Period(1990, 1991)),
    ],
)
def test_what_is_left_open_is_filled(first, last, period):
    assert period_of(first, last, newest=2023) == period


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (2023, 2020, "De periode begint in 2023 en eindigt in 2020: draai de jaren om."),
        (1989, 2020, "Kies jaren van 1990 tot en met 2100."),
        (2020, 2101, "Kies jaren van 1990 tot en met 2100."),
        (2000, 2020, "Kies ten hoogste 20 jaren."),
    ],
)
def test_period_that_cannot_be(first, last, message):
    with pytest.raises(BadPeriod, match=message):
        Period(first, last)


def test_period_reads_as_text():
    assert (str(Period(2020, 2023)), str(Period(2023, 2023))) == ("2020–2023", "2023")
