"""A colleague's own key pair: made with the passphrase, opened with it, carried by the session."""

import json
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from baken.audit.interface import Actor, Stream, record
from baken.keys.keyring import Keyring, NotUnlocked
from baken.keys.models import UserKey
from baken.keys.rules import own_context
from baken.vault.interface import (
    PassphraseCost,
    Refused,
    new_key_pair,
    new_salt,
    new_signing_key,
    passphrase_key,
    unwrap_key,
    wrap_key,
)


@transaction.atomic
def make_own_key(*, user_id: UUID, passphrase: str, by: Actor, now: datetime) -> Keyring:
    """Make a colleague's key pair, or a new one in place of a lost one: what the old one opened, this one
    does not until a colleague gives it a seat again."""
    pair, signing = new_key_pair(), new_signing_key()
    keyring = Keyring(user_id, pair.private, signing.private, now.date())
    UserKey.objects.update_or_create(
        user_id=user_id,
        defaults={
            "public": pair.public,
            "signing_public": signing.public,
            "made_at": now,
            **_locked(keyring, passphrase),
        },
    )
    record("keys.made", actor=by, subject=f"user:{user_id}", stream=Stream.SECURITY, at=now)
    return keyring


def lock_again(*, keyring: Keyring, passphrase: str) -> None:
    """Another passphrase for the same keys, by who has them open."""
    locked = _locked(keyring, passphrase)
    UserKey.objects.filter(user_id=keyring.user_id).update(**locked)


def unlock(*, user_id: UUID, passphrase: str, today: date) -> Keyring | None:
    """Open somebody's keys with their passphrase; None without keys, or with a passphrase that does not
    open them. Takes as long as Argon2id takes, whatever the answer."""
    own = UserKey.objects.filter(user_id=user_id).first()
    if own is None:
        return None
    key = passphrase_key(
        passphrase,
        salt=bytes(own.salt),
        pepper=settings.PEPPER,
        cost=PassphraseCost.from_bytes(bytes(own.cost)),
    )
    try:
        private = unwrap_key(
            bytes(own.sealed_private), under=key, context=own_context(user_id, "private")
        )
        signing = unwrap_key(
            bytes(own.sealed_signing), under=key, context=own_context(user_id, "signing")
        )
    except Refused:
        return None
    return Keyring(user_id, private, signing, today)


def pack(keyring: Keyring, secret: bytes) -> bytes:
    """The keys for the session, sealed under a secret that only the cookie yields."""
    content = json.dumps([keyring.private.hex(), keyring.signing.hex()]).encode()
    user_id = keyring.user_id
    wrapped = wrap_key(content, under=secret, context=own_context(user_id, "session"))
    return user_id.bytes + wrapped


def unpack(packed: bytes, *, secret: bytes, today: date) -> Keyring:
    """Raises `NotUnlocked` when these are no keys that the cookie behind the secret opens."""
    try:
        user_id = UUID(bytes=packed[:16])
        context = own_context(user_id, "session")
        content = unwrap_key(packed[16:], under=secret, context=context)
    except (Refused, ValueError) as refusal:
        raise NotUnlocked from refusal
    private, signing = map(bytes.fromhex, json.loads(content))
    return Keyring(user_id, private, signing, today)


def _locked(keyring: Keyring, passphrase: str) -> dict[str, object]:
    salt, cost = new_salt(), PassphraseCost(**settings.PASSPHRASE_COST)
    key = passphrase_key(passphrase, salt=salt, pepper=settings.PEPPER, cost=cost)
    user_id = keyring.user_id
    return {
        "salt": salt,
        "cost": cost.to_bytes(),
        "sealed_private": wrap_key(
            keyring.private, under=key, context=own_context(user_id, "private")
        ),
        "sealed_signing": wrap_key(
            keyring.signing, under=key, context=own_context(user_id, "signing")
        ),
    }
