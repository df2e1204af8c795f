"""Public halves in the clear, everything else sealed. Nothing here opens without a passphrase, two recovery
shares, or both a team key and the keystore."""

from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from baken.keys.states import Compartment, Ground, Purpose, TurnReason


class UserKey(models.Model):
    """A colleague's key pair. The private halves open with the passphrase and the pepper only; a new
    passphrase without the old one makes a new pair, which opens nothing until a colleague gives it a seat."""

    user_id = models.UUIDField(primary_key=True)
    public = models.BinaryField()
    signing_public = models.BinaryField()
    sealed_private = models.BinaryField()
    sealed_signing = models.BinaryField()
    salt = models.BinaryField()
    cost = models.BinaryField()  # `vault.PassphraseCost`
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.user_id)


class RegionRecovery(models.Model):
    """The region's recovery key pair, of which two of three printed shares together open the private half.

    While `sealed_previous` is filled it waits: the private half of the one in use, sealed to this one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    public = models.BinaryField()
    sealed = models.JSONField()  # "1-2", "1-3", "2-3" → the private half, in hexadecimal
    made_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(null=True)  # when two shares were typed back
    sealed_previous = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "edition"], name="keys_recovery_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.edition}"


class TeamEpoch(models.Model):
    """A team's key pair for a period: a new one whenever somebody leaves. Older ones only open."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    team = models.ForeignKey("organisations.Team", models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField()
    public = models.BinaryField()
    sealed_to_recovery = models.BinaryField()
    reason = models.CharField(max_length=12, choices=TurnReason.choices)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="keys_epoch_number"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.number}"


class Seat(models.Model):
    """What lets one colleague open the keys of one epoch of a team: its private half, sealed to them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    epoch = models.ForeignKey(TeamEpoch, models.CASCADE, related_name="seats")
    user_id = models.UUIDField()
    sealed = models.BinaryField()
    given_by = models.UUIDField(null=True)  # None: the system, when the epoch was made
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "user_id"], name="keys_one_seat_each"),
        ]
        indexes = [models.Index(fields=["user_id"], name="keys_seats_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.epoch_id}"


class Container(models.Model):
    """The key of one compartment of one protected aggregate: sealed under the team's key and then under
    its own shred key, which is in the keystore."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    epoch = models.ForeignKey(TeamEpoch, models.PROTECT, related_name="containers")
    owner_id = models.UUIDField()  # the registration, person, dossier; the region for its index key
    compartment = models.CharField(max_length=12, choices=Compartment.choices)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "compartment"], name="keys_one_container"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.compartment}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def of_region(self, region_id: UUID) -> "GrantQuerySet":
        return self.filter(region_id=region_id)

    def valid_on(self, day: date) -> "GrantQuerySet":
        """`ends_on` is the last day."""
        return self.filter(withdrawn_at=None, ends_on__gte=day)


class Grant(models.Model):
    """A compartment shared with another team: the container's key sealed to that team, signed by who did."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    container = models.ForeignKey(Container, models.CASCADE, related_name="grants")
    epoch = models.ForeignKey(TeamEpoch, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    ground = models.CharField(max_length=12, choices=Ground.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    ends_on = models.DateField()
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    signature = models.BinaryField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="keys_grant_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.container_id} {self.epoch_id}"
