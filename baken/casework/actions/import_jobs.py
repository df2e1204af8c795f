"""What the import process does, as the person who uploaded the file."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from baken.accounts.interface import (
    Member,
    NotAllowed,
    Permission,
    User,
    member_for,
    memberships_of,
)
from baken.casework.actions.import_steps import (
    asked_by,
    job_of,
    mapping_of,
    state_without,
    stopped_in_words,
)
from baken.casework.actions.imports import (
    check_register,
    finish_import,
    judge_register,
    write_register,
)
from baken.casework.actions.undoing import (
    RegistrationsTouched,
    delete_registrations,
    finish_undo,
)
from baken.casework.imports.files import findings_of, keep_findings, remove_upload, upload_path
from baken.casework.imports.problems import ImportRefused, NotImported, Problem, Problems
from baken.casework.imports.running import Cancelled, Heart, Job, limit_process
from baken.casework.imports.summary import summary_of
from baken.casework.imports.survey import NotAList, distinct_values
from baken.casework.models import RegisterImport
from baken.casework.states import ImportState
from baken.lib.sentences import sentence_of
from baken.lib.sheets import UnreadableSheet, open_sheet
from baken.lib.tenancy import region_scope
from baken.organisations.interface import Region

log = logging.getLogger(__name__)
Findings = dict[str, Any]


def run_import_process(*, import_id: UUID, region: Region, now: datetime) -> None:
    """`run_job` as the whole work of a process, within its limits."""
    limit_process()
    run_job(import_id=import_id, region=region, now=now)


def run_job(*, import_id: UUID, region: Region, now: datetime) -> None:
    """Do what the import asks for, and leave it in a state the page can show, whatever happens.

    Only an unexpected error is raised, after the import has been marked as failed.
    """
    with region_scope(region.pk):
        register_import = RegisterImport.objects.get(pk=import_id, state=ImportState.RUNNING)
    try:
        with Heart(import_id, region.pk, rows=register_import.rows_total) as heart:
            _do(register_import, heart, by=_member(register_import, region), now=now)
    except Cancelled:
        remove_upload(import_id)
    except ImportRefused as refused:
        _end(register_import, refused.problems)
    except NotImported as problem:
        _end(register_import, _told(*problem.sentences))
    except (UnreadableSheet, RegistrationsTouched) as problem:
        _end(register_import, _told(str(problem)))
    except NotAllowed as problem:
        _end(register_import, _told(sentence_of(problem)))
    except MemoryError:
        sentence = _(
            "Dit bestand is te groot om in één keer te lezen. Verdeel het over meer bestanden."
        )
        _end(register_import, _told(sentence))
    except Exception:
        _end(register_import, _told(stopped_in_words(job_of(register_import))))
        raise


def _member(register_import: RegisterImport, region: Region) -> Member:
    """Who asked for this, with the rights of this moment. Raises `NotAllowed`."""
    asked = asked_by(register_import)
    user = User.objects.filter(pk=asked, is_active=True).first() if asked else None
    if user is None:
        raise NotAllowed(Permission.IMPORT_REGISTER)
    by = member_for(user, memberships_of(user, timezone.localdate()), region.pk)
    if by is None or by.region.pk != region.pk:
        raise NotAllowed(Permission.IMPORT_REGISTER)
    by.check(Permission.IMPORT_REGISTER)
    return by


def _do(register_import: RegisterImport, heart: Heart, *, by: Member, now: datetime) -> None:
    path = upload_path(register_import.pk)
    match job_of(register_import):
        case Job.READ:
            _read(path, register_import, heart, by=by)
        case Job.SURVEY:
            _survey(path, register_import, heart, by=by, now=now)
        case Job.CHECK:
            _check(path, register_import, heart, by=by, now=now)
        case Job.IMPORT:
            _import(path, register_import, heart, by=by, now=now)
        case Job.UNDO:
            _undo(register_import, heart, by=by, now=now)


def _read(path: Path, register_import: RegisterImport, heart: Heart, *, by: Member) -> None:
    """Which columns there are; of the cells nothing is kept."""
    sheet = open_sheet(path)
    findings = {"sheet": sheet.name, "other_sheets": list(sheet.other_names)}
    _keep(register_import, heart, by, findings, columns=list(sheet.columns), problem_count=0)


def _survey(
    path: Path, register_import: RegisterImport, heart: Heart, *, by: Member, now: datetime
) -> None:
    """Which texts stand in the columns that hold codes. Without any there is nothing to ask: check."""
    mapping = mapping_of(register_import)
    try:
        values = distinct_values(open_sheet(path), mapping, tell=heart.tell)
    except NotAList as problem:
        again = {**mapping.as_json(), "job": Job.READ.value}
        found = [Problem(0, "", str(problem)).as_json()]
        _keep(register_import, heart, by, {}, mapping=again, problems=found, problem_count=1)
        return
    if any(values.values()):
        _keep(register_import, heart, by, {"values": values}, problem_count=0)
    else:
        _check(path, register_import, heart, by=by, now=now)


def _check(
    path: Path, register_import: RegisterImport, heart: Heart, *, by: Member, now: datetime
) -> None:
    """What is wrong, and what it would become. Nothing is written but that."""
    with region_scope(by.region.pk):
        checked = judge_register(
            path, register_import, mapping_of(register_import), by=by, now=now, tell=heart.tell
        )
    summary = summary_of(checked)
    _keep(
        register_import,
        heart,
        by,
        {"summary": summary.as_json()},
        state=ImportState.CHECKED,
        problems=[problem.as_json() for problem in checked.problems.kept],
        problem_count=checked.problems.count,
        rows_total=summary.total,
    )


def _import(
    path: Path, register_import: RegisterImport, heart: Heart, *, by: Member, now: datetime
) -> None:
    """One transaction: everything, or nothing when the process or the database is killed in it."""
    mapping = mapping_of(register_import)
    with region_scope(by.region.pk):
        checked = check_register(path, register_import, mapping, by=by, now=now, tell=heart.tell)
        write_register(register_import, checked, by=by, now=now, tell=heart.tell)
        heart.stop()
        locked = _still_running(register_import)
        finish_import(
            register_import=locked,
            mapping=mapping,
            summary=summary_of(checked),
            by=by,
            now=now,
            freeze=True,
        )
    remove_upload(register_import.pk)


def _undo(register_import: RegisterImport, heart: Heart, *, by: Member, now: datetime) -> None:
    """One transaction: all registrations go, or all stay."""
    with region_scope(by.region.pk):
        deleted = delete_registrations(register_import, by=by, tell=heart.tell)
        heart.stop()
        locked = _still_running(register_import)
        finish_undo(register_import=locked, deleted=deleted, by=by, now=now)


def _still_running(register_import: RegisterImport) -> RegisterImport:
    """The row, locked; `Cancelled` when somebody stopped the import meanwhile."""
    own = RegisterImport.objects.select_for_update(no_key=True).filter(pk=register_import.pk)
    locked = own.filter(state=ImportState.RUNNING).first()
    if locked is None:
        raise Cancelled
    return locked


def _keep(
    register_import: RegisterImport, heart: Heart, by: Member, findings: Findings, **changes: object
) -> None:
    """What a step found goes beside the file; its state into the row."""
    heart.stop()
    with region_scope(by.region.pk):
        locked = _still_running(register_import)
        keep_findings(register_import.pk, {**findings_of(register_import.pk), **findings})
        for name, value in {"state": ImportState.UPLOADED, **changes}.items():
            setattr(locked, name, value)
        locked.save()


def _end(register_import: RegisterImport, problems: Problems) -> None:
    """Mark as failed, unless it ended otherwise meanwhile, and delete the file. What could not be undone is
    as imported as it was."""
    with region_scope(register_import.region_id):
        RegisterImport.objects.filter(pk=register_import.pk, state=ImportState.RUNNING).update(
            state=state_without(job_of(register_import)),
            problems=[problem.as_json() for problem in problems.kept],
            problem_count=problems.count,
            ended_at=register_import.ended_at or timezone.now(),
        )
    remove_upload(register_import.pk)


def _told(*sentences: str) -> Problems:
    return Problems([Problem(0, "", sentence) for sentence in sentences], len(sentences))
