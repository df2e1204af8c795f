"""Making snapshots."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F

from baken.accounts.interface import Member, Permission
from baken.audit.interface import SYSTEM, record
from baken.facts.files import folder_of
from baken.facts.freezing import read_rows, write_table
from baken.facts.models import Snapshot
from baken.facts.sources import SCHEMA_VERSION, Rows, sources
from baken.facts.states import SnapshotState
from baken.lib import jobs
from baken.lib.tenancy import region_scope


class AlreadyFrozen(Exception):
    """Deze peildatum is al vastgelegd."""


@transaction.atomic
def request_snapshot(*, by: Member, now: datetime) -> Snapshot:
    """Ask the worker to freeze the region as it is; the page shows the progress."""
    by.check(Permission.FREEZE)
    return request_freeze(by=by, now=now)


def request_freeze(*, by: Member, now: datetime) -> Snapshot:
    """As `request_snapshot`, for what follows from something else a member did: an import."""
    snapshot = _new_snapshot(by=by, now=now)
    jobs.later("facts.freeze", snapshot_id=str(snapshot.pk), region_id=str(snapshot.region_id))
    return snapshot


def freeze_now(*, by: Member, now: datetime) -> Snapshot:
    """Freeze in this process: the command line, the demo, the nightly run. Never inside a request."""
    with region_scope(by.region.pk):
        snapshot = _new_snapshot(by=by, now=now)
    return freeze(snapshot.pk, region_id=by.region.pk, now=now)


def freeze(snapshot_id: UUID, *, region_id: UUID, now: datetime) -> Snapshot:
    """Write the fact tables of a requested snapshot and mark it ready, or failed."""
    try:
        rows = _read_all(snapshot_id, region_id, now)
        manifest = _write_all(snapshot_id, region_id, rows)
        return _finish(snapshot_id, region_id, manifest, now)
    except AlreadyFrozen:
        raise
    except Exception:
        with region_scope(region_id):
            Snapshot.objects.filter(pk=snapshot_id).update(state=SnapshotState.FAILED)
        raise


def _new_snapshot(*, by: Member, now: datetime) -> Snapshot:
    snapshot = Snapshot.objects.create(
        region=by.region,
        reference_at=now.replace(microsecond=0),
        schema_version=SCHEMA_VERSION,
        created_by_id=by.user_id,
    )
    record(
        "snapshot.requested",
        actor=by.actor,
        subject=f"snapshot:{snapshot.pk}",
        region=by.region.pk,
        at=now,
    )
    return snapshot


def _read_all(snapshot_id: UUID, region_id: UUID, now: datetime) -> list[Rows]:
    """One repeatable-read transaction, so that all tables show the region at one moment: the
    reference date."""
    with region_scope(region_id, one_state=True):
        rows = [read_rows(source, region_id) for source in sources()]
    with region_scope(region_id):
        requested = Snapshot.objects.filter(pk=snapshot_id, state=SnapshotState.REQUESTED)
        changed = requested.update(
            state=SnapshotState.FREEZING,
            reference_at=now.replace(microsecond=0),
            rows_total=sum(each.count for each in rows),
        )
    if not changed:
        raise AlreadyFrozen(snapshot_id)
    return rows


def _write_all(
    snapshot_id: UUID, region_id: UUID, rows: list[Rows]
) -> dict[str, dict[str, object]]:
    folder = folder_of(region_id, snapshot_id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    manifest: dict[str, dict[str, object]] = {}
    for each in rows:
        manifest[each.source.name] = write_table(each, region_id, snapshot_id)
        with region_scope(region_id):
            Snapshot.objects.filter(pk=snapshot_id).update(rows_done=F("rows_done") + each.count)
    _write_manifest(folder / "manifest.json", manifest)
    return manifest


def _write_manifest(path: Path, manifest: dict[str, dict[str, object]]) -> None:
    """Beside the files too, so that a snapshot explains itself without the database."""
    content = {"schema_version": SCHEMA_VERSION, "tables": manifest}
    path.write_text(json.dumps(content, indent=1, sort_keys=True))


def _finish(
    snapshot_id: UUID, region_id: UUID, manifest: dict[str, dict[str, object]], now: datetime
) -> Snapshot:
    with region_scope(region_id):
        snapshot = Snapshot.objects.select_for_update().get(pk=snapshot_id)
        snapshot.state = SnapshotState.READY
        snapshot.manifest = manifest
        snapshot.ready_at = now
        snapshot.save(update_fields=["state", "manifest", "ready_at"])
        record(
            "snapshot.ready",
            actor=SYSTEM,
            subject=f"snapshot:{snapshot_id}",
            region=region_id,
            at=now,
            detail={"rows": snapshot.rows_total},
        )
    return snapshot
