"""The team of Utrecht, somebody who waits for access to it, and a region that has nothing yet."""

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from baken.accounts.interface import Role, User, member_for, memberships_of
from baken.accounts.models import Membership
from baken.audit.interface import SYSTEM
from baken.config.demo.seed import TOTP, TOTP_SECRET
from baken.keys.interface import (
    Compartment,
    found_recovery_again,
    make_own_key,
    open_or_make,
    prove_shares,
)
from baken.keys.models import RegionRecovery
from baken.organisations.interface import teams_of
from tests.fresh import just_logged_in
from tests.keyrings import keyring_of
from tests.keys.conftest import _new_region, region

__all__ = ["_new_region", "region"]

NOW = timezone.now()
PASSPHRASE = "een lange zin om te proeven"


def person(slug):
    return User.objects.get(email=f"{slug}@demo.invalid")


def add(region, *roles, name="Nieuw Bedacht", has_key=True):
    """Somebody new with these roles, who logged in once before."""
    user = User.objects.create(
        email=f"{uuid4()}@demo.invalid", name=name, password=make_password(PASSPHRASE)
    )
    for role in roles:
        Membership.objects.create(
            user=user, region=region, role=role, valid_from=timezone.localdate(NOW)
        )
    if has_key:
        make_own_key(user_id=user.pk, passphrase=PASSPHRASE, by=SYSTEM, now=NOW)
    return user


def member_of(user, keyring=None):
    return member_for(user, memberships_of(user, timezone.localdate(NOW)), None, keyring)


def container(by, region_id):
    made = open_or_make(
        keyring=by.keys, region_id=region_id, owner_id=uuid4(), compartment=Compartment.WORK,
        now=NOW,
    )  # fmt: skip
    return made.id, made.key


@pytest.fixture
def team(in_utrecht):
    return teams_of(in_utrecht)[0]


@pytest.fixture
def newcomer(in_utrecht):
    return add(in_utrecht, Role.CASEWORKER)


@pytest.fixture
def shares(in_utrecht, team):
    """The shares of Utrecht's recovery key: nobody kept those of the demo."""
    RegionRecovery.objects.update(proven_at=None)
    keyring = keyring_of(person("noor"))
    made = found_recovery_again(region=in_utrecht, keyring=keyring, by=SYSTEM, now=NOW)
    typed = [" ".join(groups) for groups in made]
    prove_shares(region=in_utrecht, shares=typed[:2], by=SYSTEM, now=NOW)
    return typed


@pytest.fixture
def opener(region):
    """The administrator of a region that has nothing yet, who logged in just now."""
    user = add(region, Role.ADMINISTRATOR, name="Lot Begin")
    TOTP.activate(user, TOTP_SECRET)
    client = Client()
    client.force_login(user)
    session = client.session
    session.update(just_logged_in(user))
    session.save()
    client.user = user
    return client


def fresh(client, slug, seconds_ago=0):
    """The same client, whose person logged in so long ago."""
    session = client.session
    session.update(just_logged_in(person(slug), seconds_ago=seconds_ago))
    session.save()
    return client
