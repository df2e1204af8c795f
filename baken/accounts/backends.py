"""Who logs in, and who a user's id belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from baken.accounts.models import Membership, User


class ColleagueBackend(AuthenticationBackend):  # type: ignore[misc]
    """Logs in as allauth does, but says the same to a colleague who was disabled as to a stranger.

    On the pages after that `ColleagueMiddleware` knows the user from the session; whoever else asks gets
    the memberships in the same query.
    """

    def get_user(self, user_id: Any) -> User | None:
        found = list(Membership.objects.filter(user=user_id).select_related("user", "region"))
        if not found:
            without: User | None = super().get_user(user_id)
            return without
        user = found[0].user
        user.known_memberships = found
        return user if self.user_can_authenticate(user) else None

    def _check_password(self, user: User | None, password: str) -> User | None:
        """Allauth would lead a disabled colleague with the right passphrase to a page that says so."""
        if user is None:
            return None
        self._did_check_password = True
        is_right = user.check_password(password)
        return user if is_right and self.user_can_authenticate(user) else None
