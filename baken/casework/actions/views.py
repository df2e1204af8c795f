"""Keeping a filter of the work list under a name."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from baken.accounts.interface import Member, Permission
from baken.audit.interface import record
from baken.casework.models import SavedView


class NameTaken(Exception):
    """U hebt al een weergave met deze naam."""


class NotYourView(Exception):
    """Deze weergave bestaat niet, of is niet van u."""


@transaction.atomic
def save_view(*, name: str, query: str, is_shared: bool, by: Member, now: datetime) -> SavedView:
    """Keep a filter; shared ones are seen by the whole region, for who may share."""
    by.check(Permission.SEE_REGISTRATIONS)
    if is_shared:
        by.check(Permission.SHARE_VIEWS)
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                region=by.region, owner_id=by.author_id, name=name, query=query, is_shared=is_shared
            )
    except IntegrityError:
        raise NameTaken(name) from None
    record(
        "view.saved",
        actor=by.actor,
        subject=f"view:{view.pk}",
        region=by.region.pk,
        at=now,
        detail={"shared": is_shared},
    )
    return view


@transaction.atomic
def delete_view(*, view_id: UUID, by: Member, now: datetime) -> str:
    """Forget an own view; returns its name."""
    by.check(Permission.SEE_REGISTRATIONS)
    view = SavedView.objects.filter(
        pk=view_id, region_id=by.region.pk, owner_id=by.author_id
    ).first()
    if view is None:
        raise NotYourView(view_id)
    name = view.name
    view.delete()
    record("view.deleted", actor=by.actor, subject=f"view:{view_id}", region=by.region.pk, at=now)
    return name
