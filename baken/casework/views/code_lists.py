"""The code lists of the house, and what this region offers of them."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.casework.forms.code_lists import LegalFramesForm, SwitchOffForm
from baken.lib.sentences import sentence_of
from baken.organisations.interface import set_legal_frames
from baken.taxonomy.interface import (
    AlreadySwitchedOff,
    CodeEntry,
    EndsBeforeStart,
    NotSwitchedOff,
    UnknownCode,
    entries,
    entry,
    label_in_active_language,
    list_labels,
    mappings_of,
    switch_off,
    switch_on,
)


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    is_current: bool
    count: int


@dataclass(frozen=True)
class Row:
    """One entry, ready to print."""

    entry: CodeEntry
    mappings: str
    is_offered: bool
    is_sub: bool


@requires(Permission.MANAGE_LISTS)
@require_safe
def code_lists(request: StaffRequest, list_code: str = "form") -> HttpResponse:
    """One list at a time: every entry there ever was, with what it is called elsewhere."""
    return _show(request, list_code, SwitchOffForm(initial={"from_day": timezone.localdate()}))


@requires(Permission.MANAGE_LISTS)
@require_POST
def code_switch_off(request: StaffRequest, list_code: str) -> HttpResponse:
    """Offer an entry no more from a day on. What was registered with it stays."""
    form = SwitchOffForm(request.POST)
    if not form.is_valid():
        return _show(request, list_code, form, status=422)
    chosen = _entry(list_code, form.cleaned_data["code"])
    day: date = form.cleaned_data["from_day"]
    try:
        switch_off(entry=chosen, from_day=day, by=request.member.actor, now=timezone.now())
    except (AlreadySwitchedOff, EndsBeforeStart) as problem:
        messages.error(request, sentence_of(problem))
    else:
        said = {"label": chosen.label, "day": day.strftime("%d-%m-%Y")}
        messages.success(request, _("'%(label)s' staat uit per %(day)s.") % said)
    return redirect("casework:code-list", list_code)


@requires(Permission.MANAGE_LISTS)
@require_POST
def code_switch_on(request: StaffRequest, list_code: str) -> HttpResponse:
    chosen = _entry(list_code, request.POST.get("code", ""))
    try:
        switch_on(entry=chosen, by=request.member.actor, now=timezone.now())
    except NotSwitchedOff as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, _("'%(label)s' is weer te kiezen.") % {"label": chosen.label})
    return redirect("casework:code-list", list_code)


@requires(Permission.MANAGE_REGION)
@require_POST
def legal_frames(request: StaffRequest) -> HttpResponse:
    """Which legal frames this region registers under."""
    form = LegalFramesForm(request.POST)
    if form.is_valid():
        set_legal_frames(
            region=request.member.region,
            codes=form.cleaned_data["legal_frames"],
            by=request.member.actor,
            now=timezone.now(),
        )
        messages.success(request, _("Bewaard."))
    else:
        messages.error(request, _("Kies ten minste één juridisch kader."))
    return redirect("casework:code-list", "legal_frame")


def _show(
    request: StaffRequest, list_code: str, form: SwitchOffForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    names = list_labels()
    if list_code not in names:
        raise Http404
    context = {
        "tabs": [_tab(code, list_code) for code in names],
        "list_code": list_code,
        "title": _name(list_code),
        "rows": _rows(list_code, today),
        "form": form,
        "frames": _frames(request) if list_code == "legal_frame" else None,
    }
    return render(request, "casework/code_lists.html", context, status=status)


def _tab(code: str, current: str) -> Tab:
    url = reverse("casework:code-list", args=[code])
    return Tab(url, _name(code), code == current, len(entries(code)))


def _name(list_code: str) -> str:
    return label_in_active_language(*list_labels()[list_code])


def _rows(list_code: str, today: date) -> list[Row]:
    elsewhere = mappings_of(list_code)
    return [
        Row(
            entry=found,
            mappings=", ".join(
                f"{scheme}: {value}" for scheme, value, _ in elsewhere.get(found.code, ())
            ),
            is_offered=found.is_valid_on(today),
            is_sub="." in found.code,
        )
        for found in entries(list_code)
    ]


def _frames(request: StaffRequest) -> LegalFramesForm:
    return LegalFramesForm(initial={"legal_frames": request.member.region.legal_frames})


def _entry(list_code: str, code: str) -> CodeEntry:
    try:
        return entry(list_code, code)
    except UnknownCode:
        raise Http404 from None
