"""Entries, the queue of entries not chained yet, the links of the chain, and signed checkpoints of it.

Entries, links and checkpoints are never changed or deleted; the database refuses it (migrations
`0002_append_only` and `0004_checkpoints`).
"""

from django.db import models
from django.db.models.functions import Now

from baken.audit.states import Stream


class Entry(models.Model):
    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=16, choices=Stream.choices)
    event = models.CharField(max_length=64)  # "registration.closed"
    actor_kind = models.CharField(max_length=16)  # user, system
    actor_id = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)  # "registration:<uuid>"
    region_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_entry_subject"),
            models.Index(fields=["region_id", "-id"], name="audit_entry_region"),
            models.Index(fields=["actor_id", "-id"], name="audit_entry_actor"),
        ]
        constraints = [
            # An entry of no stream would be in no chain.
            models.CheckConstraint(
                condition=models.Q(stream__in=Stream.values), name="audit_entry_stream"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class Pending(models.Model):
    """An entry that the sealer has not chained yet; filled by a trigger, emptied by the sealer."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    # By the clock of the database: how long it waits is no matter of whose clock is ahead.
    written_at = models.DateTimeField(db_default=Now())


class Link(models.Model):
    """One link of a stream's chain: `head` covers this entry and everything before it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    stream = models.CharField(max_length=16, choices=Stream.choices)
    number = models.BigIntegerField()
    head = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="audit_link_number"),
        ]


class Checkpoint(models.Model):
    """What a stream looked like at a moment, signed: `text` is the whole statement (docs/audit.md)."""

    stream = models.CharField(max_length=16, choices=Stream.choices)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="audit_checkpoint_number"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.number}"


class Place(models.Model):
    """A folder that checkpoints are written to, and whether that worked the last time."""

    path = models.TextField(primary_key=True)
    is_reached = models.BooleanField()
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path
