"""Sealing what a team already has under its newest keys: in slices, so that it can stop at any moment."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from baken.accounts.permissions import Permission
from baken.accounts.requests import StaffRequest, requires
from baken.accounts.teams import queries
from baken.accounts.teams.actions import rewrap_slice
from baken.keys.interface import keys_of
from baken.organisations.interface import Team

SLICE = 500


@requires(Permission.GIVE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def rewrap(request: StaffRequest, team_id: UUID) -> HttpResponse:
    """Each POST does one slice and commits it. With JavaScript the page sends the next by itself; without,
    there is a button. Whoever closes the page goes on later where it stopped."""
    team = queries.team_of(team_id, request.member)
    if request.method == "POST":
        rewrap_slice(team_id=team_id, most=SLICE, by=request.member, now=timezone.now())
        if not request.htmx:
            return redirect(f"{reverse('teams:rewrap', args=[team_id])}?begin={_total(request)}")
    return _show(request, team)


def _show(request: StaffRequest, team: Team) -> HttpResponse:
    keys = keys_of(team)
    left = keys.to_rewrap if keys else 0
    total = max(_total(request), left)
    context = {
        "team": team,
        "left": left,
        "total": total,
        "done": total - left,
        "is_under_way": 0 < left < total,
        "goes_on": bool(request.htmx) and left > 0,
        "crumbs": [{"url": reverse("teams:team", args=[team.pk]), "label": team.name}],
    }
    template = "teams/rewrap.html#progress" if request.htmx else "teams/rewrap.html"
    return render(request, template, context)


def _total(request: StaffRequest) -> int:
    """How many there were when somebody began; only for the bar."""
    text = request.POST.get("begin") or request.GET.get("begin", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
