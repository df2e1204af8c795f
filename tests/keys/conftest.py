"""A team of two with keys: Noor and Sam; Robin has keys and no seat."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from baken.audit.interface import SYSTEM
from baken.keys.interface import (
    Compartment,
    TurnReason,
    found_recovery,
    make_own_key,
    open_or_make,
    turn_keys,
)
from baken.organisations.interface import open_team

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PASSPHRASE = "een lange zin om te proeven"


def own_key():
    return make_own_key(user_id=uuid4(), passphrase=PASSPHRASE, now=NOW)


@pytest.fixture
def shares(in_utrecht):
    """The printed shares of the region's recovery key, as they are typed back."""
    return [" ".join(groups) for groups in found_recovery(region=in_utrecht, by=SYSTEM, now=NOW)]


@pytest.fixture
def noor(in_utrecht):
    return own_key()


@pytest.fixture
def sam(in_utrecht):
    return own_key()


@pytest.fixture
def robin(in_utrecht):
    return own_key()


@pytest.fixture
def team(in_utrecht, shares, noor, sam):
    team = open_team(region=in_utrecht, name="Proefteam", by=SYSTEM, now=NOW)
    members = [noor.user_id, sam.user_id]
    turn_keys(team=team, members=members, reason=TurnReason.FOUNDED, by=SYSTEM, now=NOW)
    return team


@pytest.fixture
def container(team, noor):
    return make_container(noor, team.region_id)


def make_container(keyring, region_id, owner_id=None):
    return open_or_make(
        keyring=keyring,
        region_id=region_id,
        owner_id=owner_id or uuid4(),
        compartment=Compartment.WORK,
        now=NOW,
    )
