"""`baken audit …` as an operator types it."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from baken.audit.interface import verify
from baken.audit.models import Entry
from baken.config.checkpoints import NoSigningKey
from baken.config.management.commands import audit as command
from baken.config.management.commands.worker import Notary
from tests.audit.logs import KEY, judged, sealed, tamper, write

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("worker")]


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CHECKPOINT_FOLDERS = [tmp_path / "home", tmp_path / "elsewhere"]
    return settings.CHECKPOINT_FOLDERS


def _said(*words):
    said = StringIO()
    call_command("audit", *words, stdout=said, stderr=StringIO())
    return said.getvalue().splitlines()


def test_audit_verify_says_ok(capsys):
    sealed(1)
    write(1)

    call_command("audit", "verify")

    said, warned = capsys.readouterr()
    lines = said.splitlines()
    assert lines[0].startswith("OK access: ")
    assert ", 1 nog niet verzegeld, kop " in lines[0]
    assert lines[0].endswith(", 0 checkpoints kloppen")
    assert lines[1].startswith("OK security: ")
    assert warned == "Let op: dit is een demo-database.\n"


def test_audit_verify_counts_checkpoints_wherever_they_are(folders):
    sealed(1)
    _said("checkpoint")

    assert len(list(folders[1].glob("*.txt"))) == 2
    assert all(line.endswith(", 1 checkpoints kloppen") for line in _said("verify"))


@pytest.mark.role("superuser")
def test_audit_verify_names_the_first_broken_line():
    sealed(2)
    last = Entry.objects.order_by("-id").first()
    tamper(f"UPDATE audit_entry SET event = 'x' WHERE id = {last.pk}")
    said = StringIO()

    with pytest.raises(CommandError, match="Het logboek klopt niet"):
        call_command("audit", "verify", stdout=said, stderr=StringIO())

    assert said.getvalue().splitlines()[0] == (
        f"FOUT access: gebroken bij regel {last.link.number}"
    )


def test_audit_verify_of_one_stream():
    assert [line[:12] for line in _said("verify", "--stream", "security")] == ["OK security:"]


def test_audit_verify_from_a_checkpoint(folders):
    sealed(1)
    _said("checkpoint")
    [path] = folders[0].glob("access-*.txt")
    sealed(2)

    [line] = _said("verify", "--from", str(path), "--key", KEY.public.hex())

    assert line.startswith(f"OK access: {next(v.links for v in verify())} regels, kop ")


def test_audit_verify_with_a_strange_file_in_a_folder(folders):
    folders[1].mkdir()
    (folders[1] / "access-1.txt").write_text("x")
    said = StringIO()

    with pytest.raises(CommandError, match="Het logboek klopt niet"):
        call_command("audit", "verify", stdout=said, stderr=StringIO())

    assert said.getvalue().startswith(f"FOUT {folders[1]}/access-1.txt: geen checkpoint")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["verify", "--from", "nergens.txt"],
            "Dit is geen checkpoint van deze sleutel: nergens.txt",
        ),
        (["verify", "--key", "xyz"], "Dit is geen checkpoint van deze sleutel: xyz"),
        (["verify", "--witness", "nergens"], "Deze map met checkpoints is niet te lezen: nergens"),
        (["export"], "Zeg waarheen: baken audit export BESTAND."),
        (["export", "/nergens/x"], "/nergens/x: dit bestaat niet."),
    ],
)
def test_what_cannot_be_done_is_said(words, sentence):
    with pytest.raises(CommandError) as refusal:
        _said(*words)

    assert str(refusal.value) == sentence


def test_audit_export_is_judged_by_the_script(folders, tmp_path):
    sealed(3)
    _said("checkpoint")
    [line] = _said("export", str(tmp_path / "log.jsonl"))

    written = int(line.split()[0])
    assert written == Entry.objects.count()
    assert judged(tmp_path / "log.jsonl", *folders)[0] == 0
    assert Entry.objects.order_by("-id").first().event == "log.exported"


def test_audit_export_writes_over_nothing(tmp_path):
    (tmp_path / "log.jsonl").write_text("mine")

    with pytest.raises(CommandError, match="dit bestaat al"):
        _said("export", str(tmp_path / "log.jsonl"))

    assert (tmp_path / "log.jsonl").read_text() == "mine"


def test_audit_key_shows_the_public_half():
    assert _said("key") == [KEY.public.hex()]


def test_without_a_key_nothing_is_signed(settings):
    settings.CHECKPOINT_KEY = b""

    with pytest.raises(CommandError, match="De sleutel waarmee het logboek"):
        _said("checkpoint")
    with pytest.raises(NoSigningKey):
        Notary()


def test_progress_is_told_after_a_second(capsys):
    progress = command._Progress()

    progress.tell(1)
    assert capsys.readouterr().err == ""
    progress.next = time.monotonic()
    progress.tell(20_000)
    assert capsys.readouterr().err == "… regel 20000\n"


def test_worker_signs_when_it_is_due(folders):
    sealed(1)
    notary = Notary()

    notary.look(0.0)
    sealed(1)
    notary.look(1.0)  # too soon to look again

    assert len(list(folders[0].glob("access-*.txt"))) == 1
