"""The door of somebody who was invited, or lost their passphrase: link, code, passphrase. Outside log-in, and
silent about who sent whom what until the code is right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from baken.accounts.invitations.actions import (
    GUEST,
    HasAccount,
    accept_invitation,
    accept_with_account,
    try_code,
)
from baken.accounts.invitations.forms import CodeForm, PassphraseForm
from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import DeadLink, LinkUsed, account_with, invitation_of
from baken.accounts.invitations.resets import SamePassphrase, reset_passphrase
from baken.accounts.invitations.rules import is_token, token_hash
from baken.accounts.models import User
from baken.accounts.queries import names_of
from baken.accounts.requests import entrance
from baken.lib.sentences import sentence_of

# The session holds the hash of the link that was opened, and of the one whose code was right.
_OPENED, _PROVEN = "invitation_opened", "invitation_proven"
View = Callable[[HttpRequest], HttpResponse]


def _at_the_door(view: View) -> View:
    """Open to everybody, kept by nobody on the way; a link that opens nothing says why."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            response = view(request)
        except DeadLink as problem:
            response = _dead(request, problem)
        add_never_cache_headers(response)
        return response

    return entrance(login_not_required(answered))


@_at_the_door
@require_safe
def open_invitation(request: HttpRequest) -> HttpResponse:
    """What stands in the link is exchanged for a session at once: it is in no address after this, in no
    history and in no referrer."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # From a web mail page: our cookie comes along only when we ask ourselves.
        response = render(request, "accounts/from_elsewhere.html")
    elif not is_token(token := request.GET.get("sleutel", "")):
        raise DeadLink
    else:
        request.session[_OPENED] = token_hash(token)
        request.session.pop(_PROVEN, None)
        response = redirect("invitations:code")
    response["Referrer-Policy"] = "no-referrer"
    return response


@_at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    opened, now = str(request.session.get(_OPENED, "")), timezone.now()
    found = invitation_of(opened, now)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        left = try_code(token_hash=opened, code=form.cleaned_data["code"], by=GUEST, now=now)
        if left < 0:
            request.session[_PROVEN] = opened
            return redirect("invitations:passphrase")
        invitation_of(opened, now)  # raises after the last try
        form.add_error("code", _wrong(left))
    return render(
        request, "accounts/invitation_code.html", {"form": form, "is_reset": found.is_reset}
    )


def _wrong(left: int) -> str:
    return ngettext(
        "Deze code klopt niet. U kunt het nog %(left)d keer proberen.",
        "Deze code klopt niet. U kunt het nog %(left)d keer proberen.",
        left,
    ) % {"left": left}


@_at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """After the right code: who is invited, by whom, as what. Then a passphrase, or one's own account. Whose
    passphrase is replaced has an account, and chooses another one."""
    opened = str(request.session.get(_OPENED, ""))
    invitation = invitation_of(opened, timezone.now())
    if request.session.get(_PROVEN) != opened:
        return redirect("invitations:code")
    account = account_with(invitation.email)
    if invitation.is_reset:
        return _choose_again(request, invitation)
    if account is not None:
        return _with_account(request, invitation, is_own=request.user == account)
    owner = User(email=invitation.email, name=invitation.name)
    form = PassphraseForm(request.POST if request.method == "POST" else None, owner=owner)
    if request.method == "POST" and form.is_valid():
        return _accepted(request, opened, invitation.email, form.cleaned_data["passphrase"])
    return render(
        request, "accounts/invitation_passphrase.html", {"form": form, **_about(invitation)}
    )


def _accepted(request: HttpRequest, opened: str, email: str, words: str) -> HttpResponse:
    """A colleague from now on, and logged in as one; the second factor comes next."""
    try:
        accept_invitation(token_hash=opened, passphrase=words, by=GUEST, now=timezone.now())
    except HasAccount:
        return redirect("invitations:passphrase")  # meanwhile; that page says how to go on
    _forget(request)
    form = LoginForm({"login": email, "password": words}, request=request)
    if form.is_valid():
        form.login(request)
        reauthenticate_by_password(request)  # just typed: the second factor asks for it no more
        return redirect("mfa_activate_totp")
    return redirect("account_login")  # too many at once from one address: later, then


def _choose_again(request: HttpRequest, reset: Invitation) -> HttpResponse:
    """Another passphrase for who lost theirs. Logging in with it, and the second factor, come after."""
    owner = User(email=reset.email, name=reset.name)
    form = PassphraseForm(request.POST if request.method == "POST" else None, owner=owner)
    if request.method == "POST" and form.is_valid():
        words, now = form.cleaned_data["passphrase"], timezone.now()
        try:
            reset_passphrase(token_hash=reset.token_hash, passphrase=words, now=now)
        except SamePassphrase as problem:
            form.add_error("passphrase", sentence_of(problem))
        else:
            request.session.flush()  # also of somebody who was logged in here
            messages.success(request, _("Uw nieuwe wachtwoordzin geldt nu. Log ermee in."))
            return redirect("account_login")
    return render(request, "accounts/reset_passphrase.html", {"form": form, **_about(reset)})


def _with_account(request: HttpRequest, invitation: Invitation, *, is_own: bool) -> HttpResponse:
    if request.method == "POST" and is_own:
        try:
            accept_with_account(
                token_hash=invitation.token_hash,
                user=request.user,  # type: ignore[arg-type]
                by=GUEST,
                now=timezone.now(),
            )
        except HasAccount:
            raise DeadLink from None
        _forget(request)
        return redirect("work")
    context = {"is_own": is_own, **_about(invitation)}
    return render(request, "accounts/invitation_account.html", context)


def _about(invitation: Invitation) -> dict[str, Any]:
    inviter = invitation.invited_by_id
    by = names_of([inviter]).get(inviter, "") if inviter else ""
    return {"invitation": invitation, "invited_by": by}


def _forget(request: HttpRequest) -> None:
    for key in (_OPENED, _PROVEN):
        request.session.pop(key, None)


def _dead(request: HttpRequest, problem: DeadLink) -> HttpResponse:
    context = {"sentence": sentence_of(problem), "was_used": isinstance(problem, LinkUsed)}
    return render(request, "accounts/invitation_dead.html", context, status=410)
