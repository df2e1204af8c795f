"""Where this installation keeps its checkpoints, and the key that signs them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from baken.audit.interface import (
    Kept,
    NotACheckpoint,
    Statement,
    WrongSignature,
    export_checkpoints,
    kept_in_database,
    kept_in_folder,
    make_checkpoints,
    read_statement,
)
from baken.vault.interface import KeyPair, derived_signing_key


class NoSigningKey(Exception):
    """De sleutel waarmee het logboek wordt ondertekend ontbreekt. Alleen de worker heeft die."""


class UnreadableCheckpoint(Exception):
    """Dit is geen checkpoint van deze sleutel:"""


class UnreadablePlace(Exception):
    """Deze map met checkpoints is niet te lezen:"""


def signing_key() -> KeyPair:
    if len(settings.CHECKPOINT_KEY) != 32:
        raise NoSigningKey
    return derived_signing_key(settings.CHECKPOINT_KEY)


def public_key(given: str | None) -> bytes:
    """The key somebody gives, in hexadecimal, or the one of this installation."""
    if given is None:
        return signing_key().public
    try:
        return bytes.fromhex(given)
    except ValueError:
        raise UnreadableCheckpoint(given) from None


def checkpoint_now(*, now: datetime) -> list[Statement]:
    """Sign every stream that has grown at all."""
    made = make_checkpoints(key=signing_key(), now=now, every=timedelta(0))
    export_checkpoints(settings.CHECKPOINT_FOLDERS, now=now)
    return made


def checkpoint_when_due(*, now: datetime) -> list[Statement]:
    """Sign what has grown by a thousand entries, or at all within the hour."""
    return make_checkpoints(key=signing_key(), now=now)


def bring_checkpoints(*, now: datetime) -> None:
    """To every folder what it does not have yet."""
    export_checkpoints(settings.CHECKPOINT_FOLDERS, now=now)


def found_checkpoints(key: bytes, witnesses: Sequence[Path]) -> Kept:
    """What the table, the folders of this installation and other folders hold. A folder of ours that is
    not there yet holds nothing; one that somebody names must be readable."""
    kept = kept_in_database(key)
    own = [folder for folder in settings.CHECKPOINT_FOLDERS if folder.is_dir()]
    for folder in [*own, *witnesses]:
        try:
            there = kept_in_folder(folder, key)
        except OSError:
            raise UnreadablePlace(folder) from None
        kept.statements.extend(there.statements)
        kept.strange.extend(there.strange)
    return kept


def read_checkpoint_file(path: Path, key: bytes) -> Statement:
    try:
        return read_statement(path.read_text("utf-8"), public_key=key)
    except (OSError, UnicodeDecodeError, NotACheckpoint, WrongSignature):
        raise UnreadableCheckpoint(path) from None
