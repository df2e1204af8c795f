"""`baken mail` on the command line, and which process is told what."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from baken.config.embedded import Urls
from baken.config.processes import Installation, environment
from baken.vault.interface import derived_key_pair

worker = pytest.mark.role("worker")
in_database = pytest.mark.usefixtures("db")


def baken(*words):
    out = io.StringIO()
    call_command("mail", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


@worker
@in_database
def test_proof_mail(smtp):
    assert baken("test", "iemand@voorbeeld.invalid", "--language", "en") == "Verzonden."

    assert [mail["Subject"] for mail in smtp.received] == ["Test mail from Baken"]
    assert baken("queue") == "1  Verzonden"


@worker
@in_database
def test_proof_mail_that_is_refused(smtp):
    smtp.answers_to_recipient = ["550 5.1.1 No such user"]

    with pytest.raises(CommandError, match=r"De mailserver weigert dit adres\."):
        baken("test", "iemand@voorbeeld.invalid")

    assert baken("queue") == "1  Niet verzonden (De mailserver weigert dit adres)"


@worker
@in_database
def test_without_mail_server_in_a_demo(settings):
    settings.SMTP_SERVER = None

    assert "outbox" in baken("test", "iemand@voorbeeld.invalid")


@worker
@in_database
def test_addresses_by_hand():
    assert baken("suppress", "iemand@voorbeeld.invalid") == "Dit adres mailen we niet meer."
    assert baken("suppress", "iemand@voorbeeld.invalid") == "Dat was al zo."
    assert baken("allow", "iemand@voorbeeld.invalid") == "Dit adres mailen we weer."
    with pytest.raises(CommandError, match="staat niet op de lijst"):
        baken("allow", "iemand@voorbeeld.invalid")
    with pytest.raises(CommandError, match="geen e-mailadres"):
        baken("test", "iemand@\nvoorbeeld.invalid")


@in_database
def test_public_half_of_the_key(settings):
    assert bytes.fromhex(baken("key")) == derived_key_pair(settings.MAIL_KEY).public


# --- which process is told what ---

SECRETS = ("BAKEN_KEY_MAIL", "BAKEN_MAIL_PUBLIC_KEY", "BAKEN_SMTP_URL")


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("worker", SECRETS),
        ("office", ("BAKEN_MAIL_PUBLIC_KEY",)),
        ("owner", ("BAKEN_MAIL_PUBLIC_KEY",)),
        ("public", ()),
    ],
)
def test_only_the_worker_opens_the_queue(tmp_path, monkeypatch, site, told):
    monkeypatch.setenv("BAKEN_SMTP_URL", "smtp://ik:geheim@mail.voorbeeld.invalid")
    monkeypatch.setenv("BAKEN_KEY_MAIL", "00")
    monkeypatch.delenv("BAKEN_MAIL_PUBLIC_KEY")
    house = Installation(Path(tmp_path), Urls(*[""] * 7), 8000, 8001)

    given = environment(site, house)

    assert tuple(name for name in SECRETS if name in given) == told
    assert ("geheim" in repr(given)) is (site == "worker")


def test_key_of_the_worker_stays_the_same(tmp_path):
    house = Installation(Path(tmp_path), Urls(*[""] * 7), 8000, 8001)

    one, other = (environment("worker", house) for _ in range(2))

    assert one == other
    pair = derived_key_pair(bytes.fromhex(one["BAKEN_KEY_MAIL"]))
    assert pair.public.hex() == environment("office", house)["BAKEN_MAIL_PUBLIC_KEY"]
