"""The member: who is acting, for which region, with which rights. Every action takes one as `by`."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from baken.accounts.models import Membership, User
from baken.accounts.permissions import Permission, Role, permissions_of
from baken.audit.interface import SYSTEM, Actor
from baken.keys.interface import Keyring, NotUnlocked
from baken.organisations.interface import Region


class NotAllowed(Exception):
    """Dit mag u niet met uw rol."""


class NotInRegion(Exception):
    """Dit bestaat niet, of niet in uw regio."""


@dataclass(frozen=True)
class Member:
    """A person (or the system) acting in one region."""

    user_id: UUID | None
    name: str
    region: Region
    roles: frozenset[Role]
    permissions: frozenset[Permission]
    # What the passphrase opened, for who is logged in; nothing for the system.
    keyring: Keyring | None = field(default=None, repr=False, compare=False)

    @property
    def keys(self) -> Keyring:
        """The unlocked keys. Raises `NotUnlocked` for the system, and without a passphrase."""
        if self.keyring is None:
            raise NotUnlocked
        return self.keyring

    @property
    def has_seat(self) -> bool:
        """Whether they can open what a team of their region sealed."""
        return self.keyring is not None and bool(self.keyring.team_keys(self.region.pk))

    @property
    def actor(self) -> Actor:
        return Actor("user", str(self.user_id), self.name) if self.user_id else SYSTEM

    @property
    def author_id(self) -> UUID:
        """Whose own drafts and views these are; the system has some too."""
        return self.user_id or UUID(int=0)

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    def check(self, permission: Permission) -> None:
        """Raise `NotAllowed` unless the member's roles give this right."""
        if not self.can(permission):
            raise NotAllowed(permission)


def system_member(region: Region) -> Member:
    """The command line and background jobs: every right, audited as the system user."""
    return Member(None, SYSTEM.label, region, frozenset(), frozenset(Permission))


def memberships_of(user: User, today: date) -> list[Membership]:
    """Memberships that hold today, in order of region; at most one query."""
    if user.known_memberships is None:
        own = Membership.objects.filter(user=user).valid_on(today).select_related("region")
        return sorted(own, key=_by_region)
    valid = (each for each in user.known_memberships if each.is_valid_on(today))
    return sorted(valid, key=_by_region)


def regions_of(user: User, today: date) -> list[Region]:
    """The regions somebody works for today, by name."""
    return list(dict.fromkeys(m.region for m in memberships_of(user, today)))


def _by_region(membership: Membership) -> tuple[str, str]:
    return membership.region.name, membership.role


def member_for(
    user: User,
    memberships: list[Membership],
    region_id: UUID | None,
    keyring: Keyring | None = None,
) -> Member | None:
    """The member in the chosen region, or in the first one; None for somebody without any."""
    if not memberships:
        return None
    chosen = next((m for m in memberships if m.region_id == region_id), memberships[0])
    roles = frozenset(Role(m.role) for m in memberships if m.region_id == chosen.region_id)
    return Member(user.pk, user.name, chosen.region, roles, permissions_of(roles), keyring)
