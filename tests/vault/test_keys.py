"""Keys from keys, from passphrases and for who is not here; finding without opening."""

import os
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.vault import passphrases
from baken.vault.derivation import expand, extract
from baken.vault.interface import (
    PassphraseCost,
    UnknownFormat,
    WrappingKey,
    blind_index,
    derive,
    derived_key_pair,
    new_key,
    new_key_pair,
    new_salt,
    open_with,
    passphrase_key,
    public_of,
    seal_to,
    unwrap_key,
    wrap_key,
)
from tests.vault.samples import KEY, PAIR, SECRET

CHEAP = PassphraseCost(memory_kib=8, passes=1)

# RFC 5869, appendix A.1 to A.3: material, salt, info, the extracted key, what it expands to.
RFC_5869 = [
    (
        b"\x0b" * 22,
        bytes(range(0x0D)),
        bytes(range(0xF0, 0xFA)),
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    (
        bytes(range(0x50)),
        bytes(range(0x60, 0xB0)),
        bytes(range(0xB0, 0x100)),
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
        "cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ),
    (
        b"\x0b" * 22,
        b"",
        b"",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
]


@pytest.mark.parametrize(("material", "salt", "info", "extracted", "expanded"), RFC_5869)
def test_derivation_is_that_of_rfc_5869(material, salt, info, extracted, expanded):
    key = extract(salt, material)

    assert key.hex() == extracted
    assert expand(key, info, len(expanded) // 2).hex() == expanded


@pytest.mark.parametrize("purpose", ["", "baken/team", "baken/Team/v1", "other/team/v1"])
def test_derive_for_no_purpose(purpose):
    with pytest.raises(ValueError, match="not a purpose"):
        derive(KEY, purpose)


def test_new_keys_differ():
    assert len({new_key() for _ in range(100)}) == 100
    assert len(new_key()) == 32


@given(secret=st.binary(max_size=200), context=st.binary(max_size=50))
def test_wrapped_key_unwraps(secret, context):
    assert (
        unwrap_key(wrap_key(secret, under=KEY, context=context), under=KEY, context=context)
        == secret
    )


def test_wrapped_twice():
    team, shred = WrappingKey(new_key()), WrappingKey(new_key())
    wrapped = team.wrap(shred.wrap(SECRET, context=b"shred"), context=b"team")

    assert shred.unwrap(team.unwrap(wrapped, context=b"team"), context=b"shred") == SECRET
    assert len(wrapped) == 184


@settings(max_examples=25)
@given(secret=st.binary(max_size=200), info=st.binary(max_size=50))
def test_key_pair_opens_again(secret, info):
    pair = new_key_pair()

    assert open_with(pair.private, seal_to(pair.public, secret, info=info), info=info) == secret
    assert public_of(pair.private) == pair.public


def test_key_pair_of_a_seed():
    assert derived_key_pair(b"code") == derived_key_pair(b"code")
    assert derived_key_pair(b"code") != derived_key_pair(b"cod")


@pytest.mark.parametrize(
    "public",
    [b"", b"\x01" + bytes(32), PAIR.public[:-1], PAIR.public + b"x", b"\x02" + b"\xff" * 1216],
)
def test_seal_to_a_key_not_in_use(public):
    with pytest.raises(UnknownFormat):
        seal_to(public, SECRET, info=b"grant")


def test_secrets_do_not_show():
    assert PAIR.private.hex() not in repr(PAIR)
    assert str(PAIR.private) not in repr(PAIR)
    assert repr(WrappingKey(KEY)).startswith("<baken.vault.wrapping.WrappingKey object at ")


def test_passphrase_in_another_writing_of_the_same_letters():
    salt = new_salt()
    keys = {
        passphrase_key(text, salt=salt, pepper=b"p", cost=CHEAP)
        for text in ("café ﬁets", "cafe\N{COMBINING ACUTE ACCENT} fiets")
    }

    assert len(keys) == 1


def test_passphrase_depends_on_everything():
    salt = new_salt()
    keys = {
        passphrase_key("een", salt=salt, pepper=b"p", cost=CHEAP),
        passphrase_key("Een", salt=salt, pepper=b"p", cost=CHEAP),
        passphrase_key("een", salt=new_salt(), pepper=b"p", cost=CHEAP),
        passphrase_key("een", salt=salt, pepper=b"q", cost=CHEAP),
        passphrase_key("een", salt=salt, pepper=b"p", cost=PassphraseCost(16, 1)),
        passphrase_key("een", salt=salt, pepper=b"p", cost=PassphraseCost(8, 2)),
    }

    assert len(keys) == 6


@pytest.mark.parametrize(
    ("salt", "cost"),
    [
        (b"short", CHEAP),
        (bytes(16), PassphraseCost(1, 1)),
        (bytes(16), PassphraseCost(8, 0)),
        (bytes(16), PassphraseCost(2**31, 1)),
        (bytes(16), PassphraseCost(8, 2**31)),
    ],
)
def test_passphrase_at_an_impossible_cost(salt, cost):
    with pytest.raises(UnknownFormat):
        passphrase_key("een", salt=salt, pepper=b"p", cost=cost)


def test_passphrases_take_turns():
    asked = {"salt": new_salt(), "pepper": b"p", "cost": CHEAP}
    waiting = threading.Thread(target=passphrase_key, args=("een",), kwargs=asked)
    for _ in range(os.cpu_count()):
        passphrases._turns.acquire()

    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()

    for _ in range(os.cpu_count()):
        passphrases._turns.release()
    waiting.join(10)
    assert not waiting.is_alive()


@pytest.mark.parametrize("value", ["AB-12-CD", " ab-12-cd ", "ＡＢ-12-CD"])
def test_index_of_the_same_value(value):
    assert blind_index(value, key=KEY, field="plate") == blind_index(
        "ab-12-cd", key=KEY, field="plate"
    )


def test_index_depends_on_field_and_key():
    indexes = {
        blind_index("0612345678", key=KEY, field="phone"),
        blind_index("0612345678", key=KEY, field="document"),
        blind_index("0612345678", key=new_key(), field="phone"),
        blind_index("0612345679", key=KEY, field="phone"),
    }

    assert len(indexes) == 4
    assert {len(index) for index in indexes} == {8}
