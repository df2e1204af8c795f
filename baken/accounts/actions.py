"""Adding colleagues."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from baken.accounts.members import Member
from baken.accounts.models import Membership, User
from baken.accounts.permissions import Permission, Role
from baken.audit.interface import Stream, record


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
