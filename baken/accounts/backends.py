"""Who the session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from baken.accounts.models import Membership, User


class ColleagueBackend(AuthenticationBackend):  # type: ignore[misc]
    """Logs in as allauth does. On every page after that it reads the user together with the memberships
    that the page needs anyway: one query instead of two."""

    def get_user(self, user_id: Any) -> User | None:
        found = list(Membership.objects.filter(user=user_id).select_related("user", "region"))
        if not found:
            without: User | None = super().get_user(user_id)
            return without
        user = found[0].user
        user.known_memberships = found
        return user if self.user_can_authenticate(user) else None
