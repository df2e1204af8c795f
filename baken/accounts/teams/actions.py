"""Who may do what with the keys of a team. The keys themselves are turned in `baken.keys`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from baken.accounts.members import Member, NotInRegion
from baken.accounts.permissions import Permission
from baken.accounts.teams.queries import team_of, who_may_open
from baken.accounts.teams.sheets import recovery_sheets
from baken.keys import interface as keys
from baken.keys.interface import LastSeat, TurnReason, recovery_of, seats_in
from baken.organisations.interface import Team, open_team, teams_of


class NotProvenYet(Exception):
    """Probeer eerst twee delen van de herstelsleutel. Pas als die werkt, krijgt een team sleutels."""


class MadeAlready(Exception):
    """De herstelsleutel is al gemaakt. Is het downloaden mislukt? Maak hem dan opnieuw. De delen van nu
    werken daarna niet meer."""


class NoKeysYet(Exception):
    """Dit team heeft nog geen sleutels. Geef eerst de eerste collega's toegang."""


@transaction.atomic
def open_new_team(*, name: str, by: Member, now: datetime) -> Team:
    """A team without keys yet. Raises `TeamExists`."""
    by.check(Permission.MANAGE_KEYS)
    return open_team(region=by.region, name=name, by=by.actor, now=now)


@transaction.atomic
def found_team(
    *, team_id: UUID, user_ids: Collection[UUID], by: Member, now: datetime
) -> keys.TeamKeys:
    """A team's first keys, for its first members. Only once: after that access comes from a colleague who has
    it. Raises `NotInRegion`, `NotProvenYet`, `HasKeys` or `NoOwnKey`."""
    by.check(Permission.MANAGE_KEYS)
    team = team_of(team_id, by)
    recovery = recovery_of(by.region)
    if recovery is None or recovery.proven_at is None:
        raise NotProvenYet
    _check_may_open(user_ids, by, now)
    keys.found_keys(team=team, members=user_ids, by=by.actor, now=now)
    founded = keys.keys_of(team)
    if founded is None:
        raise AssertionError("A team that was founded has keys.")
    return founded


@transaction.atomic
def give_access(*, team_id: UUID, user_id: UUID, by: Member, now: datetime) -> int:
    """Let a colleague open what the team opens; return how many epochs. Raises `NotInRegion`, `NoOwnKey`,
    `NoSeat` for who has none to give, or `NotUnlocked`."""
    by.check(Permission.GIVE_ACCESS)
    team = team_of(team_id, by)
    _check_may_open([user_id], by, now)
    return keys.give_seat(keyring=by.keys, team=team, user_id=user_id, by=by.actor, now=now)


@transaction.atomic
def take_access(*, team_id: UUID, user_id: UUID, by: Member, now: datetime) -> bool:
    """Take a colleague's access to a team away and turn its keys. False when there was none to take. Raises
    `NotInRegion` or `LastSeat`."""
    by.check(Permission.MANAGE_KEYS)
    team = team_of(team_id, by)
    epoch = keys.take_seats(
        team=team, user_id=user_id, reason=TurnReason.ROLE, by=by.actor, now=now
    )
    return epoch is not None


@transaction.atomic
def leave_teams(
    *, user_id: UUID, reason: TurnReason, by: Member, now: datetime, keeps_last: bool = False
) -> None:
    """Take somebody's access to every team of the region away, and turn the keys of each: part of disabling
    somebody, and of taking the last role away that works with what is sealed.

    Raises `LastSeat`. With `keeps_last` that seat stays instead, because somebody who must be kept out cannot
    wait for it: the team seals nothing until others are let in, and `recover` takes it then.
    """
    by.check(Permission.MANAGE_KEYS)
    for team in teams_of(by.region):
        try:
            keys.take_seats(team=team, user_id=user_id, reason=reason, by=by.actor, now=now)
        except LastSeat:
            if not keeps_last:
                raise


@transaction.atomic
def turn_team(*, team_id: UUID, reason: TurnReason, by: Member, now: datetime) -> int:
    """New keys for a team, for those who have access and still have a role that asks for it; return the
    number of the epoch. Raises `NotInRegion`, `NoKeysYet`, or `LastSeat` when nobody would be left."""
    by.check(Permission.MANAGE_KEYS)
    team = team_of(team_id, by)
    if keys.keys_of(team) is None:
        raise NoKeysYet
    members = seats_in(team) & who_may_open(by.region, timezone.localdate(now))
    if not members:
        raise LastSeat
    return keys.turn_keys(team=team, members=members, reason=reason, by=by.actor, now=now).number


@transaction.atomic
def rewrap_slice(*, team_id: UUID, most: int = 500, by: Member, now: datetime) -> int:
    """Seal up to `most` containers of the team under its newest keys; return how many. Zero: all is done.
    Raises `NotInRegion`, `NoSeat`, `NotUnlocked` or `KeystoreAway`."""
    by.check(Permission.GIVE_ACCESS)
    team = team_of(team_id, by)
    return keys.rewrap(keyring=by.keys, region_id=by.region.pk, team_id=team.pk, most=most)


@transaction.atomic
def end_sharing(*, grant_id: UUID, by: Member, now: datetime) -> None:
    """Raises `NoSuchGrant`."""
    by.check(Permission.GIVE_ACCESS)
    keys.withdraw(
        grant_id=grant_id, region_id=by.region.pk, by=by.actor, user_id=by.author_id, now=now
    )


# --- the recovery key ---


@transaction.atomic
def make_recovery_key(*, edition: int, by: Member, now: datetime) -> bytes:
    """The region's recovery key: three shares as a PDF to print, which is kept nowhere.

    `edition` is the one that the asker saw, 0 when there was none: raises `MadeAlready` when there is a newer
    one, so that asking twice does not make useless what was printed in between. Raises `AlreadyProven`,
    `NoSeat` or `NotPrinted` as well, and then nothing has changed.
    """
    by.check(Permission.MANAGE_KEYS)
    recovery = recovery_of(by.region)
    if (recovery.edition if recovery else 0) != edition:
        raise MadeAlready
    if recovery is None:
        shares = keys.found_recovery(region=by.region, by=by.actor, now=now)
    else:
        shares = keys.found_recovery_again(
            region=by.region, keyring=by.keyring, by=by.actor, now=now
        )
    return recovery_sheets(shares, region_name=by.region.name, now=now)


@transaction.atomic
def prove_recovery_key(*, shares: Sequence[str], by: Member, now: datetime) -> None:
    """The drill. Raises a `Refused` or `NothingToRecover`."""
    by.check(Permission.MANAGE_KEYS)
    keys.prove_shares(region=by.region, shares=shares, by=by.actor, now=now)


@transaction.atomic
def renew_recovery_key(*, shares: Sequence[str], by: Member, now: datetime) -> bytes:
    """Three new shares as a PDF to print, made with two of the old ones, which work until two of the new ones
    were typed back. Raises a `Refused`, `NothingToRecover` or `NotPrinted`."""
    by.check(Permission.MANAGE_KEYS)
    fresh = keys.renew_recovery(region=by.region, shares=shares, by=by.actor, now=now)
    return recovery_sheets(fresh, region_name=by.region.name, now=now)


@transaction.atomic
def recover(*, shares: Sequence[str], user_ids: Collection[UUID], by: Member, now: datetime) -> int:
    """Give these colleagues access to every team of the region, with two shares; return how many seats.
    Whoever has access and no role that asks for it any more, loses it.

    Raises a `Refused`, `NothingToRecover`, `NotInRegion`, or `NoOwnKey`."""
    by.check(Permission.RECOVER_TEAM)
    _check_may_open(user_ids, by, now)
    if not user_ids or keys.with_own_key(user_ids) != set(user_ids):
        raise keys.NoOwnKey
    given = keys.recover_team(
        region=by.region, shares=shares, members=user_ids, by=by.actor, now=now
    )
    for team in teams_of(by.region):
        for stranger in seats_in(team) - who_may_open(by.region, timezone.localdate(now)):
            keys.take_seats(
                team=team, user_id=stranger, reason=TurnReason.RECOVERY, by=by.actor, now=now
            )
    return given


def _check_may_open(user_ids: Collection[UUID], by: Member, now: datetime) -> None:
    """Raise `NotInRegion` for a stranger, and for a colleague whose role sees nothing of what is sealed."""
    if not set(user_ids) <= who_may_open(by.region, timezone.localdate(now)):
        raise NotInRegion(user_ids)
