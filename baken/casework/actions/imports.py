"""Importing a register as a whole or not at all."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.imports.checking import Checked, check_rows, plan_for
from baken.casework.imports.loading import Origin, load, taken_numbers
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.imports.problems import ImportRefused, NotImported, Problem
from baken.casework.imports.rows import batches
from baken.casework.imports.suggesting import to_remember
from baken.casework.imports.summary import Summary, summary_of
from baken.casework.imports.wording import CHECKING, WRITING
from baken.casework.models import RegisterImport, RememberedValue
from baken.casework.queries.imports import earlier_import, numbers_in_use
from baken.casework.rules.numbers import fresh_numbers
from baken.casework.states import ImportState
from baken.facts.interface import request_freeze
from baken.lib.sheets import column_letter, open_sheet
from baken.lib.tenancy import region_scope

Tell = Callable[[str, int], None]


def _tell_nobody(_phase: str, _rows: int) -> None:
    pass


class AlreadyImported(NotImported):
    """Dit bestand is al ingelezen."""

    def __init__(self, earlier: RegisterImport) -> None:
        super().__init__(earlier.pk)
        self.earlier = earlier

    def __str__(self) -> str:
        day = timezone.localtime(self.earlier.ended_at or self.earlier.created_at)
        return _(
            "Dit bestand is op %(day)s al ingelezen. Maak die keer eerst ongedaan als u het opnieuw "
            "wilt inlezen."
        ) % {"day": f"{day:%d-%m-%Y}"}


def import_register(
    path: Path,
    *,
    mapping: Path | ColumnMapping,
    by: Member,
    now: datetime,
    freeze: bool = True,
    tell: Tell = _tell_nobody,
) -> tuple[RegisterImport, Summary]:
    """Read a file and register all of its rows, or none, in one transaction of its own.

    `tell` hears the phase and the rows done. Raises `UnreadableSheet`, a `BadMapping`, `ImportRefused` with
    all problems, `AlreadyImported`, `NumbersTakenMeanwhile`.
    """
    by.check(Permission.IMPORT_REGISTER)
    chosen = ColumnMapping.from_toml(mapping) if isinstance(mapping, Path) else mapping
    register_import = _import_of(path, chosen, by=by, now=now)
    with region_scope(by.region.pk):
        checked = check_register(path, register_import, chosen, by=by, now=now, tell=tell)
        register_import.state = ImportState.RUNNING
        register_import.save(force_insert=True)
        write_register(register_import, checked, by=by, now=now, tell=tell)
        summary = summary_of(checked)
        finish_import(
            register_import=register_import,
            mapping=chosen,
            summary=summary,
            by=by,
            now=now,
            freeze=freeze,
        )
    return register_import, summary


def _import_of(path: Path, mapping: ColumnMapping, *, by: Member, now: datetime) -> RegisterImport:
    """The import of a file that was not uploaded; not stored yet."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return RegisterImport(
        region=by.region,
        file_name=path.name[:200],
        file_sha256=sha256,
        mapping=mapping.as_json(),
        created_by_id=by.user_id,
        created_at=now,
        heard_at=now,
    )


def check_register(
    path: Path,
    register_import: RegisterImport,
    mapping: ColumnMapping,
    *,
    by: Member,
    now: datetime,
    tell: Tell,
) -> Checked:
    """Read the whole file; raises `ImportRefused` when anything is wrong. Writes nothing."""
    by.check(Permission.IMPORT_REGISTER)
    checked = judge_register(path, register_import, mapping, by=by, now=now, tell=tell)
    if checked.problems.count:
        raise ImportRefused(checked.problems)
    return checked


def judge_register(
    path: Path,
    register_import: RegisterImport,
    mapping: ColumnMapping,
    *,
    by: Member,
    now: datetime,
    tell: Tell,
) -> Checked:
    """Everything that is right and wrong about the file, its numbers compared with the region's."""
    if earlier := earlier_import(register_import.file_sha256, by=by):
        raise AlreadyImported(earlier)
    sheet = open_sheet(path)
    register_import.columns = list(sheet.columns)
    plan = plan_for(mapping, sheet.columns, today=timezone.localdate(now))
    checked = check_rows(sheet.rows(), plan, tell=lambda rows: tell(CHECKING, rows))
    at = plan.index("external_number")
    column = column_letter(plan.positions[at] + 1) if at is not None else ""
    checked.problems.put_first(
        Problem(
            checked.numbers[number],
            column,
            _(
                "dit nummer hoort al bij registratie %(number)s. Verwijder de rij of geef haar een "
                "eigen nummer."
            )
            % {"number": registration},
        )
        for number, registration in numbers_in_use(checked.numbers, by=by).items()
    )
    return checked


def write_register(
    register_import: RegisterImport, checked: Checked, *, by: Member, now: datetime, tell: Tell
) -> None:
    """Insert the rows; the transaction is the caller's."""
    by.check(Permission.IMPORT_REGISTER)
    numbers = fresh_numbers(
        len(checked.rows), are_taken=lambda made: taken_numbers(by.region.pk, made)
    )
    origin = Origin(register_import.pk, by.region.pk, by.user_id, now)
    year = timezone.localdate(now).year
    load(
        batches(checked.rows, checked.plan, numbers, year=year),
        origin,
        tell=lambda rows: tell(WRITING, rows),
    )


@transaction.atomic
def finish_import(
    *,
    register_import: RegisterImport,
    mapping: ColumnMapping,
    summary: Summary,
    by: Member,
    now: datetime,
    freeze: bool,
) -> None:
    """The import counts from now on; what its words meant is remembered, the figures get a new
    reference date."""
    register_import.state = ImportState.IMPORTED
    register_import.rows_done = register_import.rows_total = summary.total
    register_import.ended_at = timezone.now()
    try:
        with transaction.atomic():
            register_import.save()
    except IntegrityError as error:  # the same file at the same time, in another window
        raise AlreadyImported(register_import) from error
    record(
        "register.imported",
        actor=by.actor,
        subject=f"import:{register_import.pk}",
        region=by.region.pk,
        at=now,
        detail={
            "rows": summary.total,
            "sha256": register_import.file_sha256,
            "kinds": summary.kinds,
        },
    )
    _remember(mapping, by)
    if freeze:
        request_freeze(by=by, now=now)


def _remember(mapping: ColumnMapping, by: Member) -> None:
    learnt = [
        RememberedValue(region=by.region, field=name, text=text, value=value)
        for (name, text), value in to_remember(mapping).items()
    ]
    RememberedValue.objects.bulk_create(
        learnt,
        update_conflicts=True,
        unique_fields=["region", "field", "text"],
        update_fields=["value"],
    )
