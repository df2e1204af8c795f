"""Adding colleagues, changing what they may do, letting them out; choosing a region."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from baken.accounts.members import Member, NotInRegion, memberships_of
from baken.accounts.models import Membership, User
from baken.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from baken.accounts.sessions import end_sessions_of
from baken.accounts.teams.actions import leave_teams
from baken.audit.interface import Actor, Stream, record
from baken.keys.interface import TurnReason
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region


class AlreadyMember(Exception):
    """Deze collega heeft deze rol al in deze regio."""


class OwnRights(Exception):
    """Uw eigen rollen en toegang wijzigt u niet zelf. Vraag het een andere beheerder."""


class LastAdministrator(Exception):
    """Dit is de laatste functioneel beheerder van de regio. Geef eerst een collega die rol."""


class NoRole(Exception):
    """Kies ten minste één rol. Mag deze collega er niet meer in? Sluit dan de toegang af."""


class AlreadyDisabled(Exception):
    """De toegang van deze collega is al afgesloten."""


class NotDisabled(Exception):
    """De toegang van deze collega is niet afgesloten."""


@transaction.atomic
def add_colleague(
    *, email: str, name: str, role: Role, passphrase: str, by: Member, now: datetime
) -> User:
    """Give somebody a role in the member's region; make the user if the address is new.

    The second factor is set up by its owner, at the first log-in.
    """
    by.check(Permission.MANAGE_COLLEAGUES)
    user, _is_new = User.objects.get_or_create(
        email=email.lower(),
        defaults={"name": name, "password": make_password(passphrase), "created_at": now},
    )
    try:
        with transaction.atomic():
            Membership.objects.create(
                user=user, region=by.region, role=role, valid_from=timezone.localdate(now)
            )
    except IntegrityError:
        raise AlreadyMember(role) from None
    _let_in_or_out(user)
    record(
        "member.added",
        actor=by.actor,
        subject=f"user:{user.pk}",
        region=by.region.pk,
        stream=Stream.SECURITY,
        at=now,
        detail={"role": role},
    )
    return user


def actor_of(user: User) -> Actor:
    return Actor("user", str(user.pk), user.name)


def record_for(user: User, event: str, *, now: datetime) -> None:
    """An entry about somebody's own account, in the log of each region they work for.

    Must not run inside the scope of a region: it opens one itself.
    """
    regions = Membership.objects.open().filter(user=user).values_list("region_id", flat=True)
    for region_id in regions.distinct().order_by("region_id"):
        with region_scope(region_id):
            record(
                event,
                actor=actor_of(user),
                subject=f"user:{user.pk}",
                region=region_id,
                stream=Stream.SECURITY,
                at=now,
            )


@transaction.atomic
def change_roles(*, user_id: UUID, roles: frozenset[Role], by: Member, now: datetime) -> None:
    """Give a colleague exactly these roles in the member's region. Ends the colleague's sessions: what
    somebody may do is settled at log-in. Raises `LastSeat` when nobody else could open what the team has."""
    user, own = _colleague(user_id, by)
    if not roles:
        raise NoRole
    if Role.ADMINISTRATOR not in roles:
        _check_another_administrator(user, by.region)
    had = {Role(membership.role): membership for membership in own}
    for role in sorted(had.keys() - roles):
        end_membership(membership=had[role], by=by, now=now)
    for role in sorted(roles - had.keys()):
        _begin_membership(user, role, disabled_at=own[0].disabled_at, by=by, now=now)
    if not any(Permission.SEE_REGISTRATIONS in ROLE_PERMISSIONS[role] for role in roles):
        leave_teams(user_id=user_id, reason=TurnReason.ROLE, by=by, now=now)
    end_sessions_of(user)


@transaction.atomic
def end_membership(*, membership: Membership, by: Member, now: datetime) -> None:
    """Take one role away. What else goes with it belongs here; `change_roles` guards who may ask."""
    by.check(Permission.MANAGE_COLLEAGUES)
    membership.valid_to = max(timezone.localdate(now), membership.valid_from)
    membership.save(update_fields=["valid_to"])
    _record("member.ended", membership.user_id, by, now, role=membership.role)


@transaction.atomic
def disable_colleague(*, user_id: UUID, by: Member, now: datetime) -> None:
    """Close the member's region to a colleague, who is out at the next request. The roles stay written
    down for when the colleague is enabled again. Without another region there is no log-in either. Teams
    turn their keys, so that a copy of the old ones opens nothing that comes next."""
    user, own = _colleague(user_id, by)
    if own[0].disabled_at:
        raise AlreadyDisabled
    _check_another_administrator(user, by.region)
    _set_disabled(user, by, now)
    leave_teams(user_id=user_id, reason=TurnReason.LEAVER, by=by, now=now, keeps_last=True)
    end_sessions_of(user)
    _record("member.disabled", user.pk, by, now)


@transaction.atomic
def enable_colleague(*, user_id: UUID, by: Member, now: datetime) -> None:
    """Open the member's region again to a colleague, with the roles of before."""
    user, own = _colleague(user_id, by)
    if not own[0].disabled_at:
        raise NotDisabled
    _set_disabled(user, by, None)
    _record("member.enabled", user.pk, by, now)


def _colleague(user_id: UUID, by: Member) -> tuple[User, list[Membership]]:
    """Somebody else of the member's region, with the open memberships there, locked until the end of
    the action."""
    by.check(Permission.MANAGE_COLLEAGUES)
    if user_id == by.user_id:
        raise OwnRights
    of_region = Membership.objects.open().filter(region=by.region).order_by("pk")
    # Every row of the region: two administrators who disable each other do so one after the other.
    own = [m for m in of_region.select_for_update() if m.user_id == user_id]
    if not own:
        raise NotInRegion(user_id)
    return User.objects.get(pk=user_id), own


def _check_another_administrator(user: User, region: Region) -> None:
    """Raise `LastAdministrator` when nobody else could let people in."""
    others = Membership.objects.open().filter(region=region, disabled_at=None)
    administrators = others.filter(role=Role.ADMINISTRATOR)
    if administrators.exists() and not administrators.exclude(user=user).exists():
        raise LastAdministrator


def _begin_membership(
    user: User, role: Role, *, disabled_at: datetime | None, by: Member, now: datetime
) -> None:
    Membership.objects.create(
        user=user,
        region=by.region,
        role=role,
        valid_from=timezone.localdate(now),
        disabled_at=disabled_at,
    )
    _record("member.added", user.pk, by, now, role=role)


def _set_disabled(user: User, by: Member, disabled_at: datetime | None) -> None:
    own = Membership.objects.open().filter(user=user, region=by.region)
    own.update(disabled_at=disabled_at)
    _let_in_or_out(user)


def _let_in_or_out(user: User) -> None:
    """Only who has a role somewhere that is not disabled gets past the log-in."""
    user.is_active = Membership.objects.open().filter(user=user, disabled_at=None).exists()
    user.save(update_fields=["is_active"])


def _record(event: str, user_id: UUID, by: Member, now: datetime, **detail: str) -> None:
    record(
        event,
        actor=by.actor,
        subject=f"user:{user_id}",
        region=by.region.pk,
        stream=Stream.SECURITY,
        at=now,
        detail=detail,
    )


def choose_region(*, region_id: UUID, by: User, now: datetime) -> Region:
    """The region somebody works for from now on. Raises `NotInRegion` without a membership there.

    Must not run inside the scope of another region.
    """
    own = memberships_of(by, timezone.localdate(now))
    region = next((m.region for m in own if m.region_id == region_id), None)
    if region is None:
        raise NotInRegion(region_id)
    with region_scope(region.pk):
        record("region.chosen", actor=actor_of(by), region=region.pk, at=now)
    return region
