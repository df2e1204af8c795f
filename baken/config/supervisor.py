"""Runs Baken's processes together: starts them, shows their output, stops them all when one ends.

Children run in sessions of their own, so Ctrl-C in the terminal reaches only this process, which
then stops them in order: last started, first stopped. When this process is killed without warning,
a guard ends them.
"""

import collections
import contextlib
import http.client
import io
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType
from urllib.parse import urlsplit

from baken.config.cannot_start import CannotStart
from baken.config.embedded import Cluster
from baken.config.guard import STOPS, Guard, guard, uninterrupted
from baken.config.steps import Steps
from baken.lib.os_errors import reason_of

TERM_SECONDS = 10.0
READY_SECONDS = 60.0
_LAST_LINES = 12


class PortBusy(CannotStart):
    """Poort {port} is al in gebruik door een ander programma; kies een andere met bijvoorbeeld
    {variable}={other}."""


class PortNotAllowed(CannotStart):
    """Poort {port} mag deze gebruiker niet openen ({reason}); kies een andere met bijvoorbeeld
    {variable}={other}."""


class ProgramMissing(CannotStart):
    """Het proces {name} start niet: {program} kan niet worden uitgevoerd ({reason})."""


class ProcessEnded(CannotStart):
    """Het proces {name} is onverwacht gestopt ({how}); daarom is alles gestopt. Laatste regels:
    {lines}"""


class NotReady(CannotStart):
    """Het proces {name} gaf binnen {seconds} seconden geen antwoord op {url}. Laatste regels:
    {lines}"""


class StopAsked(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


@dataclass(frozen=True)
class Process:
    """A program to run. It is ready once ``ready_url`` answers 200; without one, once started."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    ready_url: str | None = None


@dataclass
class _Child:
    process: Process
    popen: subprocess.Popen[str]
    guard: Guard
    reader: threading.Thread | None = None
    last_lines: collections.deque[str] = field(
        default_factory=lambda: collections.deque(maxlen=_LAST_LINES)
    )


class Supervisor:
    """What runs, in the order it was started. Make one with ``supervision``."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self._children: list[_Child] = []
        self._clusters: list[Cluster] = []
        self._stack = contextlib.ExitStack()

    def own(self, cluster: Cluster) -> Cluster:
        """Stop ``cluster`` with everything else, and notice when it ends by itself."""
        self._clusters.append(cluster)
        self._stack.callback(self._stop, f"PostgreSQL ({cluster.name})", cluster.stop)
        return cluster

    def on_stop(self, action: Callable[[], None]) -> None:
        """Run ``action`` while stopping, after what is started later has stopped."""
        self._stack.callback(action)

    def start(self, process: Process) -> int:
        """Start ``process`` and show its output under its name; returns its process number."""
        with uninterrupted():
            child = _spawn(process)
            self._children.append(child)
            self._stack.callback(self._stop, process.name, lambda: _end(child))
        child.reader = threading.Thread(target=self._relay, args=[child], daemon=True)
        child.reader.start()
        return child.popen.pid

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until every process with a ``ready_url`` answers; raises NotReady, ProcessEnded."""
        deadline = time.monotonic() + seconds
        for child in self._children:
            url = child.process.ready_url
            while url and not _answers(url):
                self.check()
                if time.monotonic() > deadline:
                    lines = "\n" + "\n".join(child.last_lines)
                    raise NotReady(
                        name=child.process.name, seconds=round(seconds), url=url, lines=lines
                    )
                time.sleep(0.05)

    def check(self) -> None:
        """Raise ProcessEnded when one of the processes or clusters has ended by itself."""
        for child in self._children:
            code = child.popen.poll()
            if code is not None:
                if child.reader:
                    child.reader.join(1.0)
                raise _ended(child.process.name, code, child.last_lines)
        for cluster in self._clusters:
            if not cluster.is_alive():
                lines = cluster.log.read_text(encoding="utf-8", errors="replace").splitlines()
                code = cluster.process.returncode
                raise _ended(f"PostgreSQL ({cluster.name})", code, lines[-_LAST_LINES:])

    def watch(self) -> None:
        """Stay until somebody asks to stop (StopAsked) or a process ends (ProcessEnded)."""
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, last started first."""
        self._stack.close()

    def _stop(self, name: str, action: Callable[[], None]) -> None:
        began = time.monotonic()
        action()
        self.steps.say(f"  {name} gestopt … {time.monotonic() - began:.1f} s")

    def _relay(self, child: _Child) -> None:
        with child.popen.stdout or io.StringIO() as output:
            for line in output:
                child.last_lines.append(line.rstrip())
                self.steps.say(f"{child.process.name:>7} | {line.rstrip()}")


@contextlib.contextmanager
def supervision(steps: Steps) -> Iterator[Supervisor]:
    """Run the block under a supervisor; leaving it stops everything.

    A request to stop (Ctrl-C, SIGTERM, SIGHUP) ends the block quietly, wherever it is. A second one
    while stopping is ignored: PostgreSQL gets the seconds it needs.
    """
    supervisor = Supervisor(steps)
    before = {number: signal.getsignal(number) for number in STOPS}
    for number, handler in before.items():
        if number != signal.SIGHUP or handler != signal.SIG_IGN:  # as nohup asks
            signal.signal(number, _ask_to_stop)
    try:
        yield supervisor
    except StopAsked:
        steps.say()
        steps.say("Baken stopt.")
    finally:
        _ignore_stops()
        try:
            supervisor.stop()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def say_ready(steps: Steps, public_url: str, office_url: str) -> None:
    """The line people and scripts wait for."""
    steps.say(f"READY public={public_url} office={office_url}")


def check_port_free(port: int, variable: str) -> None:
    """Raise PortBusy when somebody listens on ``port``; ``variable`` is what moves it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise PortNotAllowed(
                port=port, reason=reason_of(error), variable=variable, other=8000 + port
            ) from error
        except OSError as error:
            other = port + 10 if port < 65_000 else port - 10
            raise PortBusy(port=port, variable=variable, other=other) from error


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_stops()
    raise StopAsked


def _ignore_stops() -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


def _spawn(process: Process) -> _Child:
    try:
        popen = subprocess.Popen(
            process.argv,
            env={"PYTHONUNBUFFERED": "1", **process.env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramMissing(
            name=process.name, program=process.argv[0], reason=reason_of(error)
        ) from error
    return _Child(process, popen, guard(popen.pid, signal.SIGTERM))


def _end(child: _Child) -> None:
    """Ask the child to stop; after ten seconds end it without asking, and all it left behind."""
    child.popen.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.popen.wait(TERM_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.popen.pid, signal.SIGKILL)
    child.popen.wait()
    child.guard.dismiss()
    if child.reader:
        child.reader.join(1.0)


def _ended(name: str, code: int, lines: Iterable[str]) -> ProcessEnded:
    how = f"code {code}" if code >= 0 else f"signaal {signal.Signals(-code).name}"
    return ProcessEnded(name=name, how=how, lines="\n" + "\n".join(lines))


def _answers(url: str) -> bool:
    """Whether ``url`` gives 200, asked directly: a proxy from the environment is not for us."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5.0)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
