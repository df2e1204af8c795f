"""Step-up: showing once more that it is you, before something far-reaching."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, retarget

from baken.accounts.requests import StaffRequest
from baken.accounts.resubmit import typed_fields

# What lies in one's own dossiers; and what leaves the house or cannot be undone.
IDENTITY_MINUTES = 60
FAR_REACHING_MINUTES = 5
# The passphrase field of the page that asks; no form of ours may use this name.
CONFIRMATION = "step_up_passphrase"

# By name: the public site enters accounts too, and has no log-in to import.
_RECORDS = "allauth.account.internal.flows.login.get_authentication_records"
_FORM = "allauth.account.forms.ReauthenticateForm"
_REAUTHENTICATE = "allauth.account.internal.flows.reauthentication.reauthenticate_by_password"

Params = ParamSpec("Params")
StaffView = Callable[Concatenate[StaffRequest, Params], HttpResponse]


def is_fresh(request: HttpRequest, minutes: int) -> bool:
    """Whether somebody showed who they are in the last so many minutes: at log-in, or again since."""
    records = import_string(_RECORDS)(request, request.user)
    latest = max((float(record["at"]) for record in records), default=0.0)
    return 0 <= time.time() - latest < minutes * 60


def fresh_login(
    *, minutes: int = IDENTITY_MINUTES, is_download: bool = False
) -> Callable[[StaffView[Params]], StaffView[Params]]:
    """The view runs only after a log-in or confirmation of at most `minutes` old.

    Who looks at a page confirms and comes back to it. What was sent is shown back with one question, the
    passphrase, and goes on when that is right: nothing typed is lost, and nothing is stored. Stands under
    `@requires`, so that nobody confirms for what they may not do.
    """

    def decorate(view: StaffView[Params]) -> StaffView[Params]:
        @wraps(view)
        def checked(
            request: StaffRequest, *args: Params.args, **kwargs: Params.kwargs
        ) -> HttpResponse:
            if is_fresh(request, minutes):
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return _ask_first(request, is_download)
            problem = _confirm(request) if CONFIRMATION in request.POST else ""
            if problem is None:
                return view(request, *args, **kwargs)
            return _ask_with(request, problem)

        checked.fresh_minutes = minutes  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return decorate


def _ask_first(request: StaffRequest, is_download: bool) -> HttpResponse:
    wanted = request.get_full_path()
    if request.htmx:
        wanted = request.htmx.current_url_abs_path or wanted
    elif is_download:
        wanted = f"{reverse('accounts:download')}?{urlencode({'bestand': wanted})}"
    page = f"{reverse('account_reauthenticate')}?{urlencode({'next': wanted})}"
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _confirm(request: StaffRequest) -> str | None:
    """None when the passphrase is right; otherwise what to say. Guessing is slowed as at the door."""
    if not ratelimit.consume(
        request, app="allauth.account", action="reauthenticate", user=request.user
    ):
        return _("U probeerde het te vaak. Wacht een minuut en probeer het dan opnieuw.")
    form = import_string(_FORM)(user=request.user, data={"password": request.POST[CONFIRMATION]})
    if not form.is_valid():
        return _("Deze wachtwoordzin klopt niet.")
    import_string(_REAUTHENTICATE)(request)
    return None


def _ask_with(request: StaffRequest, problem: str) -> HttpResponse:
    """The page that asks, with everything that was sent in it."""
    context = {
        "fields": typed_fields(request, also_without={CONFIRMATION}),
        "has_files": bool(request.FILES),
        "target": request.get_full_path(),
        "name": CONFIRMATION,
        "problem": problem,
    }
    page = render(request, "accounts/step_up.html", context, status=422 if problem else 403)
    if request.htmx:
        page.status_code = 200  # htmx shows nothing else
        return retarget(page, "body")
    return page
