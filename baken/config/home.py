"""The folder everything of an installation lives in (BAKEN_HOME): may we write, is there room?"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from baken.config.cannot_start import CannotStart
from baken.lib.os_errors import reason_of

LEAST_FREE_BYTES = 200_000_000


class HomeNotWritable(CannotStart):
    """Baken kan niet schrijven in {path}: {reason}; kies een andere map met BAKEN_HOME."""


class DiskFull(CannotStart):
    """De schijf van {path} is vol (nog {free} MB vrij, er is minstens 200 MB nodig); maak ruimte of
    kies een andere map met BAKEN_HOME."""


def prepare_home(home: Path) -> Path:
    """Make ``home`` for its owner alone; raises HomeNotWritable, DiskFull."""
    with explained(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return home.resolve()


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says about writing to ``path`` into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=path, free=free_megabytes(path)) from error
        raise HomeNotWritable(path=path, reason=reason_of(error)) from error


def free_megabytes(path: Path) -> int:
    """Room on the disk of ``path``, or of the nearest folder above it that exists."""
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free // 1_000_000


def check_space(path: Path) -> None:
    """Refuse before PostgreSQL stops halfway; raises DiskFull."""
    if shutil.disk_usage(path).free < LEAST_FREE_BYTES:
        raise DiskFull(path=path, free=free_megabytes(path))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that what was named or renamed in ``folder`` survives a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
