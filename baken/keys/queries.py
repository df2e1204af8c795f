"""Reads: who has keys, and what is shared."""

from collections.abc import Collection
from uuid import UUID

from baken.keys.models import Container, Grant, Seat, TeamEpoch, UserKey
from baken.organisations.interface import Team


def has_own_key(user_id: UUID) -> bool:
    return UserKey.objects.filter(user_id=user_id).exists()


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
