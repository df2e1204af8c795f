"""What is sealed about one registration: notes, who a subject is, who reported."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baken.accounts.interface import (
    Permission,
    StaffRequest,
    fresh_login,
    names_of,
    requires,
)
from baken.casework.actions.revealing import (
    NobodyNamed,
    ask_reveal,
    remove_identity,
    show_identity,
    use_reveal,
)
from baken.casework.actions.words import EmptyNote, add_note
from baken.casework.forms.words import NoteForm, ReasonForm
from baken.casework.models import Registration, TwoPersonRequest
from baken.casework.queries.registrations import find_registration
from baken.casework.queries.two_people import requests_of
from baken.casework.queries.words import (
    OpenIdentity,
    OpenWords,
    identities_by_subject,
    words_of,
)
from baken.casework.rules.answers import SubjectAnswer
from baken.casework.rules.two_people import NoLongerAsked
from baken.casework.rules.words import NamesSomebody
from baken.casework.states import IdentityKind, RevealReason
from baken.casework.views.comparison import subject_in_words
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked, Refused, Shredded
from baken.lib.sentences import sentence_of

# How long who somebody is stays on a screen, in seconds.
SHOWN_SECONDS = 600


@dataclass(frozen=True)
class PersonLine:
    """A subject on the page of a registration: coded facts, and how much is known of who it is."""

    subject_id: UUID
    text: str
    sealed: int


@dataclass(frozen=True)
class RevealLine:
    """A request to see the reporter, as this member sees it."""

    asked: TwoPersonRequest
    who: str
    can_allow: bool
    can_use: bool


@dataclass(frozen=True)
class Sealed:
    """What the page of a registration shows of what is sealed. `problem` says why words stay closed."""

    words: OpenWords
    problem: str
    notes: list[tuple[str, object, str]]  # text, moment, author
    people: list[PersonLine]
    has_reporter: bool
    reveals: list[RevealLine]
    reasons: ReasonForm
    note_form: NoteForm


def sealed_part(
    request: StaffRequest, registration: Registration, people: tuple[SubjectAnswer, ...]
) -> Sealed:
    """The words opened, as far as this member can; who people are, only that it is known."""
    member, problem, words = request.member, "", OpenWords()
    try:
        words = words_of(registration, by=member)
    except (NoSeat, NotUnlocked, KeystoreAway, Shredded, Refused) as closed:
        problem = sentence_of(closed)
    rows = identities_by_subject(registration, by=member)
    names = names_of(note.author_id for note in words.notes)
    return Sealed(
        words=words,
        problem=problem,
        notes=[(note.text, note.at, names.get(note.author_id, "")) for note in words.notes],
        people=[
            PersonLine(person.id, subject_in_words(person), len(rows.get(person.id, [])))
            for person in people
            if person.id
        ],
        has_reporter=None in rows,
        reveals=_reveal_lines(request, registration),
        reasons=ReasonForm(),
        note_form=NoteForm(),
    )


@requires(Permission.REGISTER)
@require_POST
def note_add(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    form = NoteForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else request.POST.get("text", "")
    try:
        add_note(registration_id=registration_id, text=text, by=request.member, now=timezone.now())
    except (EmptyNote, NamesSomebody, KeystoreAway, NoSeat, NotUnlocked) as problem:
        form.add_error("text", sentence_of(problem))
        registration = find_registration(registration_id, by=request.member)
        context = {"registration": registration, "form": form}
        return render(request, "casework/note.html", context, status=422)
    messages.success(request, _("Notitie bewaard."))
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.REGISTER)
@require_POST
@fresh_login()
def identity_show(request: StaffRequest, registration_id: UUID, subject_id: UUID) -> HttpResponse:
    """Who a subject is, for ten minutes."""
    try:
        found = show_identity(
            registration_id=registration_id,
            subject_id=subject_id,
            reason=_reason(request),
            by=request.member,
            now=timezone.now(),
        )
    except NobodyNamed as problem:
        messages.info(request, sentence_of(problem))
        return redirect("casework:registration-detail", registration_id)
    return _show(request, registration_id, found, can_remove=True)


@requires(Permission.REGISTER)
@require_POST
@fresh_login()
def identity_remove(
    request: StaffRequest, registration_id: UUID, identity_id: UUID
) -> HttpResponse:
    remove_identity(
        registration_id=registration_id,
        identity_id=identity_id,
        by=request.member,
        now=timezone.now(),
    )
    messages.success(request, _("Weggehaald."))
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.REGISTER)
@require_POST
def reveal_ask(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    try:
        ask_reveal(
            registration_id=registration_id,
            reason=_reason(request),
            by=request.member,
            now=timezone.now(),
        )
    except NobodyNamed as problem:
        messages.info(request, sentence_of(problem))
    else:
        messages.success(
            request, _("Gevraagd. Een tweede collega kan dit hier of onder Verzoeken toestaan.")
        )
    return redirect("casework:registration-detail", registration_id)


@requires(Permission.REGISTER)
@require_POST
@fresh_login(minutes=5)
def reveal_use(request: StaffRequest, registration_id: UUID, request_id: UUID) -> HttpResponse:
    """Who reported, for ten minutes."""
    try:
        found = use_reveal(
            registration_id=registration_id,
            request_id=request_id,
            by=request.member,
            now=timezone.now(),
        )
    except NoLongerAsked as problem:
        messages.error(request, sentence_of(problem))
        return redirect("casework:registration-detail", registration_id)
    return _show(request, registration_id, found, can_remove=False)


def _show(
    request: StaffRequest, registration_id: UUID, found: list[OpenIdentity], *, can_remove: bool
) -> HttpResponse:
    registration = find_registration(registration_id, by=request.member)
    by_kind = {
        kind.label: [each for each in found if each.kind == kind]
        for kind in IdentityKind
        if any(each.kind == kind for each in found)
    }
    context = {
        "registration": registration,
        "groups": list(by_kind.items()),
        "can_remove": can_remove,
        "seconds": SHOWN_SECONDS,
    }
    return render(request, "casework/identity.html", context)


def _reason(request: StaffRequest) -> RevealReason:
    """*Behandeling* unless another one was chosen."""
    form = ReasonForm(request.POST)
    chosen = form.cleaned_data["reason"] if form.is_valid() else RevealReason.TREATMENT
    return RevealReason(chosen)


def _reveal_lines(request: StaffRequest, registration: Registration) -> list[RevealLine]:
    now, own = timezone.now(), request.member.author_id
    asked = list(requests_of(registration, by=request.member, now=now))
    names = names_of(each.asked_by_id for each in asked)
    return [
        RevealLine(
            asked=each,
            who=names.get(each.asked_by_id, ""),
            can_allow=each.allowed_at is None and each.asked_by_id != own,
            can_use=each.allowed_at is not None and each.asked_by_id == own,
        )
        for each in asked
    ]
