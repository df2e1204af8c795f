"""The log of the region, for who watches over it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baken.accounts.permissions import Permission
from baken.accounts.queries import names_of
from baken.accounts.requests import StaffRequest, requires
from baken.audit.interface import latest


@requires(Permission.SEE_AUDIT)
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """The latest two hundred entries of the region."""
    events = latest(request.member.region.pk)
    names = names_of(event.user_id for event in events if event.user_id)
    rows = [(event, names.get(event.user_id, "") if event.user_id else "Baken") for event in events]
    return render(request, "accounts/log.html", {"rows": rows})
