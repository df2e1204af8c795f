"""Finding snapshots and opening them. `open_facts` is the only way to the rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import ibis
from ibis.expr.types import Table

from baken.accounts.interface import Member, NotAllowed, Permission
from baken.facts.files import InMemory, open_sealed
from baken.facts.models import Snapshot
from baken.facts.states import SnapshotState
from baken.vault.interface import Refused

PATIENCE = timedelta(minutes=5)


class SnapshotDamaged(Exception):
    """Deze peildatum is beschadigd: het bestand is niet meer wat er is vastgelegd."""


@dataclass(frozen=True)
class Facts:
    """The fact tables of one snapshot, read in place, with what every figure must name."""

    tables: dict[str, Table]
    files: tuple[InMemory, ...]  # what the tables are read from
    snapshot_id: UUID
    region_name: str
    reference_at: datetime
    schema_version: int


def snapshots(by: Member) -> list[Snapshot]:
    """Every snapshot of the member's region that can be counted, newest first."""
    by.check(Permission.SEE_FIGURES)
    return list(Snapshot.objects.of_region(by.region.pk).ready())


def unfinished_snapshot(by: Member) -> Snapshot | None:
    """The newest snapshot if it is still being made or failed; its progress goes on the page."""
    by.check(Permission.SEE_FIGURES)
    newest = Snapshot.objects.of_region(by.region.pk).order_by("-reference_at", "-id").first()
    return newest if newest and newest.ready_at is None else None


def is_under_way(snapshot: Snapshot | None, now: datetime) -> bool:
    """Whether somebody is still making it. A worker that died with it is waited for no longer than
    `PATIENCE`: then a new one may be asked for."""
    if snapshot is None or snapshot.state in {SnapshotState.FAILED, SnapshotState.READY}:
        return False
    return now - snapshot.reference_at < PATIENCE


def open_facts(snapshot: Snapshot, *, by: Member) -> Facts:
    """Open the rows of one snapshot for counting.

    Checks that the member may see figures of this very region, and that every file still is what the
    manifest says. Raises `NotAllowed` or `SnapshotDamaged`.
    """
    by.check(Permission.SEE_FIGURES)
    if snapshot.region_id != by.region.pk:
        raise NotAllowed(Permission.SEE_FIGURES)
    try:
        files = {
            name: open_sealed(snapshot.region_id, snapshot.pk, name, sha256=entry["sha256"])
            for name, entry in snapshot.manifest.items()
        }
    except (FileNotFoundError, ValueError, Refused) as damage:
        raise SnapshotDamaged(snapshot.pk) from damage
    return Facts(
        tables={name: table_in(file, name) for name, file in files.items()},
        files=tuple(files.values()),
        snapshot_id=snapshot.pk,
        region_name=by.region.name,
        reference_at=snapshot.reference_at,
        schema_version=snapshot.schema_version,
    )


def table_in(file: InMemory, name: str) -> Table:
    """The rows of one opened file, for as long as somebody holds the file."""
    return ibis.duckdb.connect().read_parquet(file.path, table_name=name)
