"""Every staff page runs as a member, in the region's own transaction, after both factors."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from baken.accounts.actions import choose_region
from baken.accounts.members import (
    NotAllowed,
    NotInRegion,
    member_for,
    memberships_of,
    regions_of,
)
from baken.accounts.models import User
from baken.accounts.resubmit import show_resubmit
from baken.audit.interface import LogBehind
from baken.keys.interface import Keyring, KeystoreAway, NoSeat, NotUnlocked, Shredded
from baken.lib.sentences import sentence_of
from baken.lib.tenancy import region_scope

log = logging.getLogger("baken.security")
SECOND_FACTOR_KEY = "has_second_factor"
REGION_KEY = "region"
# A hidden field of forms that make something new: the region they were opened in.
FORM_REGION = "region_of_form"
LARGEST_FORM = 51 * 1024 * 1024  # a register, and the form around it


class ColleagueMiddleware(AuthenticationMiddleware):
    """Sets `request.user` to whom the session belongs, without asking the database once more."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]


def _user_of(request: Any) -> User | AnonymousUser:
    """Nobody when the passphrase has changed since, or the colleague was disabled."""
    made_under = request.session.get(HASH_SESSION_KEY, "")  # reads the session, and its user
    user: User | None = request.session.user
    if user is None:
        return AnonymousUser()
    is_same = constant_time_compare(made_under, user.get_session_auth_hash())
    if user.is_active and is_same:
        return user
    request.session.flush()
    return AnonymousUser()


class MemberMiddleware:
    """Sets `request.member` and runs the view inside `region_scope`.

    A view that raises rolls everything back. `NotAllowed` becomes 403 and `NotInRegion` 404, here and
    nowhere else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_entrance(request):
            return None
        if not _has_second_factor(request):
            return redirect("mfa_index")
        request.member = member_for(
            request.user,
            memberships_of(request.user, timezone.localdate()),
            _chosen(request),
            _keyring(request),
        )
        if request.member is None:
            raise PermissionDenied
        try:
            with region_scope(request.member.region.pk):
                return _run(view, request, args, kwargs)
        except (NotUnlocked, NoSeat, Shredded) as problem:
            return _show_closed(request, problem, status=403)
        except KeystoreAway as problem:
            return _show_closed(request, problem, status=503)


def _show_closed(request: HttpRequest, problem: Exception, status: int) -> HttpResponse:
    """What is sealed stays closed, and why; whatever the view had written is rolled back by now."""
    context = {"sentence": sentence_of(problem)}
    return render(request, "accounts/closed.html", context, status=status)


def _keyring(request: Any) -> Keyring | None:
    """What this session opens: of its own user only."""
    keyring: Keyring | None = request.session.keyring
    return keyring if keyring and keyring.user_id == request.user.pk else None


def _is_entrance(request: Any) -> bool:
    """Log-in, log-out and second-factor pages come before membership."""
    name = request.resolver_match.view_name
    return name.startswith(("account_", "mfa_")) or getattr(
        request.resolver_match.func, "is_entrance", False
    )


def _has_second_factor(request: Any) -> bool:
    """Asked once a session; allauth has already required the factor of those who have one."""
    if not request.session.get(SECOND_FACTOR_KEY):
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        own = Authenticator.objects.filter(user=request.user, type__in=kinds)
        request.session[SECOND_FACTOR_KEY] = own.exists()
    return bool(request.session[SECOND_FACTOR_KEY])


def _chosen(request: Any) -> UUID | None:
    if request.method == "POST" and _may_be_elsewhere(request) and FORM_REGION in request.POST:
        _follow_form(request)
    chosen = request.session.get(REGION_KEY)
    return UUID(chosen) if chosen else None


def _may_be_elsewhere(request: Any) -> bool:
    """Only then is the form read before its view: that judges the size of what is sent first."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    regions = {each.region_id for each in memberships_of(request.user, timezone.localdate())}
    return len(regions) > 1 and size <= LARGEST_FORM


def _follow_form(request: Any) -> None:
    """What was typed goes to the region it was typed for, also when another tab went to another region
    meanwhile; and so does the session. A region of others changes nothing."""
    today = timezone.localdate()
    regions = {str(each.pk): each for each in regions_of(request.user, today)}
    of_form = regions.get(request.POST[FORM_REGION])
    if of_form and len(regions) > 1 and request.session.get(REGION_KEY) != str(of_form.pk):
        choose_region(region_id=of_form.pk, by=request.user, now=timezone.now())
        request.session[REGION_KEY] = str(of_form.pk)


def _run(view: Callable[..., HttpResponse], request: Any, args: Any, kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotAllowed as refusal:
        _tell(request, "may not")
        raise PermissionDenied from refusal
    except NotInRegion as absence:
        _tell(request, "not in the region")
        raise Http404 from absence
    except LogBehind:
        response = render(request, "accounts/log_behind.html", status=503)
        response["Retry-After"] = "60"
        return response


def _tell(request: Any, why: str) -> None:
    """The operator sees who was refused where; ids are random, and nothing typed is in it."""
    match = request.resolver_match
    ids = " ".join(str(value) for value in match.kwargs.values() if isinstance(value, UUID))
    log.warning("refused, %s: %s %s %s %s", why, request.user.pk, request.method, match.route, ids)


class OfficeLoginMiddleware(LoginRequiredMiddleware):
    """Every page is closed unless it says otherwise. A form that arrives after the session ended is
    not lost: it can be sent again.

    The session cookie is `SameSite=Strict`: whoever follows a link in a web mail page arrives without
    it. The page that answers asks for the same address again, this time from ourselves.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            return render(request, "accounts/session_ended.html", status=401)
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method == "GET":
            return render(request, "accounts/from_elsewhere.html")
        if request.method == "POST":
            return show_resubmit(request, status=401)
        response: HttpResponseBase = super().handle_no_permission(request, view_func)
        return response
