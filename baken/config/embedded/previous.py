"""What an earlier run can leave behind in a cluster, and cleaning it up without touching data.

A killed Baken can leave a running PostgreSQL; a killed PostgreSQL leaves ``postmaster.pid``. The
number in that file may by now belong to a zombie or to quite another program, so we ask the system
who really works in the data directory before we believe it.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from baken.config.cannot_start import CannotStart

_PROC = Path("/proc")


class StuckDatabase(CannotStart):
    """Een eerdere PostgreSQL (proces {pid}) draait nog op {data} en laat zich niet stoppen;
    beëindig dat proces en start opnieuw."""


def clear_previous(data: Path) -> None:
    """End a PostgreSQL that outlived its Baken, and drop a pid file nobody stands behind."""
    pid = read_postmaster_pid(data)
    if pid is None:
        return
    if _is_postmaster(pid, data):
        _end(pid, data)
    # Where we cannot see who works in the directory, PostgreSQL judges its own pid file.
    if (_PROC / "self" / "cwd").exists() and data.stat().st_uid == os.geteuid():
        _wait_until_empty(data)
        (data / "postmaster.pid").unlink(missing_ok=True)


def read_postmaster_pid(data: Path) -> int | None:
    """The process number in ``postmaster.pid``, or None without a readable one."""
    try:
        return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_postmaster(pid: int, data: Path) -> bool:
    """Whether a living process ``pid`` was started to serve ``data``; a zombie has no command."""
    return f"-D {data} " in _command(pid) or _works_in(pid, data)


def _command(pid: int) -> str:
    if not _PROC.joinpath("self").exists():
        listing = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True)
        return listing.stdout.decode("utf-8", "replace")
    try:
        return _PROC.joinpath(str(pid), "cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""


def _works_in(pid: int, data: Path) -> bool:
    """Whether ``pid`` works in ``data``, as every process of a PostgreSQL does."""
    try:
        return os.path.samefile(_PROC / str(pid) / "cwd", data)
    except OSError:
        return False


def _end(pid: int, data: Path) -> None:
    for number, seconds in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 2.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise StuckDatabase(pid=pid, data=data) from error
        if _within(seconds, lambda: not _is_postmaster(pid, data)):
            return
    raise StuckDatabase(pid=pid, data=data)


def _wait_until_empty(data: Path) -> None:
    """Wait for the other processes of a dead PostgreSQL, which notice its death by themselves.

    Dropping the pid file earlier would let two generations write to the same files.
    """
    for entry in _PROC.iterdir():
        pid = int(entry.name) if entry.name.isdecimal() else 0
        if pid and not _within(5.0, lambda pid=pid: not _works_in(pid, data)):  # type: ignore[misc]
            raise StuckDatabase(pid=pid, data=data)


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
