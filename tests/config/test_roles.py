"""The roles and the database: what they may, and above all what they may not."""

import dataclasses

import psycopg
import pytest

from baken.config.embedded import Urls, ensure_roles
from baken.config.embedded.roles import IncompleteUrls
from tests.config.looking import ask

LOGINS = ("owner", "public", "office", "worker")
VARIABLES = {
    "BAKEN_OWNER_DATABASE_URL": "postgresql://baken_owner:a@127.0.0.1:5001/baken",
    "BAKEN_PUBLIC_DATABASE_URL": "postgresql://baken_public:b@127.0.0.1:5001/baken",
    "BAKEN_OFFICE_DATABASE_URL": "postgresql://baken_office:c@127.0.0.1:5001/baken",
    "BAKEN_WORKER_DATABASE_URL": "postgresql://baken_worker:d@127.0.0.1:5001/baken",
    "BAKEN_KEYSTORE_OWNER_DATABASE_URL": "postgresql://baken_owner:a@127.0.0.1:5002/keystore",
    "BAKEN_KEYSTORE_OFFICE_DATABASE_URL": "postgresql://baken_office:c@127.0.0.1:5002/keystore",
    "BAKEN_KEYSTORE_WORKER_DATABASE_URL": "postgresql://baken_worker:d@127.0.0.1:5002/keystore",
}


@pytest.mark.parametrize("login", LOGINS)
def test_every_role_logs_in_as_itself(roles, login):
    _, _, urls = roles
    url = getattr(urls, login)

    assert ask(url, "SELECT current_user") == f"baken_{login}"
    assert ask(url, "SELECT current_database()") == "baken"


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE ROLE thief SUPERUSER",
        "CREATE DATABASE stolen",
        "ALTER SYSTEM SET ssl = off",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "SET ROLE postgres",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_no_role_has_powers_over_the_cluster(roles, login, statement):
    _, _, urls = roles

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(getattr(urls, login), statement)


@pytest.mark.parametrize("login", ["public", "office", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.own ()",
        "CREATE SCHEMA own",
        "CREATE TEMPORARY TABLE own ()",
        "SET ROLE baken_owner",
        "SET ROLE baken_definer",
    ],
)
def test_only_the_owner_builds(roles, login, statement):
    _, _, urls = roles

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(getattr(urls, login), statement)


def test_tables_of_the_owner_are_closed_until_granted(roles):
    _, _, urls = roles
    ask(urls.owner, "CREATE TABLE IF NOT EXISTS closed AS SELECT 7 AS n")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(urls.office, "SELECT n FROM closed")

    ask(urls.owner, "GRANT SELECT ON closed TO baken_office")
    assert ask(urls.office, "SELECT n FROM closed") == 7


def test_owner_hands_a_function_to_the_definer(roles):
    _, _, urls = roles

    with psycopg.connect(urls.owner) as connection:
        connection.execute(
            "CREATE FUNCTION who() RETURNS name LANGUAGE sql SECURITY DEFINER"
            " SET search_path = pg_catalog, public RETURN current_user"
        )
        connection.execute("GRANT CREATE ON SCHEMA public TO baken_definer")
        connection.execute("ALTER FUNCTION who() OWNER TO baken_definer")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM baken_definer")

    assert ask(urls.public, "SELECT who()") == "baken_definer"


@pytest.mark.parametrize("database", ["postgres", "template1"])
@pytest.mark.parametrize("login", LOGINS)
def test_no_role_enters_another_database(roles, login, database):
    _, _, urls = roles

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        ask(getattr(urls.on(database), login), "SELECT 1")


@pytest.mark.parametrize("password", ["", "wrong", "postgres"])
@pytest.mark.parametrize("role", ["postgres", "baken_owner", "baken_public", "baken_definer"])
def test_wrong_password_is_refused(roles, role, password):
    cluster, _, _ = roles

    with pytest.raises(psycopg.OperationalError, match="password"):
        ask(cluster.url(role, password, "baken"), "SELECT 1")


def test_passwords_are_scram_and_stay_out_of_the_log(roles):
    cluster, secrets, _ = roles
    query = "SELECT count(*) FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%'"

    assert ask(cluster.superuser_url(), query) == 5
    assert (
        ask(cluster.superuser_url(), "SELECT string_agg(auth_method, ',') FROM pg_hba_file_rules")
        == "scram-sha-256"
    )
    log = cluster.log.read_text()
    assert not any(password in log for password in secrets.passwords.values())


def test_refused_row_leaves_no_value_in_the_log(roles):
    cluster, _, urls = roles
    ask(urls.owner, "CREATE TABLE IF NOT EXISTS shy (name text CHECK (length(name) < 3))")

    with pytest.raises(psycopg.errors.CheckViolation):
        ask(urls.owner, "INSERT INTO shy VALUES ('geheime naam')")

    assert "geheime naam" not in cluster.log.read_text()


def test_ensure_roles_again_changes_nothing(roles):
    cluster, secrets, urls = roles
    ask(urls.owner, "CREATE TABLE IF NOT EXISTS stays AS SELECT 1")

    assert ensure_roles(cluster, secrets) == urls

    assert ask(urls.owner, "SELECT count(*) FROM stays") == 1
    assert ask(
        urls.owner, "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension"
    ) == ("pg_trgm,plpgsql,unaccent")


def test_ensure_roles_with_new_passwords(roles):
    cluster, secrets, urls = roles
    fresh = dataclasses.replace(secrets, passwords={**secrets.passwords, "worker": "nieuw"})

    changed = ensure_roles(cluster, fresh)

    assert ask(changed.worker, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(urls.worker, "SELECT 1")
    ensure_roles(cluster, secrets)


def test_ensure_roles_for_a_second_database(roles):
    cluster, secrets, urls = roles

    other = ensure_roles(cluster, secrets, "test_baken")

    assert other == urls.on("test_baken")
    assert ask(other.office, "SELECT current_database()") == "test_baken"


def test_urls_from_the_environment_and_back():
    urls = Urls.from_environment({**VARIABLES, "HOME": "/"})

    assert urls.office == "postgresql://baken_office:c@127.0.0.1:5001/baken"
    assert urls.environment_of("public") == {
        "BAKEN_PUBLIC_DATABASE_URL": VARIABLES["BAKEN_PUBLIC_DATABASE_URL"]
    }
    assert urls.environment_of("office") == {n: u for n, u in VARIABLES.items() if "OFFICE" in n}
    assert urls.on("test_1").public == "postgresql://baken_public:b@127.0.0.1:5001/test_1"
    assert "127.0.0.1" not in repr(urls)


def test_urls_from_an_environment_without_any():
    assert Urls.from_environment({"HOME": "/"}) is None


def test_urls_from_an_environment_that_misses_one():
    given = {name: url for name, url in VARIABLES.items() if name != "BAKEN_WORKER_DATABASE_URL"}

    with pytest.raises(IncompleteUrls) as refusal:
        Urls.from_environment(given)

    assert str(refusal.value) == (
        "Er zijn database-adressen opgegeven, maar deze ontbreken: BAKEN_WORKER_DATABASE_URL."
    )
