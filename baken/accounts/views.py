"""Ending and lengthening a session, and the log of the region for who watches over it."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.permissions import Permission
from baken.accounts.queries import names_of
from baken.accounts.requests import StaffRequest, entrance, requires
from baken.audit.interface import latest


@entrance
@login_not_required
def log_out(request: HttpRequest) -> HttpResponse:
    """Allauth's log-out; the browser forgets what it kept of our pages."""
    response: HttpResponse = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@entrance
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Using the session is all it does: asking for any page would."""
    return HttpResponse(status=204)


@requires(Permission.SEE_AUDIT)
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """The latest two hundred entries of the region."""
    events = latest(request.member.region.pk)
    names = names_of(event.user_id for event in events if event.user_id)
    rows = [(event, names.get(event.user_id, "") if event.user_id else "Baken") for event in events]
    return render(request, "accounts/log.html", {"rows": rows})
