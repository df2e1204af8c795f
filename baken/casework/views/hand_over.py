"""What a colleague who is gone still had in hand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from baken.accounts.interface import Member, Permission, StaffRequest, names_of, requires
from baken.casework.actions.hand_over import hand_over
from baken.casework.actions.looking import note_list
from baken.casework.models import Registration
from baken.casework.queries.hand_over import to_hand_over

# On one page, and given back with one click.
MOST = 100


@dataclass(frozen=True)
class Row:
    """A registration, and on whose name it stands."""

    registration: Registration
    handler: str


@requires(Permission.HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_list(request: StaffRequest) -> HttpResponse:
    """The first hundred; what was given back makes room for the next."""
    if request.method == "POST":
        return _give_back(request)
    today = timezone.localdate()
    rows, total = _rows(request.member, today), to_hand_over(request.member, today).count()
    shown = [row.registration.pk for row in rows]
    note_list(shown=shown, by=request.member, now=timezone.now())
    return render(request, "casework/hand_over.html", {"rows": rows, "total": total})


def _rows(by: Member, today: date) -> list[Row]:
    found = to_hand_over(by, today).order_by("handler_id", "received_on", "pk")[:MOST]
    names = names_of(each.handler_id for each in found if each.handler_id)
    return [Row(each, names.get(each.handler_id, "")) for each in found if each.handler_id]


def _give_back(request: StaffRequest) -> HttpResponse:
    """One of the list, or all that stood on the page."""
    try:
        ids = [UUID(each) for each in request.POST.getlist("registration")[:MOST]]
    except ValueError:
        raise Http404 from None
    given = hand_over(registration_ids=ids, by=request.member, now=timezone.now())
    said = ngettext(
        "%(number)s registratie is teruggegeven aan het team.",
        "%(number)s registraties zijn teruggegeven aan het team.",
        given,
    )
    messages.success(request, said % {"number": given})
    return redirect("casework:hand-over")
