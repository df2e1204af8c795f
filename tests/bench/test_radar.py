"""The people of the radar bench, and how pairs are counted."""

import pytest

from bench.radar import Row, found_among, harder, indexes_of_crowd, rows_of

KNOWN = [
    Row(1, "Maria", "Fictief", "1985-03-02", "3511AB"),
    Row(2, "Anna", "Verzonnen", "1990-01-01", "1012ZZ"),
    Row(3, "Maria", "Voorbeeld", "1985-03-02", ""),
]


def test_pairs_are_counted():
    found = found_among(KNOWN, [Row(1, "Maria", "", "1985-03-02", ""), Row(2, "", "", "", "")])

    assert found.precision == 0.5
    assert found.recall == 0.5


def test_files_are_whole():
    known, asked = rows_of("known"), rows_of("asked")

    assert [row.person for row in known] == [row.person for row in asked] == list(range(5000))


def test_hard_copy_is_as_it_says():
    known, asked = harder(rows_of("known"), rows_of("asked"), seed=1)

    both = {row.person for row in known} & {row.person for row in asked}
    size = len(asked)
    assert len(known) == size == 3247
    assert len(both) / size == pytest.approx(0.46, abs=0.001)
    assert sum(len(row.date_of_birth) == 4 for row in asked) / size == pytest.approx(0.38, abs=0.03)
    assert sum(not row.surname for row in asked) / size == pytest.approx(0.26, abs=0.03)
    assert sum(not row.postcode for row in asked) / size == pytest.approx(0.50, abs=0.03)


def test_hard_copy_is_the_same_at_every_run():
    files = rows_of("known"), rows_of("asked")

    assert harder(*files, seed=1) == harder(*files, seed=1)
    assert harder(*files, seed=1) != harder(*files, seed=2)


def test_crowd_has_as_many_keys_as_asked():
    keys = list(indexes_of_crowd(1_000, key=bytes(32)))

    assert len(keys) == 1_000
    assert len({index for _, _, index in keys}) > 990
