"""Opening by the ten thousand opens what opening one by one opens, and refuses what that refuses."""

import hmac
from dataclasses import replace

import pytest

from baken.vault.derivation import expand, two_keys
from baken.vault.interface import (
    Column,
    NestedKeys,
    Refused,
    WrongKey,
    open_field,
    seal_field,
    unwrap_key,
    wrap_key,
)
from tests.vault.samples import ABOUT, KEY, OTHER, OTHER_KEY, SECRET

CONTEXTS = {"outer": b"shred/1", "inner": b"team/1"}
COLUMN = {
    "table": ABOUT.table,
    "column": ABOUT.column,
    "region": ABOUT.region,
    "compartment": ABOUT.compartment,
}
PLACE = {"key": KEY, "container": ABOUT.container, "row": ABOUT.row, "version": ABOUT.version}
FIELD = seal_field(b"Een zin.", key=KEY, key_id=ABOUT.container, epoch=1, about=ABOUT)
INNER = wrap_key(SECRET, under=KEY, context=b"team/1")
NESTED = wrap_key(INNER, under=OTHER_KEY, context=b"shred/1")


def spoiled(sealed):
    """Every bit turned once, and every length that is not the whole."""
    for place in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[place] ^= 1 << bit
            yield bytes(changed)
    yield from (sealed[:length] for length in range(len(sealed)))
    yield sealed + b"\0"


def test_two_wraps_are_opened_as_one_by_one():
    inner = unwrap_key(NESTED, under=OTHER_KEY, context=b"shred/1")

    assert NestedKeys(KEY).open(NESTED, under=OTHER_KEY, **CONTEXTS) == SECRET
    assert unwrap_key(inner, under=KEY, context=b"team/1") == SECRET


def test_altered_wraps_are_refused():
    keys = NestedKeys(KEY)

    for wrong in spoiled(NESTED):
        with pytest.raises(Refused):
            keys.open(wrong, under=OTHER_KEY, **CONTEXTS)


@pytest.mark.parametrize(
    "changes",
    [{"under": KEY}, {"under": b""}, {"outer": b"shred/2"}, {"inner": b"team/2"}],
    ids=["key", "no key", "outer", "inner"],
)
def test_wraps_of_another_place_are_refused(changes):
    with pytest.raises(Refused):
        NestedKeys(KEY).open(NESTED, **{"under": OTHER_KEY, **CONTEXTS, **changes})
    with pytest.raises(Refused):
        NestedKeys(OTHER_KEY).open(NESTED, under=OTHER_KEY, **CONTEXTS)


def test_field_is_opened_as_one_by_one():
    place = {"key": KEY, "key_id": ABOUT.container, "epoch": 1}

    assert Column(**COLUMN).open(FIELD, **PLACE) == b"Een zin."
    assert open_field(FIELD, about=ABOUT, **place) == b"Een zin."


def test_altered_field_is_refused():
    column = Column(**COLUMN)

    for wrong in spoiled(FIELD):
        with pytest.raises(Refused):
            column.open(wrong, **PLACE)


@pytest.mark.parametrize("name", ["table", "column", "region", "compartment"])
def test_field_of_another_column_is_refused(name):
    other = {**COLUMN, name: OTHER if name == "region" else f"{COLUMN[name]}x"}

    with pytest.raises(Refused):
        Column(**other).open(FIELD, **PLACE)
    with pytest.raises(Refused):
        Column(**COLUMN, epoch=2).open(FIELD, **PLACE)


@pytest.mark.parametrize(
    "changes",
    [{"key": OTHER_KEY}, {"key": b""}, {"container": OTHER}, {"row": OTHER}, {"version": 6}],
    ids=["key", "no key", "container", "row", "version"],
)
def test_field_of_another_row_is_refused(changes):
    with pytest.raises(Refused):
        Column(**COLUMN).open(FIELD, **{**PLACE, **changes})


def test_row_and_region_are_not_taken_for_each_other():
    turned = replace(ABOUT, row=ABOUT.region, region=ABOUT.row)
    sealed = seal_field(b"x", key=KEY, key_id=ABOUT.container, epoch=1, about=turned)

    with pytest.raises(Refused):
        Column(**COLUMN).open(sealed, **PLACE)


@pytest.mark.parametrize("length", [0, 1, 13, 55, 56, 64, 200])
def test_two_keys_are_those_of_hkdf(length):
    info = bytes(range(length))
    one = hmac.digest(KEY, info + b"\x01", "sha256")

    assert two_keys(KEY, info) == (one, hmac.digest(KEY, one + info + b"\x02", "sha256"))
    assert b"".join(two_keys(KEY, info)) == expand(KEY, info, 64)
    with pytest.raises(WrongKey):
        two_keys(KEY + b"\0", info)
