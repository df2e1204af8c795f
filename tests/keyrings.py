"""The keys of the cast, opened with the passphrase of the demo."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from baken.config.demo.people import PASSPHRASE
from baken.keys.interface import unlock

_opened = {}


def keyring_of(user):
    """A fresh keyring of somebody of the cast. What the passphrase opens is remembered: opening takes as
    long as it must."""
    if user.pk not in _opened:
        _opened[user.pk] = unlock(user_id=user.pk, passphrase=PASSPHRASE, today=date.max)
    return replace(_opened[user.pk], today=timezone.localdate(), _teams={})
