"""The page to search on. What is searched for stands in the body of a request, never in an address or log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from baken.accounts.interface import Permission, StaffRequest, requires
from baken.casework.actions.searching import Begun, begin_search
from baken.casework.forms.search import SearchForm
from baken.casework.models import Registration
from baken.casework.queries.radar import newest_first
from baken.casework.queries.search import MOST_HITS, SearchFilter, TextHit, search_slice
from baken.casework.rules.searching import Piece, snippet, words_in
from baken.casework.views.found import facts_of
from baken.casework.views.radar import why
from baken.casework.views.search_token import (
    NotThisSearch,
    Progress,
    asks_of,
    from_token,
    to_token,
)
from baken.casework.views.suggestions import suggestions_for
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked
from baken.lib.sentences import sentence_of

TEMPLATE = "casework/search.html"
# The first answer comes at once; what follows goes in larger steps.
FIRST, NEXT = 2_000, 8_000
LATER = {"is_answer": True, "is_later": True}


@dataclass(frozen=True)
class Line:
    """One registration that was found, with why."""

    registration: Registration
    facts: str
    why: str
    pieces: tuple[Piece, ...] = ()


@requires(Permission.SEE_REGISTRATIONS)
@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """An empty box; the first answer; or the next slice of the texts."""
    if request.method == "GET":
        return render(request, TEMPLATE, {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=422)
    if not request.POST.get("token"):
        return _begin(request, form)
    try:
        return _go_on(request, form)
    except NotThisSearch as problem:
        return _stopped(request, form, sentence_of(problem))


def _begin(request: StaffRequest, form: SearchForm) -> HttpResponse:
    now, text, wanted = timezone.now(), form.cleaned_data["q"], form.wanted()
    begun = begin_search(text=text, wanted=replace(wanted, until=now), by=request.member, now=now)
    asks = asks_of(text, wanted, request.member)
    context = {
        "form": form,
        "suggestions": suggestions_for(text),
        "known": _known(request, begun),
        "is_answer": True,
    }
    progress = Progress(asks, now, begun.total)
    if begun.closed:
        return render(request, TEMPLATE, context | {"problem": sentence_of(begun.closed)})
    return _slice(request, form, progress, FIRST, context)


def _go_on(request: StaffRequest, form: SearchForm) -> HttpResponse:
    asks = asks_of(form.cleaned_data["q"], form.wanted(), request.member)
    progress = from_token(request.POST["token"], asks=asks)
    if "stop" in request.POST:
        return _answer(request, form, progress, LATER | {"is_stopped": True})
    return _slice(request, form, progress, NEXT, LATER)


def _slice(
    request: StaffRequest,
    form: SearchForm,
    progress: Progress,
    most: int,
    context: Mapping[str, object],
) -> HttpResponse:
    words, wanted = words_in(form.cleaned_data["q"]), _until(form.wanted(), progress.until)
    try:
        part = search_slice(words, wanted, by=request.member, most=most, after=progress.after)
    except (NoSeat, NotUnlocked, KeystoreAway) as closed:
        return _stopped(request, form, sentence_of(closed), context)
    lines = _lines(request, part.hits, words)
    is_stopped = len(part.hits) >= MOST_HITS
    return _answer(
        request, form, progress.past(part), {**context, "lines": lines, "is_stopped": is_stopped}
    )


def _answer(
    request: StaffRequest, form: SearchForm, progress: Progress, context: Mapping[str, object]
) -> HttpResponse:
    said = {
        "form": form,
        "posted": [(name, form[name].value() or "") for name in form.fields],
        "progress": progress,
        "token": "" if progress.is_finished else to_token(progress),
        "status": _status(progress),
        "closed": _closed(progress.closed),
    }
    template = f"{TEMPLATE}#swap" if request.htmx else TEMPLATE
    return render(request, template, {**said, **context})


def _stopped(
    request: StaffRequest,
    form: SearchForm,
    problem: str,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    template = f"{TEMPLATE}#problem" if request.htmx else TEMPLATE
    return render(request, template, {"form": form, **(context or {}), "problem": problem})


def _until(wanted: SearchFilter, moment: datetime) -> SearchFilter:
    return replace(wanted, until=moment)


def _known(request: StaffRequest, begun: Begun) -> list[Line]:
    reasons: dict[UUID, list[str]] = {}
    for pk, which in begun.numbers.items():
        label = _("nummer") if which == "number" else _("extern nummer")
        reasons.setdefault(pk, []).append(label)
    for pk, hit in begun.hits.items():
        reasons.setdefault(pk, []).append(why(hit))
    found = newest_first(reasons, by=request.member)
    return [Line(each, facts_of(each), "; ".join(reasons[each.pk])) for each in found]


def _lines(request: StaffRequest, hits: tuple[TextHit, ...], words: tuple[str, ...]) -> list[Line]:
    by_id = {hit.registration_id: hit for hit in hits}
    return [
        Line(
            each,
            facts_of(each),
            _("in een notitie") if by_id[each.pk].is_note else _("in de tekst"),
            snippet(by_id[each.pk].text, words),
        )
        for each in newest_first(by_id, by=request.member)
    ]


def _status(progress: Progress) -> str:
    said = ngettext(
        "%(number)s registratie gevonden in de tekst.",
        "%(number)s registraties gevonden in de tekst.",
        progress.found,
    )
    return said % {"number": progress.found}


def _closed(number: int) -> str:
    if not number:
        return ""
    said = ngettext(
        "%(number)s registratie kon niet geopend worden: vernietigd, beschadigd of van een ander team.",
        "%(number)s registraties konden niet geopend worden: vernietigd, beschadigd of van een ander team.",
        number,
    )
    return said % {"number": number}
