"""What each database role may do: exactly what `baken.config.grants` says, asked of PostgreSQL itself."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from baken.config.grants import GRANTS

pytestmark = pytest.mark.usefixtures("db")
ROLES = ("office", "worker", "public")
# A verb without columns behind it: `SELECT`, not `UPDATE (name)`.
WHOLE_TABLE = re.compile(r"\b[A-Z]+\b(?! \()")
TABLES = "c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"


def _ask(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _given(role):
    """Table → what the role really may do with it."""
    rows = _ask(
        f"""SELECT c.relname, verb FROM pg_class c,
            unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) verb
        WHERE {TABLES} AND has_table_privilege(%s, c.oid, verb)""",
        [f"baken_{role}"],
    )
    found = {}
    for table, verb in rows:
        found.setdefault(table, set()).add(verb)
    return found


def test_every_table_stands_in_the_list_and_none_besides():
    tables = {row[0] for row in _ask(f"SELECT c.relname FROM pg_class c WHERE {TABLES}")}

    assert tables == GRANTS.keys()


@pytest.mark.parametrize("role", ROLES)
def test_role_may_do_what_the_list_says_and_no_more(role):
    """Rights on single columns are asked below."""
    expected = {
        table: set(WHOLE_TABLE.findall(rights[role]))
        for table, rights in GRANTS.items()
        if role in rights
    }

    assert _given(role) == {table: rights for table, rights in expected.items() if rights}


def test_the_sweep_of_the_keystore_sees_that_a_container_exists_and_nothing_else():
    rows = _ask(
        """SELECT attname FROM pg_attribute
        WHERE attrelid = 'keys_container'::regclass AND attnum > 0
        AND has_column_privilege('baken_worker', attrelid, attnum, 'SELECT')"""
    )

    assert rows == [("id",)]


def test_office_changes_of_a_teams_keys_only_what_recovery_opens():
    rows = _ask(
        """SELECT attname FROM pg_attribute
        WHERE attrelid = 'keys_teamepoch'::regclass AND attnum > 0
        AND has_column_privilege('baken_office', attrelid, attnum, 'UPDATE')"""
    )

    assert rows == [("sealed_to_recovery",)]


def test_roles_of_the_list_all_exist():
    named = {role for rights in GRANTS.values() for role in rights}

    assert named == set(ROLES)


def test_nobody_else_may_do_anything():
    rows = _ask(
        f"SELECT c.relname FROM pg_class c, aclexplode(c.relacl) g "
        f"WHERE {TABLES} AND g.grantee = 0"  # 0 is PUBLIC: every role there is
    )

    assert rows == []


def test_roles_are_ordinary():
    rows = _ask(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'baken%%' AND rolname <> 'baken_owner' "
        "AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"
    )
    owner = _ask("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'baken_owner'")

    assert rows == []
    assert owner == [(False, False)]


@pytest.mark.role("public")
@pytest.mark.parametrize(
    "table", sorted(t for t, rights in GRANTS.items() if "public" not in rights)
)
def test_public_site_cannot_read(table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        _ask(f"SELECT 1 FROM {table}")


@pytest.mark.role("public")
def test_public_site_reads_nothing_about_people():
    readable = set(_given("public"))

    assert readable == {
        "config_installation",
        "organisations_region",
        "organisations_municipality",
        "organisations_regionmunicipality",
    }


@pytest.mark.parametrize("role", ROLES)
def test_role_makes_no_tables(role):
    assert _ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [f"baken_{role}"]) == [
        (False,)
    ]


def test_functions_run_as_who_calls_them():
    """A SECURITY DEFINER function would be a door in the wall between roles."""
    rows = _ask(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )

    assert rows == []
