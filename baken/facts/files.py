"""Where snapshots live on disk: sealed, and opened into memory only."""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from baken.vault.interface import About, open_file, seal_file

_BLOCK = 1024 * 1024
# How many opened files a process keeps in memory.
_KEPT = 32


def folder_of(region_id: UUID, snapshot_id: UUID) -> Path:
    return Path(settings.HOME) / "snapshots" / str(region_id) / str(snapshot_id)


def path_of(region_id: UUID, snapshot_id: UUID, name: str) -> Path:
    return folder_of(region_id, snapshot_id) / f"{name}.sealed"


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sealed(content: memoryview, region_id: UUID, snapshot_id: UUID, name: str) -> Path:
    """Seal one fact table under the snapshot key of the installation. Nothing unsealed touches the disk."""
    path = path_of(region_id, snapshot_id, name)
    blocks = (bytes(content[at : at + _BLOCK]) for at in range(0, len(content), _BLOCK))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in seal_file(
            blocks,
            key=settings.SNAPSHOT_KEY,
            key_id=snapshot_id,
            epoch=1,
            about=_about(region_id, snapshot_id, name),
        ):
            file.write(piece)
    return path


class InMemory:
    """A file that has a path and no place on disk; it is gone when nothing holds it any more."""

    def __init__(self, name: str) -> None:
        self._descriptor = os.memfd_create(name)

    @property
    def path(self) -> str:
        return f"/proc/self/fd/{self._descriptor}"

    def fill(self, pieces: Iterator[bytes]) -> None:
        with os.fdopen(os.dup(self._descriptor), "wb") as file:
            for piece in pieces:
                file.write(piece)

    def __del__(self) -> None:
        os.close(self._descriptor)


def open_sealed(region_id: UUID, snapshot_id: UUID, name: str, *, sha256: str) -> InMemory:
    """One fact table, if its file still is what was frozen; remembered until somebody writes to the file.
    Raises `FileNotFoundError`, `ValueError` for another hash, or a `Refused` of the vault."""
    stat = path_of(region_id, snapshot_id, name).stat()
    as_it_is = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return _opened(region_id, snapshot_id, name, sha256, as_it_is)


@lru_cache(maxsize=_KEPT)
def _opened(
    region_id: UUID, snapshot_id: UUID, name: str, sha256: str, _stat: tuple[int, ...]
) -> InMemory:
    path = path_of(region_id, snapshot_id, name)
    if sha256_of(path) != sha256:
        raise ValueError(name)
    opened = InMemory(name)
    with path.open("rb") as file:
        opened.fill(
            open_file(
                iter(lambda: file.read(_BLOCK), b""),
                key=settings.SNAPSHOT_KEY,
                key_id=snapshot_id,
                epoch=1,
                about=_about(region_id, snapshot_id, name),
            )
        )
    return opened


def _about(region_id: UUID, snapshot_id: UUID, name: str) -> About:
    return About("snapshot", name, snapshot_id, region_id, snapshot_id, "facts", 1)
