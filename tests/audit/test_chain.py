"""The audit log cannot be changed, and whoever changes it anyway is found out."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.audit.actions import as_hashed
from baken.audit.interface import SYSTEM, Stream, record, seal, verify
from baken.audit.models import Entry, Link, Pending
from baken.audit.reading import chained
from baken.audit.rules import canonical
from tests.audit.logs import sealed, tamper, write
from tests.factories import NOW

# The worker seals and verifies; it sees every region.
pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.role("worker")]


def _verdict(stream=Stream.ACCESS):
    return next(verdict for verdict in verify() if verdict.stream == stream)


def test_sealed_log_holds():
    sealed(3)

    verdict = _verdict()

    assert verdict.holds
    assert verdict.waiting == 0
    assert verdict.links == Entry.objects.filter(stream=Stream.ACCESS).count()
    assert len(bytes.fromhex(verdict.head)) == 32


def test_entries_wait_until_they_are_sealed():
    sealed(0)

    write(2)

    assert (_verdict().holds, _verdict().waiting) == (True, 2)
    assert seal() == 2
    assert _verdict().waiting == 0


def test_streams_are_chains_of_their_own():
    sealed(0)
    before = {verdict.stream: verdict.links for verdict in verify()}

    write(1, Stream.SECURITY)
    sealed(2)

    after = {verdict.stream: verdict.links for verdict in verify()}
    assert after["security"] - before["security"] == 1
    assert after["access"] - before["access"] == 2


def test_numbers_of_a_chain_have_no_gaps():
    sealed(4)

    numbers = Link.objects.filter(stream=Stream.ACCESS).order_by("number")

    assert list(numbers.values_list("number", flat=True)) == list(range(1, numbers.count() + 1))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(Stream.values),
            st.dictionaries(
                st.text(
                    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
                ),
                st.one_of(
                    st.integers(-(2**40), 2**40), st.booleans(), st.none(), st.text('é"\\ü€')
                ),
                max_size=3,
            ),
        ),
        max_size=8,
    ),
    batches=st.lists(st.integers(1, 4), min_size=1, max_size=4),
)
def test_any_entries_in_any_batches_verify(events, batches):
    with transaction.atomic():
        for stream, detail in events:
            text = "".join(detail)[:8]
            record(
                "any",
                actor=SYSTEM,
                at=NOW,
                stream=stream,
                detail=detail,
                subject=f'a "{text}" \\ é',
            )
        for size in batches:
            seal(most=size)

        assert all(verdict.holds for verdict in verify())
        _texts_are_canonical()
        transaction.set_rollback(True)


def _texts_are_canonical():
    """What `verify` reads past the models is what the sealer hashed."""
    entries = {link.number: link.entry for link in Link.objects.filter(stream=Stream.ACCESS)}
    for link in chained(Stream.ACCESS):
        assert link.entry == canonical(as_hashed(entries[link.number]))


# --- somebody with all the power of the database ---


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("another event", "UPDATE audit_entry SET event = 'x' WHERE id = {second}"),
        ("another moment", "UPDATE audit_entry SET at = at - interval '1 us' WHERE id = {second}"),
        ("another actor", "UPDATE audit_entry SET actor_id = 'x' WHERE id = {second}"),
        ("another detail", "UPDATE audit_entry SET detail = '{{}}' WHERE id = {second}"),
        ("another subject", "UPDATE audit_entry SET subject = '' WHERE id = {second}"),
        ("another region", "UPDATE audit_entry SET region_id = gen_random_uuid() WHERE id = {second}"),
        ("another stream", "UPDATE audit_entry SET stream = 'security' WHERE id = {second}"),
        ("entry gone", "DELETE FROM audit_entry WHERE id = {second}"),
        ("last entry gone", "DELETE FROM audit_entry WHERE id = {third}"),
        ("link gone", "DELETE FROM audit_link WHERE entry_id = {second}"),
        ("last link gone", "DELETE FROM audit_link WHERE entry_id = {third}"),
        ("another head", "UPDATE audit_link SET head = repeat('x', 32)::bytea WHERE entry_id = {second}"),
        (
            "entries swapped",
            "UPDATE audit_link SET entry_id = CASE entry_id WHEN {second} THEN -1 ELSE {second} END "
            "WHERE entry_id IN ({second}, {third}); "
            "UPDATE audit_link SET entry_id = {third} WHERE entry_id = -1",
        ),
        (
            "numbers swapped",
            "UPDATE audit_link SET number = -number WHERE entry_id = {second}; "
            "UPDATE audit_link SET number = number - 1 WHERE entry_id = {third}; "
            "UPDATE audit_link SET number = 1 - number WHERE entry_id = {second}",
        ),
        ("entry slipped out of the queue", "DELETE FROM audit_pending"),
    ],
)  # fmt: skip
@pytest.mark.role("superuser")
def test_tampering_is_found(what, sql):
    sealed(3)
    first, second, third = sorted(Entry.objects.order_by("-id")[:3].values_list("id", flat=True))
    number = Link.objects.get(entry_id=second).number
    if "pending" in sql:
        write(1)

    tamper(sql.format(first=first, second=second, third=third))

    verdict = _verdict()
    expected = {"last entry gone": 1, "last link gone": 1, "entry slipped out of the queue": 2}
    assert (verdict.holds, verdict.broken_at) == (False, number + expected.get(what, 0))


# --- append-only, for everybody ---

CHANGES = [
    "UPDATE audit_entry SET event = 'x'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry CASCADE",
    "UPDATE audit_link SET number = number + 1",
    "DELETE FROM audit_link",
    "TRUNCATE audit_link",
]


def _refused(sql, words):
    with (
        pytest.raises(DatabaseError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.role("owner")
def test_owner_cannot_change_the_log(sql):
    record("thing.done", actor=SYSTEM, at=NOW)
    seal()
    connection.check_constraints()  # or TRUNCATE is refused for a reason that is not ours

    _refused(sql, "append-only")


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.role("office")
def test_office_cannot_change_the_log(sql):
    _refused(sql, "permission denied")


@pytest.mark.parametrize("sql", CHANGES)
def test_worker_cannot_change_the_log(sql):
    _refused(sql, "permission denied")


@pytest.mark.role("office")
def test_office_cannot_seal_nor_empty_the_queue():
    for sql in ("DELETE FROM audit_pending", "INSERT INTO audit_link VALUES (1, 'access', 1, '')"):
        _refused(sql, "permission denied")


# --- with its write, or not at all ---


def _write_and_fail():
    write(2)
    raise ZeroDivisionError


def test_write_that_fails_leaves_no_entry():
    before = Entry.objects.count(), Pending.objects.count()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _write_and_fail()

    assert (Entry.objects.count(), Pending.objects.count()) == before


def test_one_sealer_at_a_time(role_url):
    write(1)
    with psycopg.connect(role_url("worker")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [0x6175646974])

        assert seal() == 0

    assert seal() > 0


# --- clocks ---


def test_clock_that_jumps_does_not_break_the_chain():
    for hours in (0, -48, 24 * 365, -1):
        record("thing.done", actor=SYSTEM, at=NOW + timedelta(hours=hours))
    sealed(0)

    moments = list(Entry.objects.order_by("-id").values_list("at", flat=True)[:4])
    assert moments != sorted(moments)
    assert _verdict().holds
