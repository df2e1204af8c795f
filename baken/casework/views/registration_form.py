"""The screen to register and to change: any order, kept while typing, what is needed shown live."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.casework.actions.drafts import discard_draft, save_draft
from baken.casework.actions.registrations import (
    ChangedMeanwhile,
    NumberInUse,
    change_registration,
    register,
)
from baken.casework.forms.draft import answered, as_posted, keepable
from baken.casework.forms.form_rows import FormRow, form_rows
from baken.casework.forms.registration import RegistrationForm, as_typed, initial_of
from baken.casework.forms.subjects import BaseSubjectFormSet, SubjectFormSet
from baken.casework.models import Registration
from baken.casework.queries.drafts import draft_of, find_draft
from baken.casework.queries.registrations import answers_of, find_registration
from baken.casework.rules.answers import Answers
from baken.casework.rules.completeness import still_needed
from baken.casework.rules.kinds import dropped_by_kind
from baken.casework.states import Kind
from baken.casework.views.comparison import differences
from baken.lib.dates import PartialDate, Precision
from baken.organisations.interface import area_of, municipality_choices

TEMPLATE = "casework/registration_form.html"


@dataclass(frozen=True)
class Screen:
    """One registration form on screen: the fields, the people, and the draft behind them."""

    form: RegistrationForm
    subjects: BaseSubjectFormSet
    draft_id: UUID
    registration: Registration | None = None
    version: int = 0

    @property
    def formsets(self) -> list[BaseSubjectFormSet]:
        return [self.subjects]

    @property
    def form_rows(self) -> list[FormRow]:
        return form_rows(self.form)

    @property
    def long_lists(self) -> list[BoundField]:
        """Lists too long to stand open."""
        return [self.form[name] for name in ("signals", "recruitment", "means")]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.subjects.is_valid()])

    def answers(self) -> Answers:
        return self.form.answers(self.subjects.answers())


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def registration_new(request: StaffRequest) -> HttpResponse:
    """Register something new, or go on with a draft (`?concept=<id>`)."""
    if request.method == "GET":
        return _show(request, _opened(request))
    screen = _posted(request)
    if _asks_for_more_room(request):
        return _show(request, screen)
    if not screen.is_valid():
        return _show(request, screen, status=422)
    try:
        made = register(
            draft_id=screen.draft_id,
            answers=screen.answers(),
            by=request.member,
            now=timezone.now(),
        )
    except NumberInUse as problem:
        screen.form.add_error("external_number", _(problem.__doc__ or ""))
        return _show(request, screen, status=422)
    messages.success(request, _("Geregistreerd als %(number)s.") % {"number": made.number})
    return redirect("casework:registration-detail", made.pk)


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def registration_edit(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    """Change a registration. A colleague's change in between shows both versions, side by side."""
    registration = find_registration(registration_id, by=request.member)
    if request.method == "GET":
        return _show(request, _reopened(request, registration))
    screen = _posted(request, registration)
    if _asks_for_more_room(request):
        return _show(request, screen)
    if not screen.is_valid():
        return _show(request, screen, status=422)
    try:
        change_registration(
            registration_id=registration_id,
            answers=screen.answers(),
            version=screen.version,
            by=request.member,
            now=timezone.now(),
        )
    except NumberInUse as problem:
        screen.form.add_error("external_number", _(problem.__doc__ or ""))
        return _show(request, screen, status=422)
    except ChangedMeanwhile:
        return _show_both(request, screen, registration)
    messages.success(request, _("Bewaard."))
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.REGISTER)
@require_POST
def draft_save(request: StaffRequest) -> HttpResponse:
    """Keep what is typed so far and answer with what is still needed."""
    registration_id = request.POST.get("registration", "")
    registration = None
    if registration_id:
        registration = find_registration(_uuid(registration_id), by=request.member)
    screen = _posted(request, registration)
    kept = keepable(screen.form, screen.subjects)
    save_draft(
        draft_id=screen.draft_id,
        answers=kept,
        by=request.member,
        now=timezone.now(),
        registration=registration,
    )
    if request.htmx:
        return render(request, f"{TEMPLATE}#needed", _progress(screen, saved_at=timezone.now()))
    messages.success(request, _("Concept bewaard. U kunt later verder."))
    return redirect("casework:registration-list")


@requires(Permission.REGISTER)
@require_POST
def draft_discard(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    discard_draft(draft_id=draft_id, by=request.member)
    messages.success(request, _("Concept weggegooid."))
    return redirect("casework:registration-list")


def _opened(request: StaffRequest) -> Screen:
    """An empty form, or the draft that was asked for."""
    wanted = request.GET.get("concept", "")
    draft = find_draft(_uuid(wanted), by=request.member) if wanted else None
    if draft and draft.became_id is None:
        return _screen(request, draft.pk, as_posted(draft.answers))
    today = PartialDate(timezone.localdate(), Precision.DAY)
    initial = {"received": as_typed(today), "channel": "TEL", "kind": request.GET.get("soort", "")}
    return _screen(request, uuid4(), None, initial=initial)


def _reopened(request: StaffRequest, registration: Registration) -> Screen:
    """The registration as it is, or the member's own unfinished change of it."""
    draft = draft_of(registration.pk, by=request.member)
    posted = as_posted(draft.answers) if draft else None
    answers = answers_of(registration)
    return _screen(
        request,
        draft.pk if draft else uuid4(),
        posted,
        registration=registration,
        initial=initial_of(answers),
        people=[subject.__dict__ for subject in answers.subjects],
    )


def _posted(request: StaffRequest, registration: Registration | None = None) -> Screen:
    return _screen(request, _uuid(request.POST.get("draft", "")), request.POST, registration)


def _screen(
    request: StaffRequest,
    draft_id: UUID,
    posted: QueryDict | None,
    registration: Registration | None = None,
    initial: Mapping[str, object] | None = None,
    people: list[dict[str, object]] | None = None,
) -> Screen:
    today = timezone.localdate()
    version = registration.version if registration else 0
    if posted is not None and posted.get("version", "").isdecimal():
        version = int(str(posted["version"]))
    if posted is not None and "add_subject" in posted:
        posted = _with_another_row(posted)
    return Screen(
        form=RegistrationForm(
            posted,
            member=request.member,
            today=today,
            current=_codes_in_use(registration),
            initial=initial or {},
        ),
        subjects=SubjectFormSet(
            posted, prefix="subjects", initial=people or [], form_kwargs={"today": today}
        ),
        draft_id=draft_id,
        registration=registration,
        version=version,
    )


def _with_another_row(posted: QueryDict) -> QueryDict:
    data = posted.copy()
    total = data.get("subjects-TOTAL_FORMS", "0")
    data["subjects-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() else 1)
    return data


def _asks_for_more_room(request: StaffRequest) -> bool:
    return "add_subject" in request.POST


def _codes_in_use(registration: Registration | None) -> list[str]:
    """Codes the registration has, so that an entry switched off since stays an answer."""
    if registration is None:
        return []
    answers = answers_of(registration)
    single = [answers.legal_frame, answers.channel, answers.source_group, answers.route]
    single += [answers.sector, answers.relation]
    several = [*answers.recruitment, *answers.means, *answers.signals]
    return [code for code in [*single, *several] if code]


def _uuid(text: str) -> UUID:
    """The id in a posted field; a fresh one when somebody tampered with it."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _show(request: StaffRequest, screen: Screen, status: int = 200) -> HttpResponse:
    own = area_of(request.member.region)
    places = sorted(municipality_choices(), key=lambda choice: choice[0] not in own)
    context = {**_progress(screen), "screen": screen, "places": places, "can_draft": True}
    return render(request, TEMPLATE, context, status=status)


def _progress(screen: Screen, saved_at: object = None) -> dict[str, object]:
    """What is still needed, and what this kind will not keep."""
    found = answered(screen.form) if screen.form.is_bound else dict(screen.form.initial)
    kind = Kind(found["kind"]) if found.get("kind") else None
    needed = still_needed(kind, found)
    return {
        "needed": [
            (name, screen.form[name].label, screen.form[name].id_for_label) for name in needed
        ],
        "kind": kind,
        "saved_at": saved_at,
        "dropped": _dropped(screen) if screen.form.is_bound else [],
    }


def _dropped(screen: Screen) -> list[str]:
    """Labels of what is filled in now and would be lost in a registration of this kind."""
    if not screen.is_valid():
        return []
    names = dropped_by_kind(screen.answers())
    return [
        str(_("De mensen")) if name == "subjects" else str(screen.form.fields[name].label)
        for name in names
    ]


def _show_both(request: StaffRequest, screen: Screen, registration: Registration) -> HttpResponse:
    """Two people changed one registration: nothing is lost, the second decides."""
    theirs = answers_of(registration)
    rows = differences(screen.answers(), theirs)
    context = {
        "screen": screen,
        "registration": registration,
        "rows": rows,
        "posted": _fields(request),
    }
    return render(request, "casework/registration_conflict.html", context, status=409)


def _fields(request: StaffRequest) -> list[tuple[str, str]]:
    """Everything that was posted, to send again with the newer version number."""
    left_out = {"csrfmiddlewaretoken", "version"}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
