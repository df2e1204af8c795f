"""Users and their memberships: user × region × role × dates."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from baken.accounts.permissions import Role


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
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Membership(models.Model):
    """One role of one user in one region. `valid_to` is the first day it no longer holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

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
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)
