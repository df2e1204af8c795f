"""Keeping what somebody is typing."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from baken.accounts.interface import Member, NotInRegion, Permission
from baken.casework.models import Draft, Registration
from baken.casework.rules.sealed import place_of
from baken.lib.round_trips import one_round_trip


class NotYourDraft(NotInRegion):
    """Dit concept is van iemand anders."""


@transaction.atomic
def save_draft(
    *,
    draft_id: UUID,
    answers: Mapping[str, object],
    by: Member,
    now: datetime,
    registration: Registration | None = None,
) -> Draft:
    """Keep the answers of a half-filled form. A draft that became a registration stays as it is.

    Drafts are not audited: they are the author's own, and sealed to them.
    """
    by.check(Permission.REGISTER)
    draft = lock_draft(draft_id=draft_id, by=by, now=now, registration=registration)
    if draft.became_id is None:
        draft.sealed, draft.saved_at = _sealed(draft, answers, by), now
        draft.save(update_fields=["sealed", "saved_at"])
    return draft


def lock_draft(
    *, draft_id: UUID, by: Member, now: datetime, registration: Registration | None = None
) -> Draft:
    """The draft of this id, made if it is new, locked until the transaction ends.

    Two submits of one form meet here: the second waits, and then sees what the first did. Somebody has
    one draft of a registration, in however many tabs: asked by another id, that one is found.
    """
    wanted = Q(pk=draft_id)
    if registration is not None:
        wanted |= Q(registration=registration, became=None)
    found = _own(by).select_for_update().filter(wanted).order_by("created_at")
    with one_round_trip():
        _add_unless_there(draft_id, by=by, now=now, registration=registration)
        draft = found.first()
    if draft is None:
        raise NotYourDraft(draft_id)
    return draft


@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Member) -> UUID | None:
    """Throw an unfinished draft away; return the registration it would have changed, if any."""
    by.check(Permission.REGISTER)
    draft = _own(by).filter(pk=draft_id, became=None).first()
    if draft is None:
        raise NotYourDraft(draft_id)
    draft.delete()
    return draft.registration_id


def _sealed(draft: Draft, answers: Mapping[str, object], by: Member) -> bytes:
    return by.keys.own("draft", by.region.pk).seal(json.dumps(answers), **place_of(draft))


def _add_unless_there(
    draft_id: UUID, *, by: Member, now: datetime, registration: Registration | None
) -> None:
    """A second request that does the same waits here for the first, and then adds nothing."""
    fresh = Draft(
        pk=draft_id,
        region=by.region,
        author_id=by.author_id,
        registration=registration,
        created_at=now,
        saved_at=now,
    )
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)


def _own(by: Member) -> QuerySet[Draft]:
    return Draft.objects.filter(region_id=by.region.pk, author_id=by.author_id)
