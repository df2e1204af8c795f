"""The directory a cluster lives in: may we write there, is there room, does nobody else run it?"""

import errno
import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

from baken.config.cannot_start import CannotStart

LEAST_FREE_BYTES = 200_000_000


class HomeNotWritable(CannotStart):
    """Baken kan niet schrijven in {path}: {reason}; kies een andere map met BAKEN_HOME."""


class DiskFull(CannotStart):
    """De schijf van {path} is vol (nog {free} MB vrij, er is minstens 200 MB nodig); maak ruimte of
    kies een andere map met BAKEN_HOME."""


class AlreadyRunning(CannotStart):
    """Baken draait al op {path} (proces {pid}); stop dat eerst, of kies een andere map met
    BAKEN_HOME."""


def prepare_place(directory: Path, name: str) -> Path:
    """Make the directory ``directory/name``; raises HomeNotWritable or DiskFull."""
    place = directory.resolve() / name
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(place / "lock", "a"):
            return place
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=directory, free=0) from error
        raise HomeNotWritable(path=directory, reason=error.strerror) from error


def take_lock(place: Path) -> IO[str]:
    """Hold the cluster for this process; the system lets go when it ends, however it ends."""
    lock = (place / "lock").open("r+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        pid = lock.read().strip() or "onbekend"
        lock.close()
        raise AlreadyRunning(path=place.parent, pid=pid) from error
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def free_megabytes(place: Path) -> int:
    return shutil.disk_usage(place).free // 1_000_000


def check_space(place: Path) -> None:
    """Refuse before PostgreSQL stops halfway."""
    if shutil.disk_usage(place).free < LEAST_FREE_BYTES:
        raise DiskFull(path=place, free=free_megabytes(place))
