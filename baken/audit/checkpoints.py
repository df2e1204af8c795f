"""Making checkpoints and bringing them to where an administrator of the database cannot reach them."""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from baken.audit.models import Checkpoint, Link, Place
from baken.audit.statements import NotACheckpoint, Statement, WrongSignature, read_statement
from baken.audit.states import Stream
from baken.vault.interface import KeyPair

EVERY = timedelta(hours=1)
EVERY_ENTRIES = 1000
# A place that was not reached this long does not count.
FORGOTTEN_AFTER = timedelta(hours=3)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """The checkpoints found at one place, and the names of what is there but is none of ours."""

    statements: list[Statement]
    strange: list[str]


@transaction.atomic
def make_checkpoints(
    *, key: KeyPair, now: datetime, every: timedelta = EVERY, every_entries: int = EVERY_ENTRIES
) -> list[Statement]:
    """Sign the newest head of every stream that has grown by so many entries, or has grown at all in
    this time."""
    made = [_due(stream, now, every, every_entries) for stream in Stream.values]
    statements = [statement for statement in made if statement]
    Checkpoint.objects.bulk_create(
        [
            Checkpoint(stream=each.stream, number=each.number, at=now, text=each.signed(key))
            for each in statements
        ],
        ignore_conflicts=True,  # another worker was here first
    )
    return statements


def _due(stream: str, now: datetime, every: timedelta, every_entries: int) -> Statement | None:
    link = Link.objects.filter(stream=stream).order_by("-number").first()
    last = Checkpoint.objects.filter(stream=stream).order_by("-number").first()
    grown = link.number - (last.number if last else 0) if link else 0
    if link is None or grown <= 0:
        return None
    is_time = last is None or abs(now - last.at) >= every
    if grown < every_entries and not is_time:
        return None
    return Statement(stream, link.number, bytes(link.head), now)


def export_checkpoints(folders: Iterable[Path], *, now: datetime) -> None:
    """Write what a folder does not have yet, and note which folders could be reached. One that cannot
    stops no other."""
    wanted = list(folders)
    texts = {_name(row): row.text for row in Checkpoint.objects.order_by("id")}
    for folder in wanted:
        reached = _bring(folder, texts)
        Place.objects.update_or_create(
            path=str(folder), defaults={"is_reached": reached, "tried_at": now}
        )
    Place.objects.exclude(path__in=[str(folder) for folder in wanted]).delete()


def _name(row: Checkpoint) -> str:
    return Statement(row.stream, row.number, b"", row.at).file_name


def _bring(folder: Path, texts: dict[str, str]) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in texts.keys() - set(os.listdir(folder)):
            _write_once(folder / name, texts[name])
    except OSError as problem:
        _log.error("Checkpoints cannot be written to %s: %s", folder, problem.strerror)
        return False
    return True


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all, and never over another."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        if not path.exists():
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def places_reached(*, now: datetime) -> int:
    """How many folders outside the database hold the checkpoints."""
    return Place.objects.filter(is_reached=True, tried_at__gt=now - FORGOTTEN_AFTER).count()


def kept_in_database(public_key: bytes) -> Kept:
    rows = Checkpoint.objects.order_by("id").iterator()
    return _read(((f"tabel, {row}", row.text) for row in rows), public_key)


def kept_in_folder(folder: Path, public_key: bytes) -> Kept:
    """The checkpoints in a folder; raises OSError when it cannot be read."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix == ".txt"]
    return _read(((str(path), path.read_text("utf-8", "replace")) for path in paths), public_key)


def _read(texts: Iterator[tuple[str, str]], public_key: bytes) -> Kept:
    kept = Kept([], [])
    for name, text in texts:
        try:
            kept.statements.append(read_statement(text, public_key=public_key))
        except (NotACheckpoint, WrongSignature):
            kept.strange.append(name)
    return kept
