"""Opening the meldpunt of a real installation: its region, its first people, its team, its recovery key."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import (
    ROLE_PERMISSIONS,
    Member,
    Permission,
    Role,
    add_colleague,
    found_team,
    make_recovery_key,
    open_new_team,
    prove_recovery_key,
    system_member,
)
from baken.accounts.invitations.actions import Invited, invite
from baken.audit.interface import SYSTEM
from baken.keys.interface import has_own_key, make_own_key
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region, open_region

# Two shares as they are typed back from the print.
ReadShares = Callable[[Region], Sequence[str]]


@dataclass(frozen=True)
class FirstPerson:
    """Without a passphrase somebody is invited, and chooses one in the browser."""

    name: str
    email: str
    roles: tuple[Role, ...]
    passphrase: str | None


@dataclass(frozen=True)
class Opening:
    """What is asked before anything is written."""

    code: str
    name: str
    telephone: str
    municipalities: Sequence[str]
    people: Sequence[FirstPerson]
    team: str
    sheets: Path | None  # where to write the recovery key for printing; None: later, in the browser


@transaction.atomic
def open_meldpunt(
    opening: Opening, *, read_shares: ReadShares, now: datetime
) -> list[tuple[str, str]]:
    """Everything, or nothing; returns the name and the code of who was invited.

    With `sheets` the recovery key is made, printed by whoever runs this, proven, and the team gets its first
    keys for those who have a passphrase and work on registrations.
    """
    region = open_region(
        code=opening.code,
        name=opening.name,
        telephone=opening.telephone,
        municipality_codes=opening.municipalities,
        by=SYSTEM,
        now=now,
    )
    with region_scope(region.pk):
        system = system_member(region)
        team = open_new_team(name=opening.team, by=system, now=now)
        users = [_add(each, system, now) for each in opening.people if each.passphrase]
        codes = [_invite(each, system, now) for each in opening.people if not each.passphrase]
        if opening.sheets:
            with _printing(opening.sheets, make_recovery_key(edition=0, by=system, now=now)):
                prove_recovery_key(shares=read_shares(region), by=system, now=now)
            members = [user_id for user_id, opens in users if opens]
            if members:
                found_team(team_id=team.pk, user_ids=members, by=system, now=now)
    return codes


@contextlib.contextmanager
def _printing(path: Path, pdf: bytes) -> Iterator[None]:
    """The sheets lie in a file for as long as they are being printed and typed back, and no longer."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
        yield
    finally:
        path.unlink(missing_ok=True)  # whoever printed them may have taken them away


def _add(person: FirstPerson, by: Member, now: datetime) -> tuple[UUID, bool]:
    """Who was added, and whether they work with what is sealed."""
    passphrase = person.passphrase or ""
    for role in person.roles:
        user = add_colleague(
            email=person.email, name=person.name, role=role, passphrase=passphrase, by=by, now=now
        )
    if not has_own_key(user.pk):
        make_own_key(user_id=user.pk, passphrase=passphrase, by=SYSTEM, now=now)
    opens = any(Permission.SEE_REGISTRATIONS in ROLE_PERMISSIONS[role] for role in person.roles)
    return user.pk, opens


def _invite(person: FirstPerson, by: Member, now: datetime) -> tuple[str, str]:
    invited = Invited(person.name, person.email, frozenset(person.roles), "nl")
    return person.name, invite(invited=invited, by=by, now=now).code
