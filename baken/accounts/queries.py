"""Reads over people."""

from collections.abc import Iterable
from uuid import UUID

from baken.accounts.models import Membership, User


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by id, for screens; ids nobody has are left out."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def colleagues(region_id: UUID) -> list[tuple[UUID, str]]:
    """Everybody with a membership of the region, by name."""
    members = Membership.objects.filter(region_id=region_id, valid_to=None)
    people = User.objects.filter(pk__in=members.values("user_id"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))
