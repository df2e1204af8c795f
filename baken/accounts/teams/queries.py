"""Reads: teams, who stands how towards their keys, what is shared, and how far a new region is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from baken.accounts.members import Member, NotInRegion
from baken.accounts.models import Membership
from baken.accounts.permissions import ROLE_PERMISSIONS, Permission
from baken.accounts.queries import names_of
from baken.accounts.teams.states import KEYS_AGE_DAYS, Standing
from baken.keys.interface import (
    Compartment,
    Ground,
    Purpose,
    RecoveryState,
    TeamKeys,
    grants_in,
    keys_of,
    recovery_of,
    seats_in,
    with_own_key,
)
from baken.organisations.interface import Region, Team, teams_of

# Whoever reads registrations works with what is sealed.
OPENING_ROLES = [
    role for role, may in ROLE_PERMISSIONS.items() if Permission.SEE_REGISTRATIONS in may
]


@dataclass(frozen=True)
class TeamMember:
    """A row of the team screen."""

    user_id: UUID
    name: str
    standing: Standing
    given_at: datetime | None = None
    given_by: str = ""  # empty: the system, when the keys were made

    @property
    def has_seat(self) -> bool:
        return self.standing in {Standing.HAS_SEAT, Standing.STRANGER}


@dataclass(frozen=True)
class Shared:
    """What is or was shared with another team; `owner` is the id of a registration, person or dossier."""

    id: UUID
    what: str
    owner: UUID
    team: str
    ground: str
    purpose: str
    given_at: datetime
    given_by: str
    ends_on: date
    withdrawn_at: datetime | None
    is_over: bool


def team_of(team_id: UUID, by: Member) -> Team:
    """Raises `NotInRegion`."""
    found = Team.objects.filter(pk=team_id, region=by.region).first()
    if found is None:
        raise NotInRegion(team_id)
    return found


def who_may_open(region: Region, today: date) -> set[UUID]:
    """Colleagues whose role works with what is sealed."""
    own = Membership.objects.valid_on(today).filter(
        region=region, role__in=OPENING_ROLES, user__is_active=True
    )
    return set(own.values_list("user_id", flat=True))


def team_members(team: Team, today: date) -> list[TeamMember]:
    """Everybody who has access or could have it: those with access first, then by name."""
    keys, wanted = keys_of(team), who_may_open(team.region, today)
    seats = keys.seats if keys else {}
    names = names_of({*wanted, *seats, *(s.given_by for s in seats.values() if s.given_by)})
    own, elsewhere = with_own_key(wanted), _seated_elsewhere(team)
    rows = []
    for user_id in {*wanted, *seats}:
        seat = seats.get(user_id)
        rows.append(
            TeamMember(
                user_id,
                names.get(user_id, ""),
                _standing(user_id, seats, wanted, own, elsewhere),
                seat.given_at if seat else None,
                names.get(seat.given_by, "") if seat and seat.given_by else "",
            )
        )
    order = list(Standing)
    return sorted(rows, key=lambda row: (order.index(row.standing), row.name, row.user_id))


def _standing(
    user_id: UUID,
    seats: Collection[UUID],
    wanted: Collection[UUID],
    own: Collection[UUID],
    elsewhere: Collection[UUID],
) -> Standing:
    if user_id in seats:
        return Standing.HAS_SEAT if user_id in wanted else Standing.STRANGER
    if user_id not in own:
        return Standing.NO_KEY
    return Standing.ELSEWHERE if user_id in elsewhere else Standing.WAITS


def _seated_elsewhere(team: Team) -> set[UUID]:
    others = (keys_of(other) for other in teams_of(team.region) if other.pk != team.pk)
    return {user_id for keys in others if keys for user_id in keys.seats}


def only_seat_in(region: Region, user_id: UUID) -> list[str]:
    """Names of the teams whose keys this colleague alone can open."""
    return [team.name for team in teams_of(region) if seats_in(team) == {user_id}]


def age_of(keys: TeamKeys, now: datetime) -> int:
    """In days."""
    return (now - keys.made_at).days


def are_old(keys: TeamKeys, now: datetime) -> bool:
    return age_of(keys, now) >= KEYS_AGE_DAYS


def shared_in(region: Region, today: date) -> list[Shared]:
    """Everything of the region that is or was shared, what still holds first."""
    grants = grants_in(region.pk)
    names = names_of(grant.given_by for grant in grants)
    rows = [
        Shared(
            id=grant.pk,
            what=str(Compartment(grant.container.compartment).label),
            owner=grant.container.owner_id,
            team=grant.epoch.team.name,
            ground=str(Ground(grant.ground).label),
            purpose=str(Purpose(grant.purpose).label),
            given_at=grant.given_at,
            given_by=names.get(grant.given_by, ""),
            ends_on=grant.ends_on,
            withdrawn_at=grant.withdrawn_at,
            is_over=grant.withdrawn_at is not None or grant.ends_on < today,
        )
        for grant in grants
    ]
    return sorted(rows, key=lambda row: row.is_over)


@dataclass(frozen=True)
class FirstRun:
    """How far a new region is: its recovery key, and whether anybody can open anything yet."""

    recovery: RecoveryState | None
    has_team: bool

    @property
    def is_proven(self) -> bool:
        return self.recovery is not None and self.recovery.proven_at is not None

    @property
    def step(self) -> int:
        """The step that is to be done now, from 1; past the last one when all is done."""
        if self.recovery is None:
            return 2
        if not self.is_proven:
            return 3
        return 5 if self.has_team else 4

    @property
    def steps(self) -> list[Mapping[str, str]]:
        """For components/stepper.html. The second factor was asked for before anybody gets here."""
        labels = (
            _("Tweede factor"),
            _("Herstelsleutel"),
            _("Proef met twee delen"),
            _("Team en collega's"),
        )
        return [{"label": label, "state": self._state(at)} for at, label in enumerate(labels, 1)]

    def _state(self, at: int) -> str:
        if at == self.step:
            return "current"
        return "done" if at < self.step else "todo"


def first_run_of(region: Region) -> FirstRun:
    keys = (keys_of(team) for team in teams_of(region))
    return FirstRun(recovery_of(region), any(found and found.seats for found in keys))


def needs_first_run(by: Member) -> bool:
    """Whether this administrator's region has no recovery key that works yet."""
    if not by.can(Permission.MANAGE_KEYS):
        return False
    recovery = recovery_of(by.region)
    return recovery is None or recovery.proven_at is None
