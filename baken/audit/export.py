"""The log as a file that needs no Baken to be read: one JSON object a line, as docs/audit.md says."""

from collections.abc import Iterable
from typing import IO

from baken.audit.reading import chained
from baken.audit.rules import canonical
from baken.audit.states import Stream


def export_log(file: IO[str], *, streams: Iterable[str] = tuple(Stream.values)) -> int:
    """Every chained entry with its number and head, stream after stream. Returns how many."""
    written = 0
    for stream in streams:
        for link in chained(stream):
            line = canonical({"head": link.head.hex(), "number": link.number, "stream": stream})
            file.write(f'{{"entry":{link.entry or "null"},{line[1:]}\n')
            written += 1
    return written
