"""Any two of three printed shares open the secret; a mistake in copying is named."""

import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.vault.interface import (
    MistypedShare,
    SameShare,
    ShareOfAnother,
    UnknownFormat,
    WrongKey,
    combine,
    share_from_text,
    share_to_text,
    split_secret,
)
from tests.vault.samples import OTHER, SECRET

OF = UUID("6b1f7d2e-4c83-4d0a-9d55-0a3b1c2d4e5f")
SHARE = bytes(range(16))
GROUPS = share_to_text(2, SHARE, of=OF)


def test_every_pair_opens():
    recovery = split_secret(SECRET)
    one, two, three = recovery.shares

    assert combine(1, one, 2, two, recovery.sealed) == SECRET
    assert combine(3, three, 1, one, recovery.sealed) == SECRET
    assert combine(2, two, 3, three, recovery.sealed) == SECRET
    assert set(recovery.sealed) == {(1, 2), (1, 3), (2, 3)}


def test_one_share_opens_nothing():
    recovery = split_secret(SECRET)
    one, two, _ = recovery.shares

    with pytest.raises(SameShare):
        combine(1, one, 1, one, recovery.sealed)
    with pytest.raises(WrongKey):
        combine(1, one, 2, one, recovery.sealed)
    with pytest.raises(UnknownFormat):
        combine(1, one, 4, two, recovery.sealed)


def test_shares_of_two_editions():
    old, new = split_secret(SECRET), split_secret(SECRET)

    with pytest.raises(WrongKey):
        combine(1, old.shares[0], 2, new.shares[1], new.sealed)


def test_shares_do_not_show():
    recovery = split_secret(SECRET)

    assert not [share for share in recovery.shares if str(share) in repr(recovery)]


@given(number=st.integers(1, 3), share=st.binary(min_size=16, max_size=16), of=st.uuids())
def test_share_is_read_as_it_was_printed(number, share, of):
    groups = share_to_text(number, share, of=of)

    assert [len(group) for group in groups] == [5] * 10
    assert share_from_text(" ".join(groups), of=of) == (number, share)


@pytest.mark.parametrize(
    "typed",
    [
        "".join(GROUPS),
        "-".join(GROUPS).lower(),
        "\n".join(GROUPS),
        " ".join(GROUPS).replace("0", "o").replace("1", "l"),
        " ".join(GROUPS).replace("0", "O").replace("1", "I"),
    ],
)
def test_share_typed_in_another_way(typed):
    assert share_from_text(typed, of=OF) == (2, SHARE)


@given(
    at=st.integers(0, 9), place=st.integers(0, 4), letter=st.sampled_from("0123456789ABCDEFUZ?é")
)
def test_mistyped_letter_names_its_group(at, place, letter):
    group = GROUPS[at][:place] + letter + GROUPS[at][place + 1 :]
    if group == GROUPS[at]:
        return

    with pytest.raises(MistypedShare) as refused:
        share_from_text(" ".join([*GROUPS[:at], group, *GROUPS[at + 1 :]]), of=OF)

    assert refused.value.group == at + 1


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ([], 1),
        (GROUPS[:9], 10),
        ([*GROUPS, "00000"], 10),
        ([GROUPS[1], GROUPS[0], *GROUPS[2:]], 1),
        ([*GROUPS[:4], GROUPS[4][:-1], *GROUPS[5:]], 5),
        ([*GROUPS[:6], *GROUPS[7:], "00000"], 7),
    ],
    ids=["nothing", "one less", "one more", "changed places", "short group", "left out"],
)
def test_mistyped_groups(typed, group):
    with pytest.raises(MistypedShare) as refused:
        share_from_text(" ".join(typed), of=OF)

    assert refused.value.group == group


def test_share_of_another_recovery_key_says_which():
    with pytest.raises(ShareOfAnother) as refused:
        share_from_text(" ".join(share_to_text(3, SHARE, of=OTHER)), of=OF)

    assert refused.value.number == 3


def test_group_of_another_share_in_its_own_place():
    other = share_to_text(2, bytes(16), of=OF)

    with pytest.raises(MistypedShare) as refused:
        share_from_text(" ".join([*GROUPS[:3], other[3], *GROUPS[4:]]), of=OF)

    assert refused.value.group is None


def test_noise_is_no_share():
    noise = random.Random(1)

    for _ in range(500):
        typed = "".join(noise.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=50))
        with pytest.raises((MistypedShare, ShareOfAnother)):
            share_from_text(typed, of=OF)
