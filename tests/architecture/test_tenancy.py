"""Two walls between regions: the database's row-level security and the application's own filter. Each
holds with the other taken away."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from baken.accounts.interface import NotInRegion
from baken.audit.interface import latest
from baken.casework.actions.drafts import NotYourDraft, discard_draft, save_draft
from baken.casework.actions.registrations import lock_registration, register
from baken.casework.actions.revealing import ask_reveal
from baken.casework.actions.words import add_note
from baken.casework.models import Draft, Registration
from baken.casework.queries.drafts import draft_of, find_draft, own_drafts
from baken.casework.queries.registrations import find_registration, visible_to
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.states import IdentityKind, RevealReason
from baken.config.grants import GRANTS
from baken.facts.interface import snapshots, unfinished_snapshot
from baken.facts.models import Snapshot
from baken.facts.states import SnapshotState
from baken.lib.tenancy import region_scope, set_region
from baken.organisations.interface import region_by_code
from tests.factories import NOW, answers, full_answers, posted, registration
from tests.pages import office_pages

# Tables with a region in them that every region may read, each with its reason.
OPEN = {
    "accounts_membership": "read at log-in, before there is a region",
    "accounts_invitation": "opened by who is invited, before there is a region",
    "organisations_regionmunicipality": "which municipality belongs where is public",
    "organisations_team": "names of teams; no table hangs on it yet",
}
MODELS = {model._meta.db_table: model for model in apps.get_models()}


def _fill(by):
    """Something of this region in every tenant table that has a factory; returns the registration."""
    whole = {name: v for name, v in full_answers().__dict__.items() if name != "received"}
    who = IdentityAnswer(kind=IdentityKind.NAME, value="Mina Verzonnen")
    girl = SubjectAnswer(
        role="MSO", identities=(who, replace(who, kind=IdentityKind.BIRTH_DATE, value="1-2-2008"))
    )
    made = register(
        draft_id=uuid4(),
        answers=answers(**{**whole, "subjects": (girl,)}),
        words=Words(summary="Een zin.", reporter=(who,)),
        by=by,
        now=NOW,
    )
    add_note(registration_id=made.pk, text="Nog een zin.", by=by, now=NOW)
    ask_reveal(registration_id=made.pk, reason=RevealReason.CONTACT, by=by, now=NOW)
    save_draft(draft_id=uuid4(), answers={}, by=by, now=NOW, registration=made)
    _raw(by.region.pk)
    return made


def _raw(region_id):
    """The tables that other screens fill, one row each."""
    for table, columns, values in RAW_ROWS:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (id, region_id, {columns}) VALUES (%s, %s, {values})",
                [uuid4(), region_id],
            )


RAW_ROWS = [
    (
        "casework_kindchange",
        "registration_id, from_kind, to_kind, reason_id, at",
        "(SELECT id FROM casework_registration LIMIT 1), 'report', 'advice', "
        "'conversion_reason.OVG', now()",
    ),
    (
        "casework_registerimport",
        "state, file_name, file_sha256, columns, mapping, problems, problem_count, rows_done, "
        "rows_total, created_at, heard_at",
        "'uploaded', 'x', gen_random_uuid()::text, '[]', '{}', '[]', 0, 0, 0, now(), now()",
    ),
    ("casework_rememberedvalue", "field, text, value", "'kind', gen_random_uuid()::text, 'report'"),
    (
        "casework_savedview",
        "owner_id, name, query, is_shared",
        "gen_random_uuid(), 'x', '', false",
    ),
    (
        "facts_snapshot",
        "state, reference_at, schema_version, manifest, rows_done, rows_total",
        "'requested', now(), 1, '{}', 0, 0",
    ),
    (
        "keys_grant",
        "container_id, epoch_id, sealed, ground, purpose, ends_on, given_by, given_at, signature",
        "(SELECT id FROM keys_container LIMIT 1), (SELECT id FROM keys_teamepoch LIMIT 1), '', "
        "'vital', 'care', now(), gen_random_uuid(), now(), ''",
    ),
    (
        "oversight_alert",
        "kind, user_id, day, looks, first_at, last_at, subject, reason, state, outcome",
        "'night', gen_random_uuid(), now(), 1, now(), now(), '', '', 'open', ''",
    ),
]


def _tables(condition):
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT c.relname FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'region_id'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND {condition}"""
        )
        return {row[0] for row in cursor.fetchall()}


def _ids(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()


TENANT = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if any(f.attname == "region_id" for f in model._meta.concrete_fields)
    and model._meta.db_table not in {*OPEN, "audit_entry"}
)

pytestmark = pytest.mark.usefixtures("db")


# --- the database alone ---


def test_every_table_with_a_region_is_protected():
    protected = _tables("c.relrowsecurity AND c.relforcerowsecurity")

    assert _tables("true") - protected == set(OPEN)
    assert protected == {*TENANT, "audit_entry"}
    assert set(TENANT) <= GRANTS.keys()


@pytest.mark.parametrize("table", TENANT)
def test_rows_of_another_region_do_not_exist(caseworker, stranger, table):
    _fill(caseworker)
    assert _ids(table), f"{table}: give it a row in _fill"

    set_region(stranger.region.pk)

    assert _ids(f"{table} WHERE region_id <> '{stranger.region.pk}'") == []


@pytest.mark.parametrize("table", TENANT)
def test_without_a_region_nothing_exists(caseworker, table):
    _fill(caseworker)

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('baken.region', '', true)")

    assert _ids(table) == []


@pytest.mark.parametrize("table", TENANT)
def test_row_moved_to_another_region(caseworker, stranger, table):
    _fill(caseworker)
    sql = f"UPDATE {table} SET region_id = %s"

    refusal = "row-level security" if _may("UPDATE", table) else "permission denied"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        _execute(sql, [stranger.region.pk])


@pytest.mark.parametrize("table", TENANT)
def test_row_added_to_another_region(caseworker, stranger, table):
    _fill(caseworker)
    row = MODELS[table].objects.first()
    row.pk, row.region_id = uuid4(), stranger.region.pk

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("table", TENANT)
def test_rows_of_another_region_cannot_be_changed_or_deleted(caseworker, stranger, table):
    _fill(caseworker)
    set_region(stranger.region.pk)
    verbs = {
        "UPDATE": f"UPDATE {table} SET region_id = region_id",
        "DELETE": f"DELETE FROM {table}",
    }
    theirs = [
        f"{sql} WHERE region_id <> '{stranger.region.pk}'"
        for verb, sql in verbs.items()
        if _may(verb, table)
    ]

    assert [_execute(sql) for sql in theirs] == [0] * len(theirs)


def _may(verb, table):
    return verb in GRANTS[table]["office"].split(", ")


def _execute(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_unfiltered_query_in_a_view_would_see_the_own_region_only(caseworker, stranger):
    made = _fill(caseworker)
    set_region(stranger.region.pk)

    assert not Registration.objects.all().exists()
    assert not Registration.objects.filter(pk=made.pk).exists()


def test_log_of_another_region(caseworker, stranger):
    registration(caseworker)
    set_region(stranger.region.pk)

    assert latest(caseworker.region.pk) == []


# --- the application alone: the owner's policy shows every row ---


@pytest.fixture
def two_regions(caseworker, stranger):
    made = _fill(caseworker)
    assert Registration.objects.count() == 1
    return made


@pytest.mark.role("owner")
def test_registrations_are_filtered_by_the_application(two_regions, caseworker, stranger):
    set_region(stranger.region.pk)
    assert Registration.objects.filter(pk=two_regions.pk).exists()  # this wall is open

    assert not visible_to(stranger).exists()
    assert visible_to(caseworker).get() == two_regions
    for find in (find_registration, lock_registration):
        with pytest.raises(NotInRegion):
            find(two_regions.pk, by=stranger)


@pytest.mark.role("owner")
def test_drafts_are_filtered_by_the_application(two_regions, caseworker, stranger):
    draft = Draft.objects.get(registration=two_regions)
    elsewhere = _same_person(caseworker, stranger.region)
    set_region(stranger.region.pk)

    assert find_draft(draft.pk, by=elsewhere) is None
    assert draft_of(two_regions.pk, by=elsewhere) is None
    assert own_drafts(elsewhere) == []
    with pytest.raises(NotYourDraft):
        save_draft(draft_id=draft.pk, answers={"a": 1}, by=elsewhere, now=NOW)
    with pytest.raises(NotYourDraft):
        discard_draft(draft_id=draft.pk, by=elsewhere)


def _same_person(member, region):
    return member.__class__(**{**member.__dict__, "region": region})


@pytest.mark.role("owner")
def test_snapshots_are_filtered_by_the_application(caseworker, stranger):
    Snapshot.objects.create(
        region=caseworker.region, state=SnapshotState.READY, reference_at=NOW, ready_at=NOW,
        schema_version=1,
    )  # fmt: skip
    Snapshot.objects.create(region=caseworker.region, reference_at=NOW, schema_version=1)

    assert (snapshots(stranger), unfinished_snapshot(stranger)) == ([], None)
    assert len(snapshots(caseworker)) == 1


@pytest.mark.role("owner")
def test_log_is_filtered_by_the_application(caseworker, stranger):
    before = len(latest(stranger.region.pk))
    registration(caseworker)

    assert len(latest(stranger.region.pk)) == before


# --- every address with an id in it: foreign and unknown are the same ---

WITH_ID = [page for page in office_pages() if "registration_id" in page.parameters]


def _answer(client, page, registration_id, method):
    words = {"registration_id": registration_id, "step": "take"}
    others = {name: UUID(int=5) for name in page.parameters}
    url = reverse(page.name, kwargs=others | {n: words[n] for n in words.keys() & others.keys()})
    data = posted(version="1", to_kind="advice", reason="OVG", outcome="UNK")
    response = getattr(client, method)(url, data)
    return response.status_code, response.content.replace(str(registration_id).encode(), b"ID")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", WITH_ID, ids=lambda page: page.name)
@pytest.mark.parametrize(
    "walls",
    [
        pytest.param("both", id="both walls"),
        pytest.param("one", id="application only", marks=pytest.mark.role("owner")),
    ],
)
def test_foreign_id_answers_like_an_unknown_id(caseworker_client, stranger, page, method, walls):
    with region_scope(stranger.region.pk):
        foreign = registration(stranger)

    answer = _answer(caseworker_client, page, foreign.pk, method)

    assert answer == _answer(caseworker_client, page, uuid4(), method)
    assert answer[0] in {404, 405}


def test_there_are_addresses_with_ids():
    assert len(WITH_ID) >= 5
    assert region_by_code("flevoland").code == "flevoland"


def test_constraint_across_regions_does_not_tell(caseworker, stranger):
    """An external number in use elsewhere must not be noticed here."""
    registration(caseworker, external_number="A-1")
    set_region(stranger.region.pk)

    try:
        registration(stranger, external_number="A-1")
    except IntegrityError:  # pragma: no cover
        pytest.fail("the other region shows through a constraint")
