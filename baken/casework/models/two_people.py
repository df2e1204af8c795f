"""What takes two people: asked by one, allowed by another, used once."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from baken.casework.states import ExportReason, RequestKind, RevealReason


class TwoPersonRequest(models.Model):
    """A request to see who reported, or to take the people of many registrations along in one file
    (ASVS 5.0 V2.3.5). The database itself refuses that one person is both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    # Of an export there are many: which, is fixed when it is asked, so that what was allowed is what leaves.
    registration = models.ForeignKey("casework.Registration", models.CASCADE, null=True)
    registration_ids = ArrayField(models.UUIDField(), default=list)
    query = models.CharField(
        max_length=500, blank=True
    )  # the filter they came from, to say what they are
    reason = models.CharField(max_length=24)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField(default=timezone.now)
    allowed_by_id = models.UUIDField(null=True)
    allowed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)  # who asked: withdrawn; somebody else: refused
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_related_name = "requests"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RequestKind.REPORTER, registration__isnull=False)
                | Q(kind=RequestKind.EXPORT, registration__isnull=True),
                name="casework_request_kind",
            ),
            models.CheckConstraint(
                condition=Q(allowed_by_id__isnull=True) | ~Q(allowed_by_id=F("asked_by_id")),
                name="casework_request_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(allowed_by_id__isnull=True, allowed_at__isnull=True)
                | Q(allowed_by_id__isnull=False, allowed_at__isnull=False),
                name="casework_request_allowed_by",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True)
                | Q(allowed_at__isnull=False, ended_at__isnull=True),
                name="casework_request_was_allowed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "asked_at"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="casework_request_open",
            ),
        ]

    def get_reason_display(self) -> str:
        """Reveals and exports have reasons of their own."""
        choices = ExportReason if self.kind == RequestKind.EXPORT else RevealReason
        return str(choices(self.reason).label)
