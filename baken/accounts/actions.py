"""Adding colleagues."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from baken.accounts.members import Member
from baken.accounts.models import Membership, User
from baken.accounts.permissions import Permission, Role
from baken.audit.interface import Actor, Stream, record
from baken.lib.tenancy import region_scope


class AlreadyMember(Exception):
    """Deze collega heeft deze rol al in deze regio."""


@transaction.atomic
def add_colleague(
    *, email: str, name: str, role: Role, passphrase: str, by: Member, now: datetime
) -> User:
    """Give somebody a role in the member's region; make the user if the address is new.

    The second factor is set up by its owner, at the first log-in.
    """
    by.check(Permission.MANAGE_REGION)
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


def record_for(user: User, event: str, *, now: datetime) -> None:
    """An entry about somebody's own account, in the log of each region they work for.

    Must not run inside the scope of a region: it opens one itself.
    """
    actor = Actor("user", str(user.pk))
    regions = Membership.objects.open().filter(user=user).values_list("region_id", flat=True)
    for region_id in regions.distinct().order_by("region_id"):
        with region_scope(region_id):
            record(
                event,
                actor=actor,
                subject=f"user:{user.pk}",
                region=region_id,
                stream=Stream.SECURITY,
                at=now,
            )
