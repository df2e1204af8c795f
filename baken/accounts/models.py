"""Users, their memberships (user × region × role × dates) and their sessions."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from baken.accounts.invitations.models import Invitation
from baken.accounts.permissions import Role

__all__ = ["Invitation", "Membership", "Session", "User"]


class UserManager(BaseUserManager["User"]):
    """What Django's authentication needs to find a user by e-mail address."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A colleague. The e-mail address is the log-in name; rights come from memberships only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    # All memberships, past ones too, when they were read with the user; for one request.
    known_memberships: "list[Membership] | None" = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: object) -> "MembershipQuerySet":
        lasts = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        return self.filter(lasts, valid_from__lte=day, disabled_at=None)

    def open(self) -> "MembershipQuerySet":
        """Without an end, disabled or not: what a colleague's roles are."""
        return self.filter(valid_to=None)


class Membership(models.Model):
    """One role of one user in one region. `valid_to` is the first day it no longer holds; while
    `disabled_at` is filled it gives nothing, and it can be enabled again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region", "role"],
                condition=Q(valid_to__isnull=True),
                name="accounts_one_open_membership",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_membership_dates",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="accounts_membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    def is_valid_on(self, day: date) -> bool:
        """As `valid_on`, for one that was read already."""
        lasts = self.valid_to is None or self.valid_to > day
        return lasts and self.valid_from <= day and self.disabled_at is None


class Session(models.Model):
    """A log-in, or the beginning of one (`user` is empty then).

    `key_hash` is the SHA-256 of the cookie in hex. The cookie itself is stored nowhere, so a stolen
    table opens no session.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    data = models.TextField()
    # The keys that the passphrase opened, sealed under a secret that only the cookie yields.
    keys = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at}"
