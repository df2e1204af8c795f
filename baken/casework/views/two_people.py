"""What takes two people: asking, allowing, refusing and withdrawing, and the file with identities."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.accounts.interface import (
    FAR_REACHING_MINUTES,
    Member,
    Permission,
    StaffRequest,
    fresh_login,
    names_of,
    requires,
)
from baken.casework.actions.exporting import (
    NothingToExport,
    TooManyPeople,
    ask_export,
    use_export,
)
from baken.casework.actions.two_people import allow_request, refuse_request, withdraw_request
from baken.casework.forms.words import ExportForm
from baken.casework.models import TwoPersonRequest
from baken.casework.queries.two_people import own_requests, waiting_for
from baken.casework.queries.worklist import MINE, MOST_COUNTED, count
from baken.casework.rules.two_people import OPEN, USABLE, NoLongerAsked, TakesTwo, state_of
from baken.casework.states import ExportReason, RequestKind, RequestState
from baken.casework.views.worklist_filter import asked, coded
from baken.keys.interface import KeystoreAway, NotUnlocked
from baken.lib.sentences import sentence_of

_STATE_KINDS = {
    RequestState.WAITING: "info",
    RequestState.ALLOWED: "ok",
    RequestState.USED: "neutral",
    RequestState.REFUSED: "danger",
    RequestState.WITHDRAWN: "neutral",
    RequestState.EXPIRED: "neutral",
}


@dataclass(frozen=True)
class RequestCard:
    """A request as it stands on the page. `until` is when an allowed one ends."""

    asked: TwoPersonRequest
    who: str
    filters: list[str]
    state: RequestState
    state_kind: str
    until: datetime | None
    can_use: bool
    can_withdraw: bool


class _Answer(Protocol):
    def __call__(self, *, request_id: UUID, by: Member, now: datetime) -> TwoPersonRequest: ...


@requires(Permission.REGISTER)
@require_safe
def request_list(request: StaffRequest) -> HttpResponse:
    """What waits for a second colleague, and what one asked oneself."""
    member, now = request.member, timezone.now()
    waiting, own = list(waiting_for(member, now)), list(own_requests(member, now))
    context = {
        "waiting": _cards(waiting, now),
        "own": _cards(own, now),
        "can_export": member.can(Permission.EXPORT_LIST),
    }
    return render(request, "casework/request_list.html", context)


@requires(Permission.EXPORT_LIST)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_http_methods(["GET", "HEAD", "POST"])
def export_ask(request: StaffRequest) -> HttpResponse:
    """Which registrations, how many, and why."""
    filters = coded(request.GET.urlencode())
    asks = asked(filters.query)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_export(
                wanted=asks.wanted,
                sort=asks.sort,
                query=filters.query,
                reason=ExportReason(form.cleaned_data["reason"]),
                by=request.member,
                now=timezone.now(),
            )
        except (NothingToExport, TooManyPeople) as problem:
            form.add_error(None, sentence_of(problem))
        else:
            messages.success(request, _("Gevraagd. Een tweede collega moet dit toestaan."))
            return redirect("casework:request-list")
    context = {
        "form": form,
        "filters": list(filters.labels.values()),
        "total": _total(count(asks.wanted, by=request.member)),
        "without_number": bool(request.GET.get("nummer")),
        "list_url": f"{reverse('casework:registration-list')}?{filters.query}",
    }
    return render(request, "casework/export_ask.html", context, status=422 if form.errors else 200)


@requires(Permission.REGISTER)
@require_POST
@fresh_login(minutes=FAR_REACHING_MINUTES)
def request_allow(request: StaffRequest, request_id: UUID) -> HttpResponse:
    said = _("Toegestaan. Wie het vroeg, kan het nu een kwartier lang gebruiken, één keer.")
    return _answer(request, request_id, allow_request, said)


@requires(Permission.REGISTER)
@require_POST
def request_refuse(request: StaffRequest, request_id: UUID) -> HttpResponse:
    return _answer(request, request_id, refuse_request, _("Geweigerd."))


@requires(Permission.REGISTER)
@require_POST
def request_withdraw(request: StaffRequest, request_id: UUID) -> HttpResponse:
    return _answer(request, request_id, withdraw_request, _("Ingetrokken."))


@requires(Permission.EXPORT_LIST)
@require_POST
@fresh_login(minutes=FAR_REACHING_MINUTES)
def export_use(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """The file. Its name is that of the request in the log, and says nothing."""
    try:
        file = use_export(request_id=request_id, by=request.member, now=timezone.now())
    except (NoLongerAsked, KeystoreAway, NotUnlocked) as problem:
        messages.error(request, sentence_of(problem))
        return redirect("casework:request-list")
    headers = {
        "Content-Disposition": f'attachment; filename="{request_id}.csv"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(file.content, content_type="text/csv; charset=utf-8", headers=headers)


def _total(number: int) -> str:
    said = _("meer dan %(most)s") % {"most": MOST_COUNTED} if number > MOST_COUNTED else number
    return ngettext("%(number)s registratie", "%(number)s registraties", number) % {"number": said}


def _answer(request: StaffRequest, request_id: UUID, action: _Answer, said: str) -> HttpResponse:
    try:
        action(request_id=request_id, by=request.member, now=timezone.now())
    except (TakesTwo, NoLongerAsked) as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, said)
    return redirect("casework:request-list")


def _cards(requests: Iterable[TwoPersonRequest], now: datetime) -> list[RequestCard]:
    shown = list(requests)
    names = names_of(each.asked_by_id for each in shown)
    return [_card(each, names.get(each.asked_by_id, ""), now) for each in shown]


def _card(request: TwoPersonRequest, who: str, now: datetime) -> RequestCard:
    state = state_of(request, now)
    return RequestCard(
        asked=request,
        who=who,
        filters=_filters(request, who),
        state=state,
        state_kind=_STATE_KINDS[state],
        until=request.allowed_at + USABLE if request.allowed_at else None,
        can_use=state == RequestState.ALLOWED,
        can_withdraw=state in OPEN,
    )


def _filters(request: TwoPersonRequest, who: str) -> list[str]:
    """The filter in words for whoever reads it: "Ik" is who asked."""
    if request.kind != RequestKind.EXPORT:
        return []
    labels = coded(request.query).labels
    if QueryDict(request.query).get("wie") == MINE:
        labels["wie"] = _("Behandelaar: %(who)s") % {"who": who}
    return list(labels.values()) or [_("Alle registraties")]
