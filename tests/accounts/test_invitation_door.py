"""The door of somebody who was invited: from the mail to a colleague with a second factor."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import Role, User
from baken.accounts.invitations.actions import Invited, invite, withdraw_invitation
from baken.accounts.invitations.models import Invitation
from baken.audit.interface import SYSTEM
from baken.lib.mail_server import MailServer
from baken.mail.interface import Problem, deliver_mail, due_mails
from baken.mail.models import Mail
from baken.mail.sealing import open_content
from tests.accounts.test_invitations import EMAIL, GIVEN, NEW, PASSPHRASE, SOFIE, other_than
from tests.mail.servers import Mailbox, mail_server
from tests.own_database import connect_to, own_database

__all__ = ["own_database"]
CODE, WORDS = "/uitnodiging/code/", "/uitnodiging/wachtwoordzin/"
BOTH = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture
def issued(administrator):
    cache.clear()
    return invite(invited=SOFIE, by=administrator, now=timezone.now())


@pytest.fixture
def link(issued):
    return link_in(
        open_content(bytes(Mail.objects.get().sealed), issued.invitation.mail_id).text.body
    )


def link_in(body):
    return re.search(r"http://localhost:8001(/uitnodiging/\?sleutel=[\w-]{43})\r?\n", body)[1]


def text_of(response):
    return response.content.decode()


# --- the whole journey, through a real mail server, each process in its own role ---


def test_from_invitation_to_colleague(own_database, settings):
    mailbox, inviter = Mailbox(), Client()
    inviter.force_login(User.objects.get(email="lou@demo.invalid"))
    code = inviter.post(NEW, GIVEN).context["code"]
    with mail_server(mailbox) as port:
        settings.SMTP_SERVER = MailServer("127.0.0.1", port, "none")
        work_as_worker(own_database)
    (mail,) = mailbox.received

    guest = Client()
    assert guest.get(link_in(mail.get_content())).url == CODE
    assert guest.post(CODE, {"code": code}).url == WORDS
    about = text_of(guest.get(WORDS))
    assert "Lou Voorbeeld nodigt u uit voor Utrecht. Uw rol: Casusbehandelaar." in " ".join(
        about.split()
    )
    assert guest.post(WORDS, BOTH).url == reverse("mfa_activate_totp")
    set_up_second_factor(guest)

    assert guest.get("/cijfers/").status_code == 200
    assert EMAIL not in text_of(inviter.get(reverse("invitations:list")))


def work_as_worker(database):
    connect_to(database, "worker")
    for mail_id in due_mails(timezone.now(), most=9):
        assert deliver_mail(mail_id=mail_id, by=SYSTEM, now=timezone.now()) == Problem.NONE
    connect_to(database, "office")


def set_up_second_factor(guest):
    answer = guest.get(reverse("mfa_activate_totp"))
    secret = answer.context["form"].secret
    counter = list(yield_hotp_counters_from_time())[1]
    code = format_hotp_value(hotp_value(secret, counter))
    assert guest.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302


# --- what the pages give away ---


def test_pages_say_nothing_before_the_code(client, link):
    page = text_of(client.get(link, follow=True))

    for word in ("Sofie", EMAIL, "Lou", "Utrecht", "Casusbehandelaar", link[-43:]):
        assert word not in page


def test_link_is_in_no_address_and_kept_by_nobody(client, link):
    opened = client.get(link)

    assert opened["Referrer-Policy"] == "no-referrer"
    for response in (opened, client.get(CODE)):
        assert "no-store" in response["Cache-Control"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM accounts_session")
        assert link[-43:] not in repr(cursor.fetchall())


def test_link_from_a_web_mail_page(client, link):
    """The cookie is strict: the first request leaves it alone, the second comes from ourselves."""
    first = client.get(link, headers={"Sec-Fetch-Site": "cross-site"})

    assert '<meta http-equiv="refresh" content="0">' in text_of(first)
    assert first["Referrer-Policy"] == "no-referrer"
    assert not first.cookies
    assert client.get(link, headers={"Sec-Fetch-Site": "same-origin"}).url == CODE


def test_error_log_holds_no_link(client, link, caplog, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("baken.accounts.invitations.views.door.token_hash", lambda token: 1 / 0)

    assert client.get(link).status_code == 500

    assert "/uitnodiging/" in caplog.text
    assert link[-43:] not in "".join(record.getMessage() for record in caplog.records)


def test_passphrase_page_without_the_code(client, link):
    assert client.get(WORDS).status_code == 410
    client.get(link)

    assert client.get(WORDS).url == CODE
    assert client.post(WORDS, BOTH).url == CODE
    assert not User.objects.filter(email=EMAIL).exists()


def test_right_code_counts_for_its_own_link(client, link, issued, administrator):
    client.get(link)
    client.post(CODE, {"code": issued.code})
    other = Invited("Ander", "ander@meldpunt.invalid", frozenset({Role.AUDITOR}), "nl")
    invite(invited=other, by=administrator, now=timezone.now())
    mail = Mail.objects.order_by("created_at").last()
    client.get(link_in(open_content(bytes(mail.sealed), mail.pk).text.body))

    assert client.get(WORDS).url == CODE


@pytest.mark.parametrize("key", ["", "x", "a" * 43, "a" * 42 + "\n", "../" * 14, "é" * 43])
def test_link_that_opens_nothing(client, db, key):
    response = client.get("/uitnodiging/", {"sleutel": key}, follow=True)

    assert response.status_code == 410
    assert "Deze link werkt niet." in text_of(response)


# --- wrong codes ---


def test_wrong_code_says_how_many_tries_are_left(client, link, issued):
    client.get(link)
    pages = [text_of(client.post(CODE, {"code": other_than(issued.code)})) for _ in range(5)]

    left = [
        re.findall(r"Deze code klopt niet\. U kunt het nog (\d) keer", page)[:1] for page in pages
    ]
    assert left == [["4"], ["3"], ["2"], ["1"], []]
    assert "vijf keer verkeerd" in pages[4]
    assert client.post(CODE, {"code": issued.code}).status_code == 410


@pytest.mark.parametrize("text", ["", "4H7K", "<script>", "x" * 41, "\x00" * 8])
def test_what_is_no_code_costs_no_try(client, link, text):
    client.get(link)

    assert client.post(CODE, {"code": text}).status_code == 200
    assert Invitation.objects.get().wrong_codes == 0


# --- passphrases ---


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "passphrase", "Dit veld is verplicht."),
        ({"passphrase": "kort", "again": "kort"}, "passphrase", "15 tekens"),
        ({"passphrase": "x" * 14, "again": "x" * 14}, "passphrase", "15 tekens"),
        (
            {"passphrase": "yfdbufnjh10305070", "again": "yfdbufnjh10305070"},
            "passphrase",
            "te bekend",
        ),
        ({"passphrase": PASSPHRASE, "again": "iets anders"}, "again", "niet twee keer dezelfde"),
        ({"passphrase": PASSPHRASE}, "again", "Dit veld is verplicht."),
        ({"passphrase": "a" * 201, "again": "a" * 201}, "passphrase", "niet meer dan 200"),
    ],
)
def test_passphrase_that_is_refused(client, link, issued, given, field, sentence):
    client.get(link)
    client.post(CODE, {"code": issued.code})

    response = client.post(WORDS, given)

    assert sentence in " ".join(map(str, response.context["form"].errors[field]))
    assert not User.objects.filter(email=EMAIL).exists()


# --- links that are no longer what they were ---


def test_invitation_used_twice(client, link, issued):
    client.get(link)
    client.post(CODE, {"code": issued.code})
    client.post(WORDS, BOTH)

    again = Client().get(link, follow=True)

    assert again.status_code == 410
    assert "Deze link is al gebruikt." in text_of(again)
    assert client.get(WORDS).status_code == 410


def test_invitation_withdrawn_while_somebody_is_at_it(client, link, issued, administrator):
    client.get(link)
    client.post(CODE, {"code": issued.code})
    pk = issued.invitation.pk
    withdraw_invitation(invitation_id=pk, by=administrator, now=timezone.now())

    response = client.post(WORDS, BOTH)

    assert "Deze link is ingetrokken." in text_of(response)
    assert not User.objects.filter(email=EMAIL).exists()


def test_invitation_that_expired(client, link):
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert "Deze link is verlopen." in text_of(client.get(link, follow=True))


def test_colleague_of_another_region_logs_in_with_their_own_account(administrator, stranger_client):
    invited = Invited("Bo", "bo@demo.invalid", frozenset({Role.ANALYST}), "nl")
    issued = invite(invited=invited, by=administrator, now=timezone.now())
    link = link_in(
        open_content(bytes(Mail.objects.get().sealed), issued.invitation.mail_id).text.body
    )
    guest = Client()
    for client in (guest, stranger_client):
        client.get(link)
        client.post(CODE, {"code": issued.code})

    assert "hoort al een account" in text_of(guest.post(WORDS, BOTH))
    assert stranger_client.post(WORDS).url == reverse("work")

    bo = User.objects.get(email="bo@demo.invalid")
    assert sorted(bo.memberships.values_list("role", flat=True)) == ["analyst", "caseworker"]
