"""Sessions of the office. The cookie is 32 random bytes; the database knows only its hash.

A session ends after `SESSION_IDLE_SECONDS` without a request and, whatever is done, `SESSION_COOKIE_AGE`
seconds after log-in. Django finds the engine in this module by the name `SessionStore`.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from baken.accounts.models import Membership, Session, User
from baken.accounts.session_data import open_data, seal_data
from baken.keys.interface import Keyring, NotUnlocked, pack, unpack

# Using a session is written down at most this often.
TOUCH = timedelta(minutes=1)
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
_SECRET_LABEL = b"baken session secret 1"


class NoSession(Exception):
    """U bent niet ingelogd."""


def fingerprint(cookie: str) -> str:
    """What the database knows of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def session_secret(request: HttpRequest) -> bytes:
    """32 bytes that only the holder of this cookie can make: what is sealed under them opens in this
    session and no other. A log-in and a new passphrase change the cookie, and so these bytes.

    Raises `NoSession` before there is a cookie.
    """
    cookie = request.session.session_key
    if cookie is None:
        raise NoSession
    return secret_of(cookie)


def secret_of(cookie: str) -> bytes:
    return hmac.digest(cookie.encode(), _SECRET_LABEL, "sha256")


def end_sessions_of(user: User) -> int:
    """Everybody who came in as this user is out at the next request; return how many sessions."""
    ended, _by_model = Session.objects.filter(user=user).delete()
    return ended


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Only the session of this request goes on."""
    own = fingerprint(request.session.session_key or "")
    Session.objects.filter(user=user).exclude(pk=own).delete()


@dataclass(frozen=True)
class Limits:
    """When a session ends: without a request, and whatever is done. In seconds from now."""

    idle_seconds: int
    seconds_left: int


def limits_of(request: HttpRequest, now: datetime) -> Limits | None:
    """None without a log-in."""
    started_at = getattr(request.session, "started_at", None)
    if started_at is None:
        return None
    left = started_at + timedelta(seconds=settings.SESSION_COOKIE_AGE) - now
    return Limits(settings.SESSION_IDLE_SECONDS, int(left.total_seconds()))


def _alive(now: datetime) -> dict[str, datetime]:
    """Fields of a session that has not ended, and what each must exceed."""
    return {
        "last_used_at": now - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        "created_at": now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
    }


def alive(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(**{f"{name}__gt": moment for name, moment in _alive(now).items()})


class SessionStore(DatabaseStore):
    """Django's database sessions, with a hash for a key. `user` is who it belongs to, read along with
    the memberships that every page needs: one query for all three."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.user: User | None = None
        self.started_at: datetime | None = None
        self._packed: bytes | None = None
        self._keyring: Keyring | None = None

    @property
    def keyring(self) -> Keyring | None:
        """The keys that the passphrase opened at log-in; None when it opened none."""
        self.get(SESSION_KEY)  # reads the row, if it was not read yet
        if self._keyring is None and self._packed and self.session_key:
            self._keyring = self._unpacked(self._packed, secret_of(self.session_key))
        return self._keyring

    @keyring.setter
    def keyring(self, keyring: Keyring | None) -> None:
        self._keyring, self.modified = keyring, True

    def _unpacked(self, packed: bytes, secret: bytes) -> Keyring | None:
        """None for keys that were put here from another session."""
        try:
            return unpack(packed, secret=secret, today=timezone.localdate())
        except NotUnlocked:
            return None

    @classmethod
    def get_model_class(cls) -> type[Session]:  # type: ignore[override]
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """What cannot be a cookie of ours is not looked up."""
        return key is not None and _COOKIE.fullmatch(key) is not None

    def _get_new_session_key(self) -> str:
        return secrets.token_urlsafe(32)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=fingerprint(session_key)).exists()

    def load(self) -> dict[str, Any]:
        """The data of a session that is alive; otherwise empty, and the cookie counts for nothing."""
        now = timezone.now()
        found = self._read(fingerprint(self.session_key or ""), now)
        if found is None:
            self._session_key = None
            return {}
        self.started_at = found.created_at
        self._packed = bytes(found.keys) if found.keys else None
        if found.last_used_at <= now - TOUCH:
            Session.objects.filter(pk=found.pk).update(last_used_at=now)
        return open_data(found.data, cookie=str(self.session_key))

    def _read(self, key_hash: str, now: datetime) -> Session | None:
        own = {f"user__sessions__{name}__gt": moment for name, moment in _alive(now).items()}
        wanted = Membership.objects.filter(user__sessions=key_hash, **own)
        read = [field.attname for field in Session._meta.concrete_fields]
        columns = {f"session_{name}": F(f"user__sessions__{name}") for name in read}
        found = list(wanted.select_related("user", "region").annotate(**columns))
        if not found:
            return self._read_without_memberships(key_hash, now)
        self.user = found[0].user
        self.user.known_memberships = found
        return Session(**{name: getattr(found[0], f"session_{name}") for name in read})

    def _read_without_memberships(self, key_hash: str, now: datetime) -> Session | None:
        """Somebody half-way logging in, or without a region."""
        found = alive(now).select_related("user").filter(pk=key_hash).first()
        self.user = found.user if found else None
        return found

    def create_model_instance(  # type: ignore[override]  # Django means its own table
        self, data: dict[str, Any]
    ) -> Session:
        now = timezone.now()
        self.started_at = self.started_at or now
        cookie = self._cookie()
        if self._keyring is not None:
            self._packed = pack(self._keyring, secret_of(cookie))
        return Session(
            key_hash=fingerprint(cookie),
            keys=self._packed,
            user_id=data.get(SESSION_KEY),
            data=seal_data(data, cookie=cookie),
            created_at=self.started_at,
            last_used_at=now,
        )

    def _cookie(self) -> str:
        """The cookie of this session; a new one where there is none yet."""
        if self.session_key is None:
            self._session_key = self._get_new_session_key()
        return str(self.session_key)

    def cycle_key(self) -> None:
        """Another cookie for what goes on. A log-in begins anew; whoever is in already gets no longer
        than ten hours by changing the cookie."""
        if SESSION_KEY not in self:
            self.started_at = None
        _ = self.keyring  # opened with the old cookie, to be sealed under the new one
        super().cycle_key()

    def flush(self) -> None:
        super().flush()
        self.user = self.started_at = self._packed = self._keyring = None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=fingerprint(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has ended; it opened nothing any more."""
        Session.objects.exclude(pk__in=alive(timezone.now()).values("pk")).delete()
