"""The log of the region, and the alerts, for who watches over it."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.interface import Member, Permission, StaffRequest, names_of, requires
from baken.audit.interface import (
    PastEvent,
    detail_words,
    event_words,
    found,
    found_all,
    places_reached,
    subject_words,
)
from baken.lib.csv_cells import write_rows
from baken.lib.sentences import sentence_of
from baken.oversight.actions import (
    AlreadyReviewed,
    OwnAlert,
    note_log_seen,
    note_log_taken,
    review_alert,
)
from baken.oversight.forms import LogForm, ReviewForm
from baken.oversight.models import Alert
from baken.oversight.queries import count_open, open_alerts, reviewed_alerts
from baken.oversight.states import AlertKind, Outcome
from baken.oversight.subjects import Named, named

PAGE = 200
MOST_TAKEN = 100_000
NEEDED_PLACES = 2


@dataclass(frozen=True)
class Line:
    """One entry of the log, ready to print."""

    at: datetime
    who: str
    what: str
    kind: str
    about: Named
    more: str


@requires(Permission.SEE_AUDIT)
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """The log of the region, newest first; per colleague, per registration, per period. Looking at it is
    an entry as well."""
    by, now = request.member, timezone.now()
    form = LogForm(request.GET, by=by)
    form.is_valid()
    before = request.GET.get("ouder", "")
    wanted = form.wanted(int(before) if before.isdecimal() and len(before) < 19 else None)
    events = found(wanted, region=by.region.pk, most=PAGE + 1)
    note_log_seen(by=by, now=now, **form.said())
    context = {
        "form": form,
        "lines": _lines(events[:PAGE], by),
        "is_filtered": bool(form.said()),
        "older_url": _older(request.GET, events),
        "export_url": f"{reverse('oversight:log-export')}?{_query(request.GET)}",
        "open_count": count_open(by),
        "has_one_place": places_reached(now=now) < NEEDED_PLACES,
    }
    return render(request, "oversight/log.html", context)


@requires(Permission.SEE_AUDIT)
@require_safe
def log_export(request: StaffRequest) -> HttpResponse:
    """The filtered log as CSV, the newest hundred thousand lines at most."""
    by, now = request.member, timezone.now()
    form = LogForm(request.GET, by=by)
    if not form.is_valid():
        return redirect(f"{reverse('oversight:log')}?{_query(request.GET)}")
    file = io.StringIO(newline="")
    file.write("\ufeff")  # tells Excel that the text is UTF-8
    write_rows(file, [[_("Wanneer"), _("Wie"), _("Wat"), _("Waarover"), _("Bijzonderheden")]])
    events = islice(found_all(form.wanted(), region=by.region.pk), MOST_TAKEN)
    rows = write_rows(file, _cells(events, by))
    note_log_taken(by=by, now=now, rows=rows, **form.said())
    name = f"logboek-{timezone.localdate(now):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@requires(Permission.SEE_AUDIT)
@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """Looks that ask for an explanation: what is to be reviewed, and what was."""
    return _show_alerts(request, ReviewForm())


@requires(Permission.REVIEW_ALERTS)
@require_POST
def alert_review(request: StaffRequest, alert_id: UUID) -> HttpResponse:
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show_alerts(request, form, status=422)
    outcome = Outcome(form.cleaned_data["outcome"])
    try:
        review_alert(alert_id=alert_id, outcome=outcome, by=request.member, now=timezone.now())
    except (AlreadyReviewed, OwnAlert) as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, _("Beoordeeld."))
    return redirect("oversight:alerts")


def _show_alerts(request: StaffRequest, form: ReviewForm, status: int = 200) -> HttpResponse:
    by, now = request.member, timezone.now()
    waiting, done = open_alerts(by), reviewed_alerts(by)
    people = {each for alert in [*waiting, *done] for each in (alert.user_id, alert.reviewed_by_id)}
    names = names_of(each for each in people if each)
    about = named([alert.subject for alert in [*waiting, *done]], by)
    context = {
        "form": form,
        "waiting": [_card(alert, names, about, now) for alert in waiting],
        "done": [_card(alert, names, about, now) for alert in done],
        "outcomes": Outcome.choices,
        "can_review": by.can(Permission.REVIEW_ALERTS),
    }
    return render(request, "oversight/alerts.html", context, status=status)


@dataclass(frozen=True)
class Card:
    """An alert, ready to print."""

    alert: Alert
    who: str
    text: str
    log_url: str
    is_late: bool
    reviewer: str


def _card(
    alert: Alert, names: Mapping[UUID, str], about: Mapping[str, Named], now: datetime
) -> Card:
    day = {"wie": str(alert.user_id), "van": alert.day.isoformat(), "tot": alert.day.isoformat()}
    return Card(
        alert=alert,
        who=names.get(alert.user_id, _("Onbekend")),
        text=_sentence(alert, about),
        log_url=f"{reverse('oversight:log')}?{urlencode(day)}",
        is_late=alert.due_at is not None and alert.due_at < now and not alert.outcome,
        reviewer=names.get(alert.reviewed_by_id, "") if alert.reviewed_by_id else "",
    )


def _sentence(alert: Alert, about: Mapping[str, Named]) -> str:
    if alert.kind == AlertKind.BREAK_GLASS:
        known = about.get(alert.subject)
        said = {"subject": known.text if known else subject_words(alert.subject)}
        return _("Opende %(subject)s met noodtoegang.") % said
    return {
        AlertKind.NO_RELATION: _(
            "Opende %(number)s keer een registratie zonder behandelaar of registreerder te zijn."
        ),
        AlertKind.MANY: _("Opende %(number)s registraties binnen een uur."),
        AlertKind.NIGHT: _("Opende %(number)s keer een registratie tussen 23.00 en 6.00 uur."),
    }[AlertKind(alert.kind)] % {"number": alert.looks}


def _lines(events: Iterable[PastEvent], by: Member) -> list[Line]:
    events = list(events)
    names = names_of(event.user_id for event in events if event.user_id)
    about = named([event.subject for event in events], by) | _people(events)
    return [
        Line(
            at=event.at,
            who=names.get(event.user_id, _("Onbekend")) if event.user_id else "Baken",
            what=event_words(event.event),
            kind=subject_words(event.subject),
            about=about.get(event.subject, Named(_rest(event.subject))),
            more=detail_words(event.event, event.detail),
        )
        for event in events
    ]


def _people(events: Iterable[PastEvent]) -> dict[str, Named]:
    """Colleagues as what an entry is about."""
    ids = {event.subject[5:] for event in events if event.subject.startswith("user:")}
    names = names_of(UUID(each) for each in ids)
    return {f"user:{pk}": Named(name) for pk, name in names.items()}


def _rest(subject: str) -> str:
    """The part that is a code; a random id says nothing to a reader."""
    rest = subject.partition(":")[2]
    return "" if len(rest) == 36 and rest.count("-") == 4 else rest


def _cells(events: Iterable[PastEvent], by: Member) -> Iterator[list[object]]:
    """A thousand at a time, so that names are asked for once in a while."""
    rest = iter(events)
    while some := list(islice(rest, 1000)):
        for line in _lines(some, by):
            at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S")
            yield [at, line.who, line.what, f"{line.kind} {line.about.text}".strip(), line.more]


def _query(query: QueryDict) -> str:
    kept = query.copy()
    for name in [*kept]:
        if name == "ouder" or not kept[name]:
            kept.pop(name)
    return kept.urlencode()


def _older(query: QueryDict, events: list[PastEvent]) -> str:
    if len(events) <= PAGE:
        return ""
    own = _query(query)
    return f"{reverse('oversight:log')}?{own + '&' if own else ''}ouder={events[PAGE - 1].id}"
