"""One registration: reading it, and the decisions about it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.accounts.interface import Permission, StaffRequest, names_of, requires
from baken.audit.interface import LOOK, history
from baken.casework.actions.looking import open_registration
from baken.casework.actions.registrations import ChangedMeanwhile, convert_registration
from baken.casework.actions.steps import (
    close_registration,
    release_registration,
    reopen_registration,
    take_registration,
)
from baken.casework.forms.decisions import CloseForm, ConvertForm
from baken.casework.models import KindChange, Registration
from baken.casework.queries.registrations import answers_of
from baken.casework.queries.words import has_words
from baken.casework.rules.answers import Answers
from baken.casework.rules.kinds import ABOUT_PEOPLE, keeps_people
from baken.casework.rules.steps import AlreadyClosed, FormStillEmpty, StepNotPossible, steps_from
from baken.casework.states import Answer, Kind, State, Step, Urgency
from baken.casework.views.comparison import LABELS, in_words
from baken.casework.views.onlookers import onlookers_of
from baken.casework.views.radar import radar_of_registration
from baken.casework.views.wording import event_in_words, step_label
from baken.casework.views.words import sealed_part
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked
from baken.lib.sentences import sentence_of
from baken.taxonomy.interface import label_of

# In the session: the work list as it was looked at last.
LAST_LIST = "last_list"

_STEP_ACTIONS: dict[str, Callable[..., Registration]] = {
    Step.TAKE: take_registration,
    Step.RELEASE: release_registration,
    Step.REOPEN: reopen_registration,
}
_GROUPS = (
    (
        gettext_lazy("Binnenkomst"),
        ("received", "channel", "origin", "legal_frame", "urgency", "external_number"),
    ),
    (
        gettext_lazy("Melder"),
        ("source_group", "reporter_is_professional", "anonymity", "reporter_municipality"),
    ),
    (
        gettext_lazy("Wat er aan de hand is"),
        ("forms", "primary_form", "concerns_minor", "concerns_several"),
    ),
    (gettext_lazy("De mensen"), ("subjects", "home_municipality", "relation")),
    (
        gettext_lazy("Waar en hoe"),
        ("exploitation_municipality", "route", "sector", "recruitment", "means", "signals"),
    ),
)


@dataclass(frozen=True)
class Chip:
    label: str
    kind: str


@dataclass(frozen=True)
class Group:
    """A heading with its facts, ready to print."""

    title: str
    items: list[tuple[str, str]]


@requires(Permission.SEE_REGISTRATIONS)
@require_safe
def registration_detail(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    """Everything that is registered, its history, and what may be done next. The look is logged."""
    registration = open_registration(
        registration_id=registration_id, by=request.member, now=timezone.now()
    )
    answers = answers_of(registration)
    state = State(registration.state)
    context = {
        "registration": registration,
        "crumbs": _crumbs(request),
        "chips": _chips(registration),
        "groups": _groups(answers, registration),
        "sealed": sealed_part(request, registration, answers.subjects),
        "radar": radar_of_registration(registration, request.member),
        "history": _history(registration),
        "onlookers": onlookers_of(registration),
        "kind_changes": _kind_changes(registration),
        "steps": [
            {"name": step.value, "label": step_label(step)}
            for step in steps_from(state)
            if step in _STEP_ACTIONS and _may(request, step)
        ],
        "can_change": request.member.can(Permission.REGISTER) and state != State.CLOSED,
        "can_share": request.member.can(Permission.REGISTER) and request.member.has_seat,
        "can_close": request.member.can(Permission.CLOSE) and Step.CLOSE in steps_from(state),
        "can_convert": request.member.can(Permission.CONVERT) and state != State.CLOSED,
    }
    return render(request, "casework/registration_detail.html", context)


@requires(Permission.REGISTER)
@require_POST
def registration_step(request: StaffRequest, registration_id: UUID, step: str) -> HttpResponse:
    """Take, release or reopen."""
    action = _STEP_ACTIONS.get(step)
    if action is None:
        raise Http404
    try:
        action(registration_id=registration_id, by=request.member, now=timezone.now())
    except StepNotPossible as problem:
        messages.error(request, sentence_of(problem))
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.CLOSE)
@require_http_methods(["GET", "POST"])
def registration_close(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    registration = open_registration(
        registration_id=registration_id, by=request.member, now=timezone.now(), page="close"
    )
    form = CloseForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            close_registration(
                registration_id=registration_id,
                outcome=form.cleaned_data["outcome"],
                reason=form.cleaned_data["reason"],
                by=request.member,
                now=timezone.now(),
            )
        except (FormStillEmpty, StepNotPossible) as problem:
            form.add_error(None, sentence_of(problem))
        else:
            messages.success(request, _("Afgesloten."))
            return redirect("casework:registration-detail", registration_id)
    context = {"registration": registration, "form": form, "crumbs": _crumbs(request, registration)}
    status = 422 if form.errors else 200
    return render(request, "casework/registration_close.html", context, status=status)


@requires(Permission.CONVERT)
@require_http_methods(["GET", "POST"])
def registration_convert(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    """To another kind, with a reason. What would be lost is named before."""
    registration = open_registration(
        registration_id=registration_id, by=request.member, now=timezone.now(), page="convert"
    )
    form = ConvertForm(
        request.POST or None,
        from_kind=Kind(registration.kind),
        has_words=has_words(registration),
        today=timezone.localdate(),
        initial={"version": registration.version},
    )
    if request.method == "POST" and request.POST.get("version") != str(registration.version):
        messages.warning(request, sentence_of(ChangedMeanwhile))
        return redirect("casework:registration-convert", registration_id)
    if request.method == "POST" and form.is_valid():
        try:
            convert_registration(
                registration_id=registration_id,
                to_kind=Kind(form.cleaned_data["to_kind"]),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                words=form.words(),
                by=request.member,
                now=timezone.now(),
            )
        except (AlreadyClosed, ChangedMeanwhile, KeystoreAway, NoSeat, NotUnlocked) as problem:
            form.add_error(None, sentence_of(problem))
        else:
            messages.success(request, _("Omgezet."))
            return redirect("casework:registration-detail", registration_id)
    context = {
        "registration": registration,
        "form": form,
        "crumbs": _crumbs(request, registration),
        "dropped": _would_be_dropped(registration),
    }
    status = 422 if form.errors else 200
    return render(request, "casework/registration_convert.html", context, status=status)


def _may(request: StaffRequest, step: Step) -> bool:
    needed = Permission.CLOSE if step == Step.REOPEN else Permission.REGISTER
    return request.member.can(needed)


def _would_be_dropped(registration: Registration) -> list[str]:
    answers = answers_of(registration)
    filled = [name for name in ABOUT_PEOPLE if getattr(answers, name)]
    return [str(LABELS[name]) for name in filled] if keeps_people(answers.kind) else []


def _crumbs(
    request: StaffRequest, registration: Registration | None = None
) -> list[dict[str, str]]:
    last = request.session.get(LAST_LIST, "")
    address = reverse("casework:registration-list") + (f"?{last}" if last else "")
    crumbs = [{"url": address, "label": _("Werklijst")}]
    if registration:
        url = reverse("casework:registration-detail", args=[registration.pk])
        crumbs.append({"url": url, "label": registration.number})
    return crumbs


def _chips(registration: Registration) -> list[Chip]:
    chips = [Chip(str(State(registration.state).label), "info")]
    if registration.urgency > Urgency.NORMAL:
        kind = "danger" if registration.urgency == Urgency.ACUTE else "warning"
        chips.append(Chip(str(Urgency(registration.urgency).label), kind))
    if registration.concerns_minor == Answer.YES:
        chips.append(Chip(_("Minderjarig"), "warning"))
    if registration.imported_by_id:
        chips.append(Chip(_("Ingelezen uit een register"), "neutral"))
    if registration.handler_id:
        name = names_of([registration.handler_id]).get(registration.handler_id, "")
        chips.append(Chip(_("Bij %(name)s") % {"name": name}, "neutral"))
    return chips


def _groups(answers: Answers, registration: Registration) -> list[Group]:
    groups = [
        Group(str(title), [(str(LABELS[name]), in_words(name, answers)) for name in names])
        for title, names in _GROUPS
        if keeps_people(answers.kind) or not set(names) <= {*ABOUT_PEOPLE}
    ]
    if registration.state == State.CLOSED and registration.outcome_id:
        outcome = label_of("outcome", registration.outcome_id.partition(".")[2])
        reason = label_of(
            "closing_reason", (registration.closing_reason_id or "").partition(".")[2]
        )
        groups.append(Group(_("Afgesloten"), [(_("Uitkomst"), outcome), (_("Reden"), reason)]))
    return groups


def _history(registration: Registration) -> list[dict[str, object]]:
    events = history(registration.subject, without=(LOOK,))
    names = names_of(event.user_id for event in events if event.user_id)
    return [
        {
            "at": event.at,
            "text": event_in_words(event),
            "who": names.get(event.user_id, _("Baken")) if event.user_id else _("Baken"),
        }
        for event in events
    ]


def _kind_changes(registration: Registration) -> list[str]:
    changes = KindChange.objects.filter(registration=registration).order_by("at")
    return [
        _("%(from)s werd %(to)s op %(day)s: %(reason)s")
        % {
            "from": Kind(change.from_kind).label,
            "to": str(Kind(change.to_kind).label).lower(),
            "day": timezone.localtime(change.at).strftime("%d-%m-%Y"),
            "reason": label_of("conversion_reason", change.reason_id.partition(".")[2]),
        }
        for change in changes
    ]
