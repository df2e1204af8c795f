"""Sessions, the active region, colleagues and their roles."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.accounts import queries
from baken.accounts.actions import (
    AlreadyDisabled,
    LastAdministrator,
    NotDisabled,
    OwnRights,
    change_roles,
    choose_region,
    disable_colleague,
    enable_colleague,
)
from baken.accounts.forms import RolesForm
from baken.accounts.invitations.forms import ResetForm
from baken.accounts.invitations.queries import reset_for
from baken.accounts.members import NotInRegion
from baken.accounts.middleware import REGION_KEY
from baken.accounts.permissions import Permission, Role
from baken.accounts.requests import StaffRequest, entrance, requires
from baken.accounts.teams.queries import only_seat_in
from baken.keys.interface import LastSeat
from baken.lib.sentences import sentence_of

Refusals = (AlreadyDisabled, LastAdministrator, LastSeat, NotDisabled, OwnRights)


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


@entrance
@require_POST
def choose(request: StaffRequest) -> HttpResponse:
    """Go on in another region of one's own."""
    try:
        region_id = UUID(request.POST.get("region", ""))
        region = choose_region(region_id=region_id, by=request.user, now=timezone.now())
    except (ValueError, NotInRegion):
        raise Http404 from None
    request.session[REGION_KEY] = str(region.pk)
    messages.success(request, _("U werkt nu voor regio %(region)s.") % {"region": region.name})
    return redirect("work")


@entrance
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """A page to stand on while the browser fetches a file that asked for a fresh log-in first."""
    url = request.GET.get("bestand", "")
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None) or not url.startswith("/"):
        raise Http404
    return render(request, "accounts/download.html", {"url": url})


@requires(Permission.MANAGE_COLLEAGUES)
@require_safe
def colleague_list(request: StaffRequest) -> HttpResponse:
    context = {
        "colleagues": queries.everybody(request.member.region.pk),
        "own_id": request.member.user_id,
        "can_see_roles": request.member.can(Permission.SEE_ROLES),
    }
    return render(request, "accounts/colleague_list.html", context)


@requires(Permission.MANAGE_COLLEAGUES)
@require_http_methods(["GET", "POST"])
def colleague_roles(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """What a colleague is here, and whether the colleague is let in."""
    found = queries.find_colleague(user_id, request.member.region.pk)
    sent = request.POST if request.method == "POST" else None
    form = RolesForm(sent, initial={"roles": list(found.roles)})
    if form.is_valid():
        roles = frozenset(Role(role) for role in form.cleaned_data["roles"])
        try:
            change_roles(user_id=user_id, roles=roles, by=request.member, now=timezone.now())
        except Refusals as problem:
            form.add_error(None, sentence_of(problem))
        else:
            messages.success(request, _("De rollen van %(name)s zijn gewijzigd.") % _of(found))
            return redirect("accounts:colleague-list")
    context = {
        "colleague": found,
        "form": form,
        "is_self": user_id == request.member.user_id,
        **_log_in_of(request, user_id),
        "crumbs": [{"url": reverse("accounts:colleague-list"), "label": _("Collega's")}],
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/colleague_roles.html", context, status=status)


def _log_in_of(request: StaffRequest, user_id: UUID) -> dict[str, Any]:
    """What the administrator can do for a colleague who cannot get in."""
    return {
        "reset": reset_for(user_id, by=request.member),
        "reset_form": ResetForm(),
        "only_seat_in": ", ".join(only_seat_in(request.member.region, user_id)),
        "now": timezone.now(),
    }


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def disable(request: StaffRequest, user_id: UUID) -> HttpResponse:
    said = _(
        "%(name)s is uitgelogd en kan er niet meer in. Registraties op deze naam ziet een coördinator in de "
        "werklijst onder 'Over te dragen'."
    )
    return _let(request, user_id, disable_colleague, said)


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def enable(request: StaffRequest, user_id: UUID) -> HttpResponse:
    said = _("%(name)s kan er weer in, met dezelfde rollen.")
    return _let(request, user_id, enable_colleague, said)


def _let(
    request: StaffRequest, user_id: UUID, action: Callable[..., None], said: str
) -> HttpResponse:
    found = queries.find_colleague(user_id, request.member.region.pk)
    try:
        action(user_id=user_id, by=request.member, now=timezone.now())
    except Refusals as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, said % _of(found))
    return redirect("accounts:colleague-roles", user_id)


def _of(colleague: queries.Colleague) -> dict[str, str]:
    return {"name": colleague.name}


@requires(Permission.SEE_ROLES)
@require_safe
def role_matrix(request: StaffRequest) -> HttpResponse:
    """Which role may do what, as the code has it."""
    context = {"roles": [role.label for role in Role], "rows": queries.role_matrix()}
    return render(request, "accounts/role_matrix.html", context)
