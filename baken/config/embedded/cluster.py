"""One embedded PostgreSQL cluster: made once, started, watched, stopped.

A cluster lives in ``directory/name``: ``data`` (PostgreSQL's own), ``superuser.password`` (0600),
``postgres.log`` (of the last start) and ``lock`` (held by the process that runs the cluster). It
listens on 127.0.0.1 only, on a port chosen at each start, and asks every role for its password.
"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

from baken.config.cannot_start import CannotStart
from baken.config.embedded.binaries import (
    Way,
    check_way_reaches,
    choose_way,
    find_binaries,
    major_version,
)
from baken.config.embedded.making import SUPERUSER, check_complete, explain_output, make_once
from baken.config.embedded.place import prepare_place, take_lock
from baken.config.embedded.previous import clear_previous
from baken.config.guard import Guard, guard, uninterrupted
from baken.config.home import check_space, explained

_ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # its path has room for 107 bytes only
    "logging_collector": "off",
    # Said here and not only in postgresql.conf: no statement and no value reaches a log, whoever edits that.
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests: what is committed may be lost when the machine stops.
_FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseBroken(CannotStart):
    """De database in {path} start niet: {reason} Kijk in {log}."""


class _TryAgain(Exception):
    """The port was taken, or an earlier PostgreSQL is still on its way out."""


@dataclass
class Cluster:
    """A running cluster. ``recovered`` tells that it had been stopped without warning before."""

    name: str
    directory: Path
    port: int
    password: str
    recovered: bool
    process: subprocess.Popen[bytes]
    _guard: Guard
    _lock: IO[str]
    _owner: int = field(default_factory=os.getpid)

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "postgres.log"

    def superuser_url(self, database: str = "postgres") -> str:
        return self.url(SUPERUSER, self.password, database)

    def url(self, role: str, password: str, database: str) -> str:
        """The address under which ``role`` reaches ``database`` here."""
        return f"postgresql://{role}:{quote(password)}@127.0.0.1:{self.port}/{quote(database)}"

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Stop cleanly, or at once when that takes longer than ten seconds. Twice does no harm."""
        # A forked child inherits this object but not the right to stop its parent's database.
        if self._lock.closed or self._owner != os.getpid():
            return
        atexit.unregister(self.stop)
        _stop_process(self.process)
        self._guard.dismiss()
        self._lock.close()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_cluster(
    directory: Path,
    name: str,
    *,
    durable: bool = True,
    settings: Mapping[str, str] | None = None,
) -> Cluster:
    """Start the cluster ``name`` under ``directory``, made first when there is none.

    With ``durable=False`` a machine that stops may lose what was committed: for tests only.
    ``settings`` are further PostgreSQL settings for this start. Raises a CannotStart.
    """
    binaries, way = find_binaries(), choose_way()
    check_way_reaches(way, binaries / "postgres")
    version = major_version(binaries)
    place = prepare_place(directory, name)
    lock = take_lock(place)
    try:
        check_space(place)
        with explained(place):
            make_once(place, binaries, way, durable=durable)
            check_complete(place, version)
            way.own(place)
            clear_previous(place / "data")
            chosen = _ALWAYS | ({} if durable else _FLEETING) | dict(settings or {})
            return _start(place, binaries, way, chosen, lock)
    except BaseException:
        lock.close()
        raise


def _start(
    place: Path, binaries: Path, way: Way, settings: Mapping[str, str], lock: IO[str]
) -> Cluster:
    """Start, for five seconds again where the cause goes away by itself.

    Another program can take the port we chose, and a PostgreSQL that was killed can stay in the
    process table for seconds.
    """
    deadline = time.monotonic() + 5.0
    while True:
        port = _free_port()
        argv = [str(binaries / "postgres"), "-D", str(place / "data"), "-p", str(port)]
        argv += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        try:
            process, watch = _launch(place, way, argv)
            break
        except _TryAgain as error:
            if time.monotonic() > deadline:
                raise _broken(place) from error
        time.sleep(0.2)
    cluster = _cluster(place, port, process, watch, lock)
    atexit.register(cluster.stop)
    return cluster


def _launch(place: Path, way: Way, argv: list[str]) -> tuple[subprocess.Popen[bytes], Guard]:
    """A PostgreSQL that is ready, or none: whatever happens in between ends it again."""
    with contextlib.ExitStack() as undo:
        with uninterrupted(), open(place / "postgres.log", "wb") as log:
            process = way.popen(argv, log)
            undo.callback(_stop_process, process)
            watch = guard(process.pid, signal.SIGINT)
            undo.callback(watch.dismiss)
        _wait_until_ready(process, place)
        undo.pop_all()
    return process, watch


def _cluster(
    place: Path, port: int, process: subprocess.Popen[bytes], watch: Guard, lock: IO[str]
) -> Cluster:
    log = (place / "postgres.log").read_text(encoding="utf-8", errors="replace")
    recovered = "was not properly shut down" in log or "was interrupted" in log
    password = (place / "superuser.password").read_text(encoding="ascii").strip()
    return Cluster(place.name, place, port, password, recovered, process, watch, lock)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], place: Path) -> None:
    """Wait for PostgreSQL's own word in its pid file; recovery after a crash may take minutes."""
    deadline = time.monotonic() + 600.0
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise _why_it_ended(place)
        if _status(place / "data" / "postmaster.pid", process.pid) == "ready":
            return
        time.sleep(0.01)
    raise _broken(place)


def _status(file: Path, pid: int) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return lines[7].strip() if len(lines) > 7 and lines[0] == str(pid) else ""


def _why_it_ended(place: Path) -> Exception:
    log = (place / "postgres.log").read_text(encoding="utf-8", errors="replace")
    passing = ("Address already in use", '"postmaster.pid" already exists', "is still in use")
    if any(words in log for words in passing):
        return _TryAgain()
    return explain_output(place, log) or _broken(place)


def _broken(place: Path) -> DatabaseBroken:
    log = place / "postgres.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line] or lines or ["?"]
    reason = fatal[-1].split(": ", 1)[-1].strip().rstrip(".") + "."
    return DatabaseBroken(path=place, reason=reason, log=log)


def _stop_process(process: subprocess.Popen[bytes]) -> None:
    """Fast (roll back what is open), then immediate (recover at the next start), then hard."""
    for number, seconds in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
