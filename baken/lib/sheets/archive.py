"""Opens the zip inside an XLSX or ODS without believing what it says about itself.

Sizes in a zip are claims of its author. So: the number of entries is counted before Python
reads them, the claimed sizes are checked before anything is unpacked, only methods that unpack
in small steps are accepted, and every part is read through a counter.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from baken.lib.sheets.errors import PasswordProtected, TruncatedArchive, UnreadableSheet, ZipBomb
from baken.lib.sheets.sheet import MB, Limits

CHUNK = 65_536
#: A workbook has a dozen parts; each entry costs memory before we can look at it.
MOST_ENTRIES = 2_000
CENTRAL_ENTRY = b"PK\x01\x02"
IS_ENCRYPTED = 0x1

DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    IndexError,
    KeyError,
    OverflowError,
    ValueError,
)


@contextmanager
def as_damaged() -> Iterator[None]:
    """Whatever an archive of nonsense makes Python say is one failure to the user."""
    try:
        yield
    except UnreadableSheet:
        raise
    except DAMAGE as error:
        raise TruncatedArchive from error


class Archive:
    """The parts of one XLSX or ODS file, read in chunks and counted."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        if _count_entries(path) > MOST_ENTRIES:
            raise self._bomb()
        with as_damaged():
            self._zip = zipfile.ZipFile(path)
        self.names = frozenset(self._zip.namelist())
        self._check_claims()

    def size(self, name: str) -> int:
        """The claimed number of bytes of a part, for progress."""
        return self._zip.getinfo(name).file_size

    def chunks(self, name: str, limit: int | None = None) -> Iterator[bytes]:
        """The unpacked bytes of a part, at most ``limit``. Raises ZipBomb or TruncatedArchive."""
        left = self.limits.unpacked_bytes if limit is None else limit
        with as_damaged():
            part = self._zip.open(name)
        with part:
            while True:
                with as_damaged():
                    chunk = part.read(CHUNK)
                if not chunk:
                    return
                left -= len(chunk)
                if left < 0:
                    raise self._bomb()
                yield chunk

    def _check_claims(self) -> None:
        entries = self._zip.infolist()
        if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
            raise PasswordProtected
        if sum(entry.file_size for entry in entries) > self.limits.unpacked_bytes:
            raise self._bomb()
        for entry in entries:
            # bzip2 and lzma unpack whole blocks at once, out of reach of the counter.
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise TruncatedArchive
            if entry.file_size > MB and entry.file_size > self.limits.ratio * entry.compress_size:
                raise self._bomb()

    def _bomb(self) -> ZipBomb:
        return ZipBomb(limit=self.limits.unpacked_bytes // MB)


def _count_entries(path: Path) -> int:
    """An upper bound on what zipfile would load: it insists on this signature for each entry."""
    count, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(MB):
            data = tail + chunk
            count += data.count(CENTRAL_ENTRY)
            tail = data[-3:]
    return count
