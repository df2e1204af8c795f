"""Files of any size, however their bytes arrive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.vault.interface import (
    Altered,
    open_file,
    seal_file,
)
from tests.vault.samples import ABOUT, PLACE, whole_file


@settings(max_examples=25)
@given(
    chunks=st.lists(st.binary(max_size=3).map(lambda seed: seed * 30_000), max_size=8),
    cut=st.integers(1, 100_000),
)
def test_file_opens_again_however_it_is_cut(chunks, cut):
    sealed = b"".join(seal_file(chunks, **PLACE, about=ABOUT))
    pieces = [sealed[at : at + cut] for at in range(0, len(sealed), cut)]

    assert b"".join(open_file(pieces, **PLACE, about=ABOUT)) == b"".join(chunks)


@pytest.mark.parametrize(
    ("length", "chunks"), [(0, 1), (65_532, 1), (65_533, 2), (65_532 * 16 + 1, 18)]
)
def test_file_is_as_long_as_its_neighbours(length, chunks):
    assert sum(map(len, seal_file([bytes(length)], **PLACE, about=ABOUT))) == 80 + chunks * 65_553


@pytest.mark.parametrize("order", [[], [0], [1, 0], [0, 0, 1], [0, 1, 1]])
def test_file_with_its_chunks_in_another_order(order):
    prelude, *chunks = seal_file([bytes(100_000)], **PLACE, about=ABOUT)

    with pytest.raises(Altered):
        whole_file(b"".join([prelude, *(chunks[at] for at in order)]), **PLACE, about=ABOUT)


def test_file_stops_before_the_last_chunk_of_a_longer_one():
    prelude, *chunks = seal_file([b"x" * 100_000], **PLACE, about=ABOUT)
    opened = open_file([prelude, *chunks, b"more"], **PLACE, about=ABOUT)

    assert next(opened) == b"x" * 65_532
    with pytest.raises(Altered):
        next(opened)
