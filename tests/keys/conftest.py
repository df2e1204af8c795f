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
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region, open_team
from tests.own_database import superuser

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PASSPHRASE = "een lange zin om te proeven"


def own_key():
    return make_own_key(user_id=uuid4(), passphrase=PASSPHRASE, by=SYSTEM, now=NOW)


@pytest.fixture(scope="package")
def _new_region(database_name):
    """A region in which nobody has keys yet, for as long as these tests last."""
    region = Region(code=f"proef-{uuid4().hex[:8]}", name="Proefland", telephone="000")
    with superuser(database_name) as connection:
        connection.execute(
            "INSERT INTO organisations_region "
            "(id, code, name, telephone, telephone_note, theme, legal_frames, created_at) "
            "VALUES (%s, %s, %s, %s, '', 'baken', %s, now())",
            [region.pk, region.code, region.name, region.telephone, region.legal_frames],
        )
    yield region
    with superuser(database_name) as connection:
        connection.execute("DELETE FROM organisations_region WHERE id = %s", [region.pk])


@pytest.fixture
def region(_new_region, db):
    with region_scope(_new_region.pk):
        yield _new_region


@pytest.fixture
def shares(region):
    """The printed shares of the region's recovery key, as they are typed back."""
    return [" ".join(groups) for groups in found_recovery(region=region, by=SYSTEM, now=NOW)]


@pytest.fixture
def noor(region):
    return own_key()


@pytest.fixture
def sam(region):
    return own_key()


@pytest.fixture
def robin(region):
    return own_key()


@pytest.fixture
def team(region, shares, noor, sam):
    team = open_team(region=region, name="Proefteam", by=SYSTEM, now=NOW)
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
