"""A form that could not be accepted yet, shown back to its sender to send again."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never echoed: proofs of an earlier session, and secrets.
_LEFT_OUT = {"csrfmiddlewaretoken", "password", "code", "share_one", "share_two"}


def typed_fields(request: HttpRequest, also_without: Collection[str] = ()) -> list[tuple[str, str]]:
    """What was sent, in order, for a form that sends it again."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _LEFT_OUT and name not in also_without
        for value in values
    ]


def show_resubmit(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page that holds what was typed, with a link to log in and a button to send it again.

    Nothing is stored: what came from this browser goes back to this browser. Files have to be chosen
    again.
    """
    context = {
        "fields": typed_fields(request),
        "has_files": bool(request.FILES),
        "target": request.get_full_path(),
    }
    return render(request, "accounts/resubmit.html", context, status=status)
