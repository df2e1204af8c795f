"""The front door of the office: who goes where."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from baken.accounts.interface import Member, Permission, entrance, needs_first_run
from baken.config.demo.people import PASSPHRASE, PEOPLE, one_time_codes
from baken.mail.interface import outbox

# Where somebody's work begins: the first page they may see.
_FIRST_PAGE = (
    (Permission.SEE_REGISTRATIONS, "casework:registration-list"),
    (Permission.SEE_FIGURES, "figures:overview"),
    (Permission.MANAGE_LISTS, "casework:code-lists"),
    (Permission.SEE_AUDIT, "oversight:log"),
)


@entrance
@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To somebody's own work; without log-in to the log-in page, or in a demo to the tour."""
    if request.user.is_authenticated:
        return redirect("work")
    if settings.DEMO:
        context = {
            "people": PEOPLE,
            "passphrase": PASSPHRASE,
            "code": one_time_codes()[1],
            "outbox": outbox(),
        }
        return render(request, "config/tour.html", context)
    return redirect("account_login")


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The first page this member may see; for who opens a region, its first run."""
    member: Member = request.member  # type: ignore[attr-defined]
    if needs_first_run(member):
        return redirect("teams:first-run")
    for permission, page in _FIRST_PAGE:
        if member.can(permission):
            return redirect(page)
    return redirect("mfa_index")
