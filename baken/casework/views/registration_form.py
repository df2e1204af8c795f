"""The screen to register and to change: any order, kept while typing, what is needed shown live."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import replace_url

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.casework.actions.drafts import NotYourDraft, discard_draft, save_draft
from baken.casework.actions.looking import open_registration
from baken.casework.actions.registrations import (
    ChangedMeanwhile,
    NumberInUse,
    change_registration,
    register,
)
from baken.casework.forms.draft import keepable
from baken.casework.models import Registration
from baken.casework.queries.drafts import draft_of, find_draft
from baken.casework.queries.registrations import answers_of, find_registration
from baken.casework.rules.kinds import kept_by_kind
from baken.casework.rules.merging import NotAllChosen
from baken.casework.rules.steps import AlreadyClosed
from baken.casework.states import State
from baken.casework.views.conflict import answers_to_keep, show_both
from baken.casework.views.form_screen import (
    Screen,
    draft_screen,
    empty_screen,
    kind_on,
    posted_screen,
    progress,
    registration_screen,
    uuid_or_new,
)
from baken.casework.views.radar import radar_of_screen
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked
from baken.lib.sentences import sentence_of
from baken.organisations.interface import area_of, municipality_choices

TEMPLATE = "casework/registration_form.html"


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def registration_new(request: StaffRequest) -> HttpResponse:
    """Register something new, or go on with a draft (`?concept=<id>`)."""
    if request.method == "GET":
        return _open(request)
    screen = posted_screen(request.member, request.POST)
    if "add_subject" in request.POST:
        return _show(request, screen)
    if not screen.is_valid():
        return _show(request, screen, status=422)
    now = timezone.now()
    try:
        made = register(
            draft_id=screen.draft_id,
            answers=screen.answers(),
            words=screen.form.words(),
            by=request.member,
            now=now,
        )
    except (KeystoreAway, NoSeat, NotUnlocked) as problem:
        return _refuse(request, screen, problem)
    except NumberInUse as problem:
        return _refuse(request, screen, problem, "external_number")
    except NotYourDraft as problem:
        return _refuse(request, replace(screen, draft_id=uuid4()), problem)
    if made.created_at != now and answers_of(made) != kept_by_kind(screen.answers()):
        text = _(
            "Dit was al geregistreerd als %(number)s. Wat u daarna veranderde, is niet bewaard."
        )
        messages.warning(request, text % {"number": made.number})
    else:
        messages.success(request, _("Geregistreerd als %(number)s.") % {"number": made.number})
    return redirect("casework:registration-detail", made.pk)


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def registration_edit(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    """Change a registration. A colleague's change in between shows both versions, side by side.

    Saving is no look: it goes on when the log runs behind.
    """
    if request.method == "GET":
        return _reopen(request, _opened(request, registration_id))
    registration = find_registration(registration_id, by=request.member)
    screen = posted_screen(request.member, request.POST, registration)
    if "add_subject" in request.POST:
        return _show(request, screen)
    if not screen.is_valid():
        return _show(request, screen, status=422)
    try:
        change_registration(
            registration_id=registration_id,
            answers=answers_to_keep(request.POST, screen, registration),
            words=screen.form.words(),
            version=screen.version,
            by=request.member,
            now=timezone.now(),
        )
    except (KeystoreAway, NoSeat, NotUnlocked) as problem:
        return _refuse(request, screen, problem)
    except NumberInUse as problem:
        return _refuse(request, screen, problem, "external_number")
    except AlreadyClosed as problem:
        return _refuse(request, screen, problem)
    except (ChangedMeanwhile, NotAllChosen) as problem:
        return show_both(request, screen, _opened(request, registration_id), problem)
    messages.success(request, _("Bewaard."))
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.REGISTER)
@require_POST
def draft_save(request: StaffRequest) -> HttpResponse:
    """Keep what is typed so far and answer with what is still needed."""
    registration = None
    if request.POST.get("registration"):
        registration_id = uuid_or_new(request.POST["registration"])
        registration = find_registration(registration_id, by=request.member)
    screen = posted_screen(request.member, request.POST, registration)
    now = timezone.now()
    save_draft(
        draft_id=screen.draft_id,
        answers=keepable(screen.form, screen.subjects, version=screen.version),
        by=request.member,
        now=now,
        registration=registration,
    )
    if request.htmx:
        fragment = render(request, f"{TEMPLATE}#needed", _beside(request, screen, saved_at=now))
        # Reload and Back come back to the draft, and after registering to what it became.
        return fragment if registration else replace_url(fragment, _address(screen))
    messages.success(request, _("Concept bewaard. U kunt later verder."))
    return redirect("casework:registration-list")


@requires(Permission.REGISTER)
@require_POST
def draft_discard(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    registration_id = discard_draft(draft_id=draft_id, by=request.member)
    messages.success(request, _("Concept weggegooid."))
    if registration_id:
        return redirect("casework:registration-detail", registration_id)
    return redirect("casework:registration-list")


def _address(screen: Screen) -> str:
    return f"{reverse('casework:registration-new')}?concept={screen.draft_id}"


def _open(request: StaffRequest) -> HttpResponse:
    """An empty form, or the draft that was asked for."""
    wanted = request.GET.get("concept", "")
    draft = find_draft(uuid_or_new(wanted), by=request.member) if wanted else None
    if draft is None:
        return _show(request, empty_screen(request.member, kind=request.GET.get("soort", "")))
    if draft.became_id:
        return redirect("casework:registration-detail", draft.became_id)
    if draft.registration_id:
        return redirect("casework:registration-edit", draft.registration_id)
    return _show(request, draft_screen(request.member, draft))


def _opened(request: StaffRequest, registration_id: UUID) -> Registration:
    return open_registration(
        registration_id=registration_id, by=request.member, now=timezone.now(), page="edit"
    )


def _reopen(request: StaffRequest, registration: Registration) -> HttpResponse:
    if registration.state == State.CLOSED:
        messages.error(request, sentence_of(AlreadyClosed))
        return redirect("casework:registration-detail", registration.pk)
    draft = draft_of(registration.pk, by=request.member)
    return _show(request, registration_screen(request.member, registration, draft))


def _show(request: StaffRequest, screen: Screen, status: int = 200) -> HttpResponse:
    own = area_of(request.member.region)
    places = sorted(municipality_choices(), key=lambda choice: choice[0] not in own)
    context = {**_beside(request, screen), "screen": screen, "places": places, "can_draft": True}
    return render(request, TEMPLATE, context, status=status)


def _beside(
    request: StaffRequest, screen: Screen, saved_at: datetime | None = None
) -> dict[str, object]:
    """What stands beside the form: what it still needs, and who of it was registered before."""
    radar = radar_of_screen(screen, request.member, kind=kind_on(screen))
    return {**progress(screen, saved_at), "radar": radar}


def _refuse(
    request: StaffRequest, screen: Screen, problem: Exception, field: str | None = None
) -> HttpResponse:
    """The form again, everything typed still in it, with why it was not accepted."""
    screen.form.add_error(field, sentence_of(problem))
    return _show(request, screen, status=422)
