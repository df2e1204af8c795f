"""Saved views: one's own, and those shared with the region."""

from django.db.models import Q

from baken.accounts.interface import Member
from baken.casework.models import SavedView


def views_for(by: Member) -> list[SavedView]:
    mine_or_shared = Q(owner_id=by.author_id) | Q(is_shared=True)
    found = SavedView.objects.filter(mine_or_shared, region_id=by.region.pk)
    return list(found.order_by("is_shared", "name")[:30])
