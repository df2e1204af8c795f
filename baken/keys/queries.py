"""Reads: who has keys, and what is shared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from baken.keys.models import Container, Grant, RegionRecovery, Seat, TeamEpoch, UserKey
from baken.keys.states import TurnReason
from baken.organisations.interface import Region, Team


@dataclass(frozen=True)
class RecoveryState:
    """The region's newest recovery key: when it was made, when two shares were typed back, and whether until
    then another one is in use."""

    edition: int
    made_at: datetime
    proven_at: datetime | None
    waits: bool


@dataclass(frozen=True)
class GivenSeat:
    """Since when somebody opens what the team seals now, and who let them in: None for the system."""

    given_at: datetime
    given_by: UUID | None


@dataclass(frozen=True)
class TeamKeys:
    """A team's newest keys, and how many containers are still sealed under older ones."""

    number: int
    made_at: datetime
    reason: TurnReason
    seats: Mapping[UUID, GivenSeat]
    to_rewrap: int


class NothingToRecover(Exception):
    """Deze regio heeft geen herstelsleutel."""


def newest_recovery(region: Region) -> RegionRecovery:
    """Also when it still waits to be proven. Raises `NothingToRecover`."""
    return _recovery(RegionRecovery.objects.filter(region=region))


def current_recovery(region: Region) -> RegionRecovery:
    """The one that opens what teams seal now. Raises `NothingToRecover`."""
    return _recovery(RegionRecovery.objects.filter(region=region, sealed_previous=None))


def _recovery(found: QuerySet[RegionRecovery]) -> RegionRecovery:
    newest = found.order_by("-edition").first()
    if newest is None:
        raise NothingToRecover
    return newest


def recovery_of(region: Region) -> RecoveryState | None:
    """None for a region without one."""
    newest = RegionRecovery.objects.filter(region=region).order_by("-edition").first()
    if newest is None:
        return None
    waits = newest.sealed_previous is not None
    return RecoveryState(newest.edition, newest.made_at, newest.proven_at, waits)


def keys_of(team: Team) -> TeamKeys | None:
    """None for a team that has no keys yet."""
    newest = TeamEpoch.objects.filter(team=team).order_by("-number").first()
    if newest is None:
        return None
    seats = Seat.objects.filter(region_id=team.region_id, epoch=newest)
    older = Container.objects.filter(region_id=team.region_id, epoch__team=team)
    return TeamKeys(
        newest.number,
        newest.made_at,
        TurnReason(newest.reason),
        {seat.user_id: GivenSeat(seat.given_at, seat.given_by) for seat in seats},
        older.exclude(epoch=newest).count(),
    )


def has_own_key(user_id: UUID) -> bool:
    return UserKey.objects.filter(user_id=user_id).exists()


def with_own_key(user_ids: Collection[UUID]) -> set[UUID]:
    """Those of these colleagues who have keys of their own, and so can be given a seat."""
    own = UserKey.objects.filter(user_id__in=user_ids)
    return set(own.values_list("user_id", flat=True))


def seats_in(team: Team) -> set[UUID]:
    """Who can open what the team seals now."""
    newest = TeamEpoch.objects.filter(team=team).order_by("-number").first()
    if newest is None:
        return set()
    own = Seat.objects.filter(region_id=team.region_id, epoch=newest)
    return set(own.values_list("user_id", flat=True))


def containers_of(
    owners: Collection[UUID], *, region_id: UUID, compartment: str
) -> dict[UUID, Container]:
    """The containers of one compartment by the aggregates they belong to; without those that have none."""
    found = Container.objects.filter(
        region_id=region_id, owner_id__in=owners, compartment=compartment
    )
    return {container.owner_id: container for container in found}


def grants_of(owner_id: UUID, *, region_id: UUID) -> list[Grant]:
    """Everything of one aggregate that is or was shared with another team, newest first."""
    grants = Grant.objects.of_region(region_id).filter(container__owner_id=owner_id)
    return list(grants.select_related("container", "epoch__team").order_by("-given_at", "id"))


def grants_in(region_id: UUID) -> list[Grant]:
    """Everything of a region that is or was shared with another team, newest first."""
    grants = Grant.objects.of_region(region_id)
    return list(grants.select_related("container", "epoch__team").order_by("-given_at", "id"))
