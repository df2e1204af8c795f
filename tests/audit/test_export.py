"""The log as a file, judged by the script that knows nothing of Baken."""

import json

import pytest

from baken.audit.interface import export_checkpoints, verify
from baken.audit.models import Link
from tests.audit.logs import KEY, export_to, judged, sealed, signed, tamper
from tests.factories import NOW

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("worker")]


@pytest.fixture
def kept(tmp_path):
    """A log of some entries, its checkpoints in a folder."""
    sealed(5)
    signed()
    export_checkpoints([tmp_path / "kept"], now=NOW)
    return tmp_path / "kept"


@pytest.fixture
def export(kept, tmp_path):
    return export_to(tmp_path / "log.jsonl")


def _change(export, change):
    lines = [json.loads(line) for line in export.read_text().splitlines()]
    lines = change(lines)
    export.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_script_says_what_verify_says(export, kept):
    code, lines = judged(export, kept)

    said = [
        f"OK {v.stream}: {v.links} entries, head {v.head}, 1 checkpoints agree" for v in verify()
    ]
    assert (code, lines) == (0, said)


def test_line_is_what_the_page_about_it_says(export):
    line = json.loads(export.read_text().splitlines()[0])

    assert list(line) == ["entry", "head", "number", "stream"]
    assert sorted(line["entry"]) == [
        "actor", "at", "detail", "event", "id", "region", "stream", "subject",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda lines: [{**lines[0], "entry": {**lines[0]["entry"], "event": "x"}}, *lines[1:]], 1),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
        (lambda lines: [lines[0], lines[0], *lines[1:]], 2),
        (lambda lines: [{**lines[0], "entry": None}, *lines[1:]], 1),
    ],
    ids=["edited", "first gone", "second gone", "swapped", "twice", "entry gone"],
)
def test_script_finds(export, kept, change, number):
    _change(export, change)

    code, lines = judged(export, kept)

    assert (code, lines[0]) == (1, f"FOUT access: {number}")


def test_script_finds_the_end_cut_off(export, kept):
    links = Link.objects.filter(stream="access").count()
    _change(
        export, lambda lines: [x for x in lines if x["stream"] != "access" or x["number"] < links]
    )

    assert judged(export)[0] == 0  # without checkpoints nobody can tell
    assert judged(export, kept)[1][0] == f"FOUT access: {links}"


def test_script_finds_a_stream_gone(export, kept):
    _change(export, lambda lines: [line for line in lines if line["stream"] == "security"])

    assert judged(export, kept)[1][-1] == "FOUT access: 1"


@pytest.mark.role("superuser")
def test_script_finds_everything_rewritten(export, kept, tmp_path):
    tamper(
        "UPDATE audit_entry SET event = 'thing.never' WHERE stream = 'access'; "
        "DELETE FROM audit_link; INSERT INTO audit_pending (entry_id) SELECT id FROM audit_entry"
    )
    sealed(0)
    rewritten = export_to(tmp_path / "rewritten.jsonl")

    links = Link.objects.filter(stream="access").count()
    assert judged(rewritten)[0] == 0
    assert judged(rewritten, kept)[1][0] == f"FOUT access: {links}"


def test_script_refuses_a_checkpoint_of_another_key(export, kept):
    [path] = kept.glob("access-*.txt")
    path.write_text(path.read_text().replace("number ", "number 1"))

    code, lines = judged(export, kept)

    assert (code, lines[0]) == (1, f"FOUT {path}: no checkpoint of this key")


def test_script_with_another_public_key(export, kept):
    other = KEY.public[:1] + bytes(32)

    assert judged(export, kept, key=other)[0] == 1


def test_script_on_nothing(tmp_path):
    (tmp_path / "empty.jsonl").touch()

    assert judged(tmp_path / "empty.jsonl") == (1, [""])
