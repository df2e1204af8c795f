"""A database of one test's own, for what cannot happen inside the test's transaction: real commits, two
connections at once, another isolation level. Dropped afterwards."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections

from baken.accounts.interface import User, member_for, memberships_of
from tests.keyrings import keyring_of


def superuser(database=None):
    """To what no role of ours may do; in the database of a test, or beside all of them."""
    where = {"dbname": database} if database else {}
    return psycopg.connect(os.environ["BAKEN_TEST_URL_SUPERUSER"], autocommit=True, **where)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """Connects as `baken_office` to a fresh copy of the prepared database; yields its name."""
    name = f"test_own_{uuid4().hex[:12]}"
    with superuser() as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE baken OWNER baken_owner")
        for role in ("owner", "office", "public", "worker"):
            server.execute(f"GRANT CONNECT ON DATABASE {name} TO baken_{role}")
    with django_db_blocker.unblock():
        before = connect_to(name)
        yield name
        connections.close_all()
        connection.settings_dict.update(before)
    with superuser() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def connect_to(name, role="office"):
    """Point Django's connection at this database as this role; returns the settings before."""
    parts = urlsplit(os.environ[f"BAKEN_TEST_URL_{role.upper()}"])
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict.update(
        NAME=name,
        USER=parts.username,
        PASSWORD=parts.password,
        HOST=parts.hostname,
        PORT=parts.port,
    )
    return before


@pytest.fixture
def own_caseworker(own_database):
    return _member("noor")


@pytest.fixture
def own_coordinator(own_database):
    return _member("robin")


@pytest.fixture
def own_stranger(own_database):
    return _member("bo")


def _member(slug):
    user = User.objects.get(email=f"{slug}@demo.invalid")
    return member_for(user, memberships_of(user, user.created_at.date()), None, keyring_of(user))
