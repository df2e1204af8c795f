"""Feeds XML to handlers without building a tree.

openpyxl builds a tree per row, odfpy one of the whole document: one row of a million cells, or
one sheet, is then over our memory. Here memory is one chunk and what the handlers keep. expat
itself can be made to grow (entities, depth, ever new names, one endless tag); each is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from baken.lib.sheets.archive import Archive
from baken.lib.sheets.errors import ForbiddenMarkup, TruncatedArchive

DEEPEST = 100
MOST_NAMES = 5_000
#: expat holds on to an unfinished tag or comment.
LONGEST_TOKEN = 1 << 20

Attributes = dict[str, str]


class Markup:
    """One part of an archive, as calls of the handler for the local name of each element."""

    def __init__(
        self,
        starts: Mapping[str, Callable[[Attributes], None]],
        ends: Mapping[str, Callable[[], None]],
        text: Callable[[str], None] | None = None,
    ) -> None:
        self.depth = 0
        self.bytes_read = 0
        self.is_done = False
        self._starts = starts
        self._ends = ends
        self._local: dict[str, str] = {}
        self._names: set[str] = set()
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.CharacterDataHandler = text

    def feed(self, archive: Archive, part: str, limit: int | None = None) -> Iterator[None]:
        """Parse the part; yields after each chunk, so that rows can be taken away.

        A handler sets ``is_done`` to stop. Raises ForbiddenMarkup and what ``Archive`` raises.
        """
        for chunk in archive.chunks(part, limit):
            self._parse(chunk)
            yield
            if self.is_done:
                return
        self._parse(b"", is_final=True)
        yield

    def run(self, archive: Archive, part: str, limit: int | None = None) -> None:
        """Parse the whole part; for small ones."""
        for _chunk in self.feed(archive, part, limit):
            pass

    def _parse(self, chunk: bytes, *, is_final: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_final)
        except (expat.ExpatError, ValueError, IndexError, KeyError) as error:
            raise TruncatedArchive from error
        self.bytes_read += len(chunk)
        is_stuck = self.bytes_read - self._parser.CurrentByteIndex > LONGEST_TOKEN
        if is_stuck or len(self._names) > MOST_NAMES:
            raise ForbiddenMarkup

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ForbiddenMarkup
        local = self._local.get(name)
        if local is None:
            local = self._local[name] = name.rpartition("|")[2]
            self._names.add(name)
        self._names.update(attributes)
        if handle := self._starts.get(local):
            handle(attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if handle := self._ends.get(self._local[name]):
            handle()

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self._names.add(f"{prefix}={uri}")


def _refuse(*_declaration: object) -> None:
    """No spreadsheet declares a DOCTYPE; entity bombs need one."""
    raise ForbiddenMarkup
