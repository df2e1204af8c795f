"""Undoing an import: asked for in the browser, done by the process that imports too, and telling how far
it is."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import ngettext

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.actions.import_steps import lock_import, mapping_of, start_job
from baken.casework.imports.running import Job
from baken.casework.imports.wording import DELETING
from baken.casework.models import RegisterImport
from baken.casework.queries.imports import touched_by_others
from baken.casework.states import ImportState
from baken.facts.interface import request_freeze

BATCH = 5000


class RegistrationsTouched(Exception):
    """Er is al met registraties uit dit register gewerkt."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def __str__(self) -> str:
        return ngettext(
            "Ongedaan maken kan niet meer: er is al met %(count)s registratie uit dit register gewerkt.",
            "Ongedaan maken kan niet meer: er is al met %(count)s registraties uit dit register gewerkt.",
            self.count,
        ) % {"count": self.count}


@transaction.atomic
def begin_undo(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Start deleting what was imported, as long as nobody has worked with any of it. Raises
    `RegistrationsTouched`."""
    register_import = lock_import(import_id, by, {ImportState.IMPORTED})
    if touched := touched_by_others(register_import):
        raise RegistrationsTouched(touched)
    register_import.problems, register_import.problem_count = [], 0
    start_job(register_import, Job.UNDO, mapping_of(register_import), by=by, now=now)
    return register_import


def delete_registrations(
    register_import: RegisterImport, *, by: Member, tell: Callable[[str, int], None]
) -> int:
    """Delete every registration of an import in the caller's transaction; returns how many.

    Raises `RegistrationsTouched`: what a colleague changed meanwhile keeps its row, and then all of them
    must stay.
    """
    by.check(Permission.IMPORT_REGISTER)
    if touched := touched_by_others(register_import):
        raise RegistrationsTouched(touched)
    deleted = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM casework_registration WHERE imported_by_id = %s AND region_id = %s"
            " ORDER BY id",
            [register_import.pk, register_import.region_id],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
        for start in range(0, len(ids), BATCH):
            deleted += _delete(ids[start : start + BATCH], register_import.region_id)
            tell(DELETING, deleted)
    if deleted != register_import.rows_total:
        raise RegistrationsTouched(register_import.rows_total - deleted)
    return deleted


@transaction.atomic
def finish_undo(
    *, register_import: RegisterImport, deleted: int, by: Member, now: datetime
) -> RegisterImport:
    """The import no longer counts; the figures get a new reference date."""
    by.check(Permission.IMPORT_REGISTER)
    register_import.state = ImportState.UNDONE
    register_import.rows_done = deleted
    register_import.save(update_fields=["state", "rows_done"])
    record(
        "register.undone",
        actor=by.actor,
        subject=f"import:{register_import.pk}",
        region=by.region.pk,
        at=now,
        detail={"rows": deleted, "sha256": register_import.file_sha256},
    )
    request_freeze(by=by, now=now)
    return register_import


def _delete(ids: list[UUID], region_id: UUID) -> int:
    with connection.cursor() as cursor:
        for part in ("classification", "codedfact", "subject"):
            cursor.execute(
                f"DELETE FROM casework_{part}"  # noqa: S608
                " WHERE registration_id = ANY(%s) AND region_id = %s",
                [ids, region_id],
            )
        cursor.execute(
            "DELETE FROM casework_registration WHERE id = ANY(%s) AND region_id = %s AND version = 1",
            [ids, region_id],
        )
        return int(cursor.rowcount)
