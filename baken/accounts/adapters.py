"""Where allauth meets our rules: nobody signs up; colleagues are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from baken.accounts.actions import record_for
from baken.accounts.models import User
from baken.accounts.own_keys import own_keys
from baken.accounts.second_factors import open_seed, seal_seed
from baken.accounts.sessions import end_sessions_of
from baken.keys.interface import lock_again


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The passphrase that lets somebody in also opens their keys; for who has none yet, it makes them.
        The session carries them through the second factor."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and "password" in credentials:
            request.session.keyring = own_keys(user, credentials["password"], now=timezone.now())  # type: ignore[attr-defined]
        return user

    def set_password(self, user: User, password: str) -> None:
        """A new passphrase ends every session; the one it was typed in goes on with another cookie."""
        with transaction.atomic():
            super().set_password(user, password)
            end_sessions_of(user)
            self._lock_again(password)
            record_for(user, "passphrase.changed", now=timezone.now())

    def _lock_again(self, password: str) -> None:
        """The same keys under the new passphrase, by who has them open."""
        keyring = self.request.session.keyring
        if keyring is not None:
            lock_again(keyring=keyring, passphrase=password)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passphrases are counted per address *and* per place they come from: guessing is slowed,
        and whoever guesses elsewhere never keeps the owner out."""
        return f"{get_ip(request)} {super()._get_login_attempts_cache_key(request, **credentials)}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the host name people type, not to a Sites table."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Baken"}

    def encrypt(self, text: str) -> str:
        return seal_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_seed(encrypted_text)

    def can_delete_authenticator(self, authenticator: object) -> bool:
        """The last second factor stays: without it the office is closed to its owner."""
        own = type(authenticator).objects.filter(user=authenticator.user)  # type: ignore[attr-defined]
        return bool(own.exclude(type="recovery_codes").count() > 1)


def display_name(user: User) -> str:
    return user.name
