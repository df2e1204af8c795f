"""Drafts: only their author sees them."""

import json
from uuid import UUID

from baken.accounts.interface import Member
from baken.casework.models import Draft
from baken.casework.rules.sealed import place_of
from baken.keys.interface import NotUnlocked, Refused


class LostDraft(NotUnlocked):
    """Dit concept gaat niet meer open: u hebt sindsdien een nieuwe wachtwoordzin gekregen. Gooi het weg op de
    werklijst en begin opnieuw."""


def answers_in(draft: Draft, *, by: Member) -> dict[str, list[str]]:
    """What the author had typed. Raises `NotUnlocked` without the author's keys; `LostDraft` when those were
    replaced since."""
    if not draft.sealed:
        return {}
    try:
        opened = by.keys.own("draft", by.region.pk).open(bytes(draft.sealed), **place_of(draft))
    except Refused:
        raise LostDraft(draft.pk) from None
    answers: dict[str, list[str]] = json.loads(opened)
    return answers


def own_drafts(by: Member) -> list[Draft]:
    """What the member has not finished yet, last touched first."""
    drafts = Draft.objects.filter(region_id=by.region.pk, author_id=by.author_id, became=None)
    # Mostly there are none: then the registrations cost no query, nor a join of forty columns.
    shown = drafts.defer("sealed").prefetch_related("registration")
    return list(shown.order_by("-saved_at", "id")[:20])


def find_draft(draft_id: UUID, *, by: Member) -> Draft | None:
    own = Draft.objects.filter(region_id=by.region.pk, author_id=by.author_id)
    return own.filter(pk=draft_id).select_related("became").first()


def draft_of(registration_id: UUID, *, by: Member) -> Draft | None:
    """The member's unfinished change of an existing registration."""
    own = Draft.objects.filter(region_id=by.region.pk, author_id=by.author_id, became=None)
    return own.filter(registration_id=registration_id).first()
