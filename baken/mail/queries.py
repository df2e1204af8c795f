"""Reads over the queue. None of them opens a mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from baken.mail.models import Mail
from baken.mail.states import UNFINISHED, MailState, Problem


@dataclass(frozen=True)
class MailStatus:
    """How it goes with one mail."""

    state: MailState
    problem: Problem

    @property
    def words(self) -> str:
        """For a screen, in the reader's language."""
        state = str(self.state.label)
        return f"{state}: {self.problem.label}" if self.problem else state


def mail_statuses(mail_ids: Collection[UUID]) -> dict[UUID, MailStatus]:
    """By id; a mail that is done long ago is not among them."""
    rows = Mail.objects.filter(pk__in=mail_ids).values_list("pk", "state", "problem")
    return {pk: MailStatus(MailState(state), Problem(problem)) for pk, state, problem in rows}


def queue_counts() -> list[tuple[MailState, Problem, int]]:
    """How many mails are in which state, with which problem."""
    groups = Mail.objects.values("state", "problem").annotate(number=Count("pk"))
    rows = groups.order_by("state", "problem").values_list("state", "problem", "number")
    return [(MailState(state), Problem(problem), number) for state, problem, number in rows]


def due_mails(now: datetime, *, most: int) -> list[UUID]:
    """The mails whose turn it is, longest waiting first."""
    due = Mail.objects.filter(state__in=UNFINISHED, next_attempt_at__lte=now)
    return list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:most])
