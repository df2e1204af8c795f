"""Sentences are generated; what may never be said is as important as what is."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from baken.figures.sentences import percentage, sentences_of
from baken.figures.tables import Frozen
from tests.figures.facts import table


def _reports(*per_year, first=2020, **kwargs):
    rows = [
        {"kind": "report", "received_year": first + offset}
        for offset, count in enumerate(per_year)
        for _ in range(count)
    ]
    figure = table("meldingen-adviezen", rows, first, first + len(per_year) - 1, **kwargs)
    return sentences_of(figure)[0]


@pytest.mark.parametrize(
    ("per_year", "sentence"),
    [
        ((20, 53), "van 20 in 2020 naar 53 in 2021 (+165%)"),
        ((53, 20), "van 53 in 2020 naar 20 in 2021 (−62%)"),
        ((20, 20), "van 20 in 2020 naar 20 in 2021 (0%)"),
        ((20, 0), "van 20 in 2020 naar 0 in 2021 (−100%)"),
        # From zero there is no percentage.
        ((0, 5), "van 0 in 2020 naar 5 in 2021"),
        ((0, 0), "van 0 in 2020 naar 0 in 2021"),
        # Below ten it says so; ten is enough.
        ((9, 18), "van 9 in 2020 naar 18 in 2021 (+100%, klein aantal)"),
        ((10, 20), "van 10 in 2020 naar 20 in 2021 (+100%)"),
        # The last change first, then that of the whole period.
        (
            (10, 20, 30),
            "van 20 in 2021 naar 30 in 2022 (+50%); van 10 in 2020 naar 30 in 2022 (+200%)",
        ),
        ((7,), "7 in 2020"),
    ],
)
def test_sentence(per_year, sentence):
    assert _reports(*per_year) == f"aantal meldingen: {sentence}"


@pytest.mark.parametrize(
    ("base", "count", "text"),
    [
        (8, 9, "+13%"),  # 12.5: half away from zero
        (8, 7, "−13%"),
        (200, 201, "+1%"),
        (1000, 1001, "+0%"),
        (1000, 999, "−0%"),
        (74, 118, "+59%"),
        (10**18, 10**18 * 2 + 1, "+100%"),
    ],
)
def test_percentage(base, count, text):
    assert percentage(base, count) == text


@pytest.mark.parametrize(
    ("per_year", "sentence"),
    [
        ((20, 30, 5), "van 20 in 2020 naar 30 in 2021 (+50%); 5 in 2022 tot de peildatum"),
        ((30, 5), "30 in 2021; 5 in 2022 tot de peildatum"),
        ((5,), "5 in 2022 tot de peildatum"),
    ],
)
def test_a_year_that_is_not_over_is_compared_with_nothing(per_year, sentence):
    frozen = Frozen("Utrecht", datetime(2022, 3, 1, tzinfo=UTC), 1)

    said = _reports(*per_year, first=2023 - len(per_year), frozen=frozen)

    assert said == f"aantal meldingen: {sentence}"


def test_new_year_in_amsterdam_ends_the_year():
    frozen = Frozen("Utrecht", datetime(2021, 12, 31, 23, 30, tzinfo=UTC), 1)

    assert _reports(20, 30, frozen=frozen).endswith("naar 30 in 2021 (+50%)")


def test_english_without_translation_is_still_a_sentence():
    with translation.override("en"):
        assert "20" in _reports(10, 20)
