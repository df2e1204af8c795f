"""The radar: what earlier registrations share with a melding. First only how many; which, with a reason."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from baken.accounts.interface import Member, Permission, StaffRequest, requires
from baken.casework.actions.radar import OnlyForReports, check_kind, view_radar
from baken.casework.forms.draft import people_typed
from baken.casework.forms.radar import RadarForm
from baken.casework.models import Draft, Registration
from baken.casework.queries.drafts import find_draft
from baken.casework.queries.radar import Hit, index_key_of, look_up, marks_on
from baken.casework.queries.registrations import NoSuchRegistration, find_registration
from baken.casework.rules.marks import Marks, marks_of
from baken.casework.rules.matching import explain
from baken.casework.states import IdentityKind, Kind, RadarReason
from baken.casework.views.form_screen import Screen, draft_screen, kind_on, registration_screen
from baken.casework.views.found import facts_of
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked, Refused, Shredded
from baken.lib.sentences import sentence_of

TEMPLATE = "casework/radar.html"
CLOSED = (NoSeat, NotUnlocked, KeystoreAway, Shredded, Refused)
# So many explanations of one line can be read.
MOST_EXPLAINED = 3


@dataclass(frozen=True)
class Radar:
    """What is said beside a melding. `problem` says why nothing can be said; `url` leads to which they are;
    `looked` is False as long as nobody is named."""

    lines: tuple[str, ...] = ()
    url: str = ""
    problem: str = ""
    looked: bool = False


@dataclass(frozen=True)
class RadarHit:
    """One earlier registration on the page."""

    registration: Registration
    facts: str
    why: str


def radar_of_screen(screen: Screen, member: Member, *, kind: Kind | None) -> Radar:
    """Over what is typed by now. Nothing on the form depends on it: a closed key says so and no more."""
    if kind != Kind.REPORT:
        return Radar()
    try:
        marks = _typed(screen, member)
    except CLOSED as closed:
        return Radar(problem=sentence_of(closed))
    url = reverse("casework:radar-draft", args=[screen.draft_id])
    besides = screen.registration.pk if screen.registration else None
    return _radar(marks, url, member, besides)


def radar_of_registration(registration: Registration, member: Member) -> Radar:
    """Over what is stored: no key is needed."""
    if registration.kind != Kind.REPORT or not member.can(Permission.REGISTER):
        return Radar()
    url = reverse("casework:radar-registration", args=[registration.pk])
    return _radar(marks_on(registration), url, member, registration.pk)


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def radar_draft(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Over what is in a draft: its author alone opens it, so it is looked up again from what is in it."""
    draft = find_draft(draft_id, by=request.member)
    if draft is None:
        raise NoSuchRegistration(draft_id)
    if draft.became_id:
        return redirect("casework:radar-registration", draft.became_id)
    screen = _screen(draft, request.member)
    return _page(request, _typed(screen, request.member), kind_on(screen), screen.registration)


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
def radar_registration(request: StaffRequest, registration_id: UUID) -> HttpResponse:
    registration = find_registration(registration_id, by=request.member)
    return _page(request, marks_on(registration), registration.kind, registration)


def _page(
    request: StaffRequest, marks: Marks, kind: str | None, registration: Registration | None
) -> HttpResponse:
    form = RadarForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"registration": registration, "form": form}
    try:
        if request.method == "POST" and form.is_valid():
            return _list(request, context, marks, kind)
        check_kind(kind)
    except OnlyForReports as problem:
        return render(request, TEMPLATE, context | {"problem": sentence_of(problem)}, status=409)
    besides = registration.pk if registration else None
    radar = _radar(marks, request.path, request.member, besides)
    status = 422 if form.errors else 200
    return render(request, TEMPLATE, context | {"radar": radar}, status=status)


def _list(
    request: StaffRequest, context: Mapping[str, object], marks: Marks, kind: str | None
) -> HttpResponse:
    form, registration = context["form"], context["registration"]
    assert isinstance(form, RadarForm)
    assert registration is None or isinstance(registration, Registration)
    found = view_radar(
        marks=marks,
        kind=kind,
        besides=registration,
        reason=RadarReason(form.cleaned_data["reason"]),
        by=request.member,
        now=timezone.now(),
    )
    hits = [RadarHit(each, facts_of(each), why(hit)) for each, hit in found]
    return render(request, TEMPLATE, {**context, "hits": hits, "is_list": True})


def _screen(draft: Draft, member: Member) -> Screen:
    if draft.registration_id is None:
        return draft_screen(member, draft)
    registration = find_registration(draft.registration_id, by=member)
    return registration_screen(member, registration, draft)


def _typed(screen: Screen, member: Member) -> Marks:
    people = people_typed(screen.subjects)
    key = index_key_of(member) if people else None
    return marks_of(people, key=key) if key else Marks()


def _radar(marks: Marks, url: str, member: Member, besides: UUID | None) -> Radar:
    hits = look_up(marks, by=member, besides=besides) if marks else {}
    return Radar(_lines(list(hits.values())), url, looked=bool(marks))


def _lines(hits: Collection[Hit]) -> tuple[str, ...]:
    """ "2 eerdere registraties met dit telefoonnummer", one line for each kind of thing in common."""
    counts = Counter(kind for hit in hits for kind in hit.identifiers)
    lines = [_counted(kind, counts[kind]) for kind in IdentityKind if counts[kind]]
    people = [hit.match_kinds for hit in hits if hit.match_kinds]
    if people:
        said = sorted({explain(kinds) for kinds in people})[:MOST_EXPLAINED]
        line = ngettext(
            "%(number)s eerdere registratie van iemand die lijkt: zelfde %(what)s",
            "%(number)s eerdere registraties van iemand die lijkt: zelfde %(what)s",
            len(people),
        )
        lines.append(line % {"number": len(people), "what": "; ".join(said)})
    return tuple(lines)


def _counted(kind: IdentityKind, number: int) -> str:
    line = ngettext(
        "%(number)s eerdere registratie met %(what)s",
        "%(number)s eerdere registraties met %(what)s",
        number,
    )
    return line % {"number": number, "what": _this(kind)}


def _this(kind: IdentityKind) -> str:
    return {
        IdentityKind.PHONE: _("dit telefoonnummer"),
        IdentityKind.EMAIL: _("dit e-mailadres"),
        IdentityKind.PLATE: _("dit kenteken"),
        IdentityKind.DOCUMENT: _("dit documentnummer"),
    }[kind]


def why(hit: Hit) -> str:
    """What it shares, in words: "dit kenteken; zelfde achternaam en geboortedatum"."""
    parts = [_this(kind) for kind in IdentityKind if kind in hit.identifiers]
    if hit.match_kinds:
        parts.append(_("iemand lijkt: zelfde %(what)s") % {"what": explain(hit.match_kinds)})
    return "; ".join(parts)
