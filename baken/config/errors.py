"""When something goes wrong: nothing typed is lost, nothing leaks."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from baken.accounts.interface import show_resubmit
from baken.organisations.interface import last_known_telephone


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof is stale: somebody logged in again meanwhile, in another tab.

    Sent from our own pages, it may be sent again from here. From elsewhere it is refused.
    """
    own = f"{request.scheme}://{request.get_host()}"
    is_ours = request.headers.get("Origin", own) == own and request.user.is_authenticated
    if request.headers.get("HX-Request"):
        page = "session_renewed" if is_ours else "session_ended"
        return render(request, f"accounts/{page}.html", status=401)
    if is_ours:
        return show_resubmit(request, status=403)
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Pages that need no database: 503 with a telephone number when it is away, otherwise 500."""
    problem = sys.exc_info()[1]
    if isinstance(problem, OperationalError | InterfaceError):
        page = render_to_string("503.html", {"telephone": last_known_telephone()})
        return HttpResponse(page, status=503, headers={"Retry-After": "60"})
    return HttpResponse(render_to_string("500.html"), status=500)
