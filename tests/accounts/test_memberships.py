"""Membership: which region and roles somebody acts with, and from when until when."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from baken.accounts.interface import (
    AlreadyMember,
    NotAllowed,
    Permission,
    Role,
    User,
    add_colleague,
    member_for,
    memberships_of,
    names_of,
)
from baken.accounts.models import Membership
from baken.audit.interface import history
from tests.factories import NOW

DAY = date(2024, 7, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return User.objects.create(email="iemand@voorbeeld.invalid", name="Iemand", password="!")


def _join(user, region, role=Role.CASEWORKER, start=DAY, end=None):
    return Membership.objects.create(
        user=user, region=region, role=role, valid_from=start, valid_to=end
    )


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (DAY, None, True),
        (DAY + timedelta(1), None, False),  # begins tomorrow
        (DAY - timedelta(9), DAY + timedelta(1), True),  # last day
        (DAY - timedelta(9), DAY, False),  # `valid_to` is the first day it no longer holds
        (DAY, DAY, False),  # taken back on the day it began
    ],
)
def test_membership_holds_between_its_dates(user, utrecht, start, end, holds):
    _join(user, utrecht, start=start, end=end)

    assert bool(memberships_of(user, DAY)) is holds


def test_membership_cannot_end_before_it_begins(user, utrecht):
    with pytest.raises(IntegrityError, match="accounts_membership_dates"), transaction.atomic():
        _join(user, utrecht, start=DAY, end=DAY - timedelta(1))


def test_membership_with_a_role_that_does_not_exist(user, utrecht):
    with pytest.raises(IntegrityError, match="accounts_membership_role"), transaction.atomic():
        _join(user, utrecht, role="boss")


def test_same_role_twice_at_once(user, utrecht):
    _join(user, utrecht)

    with pytest.raises(IntegrityError, match="accounts_one_open_membership"), transaction.atomic():
        _join(user, utrecht)


def test_nobody_without_membership(user):
    assert member_for(user, memberships_of(user, DAY), None) is None


def test_roles_of_one_region_go_together(user, utrecht, flevoland):
    _join(user, utrecht, Role.ANALYST)
    _join(user, utrecht, Role.AUDITOR)
    _join(user, flevoland, Role.COORDINATOR)

    member = member_for(user, memberships_of(user, DAY), utrecht.pk)

    assert member.region == utrecht
    assert member.roles == {Role.ANALYST, Role.AUDITOR}
    assert not member.can(Permission.REGISTER)


def test_chosen_region_without_membership_falls_back_to_own(user, utrecht):
    _join(user, utrecht)

    member = member_for(user, memberships_of(user, DAY), uuid4())

    assert member.region == utrecht


def test_add_colleague(administrator):
    user = add_colleague(
        email="Nieuw@Voorbeeld.invalid", name="Nieuw", role=Role.ANALYST,
        passphrase="een zin om te onthouden", by=administrator, now=NOW,
    )  # fmt: skip

    assert user.email == "nieuw@voorbeeld.invalid"
    assert user.check_password("een zin om te onthouden")
    assert [m.role for m in memberships_of(user, DAY)] == [Role.ANALYST]
    event = history(f"user:{user.pk}")[0]
    assert (event.event, event.detail) == ("member.added", {"role": "analyst"})
    assert names_of([user.pk, uuid4()]) == {user.pk: "Nieuw"}


def test_add_colleague_twice_with_the_same_role(administrator):
    words = {"email": "x@voorbeeld.invalid", "name": "X", "passphrase": "zin", "now": NOW}
    user = add_colleague(role=Role.ANALYST, by=administrator, **words)

    with pytest.raises(AlreadyMember):
        add_colleague(role=Role.ANALYST, by=administrator, **words)

    add_colleague(role=Role.AUDITOR, by=administrator, **words)
    assert {m.role for m in memberships_of(user, DAY)} == {Role.ANALYST, Role.AUDITOR}


def test_caseworker_adds_no_colleague(caseworker):
    with pytest.raises(NotAllowed):
        add_colleague(
            email="x@voorbeeld.invalid", name="X", role=Role.ANALYST, passphrase="zin",
            by=caseworker, now=datetime.now().astimezone(),
        )  # fmt: skip
