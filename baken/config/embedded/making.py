"""Makes a cluster's data directory, once, and checks that an existing one can be used."""

import os
import secrets
import shutil
from pathlib import Path

from baken.config.cannot_start import CannotStart
from baken.config.embedded.binaries import Way, check_way_reaches, explain_failure
from baken.config.home import DiskFull, free_megabytes, sync_folder, write_private

SUPERUSER = "postgres"
# For a small machine; an administrator may edit postgresql.conf in the data directory.
_CONFIGURATION = """
# --- Baken ---
shared_buffers = 128MB
max_connections = 100
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
# A log never holds personal data: no statements, no values of a refused row.
log_min_error_statement = panic
log_error_verbosity = terse
"""
_ACCESS = "# TYPE DATABASE USER ADDRESS METHOD\nhost all all 127.0.0.1/32 scram-sha-256\n"


class OtherVersion(CannotStart):
    """De database in {path} is van PostgreSQL {made} en hier staat versie {found}; wijs met
    BAKEN_PG_BIN een PostgreSQL {made} aan."""


class PasswordLost(CannotStart):
    """Het bestand {path} ontbreekt; zet het terug uit de reservekopie."""


def make_once(place: Path, binaries: Path, way: Way, *, durable: bool) -> None:
    """Make it under another name first: a data directory that exists is complete."""
    if (place / "data").exists():
        return
    # Its own number, because the initdb of a killed Baken may still be writing.
    unfinished, password = place / f"data.unfinished.{os.getpid()}", place / "superuser.password"
    for left in place.glob("data.unfinished*"):
        shutil.rmtree(left, ignore_errors=True)
    write_private(password, secrets.token_urlsafe(24) + "\n")
    way.own(place)
    check_way_reaches(way, password)
    argv = [str(binaries / "initdb"), "-D", str(unfinished), "-U", SUPERUSER, "-E", "UTF8"]
    argv += ["--locale=C.UTF-8", "--data-checksums", "--no-instructions", f"--pwfile={password}"]
    argv += ["--auth=scram-sha-256", *([] if durable else ["--no-sync"])]
    code, output = way.run(argv)
    if code != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise explain_output(place, output) or explain_failure(binaries / "initdb", output)
    configuration = unfinished / "postgresql.conf"
    write_private(configuration, configuration.read_text(encoding="utf-8") + _CONFIGURATION)
    write_private(unfinished / "pg_hba.conf", _ACCESS)
    sync_folder(unfinished)
    unfinished.rename(place / "data")
    sync_folder(place)


def explain_output(place: Path, output: str) -> CannotStart | None:
    """The exception for what PostgreSQL said, when that has a sentence of its own."""
    if "No space left on device" in output:
        return DiskFull(path=place, free=free_megabytes(place))
    return None


def check_complete(place: Path, found: int) -> None:
    """Raise PasswordLost, or OtherVersion when the programs are of version ``found``."""
    if not (place / "superuser.password").exists():
        raise PasswordLost(path=place / "superuser.password")
    made = (place / "data" / "PG_VERSION").read_text(encoding="ascii").strip()
    if made != str(found):
        raise OtherVersion(path=place, made=made, found=found)
