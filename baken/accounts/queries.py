"""Reads over people."""

from collections.abc import Iterable
from functools import lru_cache
from time import monotonic
from uuid import UUID

from baken.accounts.models import Membership, User

# How long a screen may still show the name somebody had before.
REMEMBER_SECONDS = 30


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by id, for screens; ids nobody has are left out."""
    wanted, known = set(user_ids), _known_names(int(monotonic() // REMEMBER_SECONDS))
    if missing := wanted - known.keys():
        known.update(User.objects.filter(pk__in=missing).values_list("pk", "name"))
    return {user_id: known[user_id] for user_id in wanted & known.keys()}


@lru_cache(maxsize=1)
def _known_names(_half_minute: int) -> dict[UUID, str]:
    """Names this process has read lately: the same few colleagues stand on every page."""
    return {}


def colleagues(region_id: UUID) -> list[tuple[UUID, str]]:
    """Everybody with a membership of the region, by name."""
    members = Membership.objects.filter(region_id=region_id, valid_to=None)
    people = User.objects.filter(pk__in=members.values("user_id"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))
