"""Filling, sealing and signing a log, and somebody with all the power of the database."""

import importlib.util
import io
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path

from django.db import connection

from baken.audit.interface import SYSTEM, Stream, export_log, make_checkpoints, record, seal
from baken.vault.interface import derived_signing_key
from tests.factories import NOW

# The key of `tests.settings`.
KEY = derived_signing_key(bytes(range(32)))
SCRIPT = Path(__file__).parents[2] / "tools" / "verify_audit.py"


def write(count, stream=Stream.ACCESS, event="thing.done"):
    for number in range(count):
        record(
            event, actor=SYSTEM, at=NOW + timedelta(seconds=number), subject=f"thing:{number}",
            stream=stream, detail={"number": number},
        )  # fmt: skip


def sealed(count):
    write(count)
    while seal():
        pass


def signed(now=NOW):
    """Checkpoints of the newest heads."""
    return make_checkpoints(key=KEY, now=now, every=timedelta(0))


def tamper(sql):
    """Run SQL in the test's own transaction with the triggers and foreign keys asleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


def export_to(path):
    with path.open("w", encoding="utf-8") as file:
        export_log(file)
    return path


def _script():
    spec = importlib.util.spec_from_file_location("verify_audit", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


def judged(export, *folders, key=KEY.public):
    """What the script says of this export: (exit code, lines)."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = script.main(str(export), key.hex(), *map(str, folders))
    return code, said.getvalue().splitlines()
