"""Entries, the queue of entries not chained yet, and the links of the chain.

Nothing here is ever changed or deleted; the database refuses it (migration `0002_append_only`).
"""

from django.db import models

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
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class Pending(models.Model):
    """An entry that the sealer has not chained yet; filled by a trigger, emptied by the sealer."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)


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
