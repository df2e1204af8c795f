"""What is hashed, pinned: a chain made today must verify in twenty years."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from baken.audit.rules import START, head, leaf, moment


def test_leaf_of_a_known_entry():
    entry = {"b": 1, "a": "é", "detail": {"z": None, "y": [1, 2]}}

    assert leaf(entry).hex() == "24bdda86210ed872b9653963dab9fd52d11ce578e547197aa5d055b2f932661e"


def test_head_of_a_known_chain():
    assert (
        head(START, bytes(32)).hex()
        == "ae0798d0ecaed2b778eddebf18f071a561c53658c05e76cedecc27cafbdbc577"
    )


def test_order_of_the_fields_does_not_count():
    assert leaf({"a": 1, "b": 2}) == leaf({"b": 2, "a": 1})


@pytest.mark.parametrize("other", [{"a": "1"}, {"a": 1, "b": None}, {"A": 1}, {}])
def test_another_entry_has_another_leaf(other):
    assert leaf({"a": 1}) != leaf(other)


def test_moment_is_the_same_text_in_every_zone():
    noon = datetime(2024, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))

    assert moment(noon) == moment(noon.astimezone(UTC)) == "2024-07-01T10:00:00.000000Z"
