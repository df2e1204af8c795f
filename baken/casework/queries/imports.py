"""Reads about imports of registers."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from baken.accounts.interface import Member, NotInRegion, Permission
from baken.casework.imports.running import Job
from baken.casework.imports.suggesting import Remembered
from baken.casework.models import RegisterImport, Registration, RememberedValue
from baken.casework.states import ImportState


class NoSuchImport(NotInRegion):
    """Dit register bestaat niet, of niet in uw regio."""


def imports_of(by: Member) -> list[RegisterImport]:
    """The registers of the region, newest first."""
    by.check(Permission.IMPORT_REGISTER)
    own = RegisterImport.objects.filter(region_id=by.region.pk)
    return list(own.order_by("-created_at", "id")[:100])


def find_import(import_id: UUID, *, by: Member) -> RegisterImport:
    """One import; a foreign id answers like an unknown one."""
    by.check(Permission.IMPORT_REGISTER)
    own = RegisterImport.objects.filter(region_id=by.region.pk)
    found = own.filter(pk=import_id).first()
    if found is None:
        raise NoSuchImport(import_id)
    return found


def earlier_import(sha256: str, *, by: Member) -> RegisterImport | None:
    """The import of this very file that still counts: not undone (or not yet), not refused."""
    own = RegisterImport.objects.filter(region_id=by.region.pk, file_sha256=sha256)
    is_being_undone = Q(state=ImportState.RUNNING, mapping__job=Job.UNDO.value)
    return (
        own.filter(Q(state=ImportState.IMPORTED) | is_being_undone)
        .order_by("-ended_at", "id")
        .first()
    )


def numbers_in_use(numbers: Iterable[str], *, by: Member) -> Mapping[str, str]:
    """Which of these external numbers the region knows already, and the registration that has it."""
    asked, found = list(numbers), dict[str, str]()
    own = Registration.objects.of_region(by.region.pk)
    for start in range(0, len(asked), 10_000):
        rows = own.filter(external_number__in=asked[start : start + 10_000]).order_by("number")
        found |= dict(rows.values_list("external_number", "number"))
    return found


def remembered_for(by: Member) -> Remembered:
    """What columns and texts meant at earlier imports of the region."""
    own = RememberedValue.objects.filter(region_id=by.region.pk)
    rows = own.order_by("field", "text").values_list("field", "text", "value")
    return {(field, text): value for field, text, value in rows}


def touched_by_others(register_import: RegisterImport) -> int:
    """How many registrations of an import have been changed, are being changed in a draft, or have a note."""
    own = Registration.objects.of_region(register_import.region_id)
    touched = Q(version__gt=1) | Q(drafts__became=None, drafts__isnull=False)
    touched |= Q(notes__isnull=False)
    return own.filter(touched, imported_by=register_import).distinct().count()
