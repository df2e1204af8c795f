"""The work list and what hangs on it: saved views, drafts, the export."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from baken.accounts.interface import (
    FAR_REACHING_MINUTES,
    Member,
    Permission,
    StaffRequest,
    fresh_login,
    requires,
)
from baken.casework.actions.looking import note_list
from baken.casework.actions.views import NameTaken, NotYourView, delete_view, save_view
from baken.casework.exports import TooManyRows, export_registrations
from baken.casework.forms.worklist import SavedViewForm
from baken.casework.queries.drafts import own_drafts
from baken.casework.queries.hand_over import to_hand_over
from baken.casework.queries.views import views_for
from baken.casework.queries.worklist import (
    MOST_COUNTED,
    BadCursor,
    Page,
    WorkListFilter,
    count,
    page,
)
from baken.casework.views.registrations import LAST_LIST
from baken.casework.views.worklist_filter import (
    Asked,
    Tab,
    as_tabs,
    asked,
    is_current,
    own_places,
    without,
)
from baken.casework.views.worklist_rows import as_lines
from baken.lib.sentences import sentence_of

TEMPLATE = "casework/registration_list.html"
CSV = "text/csv; charset=utf-8"


@requires(Permission.SEE_REGISTRATIONS)
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def registration_list(request: StaffRequest) -> HttpResponse:
    """One page of the list, as the address asks for it."""
    asks = asked(without(request.GET, "nieuwer", "ouder"))
    wanted, sort, notice = asks.wanted, asks.sort, ""
    try:
        found = page(
            wanted,
            by=request.member,
            sort=sort,
            newer=request.GET.get("nieuwer", ""),
            older=request.GET.get("ouder", ""),
        )
    except BadCursor as problem:
        notice = sentence_of(problem)
        found = page(wanted, by=request.member, sort=sort)
    note_list(shown=[row["id"] for row in found.rows], by=request.member, now=timezone.now())
    _remember_place(request)
    context = {
        "asked": asks,
        "notice": notice,
        "rows": as_lines(found.rows, asks.titles),
        "caption": _("Registraties: %(total)s") % {"total": _total(found, request, wanted)},
        **_paging(asks.query, found),
        **_around(request, asks),
    }
    if request.htmx.target == "worklist":
        return _swap(request, context)
    return render(request, TEMPLATE, context | {"drafts": own_drafts(request.member)})


@requires(Permission.EXPORT_LIST)
@fresh_login(minutes=FAR_REACHING_MINUTES, is_download=True)
@require_safe
def registration_export(request: StaffRequest) -> HttpResponse:
    """The filtered list as CSV."""
    asks = asked(without(request.GET, "nieuwer", "ouder"))
    try:
        export = export_registrations(
            asks.wanted, sort=asks.sort, by=request.member, now=timezone.now()
        )
    except TooManyRows as problem:
        messages.error(request, sentence_of(problem))
        return redirect(f"{reverse('casework:registration-list')}?{request.GET.urlencode()}")
    name = f"registraties-{timezone.localdate():%Y-%m-%d}.csv"
    file = FileResponse(export.file, as_attachment=True, filename=name, content_type=CSV)
    return cast("HttpResponse", file)


@requires(Permission.SEE_REGISTRATIONS)
@require_POST
def view_save(request: StaffRequest) -> HttpResponse:
    """Keep the filter on screen under a name."""
    form = SavedViewForm(request.POST)
    is_valid = form.is_valid()
    query = without(QueryDict(form.cleaned_data.get("filter", "")), "nieuwer", "ouder")
    target = f"{reverse('casework:registration-list')}?{query}"
    if not is_valid:
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
        return redirect(target)
    name, is_shared = form.cleaned_data["naam"], form.cleaned_data["delen"]
    now = timezone.now()
    try:
        save_view(name=name, query=query, is_shared=is_shared, by=request.member, now=now)
    except NameTaken as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, _("Weergave '%(name)s' bewaard.") % {"name": name})
    return redirect(target)


@requires(Permission.SEE_REGISTRATIONS)
@require_POST
def view_delete(request: StaffRequest, view_id: UUID) -> HttpResponse:
    try:
        name = delete_view(view_id=view_id, by=request.member, now=timezone.now())
    except NotYourView as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, _("Weergave '%(name)s' weggehaald.") % {"name": name})
    return redirect("casework:registration-list")


def _swap(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    """What the filter changes, with an address without empty names for the browser's history."""
    response = render(request, f"{TEMPLATE}#swap", context | {"is_swap": True})
    query = without(request.GET)
    return push_url(response, f"{context['list_url']}?{query}" if query else context["list_url"])


def _remember_place(request: StaffRequest) -> None:
    """So that a registration leads back to this very page of this very filter."""
    query = request.GET.urlencode()
    if request.session.get(LAST_LIST, "") != query:
        request.session[LAST_LIST] = query


def _around(request: StaffRequest, asks: Asked) -> dict[str, Any]:
    """What stands around the list."""
    member = request.member
    own = _own_tabs(member, asks.query)
    return {
        "list_url": reverse("casework:registration-list"),
        "tabs": as_tabs((*asks.tabs, *own)),
        "own_tabs": own,
        "own_places": own_places(member.region),
        "can_register": member.can(Permission.REGISTER),
        "can_export": member.can(Permission.EXPORT_LIST),
        "can_share": member.can(Permission.SHARE_VIEWS),
        "has_hand_over": _has_hand_over(member),
        "export_url": f"{reverse('casework:registration-export')}?{request.GET.urlencode()}",
        "people_url": f"{reverse('casework:export-ask')}?{asks.query}",
    }


def _has_hand_over(by: Member) -> bool:
    """Whether somebody who is gone still has work in hand, for who may give it back."""
    return by.can(Permission.HAND_OVER) and to_hand_over(by, timezone.localdate()).exists()


def _own_tabs(by: Member, current: str) -> list[Tab]:
    """The views of the member and those that colleagues share."""
    base = reverse("casework:registration-list")
    return [
        Tab(
            f"{base}?{view.query}",
            view.name,
            is_current(view.query, current),
            delete_url=reverse("casework:view-delete", args=[view.pk])
            if view.owner_id == by.author_id
            else "",
        )
        for view in views_for(by)
    ]


def _total(found: Page, request: StaffRequest, wanted: WorkListFilter) -> str:
    """How many there are, without a second query when one page holds them all."""
    if not found.newer and not found.older:
        return str(len(found.rows))
    total = count(wanted, by=request.member)
    return _("meer dan %(most)s") % {"most": MOST_COUNTED} if total > MOST_COUNTED else str(total)


def _paging(query: str, found: Page) -> dict[str, str]:
    base = reverse("casework:registration-list")
    start = f"{base}?{query}&" if query else f"{base}?"
    return {
        "newer_url": f"{start}nieuwer={found.newer}" if found.newer else "",
        "older_url": f"{start}ouder={found.older}" if found.older else "",
        "first_url": f"{base}?{query}" if found.newer else "",
    }
