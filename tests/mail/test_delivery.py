"""From the queue to a real mail server and, when it goes wrong, back to the queue."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.audit.models import Entry
from baken.lib.mail_server import MailServer
from baken.mail.actions import (
    NotSuppressed,
    allow_address,
    cancel_mail,
    deliver_mail,
    forget_mails,
    queue_mail,
    suppress_address,
)
from baken.mail.models import Mail, Suppression
from baken.mail.queries import due_mails, mail_statuses, queue_counts
from baken.mail.sealing import NoMailKey
from baken.mail.states import MailState, Problem
from baken.mail.tasks import deliver_due
from baken.mail.texts import InvitationMail, ProofMail
from tests.mail.servers import free_port, mail_server

NOW = datetime(2024, 7, 1, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TO = "iemand@voorbeeld.invalid"
pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("worker")]


def queue(to=TO, **changes):
    words = {"context": ProofMail(at=NOW), "language": "nl", "by": SYSTEM, "now": NOW}
    return queue_mail(to=to, **{**words, **changes})


def deliver(mail_id, after=0 * MINUTE):
    return deliver_mail(mail_id=mail_id, by=SYSTEM, now=NOW + after)


def test_mail_arrives(smtp):
    mail_id = queue(context=InvitationMail(path="/uitnodiging/?sleutel=abc", until=NOW))

    assert deliver(mail_id) == Problem.NONE

    (message,) = smtp.received
    assert message["To"] == TO
    assert message["Subject"] == "Uw uitnodiging voor Baken"
    assert "http://localhost:8001/uitnodiging/?sleutel=abc" in message.get_content()
    assert Mail.objects.get().state == MailState.SENT


def test_mail_is_sent_once(smtp):
    mail_id = queue()

    assert [deliver(mail_id), deliver(mail_id)] == [Problem.NONE, None]

    assert len(smtp.received) == 1


def test_finished_mail_holds_nothing(smtp):
    mail_id = queue()
    waiting = bytes(Mail.objects.get().sealed)
    deliver(mail_id)

    assert len(waiting) > 1000
    assert bytes(Mail.objects.get().sealed) == b""


def test_greylisting(smtp):
    smtp.answers_to_recipient = ["451 4.7.1 Come back in five minutes"]
    mail_id = queue()

    assert deliver(mail_id) == Problem.DEFERRED
    assert Mail.objects.get().state == MailState.FAILED
    assert due_mails(NOW, most=9) == []

    assert due_mails(NOW + MINUTE, most=9) == [mail_id]
    assert deliver(mail_id, MINUTE) == Problem.NONE
    assert len(smtp.received) == 1
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "550 unknown", "553 bad mailbox"])
def test_refused_address_is_not_mailed_again(smtp, answer):
    smtp.answers_to_recipient = [answer]

    assert deliver(queue()) == Problem.REFUSED
    assert deliver(queue(to=TO.upper())) == Problem.SUPPRESSED

    assert smtp.recipients == [TO]
    assert queue_counts() == [
        (MailState.GIVEN_UP, Problem.REFUSED, 1),
        (MailState.GIVEN_UP, Problem.SUPPRESSED, 1),
    ]
    assert Entry.objects.get(event="mail.suppressed").detail == {"reason": "bounced"}


def test_refused_because_of_us(smtp):
    """ "Relaying denied" says nothing about the address: somebody has to look at the mail server."""
    smtp.answers_to_recipient = ["550 5.7.1 Relaying denied"]
    mail_id = queue()

    assert deliver(mail_id) == Problem.NOT_WELCOME

    assert Suppression.objects.count() == 0
    assert mail_statuses([mail_id])[mail_id].state == MailState.FAILED


@pytest.mark.parametrize(
    ("answer", "problem", "state"),
    [
        ("451 4.3.0 Try again", Problem.DEFERRED, MailState.FAILED),
        ("554 5.6.0 Not like this", Problem.NOT_ACCEPTED, MailState.GIVEN_UP),
        ("554 5.7.1 Blocked, see our site", Problem.NOT_WELCOME, MailState.FAILED),
    ],
)
def test_refused_message(smtp, answer, problem, state):
    smtp.answers_to_message = [answer]

    assert deliver(queue()) == problem

    assert Mail.objects.get().state == state
    assert Suppression.objects.count() == 0


def test_server_that_was_down(mailbox, settings):
    port = free_port()
    settings.SMTP_SERVER = MailServer("127.0.0.1", port, "none")
    mail_id = queue()

    assert deliver(mail_id) == Problem.UNREACHABLE
    with mail_server(mailbox, port):
        assert deliver(mail_id, MINUTE) == Problem.NONE

    assert len(mailbox.received) == 1


def test_server_that_is_down_for_days(settings):
    settings.SMTP_SERVER = MailServer("127.0.0.1", free_port(), "none")
    mail_id, waited = queue(), []
    mail = Mail.objects.get()
    while mail.state != MailState.GIVEN_UP:
        moment = mail.next_attempt_at
        deliver(mail_id, moment - NOW)
        mail.refresh_from_db()
        waited.append((mail.next_attempt_at - moment) // MINUTE)

    assert waited[:8] == [1, 5, 15, 60, 120, 240, 240, 240]
    assert mail.problem == Problem.TOO_LATE
    assert timedelta(days=5) <= mail.finished_at - NOW <= timedelta(days=5, hours=4)


def test_mail_with_a_link_that_no_longer_works(smtp):
    mail_id = queue(expires_at=NOW + MINUTE)

    assert deliver(mail_id, MINUTE) == Problem.TOO_LATE

    assert smtp.received == []


def test_without_server_mail_waits(settings):
    settings.SMTP_SERVER = None
    mail_id = queue()

    assert deliver(mail_id) == Problem.NO_SERVER

    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert mail_statuses([mail_id])[mail_id].words == (
        "Wacht op verzending: Er is geen mailserver ingesteld"
    )


def test_demo_writes_to_a_folder(settings, tmp_path):
    settings.SMTP_SERVER, settings.DEMO, settings.HOME = None, True, tmp_path
    mail_id = queue()

    assert deliver(mail_id) == Problem.NONE

    file = tmp_path / "outbox" / f"{mail_id}.eml"
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"Subject: Proefmail van Baken\r\n" in file.read_bytes()


def test_killed_between_yes_and_commit(smtp):
    """At least once: the same mail again, and a mail program recognises it."""
    mail_id = queue()

    _deliver_without_commit(mail_id)
    assert due_mails(NOW, most=9) == [mail_id]
    deliver(mail_id)

    first, second = (message["Message-ID"] for message in smtp.received)
    assert first == second == f"<{mail_id}@localhost.localdomain>"


def _deliver_without_commit(mail_id):
    with transaction.atomic():
        deliver(mail_id)
        transaction.set_rollback(True)


def test_cancelled_mail(smtp):
    mail_id = queue()

    assert cancel_mail(mail_id=mail_id, by=SYSTEM, now=NOW)
    assert not cancel_mail(mail_id=mail_id, by=SYSTEM, now=NOW)

    assert deliver(mail_id) is None
    assert smtp.received == []


def test_address_suppressed_by_hand_and_allowed_again(smtp):
    assert suppress_address(address="Iemand@Voorbeeld.invalid", by=SYSTEM, now=NOW)
    assert not suppress_address(address=TO, by=SYSTEM, now=NOW)
    assert deliver(queue()) == Problem.SUPPRESSED

    allow_address(address=TO, by=SYSTEM, now=NOW)

    assert deliver(queue()) == Problem.NONE
    with pytest.raises(NotSuppressed):
        allow_address(address=TO, by=SYSTEM, now=NOW)


def test_mails_done_long_ago_are_forgotten(smtp):
    deliver(queue())
    queue()

    assert forget_mails(by=SYSTEM, now=NOW + timedelta(days=90)) == 0
    assert forget_mails(by=SYSTEM, now=NOW + timedelta(days=91)) == 1
    assert Mail.objects.get().state == MailState.WAITING


def test_job_says_nothing_but_an_id():
    mail_id = queue()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'mail.deliver'")
        ((arguments,),) = cursor.fetchall()
    assert json.loads(arguments) == {"mail_id": str(mail_id)}


def test_tables_hold_no_address_and_no_link(smtp):
    queue(context=InvitationMail(path="/uitnodiging/?sleutel=Geheim1", until=NOW))
    suppress_address(address="weg@voorbeeld.invalid", by=SYSTEM, now=NOW)

    with connection.cursor() as cursor:
        dump = []
        for table in ("mail_mail", "mail_suppression", "procrastinate_jobs", "audit_entry"):
            cursor.execute(f"SELECT t::text, encode(t::text::bytea, 'escape') FROM {table} t")
            dump += [repr(row) for row in cursor.fetchall()]

    text = "".join(dump).lower()
    for needle in ("voorbeeld", "geheim1", "iemand@"):
        assert needle not in text
        assert needle.encode().hex() not in text


@pytest.mark.role("office")
def test_office_asks_and_cannot_read_back(settings):
    settings.MAIL_KEY = b""
    mail_id = queue()

    with pytest.raises(NoMailKey):
        deliver(mail_id)
    with pytest.raises(NoMailKey):
        suppress_address(address=TO, by=SYSTEM, now=NOW)


def test_process_without_any_key_cannot_ask(settings):
    settings.MAIL_PUBLIC_KEY = b""

    with pytest.raises(NoMailKey):
        queue()


def test_mail_sealed_for_another_worker(smtp, settings):
    mail_id = queue()
    settings.MAIL_KEY = bytes(32)

    assert deliver(mail_id) == Problem.UNREADABLE


def test_mail_moved_into_the_row_of_another(smtp):
    """Whoever can write in the table cannot send one person's mail to another."""
    moved = Mail.objects.get(pk=queue()).sealed
    mail_id = queue(to="ander@voorbeeld.invalid")
    Mail.objects.filter(pk=mail_id).update(sealed=moved)

    assert deliver(mail_id) == Problem.UNREADABLE


def test_due_mails_are_sent_by_the_minute(smtp):
    for _ in range(3):
        queue(now=timezone.now() - MINUTE, expires_at=timezone.now() + MINUTE)

    deliver_due(0)

    assert len(smtp.received) == 3


def test_without_server_one_attempt_is_enough(settings):
    settings.SMTP_SERVER = None
    for _ in range(3):
        queue(now=timezone.now() - MINUTE, expires_at=timezone.now() + MINUTE)

    deliver_due(0)

    assert [number for _, _, number in queue_counts()] == [2, 1]
