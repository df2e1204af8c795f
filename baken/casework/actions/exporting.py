"""Taking the people of many registrations along: asked by one colleague, allowed by another (`two_people`),
downloaded once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record_look
from baken.casework.actions.two_people import (
    NoSuchRequest,
    lock_request,
    note_step,
    subject_of,
    use_up,
)
from baken.casework.models import TwoPersonRequest
from baken.casework.people_file import PeopleFile, people_file
from baken.casework.queries.people import named_registrations
from baken.casework.queries.two_people import own_open_request
from baken.casework.queries.worklist import SORTS, WorkListFilter, matching
from baken.casework.rules.manifests import manifest_of
from baken.casework.states import ExportReason, RequestKind

# More people than this nobody needs in one file; and the file is made in memory.
MOST_REGISTRATIONS = 5000


class NothingToExport(Exception):
    """Geen registratie past bij dit filter."""


class TooManyPeople(Exception):
    """Met identiteiten kunnen er ten hoogste 5.000 registraties mee. Kies een kortere periode of een strenger
    filter."""


@transaction.atomic
def ask_export(
    *,
    wanted: WorkListFilter,
    sort: str,
    query: str,
    reason: ExportReason,
    by: Member,
    now: datetime,
) -> TwoPersonRequest:
    """Ask to take along who the people are in the registrations that fit the filter now. `query` says the
    filter in codes, to show what is asked. The same asked again, while the first is open, is the first."""
    by.check(Permission.EXPORT_LIST)
    ids = _which(wanted, sort, by)
    same = {"kind": RequestKind.EXPORT, "registration_ids": ids, "reason": reason}
    own = own_open_request(by, now, **same)
    if own is not None:
        return own
    request = TwoPersonRequest.objects.create(
        region_id=by.region.pk, query=query, asked_by_id=by.author_id, asked_at=now, **same
    )
    note_step(request, "asked", by=by, now=now)
    return request


@transaction.atomic
def use_export(*, request_id: UUID, by: Member, now: datetime) -> PeopleFile:
    """The file, once, for who asked, within a quarter of an hour after it was allowed. Raises
    `NoLongerAsked`; `KeystoreAway` or `NotUnlocked` leave the request as it was."""
    by.check(Permission.EXPORT_LIST)
    request = lock_request(request_id, by=by)
    if request.kind != RequestKind.EXPORT:
        raise NoSuchRequest(request_id)
    use_up(request, by=by, now=now)
    ids = request.registration_ids
    file = people_file(named_registrations(ids, by=by), asked=len(ids))
    record_look(
        "identities.exported",
        actor=by.actor,
        subject=subject_of(request),
        region=request.region_id,
        at=now,
        detail={
            "reason": request.reason,
            "rows": file.registrations,
            "people": file.people,
            "closed": file.closed,
            "registrations": manifest_of(ids),
            "sha256": file.sha256,
        },
    )
    return file


def _which(wanted: WorkListFilter, sort: str, by: Member) -> list[UUID]:
    order = [f"-{name}" for name in SORTS[sort]]
    found = matching(wanted, by=by).order_by(*order).values_list("pk", flat=True)
    ids = list(found[: MOST_REGISTRATIONS + 1])
    if not ids:
        raise NothingToExport
    if len(ids) > MOST_REGISTRATIONS:
        raise TooManyPeople
    return ids
