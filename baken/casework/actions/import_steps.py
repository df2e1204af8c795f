"""The steps of an import in the browser: upload, choose, start, stop. The reading itself is done by a
process of its own (`actions.import_jobs`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from baken.accounts.interface import Member, Permission
from baken.casework.actions.imports import AlreadyImported
from baken.casework.imports.files import keep_upload, remove_leftovers, remove_upload
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.imports.problems import Problem
from baken.casework.imports.running import Job, start_process
from baken.casework.models import RegisterImport
from baken.casework.queries.imports import NoSuchImport, earlier_import
from baken.casework.states import ImportState

# The import process beats twice a second; a page that hears nothing for so long calls it dead.
SILENCE = timedelta(seconds=30)


class ImportElsewhere(Exception):
    """Dit kan nu niet: het inlezen is al een stap verder of gestopt."""


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
    start_job(register_import, Job.READ, ColumnMapping(), by=by, now=now)
    return register_import


@transaction.atomic
def choose_mapping(
    *, import_id: UUID, mapping: ColumnMapping, next_job: Job, by: Member, now: datetime
) -> RegisterImport:
    """Keep which columns and values mean what, and start what comes next: listing the values of the
    chosen columns, or checking every row. Raises a `BadMapping`."""
    register_import = _lock_own(import_id, by, {ImportState.UPLOADED, ImportState.CHECKED})
    mapping.positions(register_import.columns)
    start_job(register_import, next_job, mapping, by=by, now=now)
    return register_import


@transaction.atomic
def begin_import(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Import all rows, after a check that found nothing wrong."""
    register_import = _lock_own(import_id, by, {ImportState.CHECKED})
    if register_import.problem_count:
        raise ImportElsewhere(import_id)
    mapping = mapping_of(register_import)
    start_job(register_import, Job.IMPORT, mapping, by=by, now=now)
    return register_import


@transaction.atomic
def cancel_import(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Stop, also in the middle: what the process wrote until now is never committed."""
    before = {ImportState.UPLOADED, ImportState.CHECKED, ImportState.RUNNING}
    register_import = _lock_own(import_id, by, before)
    if register_import.state == ImportState.RUNNING and job_of(register_import) == Job.UNDO:
        raise ImportElsewhere(import_id)
    _stop(register_import, _("Het inlezen is gestopt. Er is niets ingelezen."), now)
    return register_import


@transaction.atomic
def give_up_silent(*, import_id: UUID, by: Member, now: datetime) -> RegisterImport:
    """Call an import stopped whose process was not heard of for `SILENCE`."""
    register_import = lock_import(import_id, by, set(ImportState))
    if register_import.state == ImportState.RUNNING and now - register_import.heard_at > SILENCE:
        _stop(register_import, stopped_in_words(job_of(register_import)), now)
    return register_import


def mapping_of(register_import: RegisterImport) -> ColumnMapping:
    """The choices made until now; the row keeps the job of the process, and for whom, beside them."""
    kept = register_import.mapping.items()
    return ColumnMapping.from_json({n: p for n, p in kept if n not in ("job", "by")})


def job_of(register_import: RegisterImport) -> Job:
    return Job(register_import.mapping.get("job", Job.READ))


def asked_by(register_import: RegisterImport) -> UUID | None:
    """Who asked for the job that runs; that is not always who uploaded the file."""
    by = register_import.mapping.get("by")
    return UUID(by) if by else register_import.created_by_id


def start_job(
    register_import: RegisterImport, job: Job, mapping: ColumnMapping, *, by: Member, now: datetime
) -> None:
    """Hand the import over to a process, as soon as the transaction has ended."""
    by.check(Permission.IMPORT_REGISTER)
    register_import.state = ImportState.RUNNING
    register_import.mapping = {**mapping.as_json(), "job": job.value, "by": str(by.author_id)}
    register_import.rows_done = 0
    register_import.heard_at = now
    register_import.save()
    code = by.region.code
    transaction.on_commit(lambda: start_process(register_import.pk, code))


def state_without(job: Job) -> ImportState:
    """What an import is when its process does not finish this job."""
    return ImportState.IMPORTED if job == Job.UNDO else ImportState.FAILED


def stopped_in_words(job: Job) -> str:
    """What an unexpected end of this job leaves behind."""
    if job == Job.UNDO:
        return _(
            "Het ongedaan maken is gestopt. Alle registraties staan er nog. Probeer het opnieuw."
        )
    return _("Het inlezen is onverwacht gestopt. Er is niets ingelezen. Begin opnieuw.")


def _stop(register_import: RegisterImport, sentence: str, now: datetime) -> None:
    register_import.state = state_without(job_of(register_import))
    register_import.problems = [Problem(0, "", sentence).as_json()]
    register_import.problem_count = 0
    register_import.ended_at = register_import.ended_at or now
    register_import.save()
    transaction.on_commit(lambda: remove_upload(register_import.pk))


def lock_import(import_id: UUID, by: Member, states: set[ImportState]) -> RegisterImport:
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
    register_import = lock_import(import_id, by, states)
    if register_import.created_by_id != by.user_id:
        raise NoSuchImport(import_id)
    return register_import
