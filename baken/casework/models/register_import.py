"""A register brought in from a file, and what was remembered from it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from baken.casework.states import ImportState


class RegisterImport(models.Model):
    """One file: uploaded, mapped, checked, imported as a whole or not at all, perhaps undone.

    The file itself lives in `BAKEN_HOME/uploads` until the import ends, then it is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=list)  # header of the file
    mapping = models.JSONField(default=dict)  # field → column, and values → codes
    problems = models.JSONField(default=list)  # first hundred, row and column named
    problem_count = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)  # last sign of life of the import process
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "file_sha256"],
                condition=Q(state=ImportState.IMPORTED),
                name="casework_file_imported_once",
            ),
        ]
        indexes = [models.Index(fields=["region", "-created_at"], name="casework_imports")]


class RememberedValue(models.Model):
    """What a text in a column meant last time, suggested at the next import."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    text = models.CharField(max_length=200)  # folded: lower case, single spaces
    value = models.CharField(max_length=80)  # a code, or the field a column maps to

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "field", "text"], name="casework_remembered"),
        ]
