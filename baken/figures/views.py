"""Read the figures, take them along, freeze a new reference date."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.facts.interface import (
    Snapshot,
    SnapshotDamaged,
    is_under_way,
    request_snapshot,
    snapshots,
    unfinished_snapshot,
)
from baken.figures.exports import UnknownFormat, format_of
from baken.figures.forms import FiguresForm
from baken.figures.measures import UnknownMeasure, measure, measures
from baken.figures.periods import LONGEST, BadPeriod
from baken.figures.queries import tables_for
from baken.figures.sections import permalink, section_of
from baken.figures.tables import FigureTable
from baken.lib.sentences import sentence_of


@requires(Permission.SEE_FIGURES)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """All figures of one reference date below each other."""
    ready = snapshots(request.member)
    form = FiguresForm(request.GET, snapshots=ready)
    context: dict[str, Any] = {
        "form": form,
        "can_freeze": request.member.can(Permission.FREEZE),
        "has_snapshots": bool(ready),
        **_progress(request),
    }
    if not ready:
        return render(request, "figures/overview.html", context)
    if not form.is_valid():
        return render(request, "figures/overview.html", context, status=422)
    chosen = form.snapshot or ready[0]
    try:
        tables = _tables(request, form, chosen, [each.slug for each in measures()])
    except BadPeriod as problem:
        form.add_error(None, str(problem))
        return render(request, "figures/overview.html", context, status=422)
    except SnapshotDamaged as problem:
        context["damaged"] = sentence_of(problem)
        return render(request, "figures/overview.html", context, status=500)
    context |= _shown(tables, chosen, ready)
    return render(request, "figures/overview.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def file(request: StaffRequest, slug: str, extension: str) -> HttpResponse:
    """One figure as a file."""
    ready = snapshots(request.member)
    form = FiguresForm(request.GET, snapshots=ready)
    if not ready or not form.is_valid():
        raise Http404
    try:
        written = format_of(extension)
        (table,) = _tables(request, form, form.snapshot or ready[0], [slug])
    except (UnknownFormat, UnknownMeasure, BadPeriod) as problem:
        raise Http404 from problem
    name = content_disposition_header(True, written.name_for(table))
    return HttpResponse(
        written.write(table),
        content_type=written.content_type,
        headers={"Content-Disposition": name or "attachment"},
    )


@requires(Permission.FREEZE)
@require_POST
def new_reference_date(request: StaffRequest) -> HttpResponse:
    """Freeze the region as it is now; the years on the page stay, its reference date does not."""
    if is_under_way(unfinished_snapshot(request.member), timezone.now()):
        messages.info(request, _("Er wordt al een peildatum vastgelegd."))
    else:
        request_snapshot(by=request.member, now=timezone.now())
    form = FiguresForm(request.POST, snapshots=[])
    years = form.cleaned_data if form.is_valid() else {}
    kept = {name: years[name] for name in ("van", "tot") if years.get(name)}
    address = reverse("figures:overview")
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@requires(Permission.SEE_FIGURES)
@require_safe
def progress(request: StaffRequest) -> HttpResponse:
    """How far freezing is, as a fragment; the whole page once it is done."""
    if not request.htmx:
        return redirect("figures:overview")
    context = _progress(request)
    if context["unfinished"] is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "figures/progress.html", context)


def _tables(
    request: StaffRequest, form: FiguresForm, snapshot: Snapshot, slugs: list[str]
) -> list[FigureTable]:
    return tables_for(
        [measure(slug) for slug in slugs],
        by=request.member,
        snapshot=snapshot,
        from_year=form.cleaned_data["van"],
        to_year=form.cleaned_data["tot"],
    )


def _shown(tables: list[FigureTable], chosen: Snapshot, ready: list[Snapshot]) -> dict[str, Any]:
    """What the page shows of the tables, and the form filled in with what they turned out to be."""
    period = tables[0].period
    filled = {"van": period.first, "tot": period.last, "peildatum": str(chosen.pk)}
    return {
        "form": FiguresForm(initial=filled, snapshots=ready),
        "period": period,
        "running_url": _with_running_year(tables[0]),
        "is_newest": chosen == ready[0],
        "sections": [section_of(table, chosen) for table in tables],
        "permalink": permalink(tables[0], chosen),
    }


def _with_running_year(table: FigureTable) -> str:
    """The way to the same figures up to the year of the reference date; "" when they show it."""
    running = table.reference_at.year
    if table.period.last >= running:
        return ""
    years = {"van": max(table.period.first, running - LONGEST + 1), "tot": running}
    return f"{reverse('figures:overview')}?{urlencode(years)}"


def _progress(request: StaffRequest) -> dict[str, Any]:
    unfinished = unfinished_snapshot(request.member)
    return {"unfinished": unfinished, "is_under_way": is_under_way(unfinished, timezone.now())}
