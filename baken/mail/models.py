"""The queue, and the addresses that are not mailed any more. Neither table holds an address in the clear."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from baken.mail.states import UNFINISHED, MailState, Problem, SuppressionReason

_UNFINISHED = sorted(UNFINISHED)


class Mail(models.Model):
    """One mail to one address. `sealed` (address, subject, body) opens with the worker's key only, and is
    empty once the mail is sent or given up."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    text = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=MailState.choices, default=MailState.WAITING)
    problem = models.CharField(
        max_length=16, choices=Problem.choices, default=Problem.NONE, blank=True
    )
    sealed = models.BinaryField()
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=_UNFINISHED),
                name="mail_mail_due",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state"),
            models.CheckConstraint(condition=Q(problem__in=Problem.values), name="mail_problem"),
            # Whoever has the row of a finished mail has nothing of the mail.
            models.CheckConstraint(
                condition=Q(state__in=_UNFINISHED, finished_at=None)
                | Q(sealed=b"", finished_at__isnull=False),
                name="mail_finished_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"mail:{self.pk}"


class Suppression(models.Model):
    """An address that is not mailed again, as a keyed hash (HMAC) only the worker can make."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    index = models.BinaryField(max_length=32, unique=True)
    reason = models.CharField(max_length=16, choices=SuppressionReason.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values), name="mail_suppression_reason"
            )
        ]

    def __str__(self) -> str:
        return f"suppression:{self.pk}"
