"""What somebody typed about a registration: sealed, each in the compartment it belongs to.

Nothing here is readable in the database. Coded facts stand in `registration.py`, in the clear by decision.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from baken.casework.states import IdentityKind


class _Sealed(models.Model):
    """A row of one registration with something sealed in it; it goes with the registration."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    registration = models.ForeignKey("casework.Registration", models.CASCADE, db_index=False)
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class Summary(_Sealed):
    """What the report is about, in words: one per registration. `version` counts how often it was
    written, and is sealed with it."""

    version = models.PositiveIntegerField(default=1)
    changed_by_id = models.UUIDField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_related_name = "summaries"
        constraints = [
            models.UniqueConstraint(fields=["registration"], name="casework_one_summary"),
        ]


class Note(_Sealed):
    """A note to the registration. Never changed: who was wrong writes another one."""

    author_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_related_name = "notes"
        indexes = [models.Index(fields=["registration", "at"], name="casework_notes")]


class Identity(_Sealed):
    """One thing that tells who somebody is: of a subject, or of the reporter when there is no subject.
    `index` finds the same phone number, address, plate or document again without opening anything."""

    subject = models.ForeignKey(
        "casework.Subject", models.CASCADE, null=True, related_name="identities"
    )
    kind = models.CharField(max_length=12, choices=IdentityKind.choices)
    index = models.BinaryField(null=True)  # never of a reporter: the radar does not look at them
    added_by_id = models.UUIDField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_related_name = "identities"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=IdentityKind.values), name="casework_identity_kind"
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(index__isnull=True),
                name="casework_reporter_is_not_indexed",
            ),
        ]
        indexes = [
            models.Index(fields=["registration"], name="casework_identities"),
            models.Index(
                fields=["region", "kind", "index"],
                condition=Q(index__isnull=False),
                name="casework_identity_index",
            ),
        ]


class MatchKey(models.Model):
    """A keyed hash of combined attributes of one subject, by which the same person is found again under
    another spelling. `kind` says which attributes, for the explanation."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    registration = models.ForeignKey("casework.Registration", models.CASCADE)
    subject = models.ForeignKey("casework.Subject", models.CASCADE, related_name="match_keys")
    kind = models.CharField(max_length=24)
    index = models.BinaryField()

    class Meta:
        default_related_name = "match_keys"
        indexes = [models.Index(fields=["region", "index"], name="casework_match_key")]
