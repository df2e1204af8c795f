"""The directory a cluster lives in, and the lock that gives it to one process."""

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from baken.config.cannot_start import CannotStart
from baken.config.home import explained, prepare_home


class AlreadyRunning(CannotStart):
    """Baken draait al op {path} (proces {pid}); stop dat eerst, of kies een andere map met
    BAKEN_HOME."""


def prepare_place(directory: Path, name: str) -> Path:
    """Make the directory ``directory/name``; raises HomeNotWritable or DiskFull."""
    place = prepare_home(prepare_home(directory) / name)
    with explained(place), (place / "lock").open("a"):
        return place


def take_lock(place: Path) -> IO[str]:
    """Hold the cluster for this process; the system lets go when it ends, however it ends."""
    lock = (place / "lock").open("r+", encoding="ascii")
    if not _is_ours(lock):
        pid = lock.read().strip() or "onbekend"
        lock.close()
        raise AlreadyRunning(path=place.parent, pid=pid)
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _is_ours(lock: IO[str]) -> bool:
    """Try for a moment: who only asks whether the lock is held, holds it while asking."""
    for _ in range(10):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(0.01)
    return False
