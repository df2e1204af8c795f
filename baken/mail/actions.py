"""Asking for a mail, delivering it, and keeping addresses from being mailed."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from baken.audit.interface import Actor, Stream, record
from baken.lib import jobs
from baken.mail.addresses import clean_address
from baken.mail.composing import compose
from baken.mail.delivery import hand_over
from baken.mail.models import Mail, Suppression
from baken.mail.rules import KEEP_TRYING, REMEMBER, WITHOUT_SERVER, is_too_late, wait_after
from baken.mail.sealing import (
    Content,
    Unreadable,
    open_content,
    seal_content,
    suppression_index,
)
from baken.mail.states import FINAL, UNFINISHED, MailState, Problem, SuppressionReason
from baken.mail.texts import Context, render


class NotSuppressed(Exception):
    """Dit adres staat niet op de lijst van adressen die we niet mailen."""


@transaction.atomic
def queue_mail(
    *,
    to: str,
    context: Context,
    language: str,
    by: Actor,
    now: datetime,
    expires_at: datetime | None = None,
) -> UUID:
    """Put a mail in the queue; it leaves after the caller's transaction and not without it.

    It is tried until `expires_at`. Raises `BadAddress`, `NotOurPage`, `NoMailKey`. Whoever asks logs why;
    the queue does not know it.
    """
    mail_id = uuid4()
    content = Content(clean_address(to), render(context, language))
    Mail.objects.create(
        pk=mail_id,
        text=context.text,
        sealed=seal_content(content, mail_id),
        created_at=now,
        next_attempt_at=now,
        expires_at=expires_at or now + KEEP_TRYING,
    )
    jobs.later("mail.deliver", mail_id=str(mail_id))
    return mail_id


@transaction.atomic
def deliver_mail(*, mail_id: UUID, by: Actor, now: datetime) -> Problem | None:
    """One attempt; the problem it met, or None when there was nothing to do.

    **At least once**: a process killed between the server's yes and our commit leaves the mail in the
    queue, and it is sent again, with the same Message-ID. The row is locked meanwhile, so that two
    workers never send the same mail.
    """
    waiting = Mail.objects.select_for_update(skip_locked=True).filter(state__in=UNFINISHED)
    mail = waiting.filter(pk=mail_id).first()
    if mail is None:
        return None
    problem = _attempt(mail, by, now)
    _note(mail, problem, now)
    return problem


def _attempt(mail: Mail, by: Actor, now: datetime) -> Problem:
    if is_too_late(mail.expires_at, now):
        return Problem.TOO_LATE
    try:
        content = open_content(bytes(mail.sealed), mail.pk)
    except Unreadable:
        return Problem.UNREADABLE
    index = suppression_index(content.to)
    if Suppression.objects.filter(index=index).exists():
        return Problem.SUPPRESSED
    problem = hand_over(compose(mail.pk, content.to, content.text, created_at=mail.created_at))
    if problem == Problem.REFUSED:
        _suppress(index, SuppressionReason.BOUNCED, by=by, now=now)
    return problem


def _note(mail: Mail, problem: Problem, now: datetime) -> None:
    """Write down what came of an attempt, and when the next one is."""
    mail.problem = problem
    if problem == Problem.NO_SERVER:
        mail.next_attempt_at = now + WITHOUT_SERVER
    elif problem == Problem.NONE or problem in FINAL:
        _finish(mail, MailState.GIVEN_UP if problem else MailState.SENT, now)
    else:
        mail.state, mail.attempts = MailState.FAILED, mail.attempts + 1
        mail.next_attempt_at = now + wait_after(mail.attempts)
    mail.save()


def _finish(mail: Mail, state: MailState, now: datetime) -> None:
    mail.state, mail.finished_at, mail.sealed = state, now, b""


@transaction.atomic
def cancel_mail(*, mail_id: UUID, by: Actor, now: datetime) -> bool:
    """Take back a mail that has not left yet; whether there was one. Waits for an attempt under way."""
    waiting = Mail.objects.select_for_update().filter(pk=mail_id, state__in=UNFINISHED)
    mail = waiting.first()
    if mail is None:
        return False
    _note(mail, Problem.CANCELLED, now)
    return True


@transaction.atomic
def suppress_address(*, address: str, by: Actor, now: datetime) -> bool:
    """Mail this address no more; False when that was so already. Raises `BadAddress`."""
    return _suppress(suppression_index(address), SuppressionReason.BY_HAND, by=by, now=now)


def _suppress(index: bytes, reason: SuppressionReason, *, by: Actor, now: datetime) -> bool:
    row, is_new = Suppression.objects.get_or_create(
        index=index, defaults={"reason": reason, "created_at": now}
    )
    if is_new:
        record(
            "mail.suppressed",
            actor=by,
            subject=f"suppression:{row.pk}",
            stream=Stream.SECURITY,
            at=now,
            detail={"reason": reason},
        )
    return is_new


@transaction.atomic
def allow_address(*, address: str, by: Actor, now: datetime) -> None:
    """Mail this address again; raises `NotSuppressed`, `BadAddress`."""
    row = Suppression.objects.filter(index=suppression_index(address)).first()
    if row is None:
        raise NotSuppressed
    record(
        "mail.allowed",
        actor=by,
        subject=f"suppression:{row.pk}",
        stream=Stream.SECURITY,
        at=now,
    )
    row.delete()


@transaction.atomic
def forget_mails(*, by: Actor, now: datetime) -> int:
    """Delete the rows of mails that were done long ago; how many."""
    return Mail.objects.filter(finished_at__lt=now - REMEMBER).delete()[0]
