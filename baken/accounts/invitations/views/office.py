"""Inviting colleagues."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.accounts.invitations.actions import (
    AlreadyColleague,
    AlreadyInvited,
    Issued,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from baken.accounts.invitations.forms import InviteForm
from baken.accounts.invitations.queries import listed_invitations
from baken.accounts.invitations.rules import in_groups
from baken.accounts.permissions import Permission
from baken.accounts.requests import StaffRequest, requires
from baken.lib.sentences import sentence_of
from baken.mail.interface import Problem, mail_statuses, outbox


@requires(Permission.MANAGE_COLLEAGUES)
@require_safe
def invitation_list(request: StaffRequest) -> HttpResponse:
    """Who was invited and is not in yet, and how it goes with the mail."""
    found, now = listed_invitations(request.member), timezone.now()
    statuses = mail_statuses([each.mail_id for each in found])
    rows = [(each, each.is_expired(now), statuses.get(each.mail_id)) for each in found]
    waits = any(status.problem == Problem.NO_SERVER for status in statuses.values())
    return render(request, "accounts/invitation_list.html", {"rows": rows, "has_no_server": waits})


@requires(Permission.MANAGE_COLLEAGUES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation_new(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            issued = invite(invited=form.invited, by=request.member, now=timezone.now())
            return _sent(request, issued)
        except (AlreadyColleague, AlreadyInvited) as problem:
            form.add_error("email", sentence_of(problem))
    return render(request, "accounts/invitation_new.html", {"form": form})


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
@never_cache
def invitation_resend(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    issued = resend_invitation(invitation_id=invitation_id, by=request.member, now=timezone.now())
    return _sent(request, issued)


def _sent(request: HttpRequest, issued: Issued) -> HttpResponse:
    """The code, this once: a redirect would have to store it somewhere."""
    context = {
        "invitation": issued.invitation,
        "code": in_groups(issued.code),
        "outbox": outbox() if settings.DEMO else None,
    }
    return render(request, "accounts/invitation_sent.html", context)


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def invitation_withdraw(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    withdraw_invitation(invitation_id=invitation_id, by=request.member, now=timezone.now())
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("invitations:list")
