"""What somebody is filling in, sealed to its author until it is registered."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """One half-filled form of one author. `registration` is set when it edits an existing one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    author_id = models.UUIDField()
    registration = models.ForeignKey(
        "casework.Registration", models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    # Field name → values, exactly as the form posts them: JSON, sealed with a key of the author alone.
    sealed = models.BinaryField(default=bytes)
    # Set when the draft became a registration: a second submit finds it instead of registering twice.
    became = models.ForeignKey(
        "casework.Registration", models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            # Without those that became a registration, of which there will be thousands.
            models.Index(
                fields=["region", "author_id", "-saved_at"],
                condition=models.Q(became__isnull=True),
                name="casework_own_drafts",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author_id", "registration"],
                condition=models.Q(became__isnull=True),
                name="casework_one_draft_each",
            )
        ]
