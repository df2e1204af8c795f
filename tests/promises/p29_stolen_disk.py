"""P29: whoever steals the disk, the database or a backup finds no word of what was typed."""

import string
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

import psycopg  # isort: skip
from django.conf import settings
from django.utils import timezone

from baken.accounts.interface import User, member_for, memberships_of
from baken.casework.actions import drafts, words
from baken.casework.actions.drafts import save_draft
from baken.casework.actions.registrations import register
from baken.casework.actions.words import add_note
from baken.casework.rules import marks
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.states import IdentityKind
from baken.facts.interface import freeze_now
from baken.keys.keyring import OpenContainer
from baken.lib.tenancy import region_scope
from tests.factories import answers
from tests.keyrings import keyring_of
from tests.promises.harness import Mutant, Promise
from tests.security.places import found, places


@dataclass
class Loot:
    """What a thief carries off: the folder of the installation and its databases."""

    by: object
    urls: list
    folders: list


@contextmanager
def world():
    with house.database() as url, tempfile.TemporaryDirectory(prefix="baken-promise-") as home:
        user = User.objects.get(email="noor@demo.invalid")
        memberships = memberships_of(user, user.created_at.date())
        by = member_for(user, memberships, None, keyring_of(user))
        with psycopg.connect(url) as superuser:
            data = superuser.execute("SHOW data_directory").fetchone()[0]
        with patch.object(settings, "HOME", home):
            yield Loot(by, [url, url.rpartition("/")[0] + "/keystore"], [data, home])


def is_useless(loot, dice):
    """Somebody types words nobody else would; then everything that is kept is searched for them."""
    typed = {kind: _canary(kind, dice) for kind in IdentityKind}
    told = [_word(dice) for _ in range(5)]
    with region_scope(loot.by.region.pk):
        _type(loot.by, typed, told)
    freeze_now(by=loot.by, now=timezone.now())
    with psycopg.connect(loot.urls[0], autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")
    wanted = [*told, *(value for values in typed.values() for value in values)]
    return not any(found(wanted, places(folder)) for folder in loot.folders) and not found(
        wanted, places(tempfile.mkdtemp(prefix="baken-promise-"), *loot.urls)
    )


def _type(by, typed, told):
    now = timezone.now()
    identities = tuple(IdentityAnswer(kind=kind, value=values[0]) for kind, values in typed.items())
    made = register(
        draft_id=uuid4(),
        answers=answers(subjects=(SubjectAnswer(role="MSO", identities=identities),)),
        words=Words(
            summary=f"Verteld: {told[0]}",
            reporter=(IdentityAnswer(kind=IdentityKind.NAME, value=told[1]),),
        ),
        by=by,
        now=now,
    )
    add_note(registration_id=made.pk, text=told[2], by=by, now=now)
    save_draft(draft_id=uuid4(), answers={"summary": [told[3]], "x": [told[4]]}, by=by, now=now)


def _word(dice):
    return "".join(dice.choices(string.ascii_lowercase, k=14))


def _canary(kind, dice):
    """What is typed, and in which other spellings it might be kept."""
    digits = "".join(dice.choices(string.digits, k=8))
    if kind == IdentityKind.PHONE:
        return [f"06-{digits}", f"06{digits}", f"+316{digits}", f"6{digits}"]
    if kind == IdentityKind.EMAIL:
        return [f"{_word(dice)}@voorbeeld.invalid"]
    if kind == IdentityKind.BIRTH_DATE:
        return [f"{_word(dice)} 1998"]
    if kind in {IdentityKind.PLATE, IdentityKind.DOCUMENT}:
        return [f"XQ{digits}Z"]
    return [_word(dice)]


# --- defects ---


def _unsealed(_self, text, **_place):
    return text.encode()


def _opened(_self, sealed, **_place):
    return bytes(sealed).decode()


def _plain_draft(draft, typed, by):
    return str(typed).encode()


def _plain_index(value, *, key, field):
    return value.encode()


def _talkative(event, registration, by, now):
    """The log says what was typed, not only that something was."""
    words.record(
        event,
        actor=by.actor,
        subject=registration.subject,
        region=registration.region_id,
        at=now,
        detail={"note": _LAST[0]},
    )


_LAST = [""]


def _remembering(self, text, _seal=OpenContainer.seal, **place):
    _LAST[0] = text
    return _seal(self, text, **place)


PROMISE = Promise(
    name="P29",
    says="Stolen data are useless: no word that was typed stands on the disk, in a table or in the log",
    proven_by="a report with words in every field, a note, a draft and frozen facts; then every file of both "
    "clusters (write-ahead log included), every table, every cell unpacked, in eight spellings of each word",
    trials={"ci": 1, "default": 10, "long": 300},
    trial=is_useless,
    world=world,
    mutants=(
        Mutant(
            "words are stored as they are",
            ((OpenContainer, "seal", _unsealed), (OpenContainer, "open", _opened)),
        ),
        Mutant("drafts are not sealed", ((drafts, "_sealed", _plain_draft),)),
        Mutant("indexes are not keyed", ((marks, "blind_index", _plain_index),)),
        Mutant(
            "the log says what was noted",
            ((OpenContainer, "seal", _remembering), (words, "_record", _talkative)),
        ),
    ),
)
