"""The buttons of the tour: each performs the real log-in, with passphrase and second factor."""

from allauth.account.forms import LoginForm
from allauth.account.stages import LoginStageController
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baken.accounts.interface import entrance
from baken.config.demo.people import PASSPHRASE, Person, one_time_codes, person_by_slug

_LOOPBACK = {"127.0.0.1", "::1"}


@entrance
@login_not_required
@require_POST
def log_in(request: HttpRequest, person: str) -> HttpResponse:
    """Log in as a demo person. Exists in a demo only, and only from this machine."""
    found = person_by_slug(person)
    is_here = settings.ON_LOOPBACK and request.META.get("REMOTE_ADDR") in _LOOPBACK
    if not settings.DEMO or not is_here or found is None:
        raise Http404
    logout(request)
    response = _with_passphrase(request, found) and _with_second_factor(request)
    if response is None:
        messages.error(
            request, _("Inloggen lukte net niet. Wacht een halve minuut en probeer opnieuw.")
        )
        return redirect("start")
    return response


def _with_passphrase(request: HttpRequest, person: Person) -> HttpResponse | None:
    form = LoginForm({"login": person.email, "password": PASSPHRASE}, request=request)
    return form.login(request) if form.is_valid() else None


def _with_second_factor(request: HttpRequest) -> HttpResponse | None:
    """A code is accepted once; of the three that are valid now, one is usually unused."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    for code in one_time_codes() if stage else []:
        form = AuthenticateForm({"code": code}, user=stage.login.user)
        if form.is_valid():
            form.save()
            response: HttpResponse = stage.exit()
            return response
    return None
