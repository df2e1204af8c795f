"""The database Baken works in, and the roles that may enter it.

``baken_owner`` owns the tables and migrates, and is used by nothing else; ``baken_public``,
``baken_office`` and ``baken_worker`` get their rights table by table, in migrations; definer
functions belong to ``baken_definer``, which nobody can log in as.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from baken.config.cannot_start import CannotStart
from baken.config.embedded.cluster import Cluster
from baken.config.secrets import LOGIN_ROLES, Secrets

DATABASE = "baken"
KEYSTORE_DATABASE = "keystore"
# Who may enter the keystore: the worker only to sweep what belongs to nothing.
KEYSTORE_ROLES = ("owner", "office", "worker")
DEFINER = "baken_definer"
EXTENSIONS = ("pg_trgm", "unaccent")
Connection = psycopg.Connection[tuple[object, ...]]

_NO_POWERS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


class IncompleteUrls(CannotStart):
    """Er zijn database-adressen opgegeven, maar deze ontbreken: {missing}."""


@dataclass(frozen=True, repr=False)
class Urls:
    """Where each role reaches the database, and the keystore beside it:
    ``postgresql://role:password@host:port/database``."""

    owner: str
    public: str
    office: str
    worker: str
    keystore_owner: str
    keystore_office: str
    keystore_worker: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Urls | None":
        """The given addresses, None without any; raises IncompleteUrls when one is missing."""
        given = {item.name: environment.get(_variable(item.name), "") for item in fields(cls)}
        if not any(given.values()):
            return None
        missing = [_variable(role) for role, url in given.items() if not url]
        if missing:
            raise IncompleteUrls(missing=", ".join(missing))
        return cls(**given)

    def environment_of(self, site: str) -> dict[str, str]:
        """For the process of one site: ``BAKEN_OFFICE_DATABASE_URL`` and its keystore, if it has one."""
        own = (site, f"keystore_{site}")
        return {_variable(name): url for name, url in self.as_dict().items() if name in own}

    def as_dict(self) -> dict[str, str]:
        return {item.name: str(getattr(self, item.name)) for item in fields(self)}

    def on(self, database: str) -> "Urls":
        """The same roles on another database of the same cluster; the keystore stays where it is."""
        moved = {
            role: urlsplit(url)._replace(path="/" + quote(database)).geturl()
            for role, url in self.as_dict().items()
            if role in LOGIN_ROLES
        }
        return replace(self, **moved)


def _variable(role: str) -> str:
    return f"BAKEN_{role.upper()}_DATABASE_URL"


def ensure_roles(
    cluster: Cluster,
    secrets: Secrets,
    database: str = DATABASE,
    *,
    keystore: Cluster | None = None,
) -> Urls:
    """Make the roles and the databases where they are missing, and set every password again.

    Running it again changes nothing else. Returns the addresses of the roles. Without a `keystore` cluster
    the keystore is a database of the same cluster: for tests and measurements only.
    """
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        _make_roles(connection, secrets)
        ensure_database(cluster, connection, database)
    second = keystore or cluster
    with psycopg.connect(second.superuser_url(), autocommit=True) as connection:
        if keystore:
            _make_roles(connection, secrets)
        _ensure_keystore(second, connection)
    urls = {role: _address(cluster, secrets, role, database) for role in LOGIN_ROLES}
    keys = {
        f"keystore_{role}": _address(second, secrets, role, KEYSTORE_DATABASE)
        for role in KEYSTORE_ROLES
    }
    return Urls(**urls, **keys)


def _make_roles(connection: Connection, secrets: Secrets) -> None:
    _ensure_role(connection, DEFINER, "NOLOGIN")
    for role in LOGIN_ROLES:
        _ensure_role(connection, f"baken_{role}", "LOGIN")
        _set_password(connection, f"baken_{role}", secrets.passwords[role])
    # Only a member may hand a function over to the definer role.
    _run(connection, "GRANT {} TO {}", DEFINER, "baken_owner")


def _address(cluster: Cluster, secrets: Secrets, role: str, database: str) -> str:
    return cluster.url(f"baken_{role}", secrets.passwords[role], database)


def ensure_database(cluster: Cluster, connection: Connection, database: str) -> None:
    """Make ``database`` for the owner, closed to everyone but our roles, with our extensions.

    ``connection`` is the superuser's, in autocommit.
    """
    _make_database(connection, database, LOGIN_ROLES)
    with psycopg.connect(cluster.superuser_url(database), autocommit=True) as inside:
        inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in ("baken_public", "baken_office", "baken_worker", DEFINER):
            _run(inside, "GRANT USAGE ON SCHEMA public TO {}", role)
        for extension in EXTENSIONS:
            _run(inside, "CREATE EXTENSION IF NOT EXISTS {}", extension)


def _ensure_keystore(cluster: Cluster, connection: Connection) -> None:
    """The second database: no extensions, and closed to the public site."""
    _make_database(connection, KEYSTORE_DATABASE, KEYSTORE_ROLES)
    with psycopg.connect(cluster.superuser_url(KEYSTORE_DATABASE), autocommit=True) as inside:
        inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in ("baken_office", "baken_worker"):
            _run(inside, "GRANT USAGE ON SCHEMA public TO {}", role)


def _make_database(connection: Connection, database: str, roles: tuple[str, ...]) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not found.fetchone():
        _run(connection, "CREATE DATABASE {} OWNER {}", database, "baken_owner")
    for closed in (database, "postgres", "template1"):
        _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", closed)
    for role in roles:
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, f"baken_{role}")


def _ensure_role(connection: Connection, role: str, login: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if not found.fetchone():
        _run(connection, "CREATE ROLE {}", role)
    _run(connection, f"ALTER ROLE {{}} {login} {_NO_POWERS}", role)


def _set_password(connection: Connection, role: str, password: str) -> None:
    """Send the scram verifier: the password itself never crosses the wire or meets a log."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(role), sql.Literal(verifier.decode())))


def _run(connection: Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
