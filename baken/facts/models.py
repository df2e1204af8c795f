"""Snapshots: one per region and reference date. The rows themselves are Parquet files on disk."""

from uuid import UUID, uuid4

from django.db import models

from baken.facts.states import SnapshotState


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def of_region(self, region_id: UUID) -> "SnapshotQuerySet":
        return self.filter(region_id=region_id)

    def ready(self) -> "SnapshotQuerySet":
        """Snapshots that can be counted, newest first."""
        return self.filter(state=SnapshotState.READY).order_by("-reference_at", "-id")


class Snapshot(models.Model):
    """What was known at `reference_at`. Never changed once ready."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=SnapshotState.choices, default=SnapshotState.REQUESTED
    )
    reference_at = models.DateTimeField()  # the peildatum, to the second
    schema_version = models.PositiveSmallIntegerField()
    manifest = models.JSONField(default=dict)  # per fact table: rows, SHA-256 of its file
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    created_by_id = models.UUIDField(null=True)
    ready_at = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "-reference_at"], name="facts_by_reference")]
        constraints = [
            models.CheckConstraint(
                name="facts_ready_has_manifest",
                condition=~models.Q(state=SnapshotState.READY) | models.Q(ready_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.reference_at:%Y-%m-%d %H:%M}"
