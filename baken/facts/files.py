"""Where snapshots live on disk, and whether they still are what was frozen."""

import hashlib
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder_of(region_id: UUID, snapshot_id: UUID) -> Path:
    return Path(settings.HOME) / "snapshots" / str(region_id) / str(snapshot_id)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there and has this hash. It is read again only after it was written to: a third
    of a gigabyte takes as long to hash as to count."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return False
    return (
        _remembered(path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) == sha256
    )


@lru_cache(maxsize=512)
def _remembered(path: Path, *_stat: int) -> str:
    return sha256_of(path)
