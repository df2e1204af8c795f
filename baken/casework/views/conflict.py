"""Two people changed one registration: nothing is lost, the second decides, whole or answer by answer."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from baken.accounts.interface import StaffRequest
from baken.casework.models import Registration
from baken.casework.queries.drafts import draft_of
from baken.casework.queries.registrations import answers_of
from baken.casework.rules.answers import Answers
from baken.casework.rules.merging import NotAllChosen, merged
from baken.casework.views.comparison import differences
from baken.casework.views.form_screen import Screen
from baken.lib.sentences import sentence_of

CHOICE = "blijft_"  # before the name of an answer: which version of it stays
EACH = "per_antwoord"  # the button that keeps what was chosen


def answers_to_keep(posted: QueryDict, screen: Screen, registration: Registration) -> Answers:
    """What was typed, or, from the screen with two versions, what was chosen there. Raises
    `NotAllChosen`."""
    if EACH not in posted:
        return screen.answers()
    return merged(screen.answers(), answers_of(registration), _chosen(posted))


def show_both(
    request: StaffRequest, screen: Screen, registration: Registration, problem: Exception
) -> HttpResponse:
    """Both versions side by side. A choice made before is kept, unless a colleague changed something
    again."""
    is_unfinished = isinstance(problem, NotAllChosen)
    chosen = _chosen(request.POST) if is_unfinished else {}
    context = {
        "registration": registration,
        "rows": differences(screen.answers(), answers_of(registration), chosen),
        "posted": _fields(request.POST),
        "draft": draft_of(registration.pk, by=request.member),
        "problem": sentence_of(problem) if is_unfinished else "",
    }
    return render(request, "casework/registration_conflict.html", context, status=409)


def _chosen(posted: QueryDict) -> dict[str, str]:
    return {
        name.removeprefix(CHOICE): str(posted[name]) for name in posted if name.startswith(CHOICE)
    }


def _fields(posted: QueryDict) -> list[tuple[str, str]]:
    """Everything that was typed, to send again with the newer version number."""
    left_out = {"csrfmiddlewaretoken", "version", EACH}
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in left_out and not name.startswith(CHOICE)
        for value in values
    ]
