"""A field opens in its place, looks as long as its neighbours, and is bound to where it stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.vault.interface import (
    About,
    Altered,
    FieldKey,
    WrongKey,
    open_field,
    seal_field,
)
from baken.vault.padding import bucket, pad, padme, unpad
from tests.vault.samples import ABOUT, KEY, KEY_ID, PLACE

ABOUTS = st.builds(
    About,
    table=st.text(max_size=20),
    column=st.text(max_size=20),
    row=st.uuids(),
    region=st.uuids(),
    container=st.uuids(),
    compartment=st.text(max_size=20),
    version=st.integers(0, 2**64 - 1),
)


@given(plaintext=st.binary(max_size=20_000), about=ABOUTS, epoch=st.integers(0, 2**32 - 1))
def test_field_opens_again(plaintext, about, epoch):
    place = {"key": KEY, "key_id": KEY_ID, "epoch": epoch, "about": about}

    assert open_field(seal_field(plaintext, **place), **place) == plaintext


@given(one=ABOUTS, other=ABOUTS)
def test_places_are_written_apart(one, other):
    assert (one == other) == (one.packed(b"p") == other.packed(b"p"))


def test_place_without_borders():
    one, other = replace(ABOUT, table="ab", column="c"), replace(ABOUT, table="a", column="bc")

    assert one.packed(b"p") != other.packed(b"p")


def test_same_field_twice_looks_different():
    sealed = {seal_field(b"ja", **PLACE, about=ABOUT) for _ in range(50)}

    assert len(sealed) == 50


def test_key_of_a_column_opens_what_was_sealed_alone():
    key = FieldKey(**PLACE, table=ABOUT.table, column=ABOUT.column)

    assert key.open(seal_field(b"ja", **PLACE, about=ABOUT), ABOUT) == b"ja"


def test_key_of_another_column():
    key = FieldKey(**PLACE, table=ABOUT.table, column="remarks")

    with pytest.raises(WrongKey):
        key.open(seal_field(b"ja", **PLACE, about=ABOUT), ABOUT)


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 256), (255, 256), (256, 512), (4095, 4096), (8191, 8192), (8192, 8704), (70_000, 71_680)],
)
def test_padding(length, padded):
    assert len(pad(b"x" * length)) == padded
    assert unpad(pad(b"x" * length)) == b"x" * length
    assert len(seal_field(b"x" * length, **PLACE, about=ABOUT)) == padded + 96


@given(length=st.integers(1, 2**40))
def test_padding_costs_an_eighth_at_most(length):
    assert length <= padme(length) <= length * 1.125
    assert bucket(length) >= 256


def test_padding_that_is_not_there():
    with pytest.raises(Altered):
        unpad(b"")
