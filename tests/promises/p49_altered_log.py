"""P49: whoever owns the database cannot alter, cut or rewrite the log unseen."""

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.promises import house  # first: it makes Django ready

from django.db import connection, transaction  # isort: skip

from baken.audit import actions, reading, statements, verifying
from baken.audit.interface import (
    SYSTEM,
    NotACheckpoint,
    Stream,
    WrongSignature,
    make_checkpoints,
    read_statement,
    record,
    seal,
    verify,
)
from baken.audit.models import Entry, Link
from baken.audit.rules import START, head, leaf
from baken.vault.interface import derived_signing_key, new_signing_key
from tests.factories import NOW
from tests.promises.harness import Mutant, Promise

KEY = derived_signing_key(bytes(range(32)))


@dataclass
class Log:
    """The checkpoints somebody keeps elsewhere, as texts, and the links they are about."""

    texts: list
    links: list


@contextmanager
def world():
    """A sealed log of sixty entries with checkpoints after every twenty; the trials own the database."""
    with house.database("superuser"):
        texts = []
        for batch in range(3):
            for number in range(20):
                at = NOW + timedelta(minutes=20 * batch + number)
                record(
                    "thing.done", actor=SYSTEM, at=at, subject=f"thing:{number}",
                    stream=Stream.SECURITY if number % 4 == 0 else Stream.ACCESS,
                    detail={"number": number},
                )  # fmt: skip
            while seal():
                pass
            made = make_checkpoints(key=KEY, now=at, every=timedelta(0))
            texts += [statement.signed(KEY) for statement in made]
        yield Log(texts, list(Link.objects.filter(stream=Stream.ACCESS).order_by("number")))


def is_seen(log, dice):
    """One alteration, undone afterwards. What was not touched must hold, too."""
    alter = dice.choice(ALTERATIONS)
    with transaction.atomic():
        _sql("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
        texts = alter(log, dice) or log.texts
        holds = _holds(texts)
        transaction.set_rollback(True)
    return holds is (alter is untouched)


def _holds(texts):
    try:
        known = [read_statement(text, public_key=KEY.public) for text in texts]
    except (NotACheckpoint, WrongSignature):
        return False
    return all(verdict.holds for verdict in verify(known))


def _sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)


# --- what somebody with all the power of the database may try ---


def untouched(log, dice):
    pass


def edit(log, dice):
    """One field of one entry."""
    column, value = dice.choice(
        [("event", "'thing.never'"), ("actor_id", "'somebody'"), ("subject", "'thing:other'"),
         ("at", "at + interval '1 us'"), ("detail", "'{\"number\": 99}'"), ("stream", "'security'"),
         ("region_id", "gen_random_uuid()"), ("actor_kind", "'user'")]
    )  # fmt: skip
    _sql(
        f"UPDATE audit_entry SET {column} = {value} WHERE id = %s", dice.choice(log.links).entry_id
    )


def delete_entry(log, dice):
    _sql("DELETE FROM audit_entry WHERE id = %s", dice.choice(log.links).entry_id)


def delete_link(log, dice):
    _sql("DELETE FROM audit_link WHERE entry_id = %s", dice.choice(log.links).entry_id)


def delete_and_renumber(log, dice):
    """An entry and its link gone, the numbers after it moved up."""
    gone = dice.choice(log.links)
    _remove(gone)
    _sql(
        "UPDATE audit_link SET number = -number WHERE stream = 'access' AND number > %s",
        gone.number,
    )
    _sql("UPDATE audit_link SET number = -number - 1 WHERE number < 0")


def insert_unchained(log, dice):
    """An entry that nobody chains and that does not wait."""
    _insert()


def insert_hidden(log, dice):
    """An entry with a link where nobody looks."""
    added, number = _insert(), -dice.randrange(0, 9)
    current = head(START, leaf(actions.as_hashed(added)))
    Link.objects.create(entry=added, stream=Stream.ACCESS, number=number, head=current)


def reorder(log, dice):
    """Two entries change places."""
    one, other = dice.sample(log.links, 2)
    _sql("UPDATE audit_link SET entry_id = -1 WHERE entry_id = %s", one.entry_id)
    _sql("UPDATE audit_link SET entry_id = %s WHERE entry_id = %s", one.entry_id, other.entry_id)
    _sql("UPDATE audit_link SET entry_id = %s WHERE entry_id = -1", other.entry_id)


def change_head(log, dice):
    _sql(
        "UPDATE audit_link SET head = sha256(head) WHERE entry_id = %s",
        dice.choice(log.links).entry_id,
    )


def cut_the_end(log, dice):
    """The last entries and their links; the chain that is left fits."""
    for link in log.links[-dice.randrange(1, len(log.links)) :]:
        _remove(link)


def cut_everything(log, dice):
    for link in log.links:
        _remove(link)


def rewrite(log, dice):
    """One entry changed, and every head after it made to fit."""
    edit_kept_in_stream(log, dice)
    _make_fit()


def rewrite_without_one(log, dice):
    """An entry taken away, another added at the end, numbers and heads made to fit."""
    _remove(dice.choice(log.links))
    added = _insert()
    Link.objects.create(entry=added, stream=Stream.ACCESS, number=len(log.links) + 1, head=START)
    _make_fit()


def rewrite_and_sign(log, dice):
    """As `rewrite`, with the checkpoints replaced by ones that somebody else signed."""
    rewrite(log, dice)
    forger, forged = new_signing_key(), []
    for text in log.texts:
        known = read_statement(text, public_key=KEY.public)
        link = Link.objects.get(stream=known.stream, number=known.number)
        signed = replace(known, head=bytes(link.head)).signed(forger)
        forged.append(signed.replace(forger.public.hex(), KEY.public.hex()))
    return forged


def edit_kept_in_stream(log, dice):
    _sql(
        "UPDATE audit_entry SET subject = 'thing:never' WHERE id = %s",
        dice.choice(log.links).entry_id,
    )


def _remove(link):
    _sql("DELETE FROM audit_link WHERE entry_id = %s", link.entry_id)
    _sql("DELETE FROM audit_entry WHERE id = %s", link.entry_id)


def _insert():
    return Entry.objects.create(
        stream=Stream.ACCESS, event="thing.never", actor_kind="system", actor_id="baken", at=NOW
    )


def _make_fit():
    current = START
    links = list(
        Link.objects.filter(stream=Stream.ACCESS).select_related("entry").order_by("number")
    )
    for number, link in enumerate(links, 1):
        current = actions.head(current, leaf(actions.as_hashed(link.entry)))
        _sql("UPDATE audit_link SET number = %s, head = %s WHERE entry_id = %s",
             number, current, link.entry_id)  # fmt: skip


ALTERATIONS = (
    untouched, edit, delete_entry, delete_link, delete_and_renumber, insert_unchained, insert_hidden,
    reorder, change_head, cut_the_end, cut_everything, rewrite, rewrite_without_one, rewrite_and_sign,
)  # fmt: skip


# --- defects ---


def _loose_head(_previous, leaf_hash):
    return hashlib.sha256(b"\x01" + leaf_hash).digest()


def _hashed_without_detail(entry, _whole=actions.as_hashed):
    return {**_whole(entry), "detail": {}}


def _unsigned(stream, _checkpoints, start, tell, _whole=verifying._verify_stream):
    return _whole(stream, [], start, tell)


PROMISE = Promise(
    name="P49",
    says="The log cannot be altered, cut or rewritten unseen, not even by who owns the database",
    proven_by="edits, deletions, insertions, swaps, an end cut off, everything rewritten with hashes that "
    "fit, checkpoints forged; compared with checkpoints kept elsewhere",
    trials={"ci": 150, "default": 1_000, "long": 50_000},
    trial=is_seen,
    world=world,
    mutants=(
        Mutant("checkpoints are not compared", ((verifying, "_verify_stream", _unsigned),)),
        Mutant("signatures are not checked", ((statements, "verify", lambda *_: None),)),
        Mutant(
            "a head does not cover the one before it",
            ((actions, "head", _loose_head), (verifying, "head", _loose_head)),
        ),
        Mutant(
            "details are not hashed",
            (
                (actions, "as_hashed", _hashed_without_detail),
                (reading, "_detail", lambda text: "{}"),
            ),
        ),
        Mutant("links below number one are not read", ((reading, "_BEFORE_ALL", 0),)),
        Mutant("entries outside the chain are not looked for", (
            (verifying.Entry.objects, "filter", lambda **_: Entry.objects.none()),
        )),
    ),
)  # fmt: skip
