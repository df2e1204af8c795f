"""Helping a colleague who cannot get in: a new passphrase, and another second factor."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from baken.accounts.actions import AlreadyDisabled, OwnRights
from baken.accounts.invitations.forms import ResetForm
from baken.accounts.invitations.resets import (
    NoFactors,
    WorksElsewhere,
    remove_second_factors,
    send_reset,
    withdraw_reset,
)
from baken.accounts.invitations.rules import in_groups
from baken.accounts.permissions import Permission
from baken.accounts.requests import StaffRequest, requires
from baken.accounts.step_up import FAR_REACHING_MINUTES, fresh_login
from baken.lib.sentences import sentence_of
from baken.mail.interface import outbox

Refusals = (AlreadyDisabled, NoFactors, OwnRights, WorksElsewhere)


@requires(Permission.MANAGE_COLLEAGUES)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
@never_cache
def reset_send(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """The code, this once: a redirect would have to store it somewhere."""
    form = ResetForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else "nl"
    try:
        issued = send_reset(
            user_id=user_id, language=language, by=request.member, now=timezone.now()
        )
    except Refusals as problem:
        return _refused(request, user_id, problem)
    context = {
        "invitation": issued.invitation,
        "code": in_groups(issued.code),
        "outbox": outbox() if settings.DEMO else None,
    }
    return render(request, "accounts/invitation_sent.html", context)


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def reset_withdraw(request: StaffRequest, user_id: UUID) -> HttpResponse:
    try:
        withdraw_reset(user_id=user_id, by=request.member, now=timezone.now())
    except Refusals as problem:
        return _refused(request, user_id, problem)
    messages.success(request, _("De nieuwe wachtwoordzin is ingetrokken. De link werkt niet meer."))
    return redirect("accounts:colleague-roles", user_id)


@requires(Permission.MANAGE_COLLEAGUES)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
def factors_remove(request: StaffRequest, user_id: UUID) -> HttpResponse:
    try:
        remove_second_factors(user_id=user_id, by=request.member, now=timezone.now())
    except Refusals as problem:
        return _refused(request, user_id, problem)
    messages.success(
        request,
        _("De tweede factor is weg. Bij het inloggen stelt uw collega een nieuwe in."),
    )
    return redirect("accounts:colleague-roles", user_id)


def _refused(request: StaffRequest, user_id: UUID, problem: Exception) -> HttpResponse:
    messages.error(request, sentence_of(problem))
    return redirect("accounts:colleague-roles", user_id)
