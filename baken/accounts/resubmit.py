"""A form that could not be accepted yet, shown back to its sender to send again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never echoed: proofs of an earlier session, and secrets.
_LEFT_OUT = {"csrfmiddlewaretoken", "password", "code"}


def show_resubmit(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page that holds what was typed, with a link to log in and a button to send it again.

    Nothing is stored: what came from this browser goes back to this browser. Files have to be chosen
    again.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _LEFT_OUT
        for value in values
    ]
    context = {
        "fields": fields,
        "has_files": bool(request.FILES),
        "target": request.get_full_path(),
    }
    return render(request, "accounts/resubmit.html", context, status=status)
