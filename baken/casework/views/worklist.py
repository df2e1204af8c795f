"""The work list and what hangs on it: saved views, drafts, the export."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.casework.actions.views import NameTaken, NotYourView, delete_view, save_view
from baken.casework.exports import TooManyRows, export_registrations
from baken.casework.models import SavedView
from baken.casework.queries.drafts import own_drafts
from baken.casework.queries.views import views_for
from baken.casework.queries.worklist import (
    MOST_COUNTED,
    BadCursor,
    Page,
    WorkListFilter,
    count,
    page,
)
from baken.casework.views.worklist_filter import Asked, asked
from baken.casework.views.worklist_rows import as_lines
from baken.organisations.interface import area_of, name_of

TEMPLATE = "casework/registration_list.html"

# Views everybody has: name → query string.
BUILT_IN = (
    (gettext_lazy("Alles"), ""),
    (gettext_lazy("Alles open"), "status=open"),
    (gettext_lazy("Van mij"), "wie=ik&status=open"),
    (gettext_lazy("Niet opgepakt"), "wie=niemand&status=open"),
    (gettext_lazy("Acuut"), "urgentie=3&status=open"),
    (gettext_lazy("Afgesloten"), "status=closed"),
)
# Label, sort it belongs to ("" for none).
_HEADS = (
    (gettext_lazy("Nummer"), ""),
    (gettext_lazy("Urgentie"), "urgentie"),
    (gettext_lazy("Soort"), ""),
    (gettext_lazy("Status"), ""),
    (gettext_lazy("Vorm"), ""),
    (gettext_lazy("Plaats"), ""),
    (gettext_lazy("Melder"), ""),
    (gettext_lazy("Ontvangen"), "ontvangen"),
    (gettext_lazy("Behandelaar"), ""),
)


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    is_current: bool
    count: None = None
    delete_url: str = ""


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


@dataclass(frozen=True)
class Head:
    label: str
    sort_url: str
    sorted: str


@requires(Permission.SEE_REGISTRATIONS)
@require_safe
def registration_list(request: StaffRequest) -> HttpResponse:
    """One page of the list, as the address asks for it."""
    asks = asked(_without(request.GET, "nieuwer", "ouder"))
    wanted, sort = asks.wanted, asks.sort
    try:
        found = page(
            wanted,
            by=request.member,
            sort=sort,
            newer=request.GET.get("nieuwer", ""),
            older=request.GET.get("ouder", ""),
        )
    except BadCursor as problem:
        messages.warning(request, _(problem.__doc__ or ""))
        found = page(wanted, by=request.member, sort=sort)
    chips = _chips(request, asks)
    heads = [_head(request, label, own, sort) for label, own in _HEADS]
    context = {
        "asked": asks,
        "chips": chips,
        "clear_url": reverse("casework:registration-list") if chips else "",
        "heads": heads,
        "rows": as_lines(found.rows, [head.label for head in heads]),
        "total": _total(found, request, wanted),
        **_paging(request, found),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, f"{TEMPLATE}#worklist", context)
    return render(request, TEMPLATE, context | _around(request))


@requires(Permission.EXPORT_LIST)
@require_safe
def registration_export(request: StaffRequest) -> HttpResponse:
    """The filtered list as CSV."""
    asks = asked(_without(request.GET, "nieuwer", "ouder"))
    try:
        export = export_registrations(
            asks.wanted, sort=asks.sort, by=request.member, now=timezone.now()
        )
    except TooManyRows as problem:
        messages.error(request, _(problem.__doc__ or ""))
        return redirect(f"{reverse('casework:registration-list')}?{request.GET.urlencode()}")
    name = f"registraties-{timezone.localdate():%Y-%m-%d}.csv"
    file = FileResponse(export.file, as_attachment=True, filename=name, content_type="text/csv")
    return cast("HttpResponse", file)


@requires(Permission.SEE_REGISTRATIONS)
@require_POST
def view_save(request: StaffRequest) -> HttpResponse:
    """Keep the filter on screen under a name."""
    name = request.POST.get("naam", "").strip()[:60]
    query = _without(QueryDict(request.POST.get("filter", "")[:500]), "nieuwer", "ouder")
    target = f"{reverse('casework:registration-list')}?{query}"
    if not name:
        messages.error(request, _("Geef de weergave een naam."))
        return redirect(target)
    try:
        save_view(
            name=name,
            query=query,
            is_shared="delen" in request.POST,
            by=request.member,
            now=timezone.now(),
        )
    except NameTaken as problem:
        messages.error(request, _(problem.__doc__ or ""))
    else:
        messages.success(request, _("Weergave '%(name)s' bewaard.") % {"name": name})
    return redirect(target)


@requires(Permission.SEE_REGISTRATIONS)
@require_POST
def view_delete(request: StaffRequest, view_id: UUID) -> HttpResponse:
    try:
        name = delete_view(view_id=view_id, by=request.member, now=timezone.now())
    except NotYourView as problem:
        messages.error(request, _(problem.__doc__ or ""))
    else:
        messages.success(request, _("Weergave '%(name)s' weggehaald.") % {"name": name})
    return redirect("casework:registration-list")


def _around(request: StaffRequest) -> dict[str, Any]:
    """What stands around the list and does not change with it."""
    current = _without(request.GET, "nieuwer", "ouder", "sorteer")
    own = sorted(name_of(code) for code in area_of(request.member.region))
    return {
        "tabs": _tabs(views_for(request.member), current, request.member.author_id),
        "drafts": own_drafts(request.member),
        "own_places": own,
        "current_query": current,
        "can_register": request.member.can(Permission.REGISTER),
        "can_export": request.member.can(Permission.EXPORT_LIST),
        "can_share": request.member.can(Permission.SHARE_VIEWS),
        "export_url": f"{reverse('casework:registration-export')}?{request.GET.urlencode()}",
    }


def _tabs(saved: list[SavedView], current: str, own_id: UUID) -> list[Tab]:
    base = reverse("casework:registration-list")
    built_in = [
        Tab(f"{base}?{query}" if query else base, str(label), _same(query, current))
        for label, query in BUILT_IN
    ]
    own = [
        Tab(
            f"{base}?{view.query}",
            view.name,
            _same(view.query, current),
            delete_url=reverse("casework:view-delete", args=[view.pk])
            if view.owner_id == own_id
            else "",
        )
        for view in saved
    ]
    return [*built_in, *own]


def _same(one: str, other: str) -> bool:
    """Two filters that ask the same; what is left open does not count."""
    asked = [{(k, v) for k, v in QueryDict(q).items() if v} for q in (one, other)]
    return asked[0] == asked[1]


def _chips(request: StaffRequest, asks: Asked) -> list[Chip]:
    base = reverse("casework:registration-list")
    return [
        Chip(label, f"{base}?{_without(request.GET, name, 'nieuwer', 'ouder')}")
        for name, label in asks.said
    ]


def _head(request: StaffRequest, label: Any, own: str, sort: str) -> Head:
    if not own:
        return Head(str(label), "", "")
    query = _without(request.GET, "sorteer", "nieuwer", "ouder")
    url = f"{reverse('casework:registration-list')}?{query}&sorteer={own}"
    return Head(str(label), url, "descending" if own == sort else "")


def _total(found: Page, request: StaffRequest, wanted: WorkListFilter) -> str:
    """How many there are, without a second query when one page holds them all."""
    if not found.newer and not found.older:
        return str(len(found.rows))
    total = count(wanted, by=request.member)
    return _("meer dan %(most)s") % {"most": MOST_COUNTED} if total > MOST_COUNTED else str(total)


def _paging(request: StaffRequest, found: Page) -> dict[str, str]:
    base = reverse("casework:registration-list")
    query = _without(request.GET, "nieuwer", "ouder")
    start = f"{base}?{query}&" if query else f"{base}?"
    return {
        "newer_url": f"{start}nieuwer={found.newer}" if found.newer else "",
        "older_url": f"{start}ouder={found.older}" if found.older else "",
        "first_url": f"{base}?{query}" if found.newer else "",
    }


def _without(query: QueryDict, *names: str) -> str:
    """The query string without these names and without what is empty."""
    kept = query.copy()
    for name in [*names, *(name for name in query if not query[name])]:
        kept.pop(name, None)
    return kept.urlencode()
