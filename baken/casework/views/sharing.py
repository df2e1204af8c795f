"""Sharing a registration with another team, and ending that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baken.accounts.interface import (
    FAR_REACHING_MINUTES,
    Permission,
    StaffRequest,
    fresh_login,
    requires,
)
from baken.casework.actions.looking import open_registration
from baken.casework.actions.sharing import NoSuchTeam, share_registration
from baken.casework.forms.sharing import ShareForm
from baken.keys.interface import (
    Compartment,
    EndsInThePast,
    Ground,
    KeystoreAway,
    NoSeat,
    NotAnotherTeam,
    NoTeamKey,
    NothingToShare,
    Purpose,
)
from baken.lib.sentences import sentence_of

_REFUSALS = (
    EndsInThePast,
    KeystoreAway,
    NoSeat,
    NoSuchTeam,
    NoTeamKey,
    NotAnotherTeam,
    NothingToShare,
)


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
@fresh_login(minutes=FAR_REACHING_MINUTES)
def registration_share(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    """With which team, what, why and until when."""
    registration = open_registration(
        registration_id=registration_id, by=request.member, now=timezone.now(), page="share"
    )
    form = ShareForm(request.POST or None, member=request.member, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            _share(request, registration_id, form)
        except _REFUSALS as problem:
            form.add_error(None, sentence_of(problem))
        else:
            messages.success(request, _("Gedeeld. Intrekken kan bij Team en sleutels."))
            return redirect("casework:registration-detail", registration_id)
    context = {"registration": registration, "form": form}
    status = 422 if form.errors else 200
    return render(request, "casework/registration_share.html", context, status=status)


def _share(request: StaffRequest, registration_id: UUID, form: ShareForm) -> None:
    data = form.cleaned_data
    share_registration(
        registration_id=registration_id,
        compartment=Compartment(data["compartment"]),
        team_id=UUID(data["team"]),
        ground=Ground(data["ground"]),
        purpose=Purpose(data["purpose"]),
        ends_on=data["ends_on"],
        by=request.member,
        now=timezone.now(),
    )
