"""The keys behind a passphrase."""

from datetime import datetime

from baken.accounts.models import User
from baken.audit.interface import Actor
from baken.keys.interface import Keyring, has_own_key, make_own_key, unlock


def own_keys(user: User, passphrase: str, *, now: datetime) -> Keyring | None:
    """The keys that this passphrase opens, made at the first log-in with it.

    None when somebody has keys that it does not open. Those stay as they are: with another pepper nobody's
    passphrase opens anything, and to make new keys then would throw away everybody's.
    """
    if has_own_key(user.pk):
        return unlock(user_id=user.pk, passphrase=passphrase, today=now.date())
    return make_own_key(
        user_id=user.pk,
        passphrase=passphrase,
        by=Actor("user", str(user.pk), user.name),
        now=now,
    )
