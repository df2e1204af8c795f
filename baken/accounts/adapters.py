"""Where allauth meets our rules: nobody signs up; colleagues are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from baken.accounts.models import User


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the host name people type, not to a Sites table."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Baken"}

    def can_delete_authenticator(self, authenticator: object) -> bool:
        """The last second factor stays: without it the office is closed to its owner."""
        own = type(authenticator).objects.filter(user=authenticator.user)  # type: ignore[attr-defined]
        return bool(own.exclude(type="recovery_codes").count() > 1)


def display_name(user: User) -> str:
    return user.name
