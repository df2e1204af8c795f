"""Whether the log still is what it was: the chain recomputed, and compared with signed checkpoints.

The chain alone shows a careless change. Who rewrites everything with hashes that fit, or cuts off the end,
is found by a checkpoint that was kept elsewhere (docs/audit.md).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from baken.audit.models import Entry, Link, Pending
from baken.audit.reading import Chained, chained
from baken.audit.rules import START, head, leaf_of_text
from baken.audit.statements import Statement
from baken.audit.states import Stream

_TELL_EVERY = 20_000


@dataclass(frozen=True)
class Verdict:
    """Outcome of checking one stream: how many links hold, how many checkpoints agree with them, and the
    number of the first entry that does not hold."""

    stream: str
    links: int
    waiting: int
    head: str
    agreeing: int = 0
    broken_at: int | None = None
    by_checkpoint: bool = False  # the chain fits together, but is not the one that was signed

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def verify(
    checkpoints: Iterable[Statement] = (),
    *,
    streams: Iterable[str] = tuple(Stream.values),
    start: Statement | None = None,
    tell: Callable[[int], None] = lambda _number: None,
) -> list[Verdict]:
    """Recompute every chain from its first entry, or from `start` on; one verdict per stream.

    `tell` hears how far it is, now and then.
    """
    known = list(checkpoints) + ([start] if start else [])
    return [
        _verify_stream(
            stream,
            [each for each in known if each.stream == stream],
            start if start and start.stream == stream else None,
            tell,
        )
        for stream in streams
    ]


class _Broken(Exception):
    def __init__(self, number: int, *, by_checkpoint: bool = False) -> None:
        super().__init__(number)
        self.number, self.by_checkpoint = number, by_checkpoint


def _verify_stream(
    stream: str, checkpoints: list[Statement], start: Statement | None, tell: Callable[[int], None]
) -> Verdict:
    signed: dict[int, set[bytes]] = {}
    for each in checkpoints:
        signed.setdefault(each.number, set()).add(each.head)
    number, current = begin = (start.number, start.head) if start else (0, START)
    try:
        if start:
            _check_begin(start)
        for number, current in _walk(stream, *begin, signed):  # noqa: B007  the last one is needed
            if number % _TELL_EVERY == 0:
                tell(number)
        _check_end(stream, number, signed)
    except _Broken as found:
        return Verdict(
            stream, number, 0, "", broken_at=found.number, by_checkpoint=found.by_checkpoint
        )
    waiting = Pending.objects.filter(entry__stream=stream).count()
    return Verdict(stream, number, waiting, current.hex(), _agreeing(checkpoints, start))


def _agreeing(checkpoints: list[Statement], start: Statement | None) -> int:
    """Those before the start were not looked at; a signed one counts once, wherever it is kept."""
    return len({each for each in checkpoints if start is None or each.number >= start.number})


def _check_begin(start: Statement) -> None:
    found = Link.objects.filter(stream=start.stream, number=start.number).first()
    if start.number and (found is None or bytes(found.head) != start.head):
        raise _Broken(start.number, by_checkpoint=True)


def _walk(
    stream: str, number: int, current: bytes, signed: dict[int, set[bytes]]
) -> Iterator[tuple[int, bytes]]:
    for link in chained(stream, after=number or None):
        number += 1
        current = _next(stream, number, current, link)
        if not signed.get(number, set()) <= {current}:
            raise _Broken(number, by_checkpoint=True)
        yield number, current


def _next(stream: str, number: int, current: bytes, link: Chained) -> bytes:
    """The head after this link; raises when the link or its entry is not what it should be."""
    if link.entry is None or link.number != number or link.stream != stream:
        raise _Broken(number)
    following = head(current, leaf_of_text(link.entry))
    if following != link.head:
        raise _Broken(number)
    return following


def _check_end(stream: str, links: int, signed: dict[int, set[bytes]]) -> None:
    """Something signed that is gone, or an entry that is neither chained nor waiting."""
    if any(number > links for number in signed):
        raise _Broken(links + 1, by_checkpoint=True)
    if Entry.objects.filter(stream=stream, link=None, pending=None).exists():
        raise _Broken(links + 1)
