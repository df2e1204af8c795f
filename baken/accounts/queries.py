"""Reads over people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from uuid import UUID

from baken.accounts.members import NotInRegion
from baken.accounts.models import Membership, User
from baken.accounts.permissions import PERMISSION_LABELS, ROLE_PERMISSIONS, Permission, Role

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
    members = Membership.objects.open().filter(region_id=region_id, disabled_at=None)
    people = User.objects.filter(pk__in=members.values("user_id"), is_active=True)
    return list(people.order_by("name").values_list("pk", "name"))


@dataclass(frozen=True)
class Colleague:
    """Somebody of a region, as the administrator sees them."""

    user_id: UUID
    name: str
    email: str
    roles: tuple[Role, ...]
    disabled_at: datetime | None

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in self.roles]


def everybody(region_id: UUID) -> list[Colleague]:
    """All who have a role in the region, disabled ones too, by name."""
    found: dict[UUID, list[Membership]] = {}
    of_region = Membership.objects.open().filter(region_id=region_id).select_related("user")
    for membership in of_region.order_by("user__name", "user_id"):
        found.setdefault(membership.user_id, []).append(membership)
    return [_colleague(own) for own in found.values()]


def find_colleague(user_id: UUID, region_id: UUID) -> Colleague:
    """Raises `NotInRegion` for a stranger."""
    own = Membership.objects.open().filter(region_id=region_id, user_id=user_id)
    found = list(own.select_related("user"))
    if not found:
        raise NotInRegion(user_id)
    return _colleague(found)


def _colleague(own: list[Membership]) -> Colleague:
    user, has = own[0].user, {membership.role for membership in own}
    roles = tuple(role for role in Role if role in has)
    return Colleague(user.pk, user.name, user.email, roles, own[0].disabled_at)


@dataclass(frozen=True)
class MatrixRow:
    """One right, and for each role whether it has it."""

    label: str
    cells: tuple[tuple[str, bool], ...]


def role_matrix() -> list[MatrixRow]:
    """Which role may do what, in the active language; in the order of the code."""
    return [
        MatrixRow(
            str(PERMISSION_LABELS[right]),
            tuple((str(role.label), right in ROLE_PERMISSIONS[role]) for role in Role),
        )
        for right in Permission
    ]
