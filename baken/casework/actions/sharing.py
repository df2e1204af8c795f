"""Sharing a compartment of one registration with another team of the region."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.casework.queries.registrations import find_registration
from baken.keys.interface import Compartment, Grant, Ground, Purpose, share
from baken.organisations.interface import teams_of


class NoSuchTeam(Exception):
    """Dit team bestaat niet in uw regio."""


@transaction.atomic
def share_registration(
    *,
    registration_id: UUID,
    compartment: Compartment,
    team_id: UUID,
    ground: Ground,
    purpose: Purpose,
    ends_on: date,
    by: Member,
    now: datetime,
) -> Grant:
    """Let another team open one part, on a ground, for a purpose, until a day; signed by who shares. Raises
    `NoSuchTeam`, and what `keys.share` raises."""
    by.check(Permission.REGISTER)
    registration = find_registration(registration_id, by=by)
    team = next((each for each in teams_of(by.region) if each.pk == team_id), None)
    if team is None:
        raise NoSuchTeam
    return share(
        keyring=by.keys,
        owner_id=registration.pk,
        compartment=compartment,
        team=team,
        ground=ground,
        purpose=purpose,
        ends_on=ends_on,
        by=by.actor,
        now=now,
    )
