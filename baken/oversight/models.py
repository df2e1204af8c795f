"""Alerts: looks that ask for an explanation, folded per person per day, and every broken glass."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from baken.oversight.states import AlertKind, AlertState, BreakGlassReason, Outcome

_NO_OUTCOME = Q(outcome="", reviewed_at=None, reviewed_by_id=None)
_WITH_OUTCOME = Q(
    outcome__in=Outcome.values, reviewed_at__isnull=False, reviewed_by_id__isnull=False
)


class Alert(models.Model):
    """Holds ids and codes only. While it is open, what the same person does more on that day is added."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, choices=AlertKind.choices)
    user_id = models.UUIDField()
    day = models.DateField()
    looks = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Of a broken glass: what was opened, why, and when it must have been reviewed.
    subject = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=16, choices=BreakGlassReason.choices, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=AlertState.choices, default=AlertState.OPEN)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    reviewed_by_id = models.UUIDField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AlertKind.values), name="oversight_alert_kind"
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.OPEN) & _NO_OUTCOME
                | Q(state=AlertState.REVIEWED) & _WITH_OUTCOME,
                name="oversight_alert_outcome",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=AlertKind.BREAK_GLASS,
                    reason__in=BreakGlassReason.values,
                    due_at__isnull=False,
                )
                & ~Q(subject="")
                | ~Q(kind=AlertKind.BREAK_GLASS) & Q(reason="", subject="", due_at=None),
                name="oversight_alert_glass",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by_id=None) | ~Q(reviewed_by_id=models.F("user_id")),
                name="oversight_alert_not_ones_own",
            ),
            models.UniqueConstraint(
                fields=["region", "kind", "user_id", "day"],
                condition=Q(state=AlertState.OPEN) & ~Q(kind=AlertKind.BREAK_GLASS),
                name="oversight_alert_folded",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "-last_at"], name="oversight_alert_list"),
            models.Index(fields=["user_id", "subject"], name="oversight_alert_glass_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class Watch(models.Model):
    """How far the log was read for alerts: the number of the last link of the stream."""

    stream = models.CharField(primary_key=True, max_length=16)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.stream} {self.number}"
