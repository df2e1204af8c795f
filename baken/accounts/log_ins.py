"""What is written down of coming in, going out, and being refused.

Coming in and a changed second factor stand in the log of the region. What failed stands in the operator's
log: whoever tries must not be able to fill the other one. Neither holds what was typed.
"""

import logging
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from baken.accounts.actions import record_for
from baken.accounts.models import User
from baken.accounts.sessions import end_other_sessions

log = logging.getLogger("baken.security")


def listen() -> None:
    """Once, when the office starts."""
    user_logged_in.connect(_came_in, dispatch_uid="baken")
    user_logged_out.connect(_went_out, dispatch_uid="baken")
    user_login_failed.connect(_failed, dispatch_uid="baken")
    authenticator_added.connect(_factor_added, dispatch_uid="baken")
    authenticator_removed.connect(_factor_removed, dispatch_uid="baken")


def _came_in(sender: object, user: User, **_more: Any) -> None:
    record_for(user, "login.succeeded", now=timezone.now())


def _went_out(sender: object, user: User | None, **_more: Any) -> None:
    if user is not None:
        log.info("logged out: %s", user.pk)


def _failed(sender: object, credentials: dict[str, Any], **_more: Any) -> None:
    """Asks for the user whether there is one or not: the answer must take as long."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    known = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    log.warning("wrong passphrase: %s", known or "nobody")


def _factor_added(sender: object, request: HttpRequest, user: User, **_more: Any) -> None:
    _factor_changed(request, user, "second_factor.added")


def _factor_removed(sender: object, request: HttpRequest, user: User, **_more: Any) -> None:
    _factor_changed(request, user, "second_factor.removed")


def _factor_changed(request: HttpRequest, user: User, event: str) -> None:
    """Whoever came in with the old factor elsewhere is out."""
    end_other_sessions(request, user)
    record_for(user, event, now=timezone.now())
