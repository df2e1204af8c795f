"""A colleague's own keys: opened by the passphrase, carried by the session."""

import pytest

from baken.audit.interface import SYSTEM
from baken.keys.interface import (
    NotUnlocked,
    has_own_key,
    lock_again,
    make_own_key,
    pack,
    unlock,
    unpack,
)
from baken.vault.interface import new_key
from tests.keys.conftest import NOW, PASSPHRASE

TODAY = NOW.date()


def test_passphrase_opens_the_same_keys(noor):
    opened = unlock(user_id=noor.user_id, passphrase=PASSPHRASE, today=TODAY)

    assert (opened.private, opened.signing) == (noor.private, noor.signing)
    assert has_own_key(noor.user_id)


@pytest.mark.parametrize(
    "wrong", ["", "een lange zin om te proeven ", "Een lange zin om te proeven"]
)
def test_another_passphrase_opens_nothing(noor, wrong):
    assert unlock(user_id=noor.user_id, passphrase=wrong, today=TODAY) is None


def test_another_pepper_opens_nothing(noor, settings):
    settings.PEPPER = new_key()

    assert unlock(user_id=noor.user_id, passphrase=PASSPHRASE, today=TODAY) is None


def test_somebody_elses_keys_are_not_opened_by_the_same_passphrase(noor, sam):
    opened = unlock(user_id=sam.user_id, passphrase=PASSPHRASE, today=TODAY)

    assert opened.private == sam.private != noor.private


def test_changed_passphrase_opens_the_same_keys(noor):
    lock_again(keyring=noor, passphrase="een heel andere lange zin")

    opened = unlock(user_id=noor.user_id, passphrase="een heel andere lange zin", today=TODAY)

    assert opened.private == noor.private
    assert unlock(user_id=noor.user_id, passphrase=PASSPHRASE, today=TODAY) is None


def test_session_opens_with_the_secret_of_its_cookie_only(noor):
    secret = new_key()
    packed = pack(noor, secret)

    again = unpack(packed, secret=secret, today=TODAY)

    assert again.private == noor.private
    with pytest.raises(NotUnlocked):
        unpack(packed, secret=new_key(), today=TODAY)


@pytest.mark.parametrize("change", ["owner", "cut", "empty"])
def test_session_that_was_tampered_with(noor, sam, change):
    secret = new_key()
    packed = pack(noor, secret)
    changed = {"owner": sam.user_id.bytes + packed[16:], "cut": packed[:-1], "empty": b""}[change]

    with pytest.raises(NotUnlocked):
        unpack(changed, secret=secret, today=TODAY)


def test_keys_do_not_print(noor):
    assert noor.private.hex() not in repr(noor)
    assert str(noor.private) not in repr(noor)


def test_lost_passphrase_opens_nothing_of_before(team, noor, container):
    fresh = make_own_key(
        user_id=noor.user_id, passphrase="een nieuwe lange zin hier", by=SYSTEM, now=NOW
    )

    assert fresh.team_keys(team.region_id) == {}
    assert unlock(user_id=noor.user_id, passphrase=PASSPHRASE, today=TODAY) is None
