"""Jobs of mail, run by the worker: the only process with the key that opens the queue."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from baken.audit.interface import SYSTEM
from baken.mail.actions import deliver_mail, forget_mails
from baken.mail.queries import due_mails
from baken.mail.states import Problem

# A minute's work; with more waiting, the next minute goes on.
_MOST = 200
# The next mail would meet it too: do not keep the server, or ourselves, busy with it.
_MEETS_ALL = {Problem.NO_SERVER, Problem.UNREACHABLE, Problem.NOT_SECURE}


@app.task(name="mail.deliver", queue="mail")
def deliver(mail_id: str) -> None:
    """The first attempt, as soon as whoever asked for the mail has committed."""
    deliver_mail(mail_id=UUID(mail_id), by=SYSTEM, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="mail.deliver_due", queue="mail")
def deliver_due(timestamp: int) -> None:
    """Every later attempt, and the first of a mail whose job was lost with its worker."""
    for mail_id in due_mails(timezone.now(), most=_MOST):
        if deliver_mail(mail_id=mail_id, by=SYSTEM, now=timezone.now()) in _MEETS_ALL:
            break


@app.periodic(cron="50 2 * * *")
@app.task(name="mail.forget", queue="mail")
def forget(timestamp: int) -> None:
    forget_mails(by=SYSTEM, now=timezone.now())
