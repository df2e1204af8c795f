"""The steps of an import in the browser: upload, choose, start, stop, undo. The reading itself is done by
a process of its own (`actions.import_jobs`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.actions.imports import AlreadyImported
from baken.casework.imports.files import keep_upload, remove_leftovers, remove_upload
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.imports.problems import Problem
from baken.casework.imports.running import Job, start_process
from baken.casework.models import RegisterImport
from baken.casework.queries.imports import NoSuchImport, earlier_import, touched_by_others
from baken.casework.states import ImportState
from baken.facts.interface import request_freeze

# The import process beats twice a second; a page that hears nothing for so long calls it dead.
SILENCE = timedelta(seconds=30)


class ImportElsewhere(Exception):
    """Dit kan nu niet: het inlezen is al een stap verder of gestopt."""


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
def upload_register(
    *, file_name: str, chunks: Iterable[bytes], by: Member, now: datetime
) -> RegisterImport:
    """Keep the file until its import ends and start reading it. Raises `AlreadyImported`."""
    by.check(Permission.IMPORT_REGISTER)
    remove_leftovers(now)
    import_id = uuid4()
    try:
        sha256 = keep_upload(import_id, chunks)
        if earlier := earlier_import(sha256, by=by):
            raise AlreadyImported(earlier)
        register_import = RegisterImport.objects.create(
            pk=import_id,
            region=by.region,
            file_name=file_name[:200],
            file_sha256=sha256,
            created_by_id=by.user_id,
            created_at=now,
            heard_at=now,
        )
    except BaseException:
        remove_upload(import_id)
        raise
    _start(register_import, Job.READ, ColumnMapping(), by=by, now=now)
    return register_import


@transaction.atomic
def choose_mapping(
    *, import_id: UUID, mapping: ColumnMapping, next_job: Job, by: Member, now: datetime
) -> RegisterImport:
    """Keep which columns and values mean what, and start what comes next: listing the values of the
    chosen columns, or checking every row. Raises a `BadMapping`."""
    register_import = _lock_own(import_id, by, {ImportState.UPLOADED, ImportState.CHECKED})
    mapping.positions(register_import.columns)
    _start(register_import, next_job, mapping, by=by, now=now)
    return register_import


@transaction.atomic
def begin_import(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Import all rows, after a check that found nothing wrong."""
    register_import = _lock_own(import_id, by, {ImportState.CHECKED})
    if register_import.problem_count:
        raise ImportElsewhere(import_id)
    mapping = mapping_of(register_import)
    _start(register_import, Job.IMPORT, mapping, by=by, now=now)
    return register_import


@transaction.atomic
def cancel_import(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Stop, also in the middle: what the process wrote until now is never committed."""
    before = {ImportState.UPLOADED, ImportState.CHECKED, ImportState.RUNNING}
    register_import = _lock_own(import_id, by, before)
    _fail(register_import, _("Het inlezen is gestopt. Er is niets ingelezen."), now)
    return register_import


@transaction.atomic
def give_up_silent(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Call an import stopped whose process was not heard of for twenty seconds."""
    register_import = _lock(import_id, by, set(ImportState))
    if register_import.state == ImportState.RUNNING and now - register_import.heard_at > SILENCE:
        sentence = _("Het inlezen is onverwacht gestopt. Er is niets ingelezen. Begin opnieuw.")
        _fail(register_import, sentence, now)
    return register_import


@transaction.atomic
def undo_import(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Delete every registration of an import, as long as nobody has worked with one of them.

    Raises `RegistrationsTouched`. The figures get a new reference date.
    """
    register_import = _lock(import_id, by, {ImportState.IMPORTED})
    if touched := touched_by_others(register_import):
        raise RegistrationsTouched(touched)
    deleted = _delete_registrations(register_import)
    register_import.state = ImportState.UNDONE
    register_import.save(update_fields=["state"])
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


def mapping_of(register_import: RegisterImport) -> ColumnMapping:
    """The choices made until now; the row keeps the job of the process beside them."""
    return ColumnMapping.from_json({n: p for n, p in register_import.mapping.items() if n != "job"})


def job_of(register_import: RegisterImport) -> Job:
    return Job(register_import.mapping.get("job", Job.READ))


def _start(
    register_import: RegisterImport, job: Job, mapping: ColumnMapping, *, by: Member, now: datetime
) -> None:
    register_import.state = ImportState.RUNNING
    register_import.mapping = {**mapping.as_json(), "job": job.value}
    register_import.rows_done = 0
    register_import.heard_at = now
    register_import.save()
    code = by.region.code
    transaction.on_commit(lambda: start_process(register_import.pk, code))


def _fail(register_import: RegisterImport, sentence: str, now: datetime) -> None:
    register_import.state = ImportState.FAILED
    register_import.problems = [Problem(0, "", sentence).as_json()]
    register_import.problem_count = 0
    register_import.ended_at = now
    register_import.save()
    transaction.on_commit(lambda: remove_upload(register_import.pk))


def _lock(import_id: UUID, by: Member, states: set[ImportState]) -> RegisterImport:
    by.check(Permission.IMPORT_REGISTER)
    # Not the key: rows that the process inserts hold on to it, and a page must not wait for them.
    own = RegisterImport.objects.select_for_update(no_key=True).filter(region_id=by.region.pk)
    register_import = own.filter(pk=import_id).first()
    if register_import is None:
        raise NoSuchImport(import_id)
    if register_import.state not in states:
        raise ImportElsewhere(import_id)
    return register_import


def _lock_own(import_id: UUID, by: Member, states: set[ImportState]) -> RegisterImport:
    """The process acts as the one who uploaded the file, so nobody else leads it on."""
    register_import = _lock(import_id, by, states)
    if register_import.created_by_id != by.user_id:
        raise NoSuchImport(import_id)
    return register_import


def _delete_registrations(register_import: RegisterImport) -> int:
    """Delete without reading a quarter of a million rows; a change that came in between keeps its row,
    and then nothing is deleted."""
    own = "SELECT id FROM casework_registration WHERE imported_by_id = %s AND region_id = %s"
    key = [register_import.pk, register_import.region_id]
    with connection.cursor() as cursor:
        for part in ("classification", "codedfact", "subject"):
            cursor.execute(
                f"DELETE FROM casework_{part} WHERE registration_id IN ({own})",  # noqa: S608
                key,
            )
        cursor.execute(
            "DELETE FROM casework_registration"
            " WHERE imported_by_id = %s AND region_id = %s AND version = 1",
            key,
        )
        deleted = int(cursor.rowcount)
    if deleted != register_import.rows_total:
        raise RegistrationsTouched(register_import.rows_total - deleted)
    return deleted
