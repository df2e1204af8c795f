"""The recovery key: its shares typed back, lost before anybody proved them, and made anew."""

import pytest

from baken.keys.interface import (
    AlreadyProven,
    MistypedShare,
    NoSeat,
    NothingToRecover,
    SameShare,
    ShareOfAnother,
    TurnReason,
    check_share,
    found_recovery_again,
    prove_shares,
    recover_team,
    recovery_of,
    renew_recovery,
    turn_keys,
)
from baken.keys.models import Container
from tests.keys.conftest import NOW, SYSTEM, make_container
from tests.keys.test_containers import again

WHO = {"by": SYSTEM, "now": NOW}


def _typed(shares):
    return [" ".join(groups) for groups in shares]


def test_every_share_names_itself(region, shares):
    assert [check_share(region=region, text=text.lower()) for text in shares] == [1, 2, 3]


def test_share_without_its_last_group(region, shares):
    with pytest.raises(MistypedShare) as refusal:
        check_share(region=region, text=" ".join(shares[0].split()[:9]))

    assert refusal.value.group == 10


def test_share_in_a_region_without_a_recovery_key(region):
    with pytest.raises(NothingToRecover):
        check_share(region=region, text="x")


def test_lost_shares_are_made_again(region, team, noor, robin, shares, container):
    fresh = _typed(found_recovery_again(region=region, keyring=again(noor), **WHO))

    assert recovery_of(region).edition == 2
    with pytest.raises(ShareOfAnother):
        prove_shares(region=region, shares=shares[:2], **WHO)
    recover_team(region=region, shares=fresh[1:], members=[robin.user_id], **WHO)
    assert again(robin).open(Container.objects.get(pk=container.id)).key == container.key


def test_lost_shares_are_made_again_by_who_opens_everything(region, team, noor, sam):
    turn_keys(team=team, members=[sam.user_id], reason=TurnReason.ROLE, **WHO)

    for keyring in (None, again(noor)):
        with pytest.raises(NoSeat):
            found_recovery_again(region=region, keyring=keyring, **WHO)


def test_lost_shares_before_there_is_a_team_need_no_keys(region, shares):
    fresh = _typed(found_recovery_again(region=region, keyring=None, **WHO))

    prove_shares(region=region, shares=fresh[:2], **WHO)


def test_proven_recovery_key_is_not_made_again(region, team, noor, shares):
    prove_shares(region=region, shares=shares[:2], **WHO)

    with pytest.raises(AlreadyProven):
        found_recovery_again(region=region, keyring=again(noor), **WHO)


# --- a new key from two shares of the old one ---


@pytest.fixture
def fresh(region, team, container, shares):
    prove_shares(region=region, shares=shares[:2], **WHO)
    return _typed(renew_recovery(region=region, shares=shares[:2], **WHO))


def _recovered(region, keyring, shares, container):
    recover_team(region=region, shares=shares, members=[keyring.user_id], **WHO)
    return again(keyring).open(Container.objects.get(pk=container.id)).key == container.key


def test_renewed_key_that_nobody_proved_yet(region, robin, shares, fresh, container):
    """The print failed, or is still in the printer: the old shares do what they did."""
    assert recovery_of(region).waits
    assert _recovered(region, robin, shares[1:], container)
    with pytest.raises(ShareOfAnother):
        recover_team(region=region, shares=fresh[:2], members=[robin.user_id], **WHO)


def test_renewed_key_once_proven(region, robin, shares, fresh, container):
    prove_shares(region=region, shares=fresh[1:], **WHO)

    assert not recovery_of(region).waits
    with pytest.raises(ShareOfAnother):
        recover_team(region=region, shares=shares[:2], members=[robin.user_id], **WHO)
    assert _recovered(region, robin, fresh[:2], container)


def test_keys_that_turn_while_a_renewed_key_waits(region, team, noor, robin, fresh):
    turn_keys(team=team, members=[noor.user_id], reason=TurnReason.AGE, **WHO)
    later = make_container(again(noor), region.pk)

    prove_shares(region=region, shares=fresh[:2], **WHO)

    assert _recovered(region, robin, fresh[:2], later)


def test_renewed_twice_before_it_was_proven(region, robin, shares, fresh, container):
    second = _typed(renew_recovery(region=region, shares=shares[:2], **WHO))

    with pytest.raises(ShareOfAnother):
        prove_shares(region=region, shares=fresh[:2], **WHO)
    prove_shares(region=region, shares=second[:2], **WHO)

    assert _recovered(region, robin, second[:2], container)


def test_renewing_with_one_share(region, team, shares):
    with pytest.raises(SameShare):
        renew_recovery(region=region, shares=[shares[0], shares[0]], **WHO)
