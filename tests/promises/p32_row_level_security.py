"""P32: rows of another region do not exist, whatever connection a request gets and however it ends."""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

import psycopg  # isort: skip
from django.db import DatabaseError, connection, transaction

from baken.casework.actions.registrations import NumberInUse
from baken.casework.models import Registration
from baken.lib import tenancy
from baken.lib.tenancy import region_scope
from tests.factories import registration
from tests.own_database import _member
from tests.promises.harness import Mutant, Promise

AT_ONCE = 8
POOL = {"pool": {"min_size": 2, "max_size": 2, "timeout": 20}}
MEMBERS = {"utrecht": ("noor", 3), "flevoland": ("bo", 2)}
# What a mutant does to the database before the trials.
DEFECT = ""


class _Failure(Exception):
    """A request that ends in an error, as any may."""


@dataclass
class Regions:
    """Members of two regions, how many rows each has, and a number the other one uses."""

    members: dict
    rows: dict
    threads: ThreadPoolExecutor


@contextmanager
def world():
    with house.database() as url, psycopg.connect(url, autocommit=True) as superuser:
        members = {code: _member(slug) for code, (slug, _count) in MEMBERS.items()}
        for code, (_slug, count) in MEMBERS.items():
            with region_scope(members[code].region.pk):
                for number in range(count):
                    registration(members[code], external_number=f"{code}-{number}")
        if DEFECT:
            superuser.execute(DEFECT)
        connection.close()
        logging.getLogger("psycopg").setLevel(logging.ERROR)  # warns of every refusal in a pipeline
        rows = {code: count for code, (_slug, count) in MEMBERS.items()}
        with patch.dict(connection.settings_dict, OPTIONS=POOL):
            try:
                with ThreadPoolExecutor(AT_ONCE) as threads:
                    yield Regions(members, rows, threads)
            finally:
                connection.close_pool()


def holds(regions, dice):
    """Eight requests at once over two connections; each sees the rows of its region and no other."""
    kinds = (_reads, _reads, _without_region, _fails, _writes_elsewhere, _takes_their_number)
    asked = [(dice.choice(kinds), dice.choice(sorted(MEMBERS))) for _ in range(AT_ONCE)]
    # All of them, also after one that failed: none may run on into another database.
    return all(list(regions.threads.map(lambda each: _request(regions, *each), asked)))


def _request(regions, kind, code):
    try:
        return kind(regions, code)
    finally:
        connection.close()  # back to the pool, as Django does after each request


def _reads(regions, code):
    own = regions.members[code].region.pk
    with region_scope(own):
        seen = list(Registration.objects.values_list("region_id", flat=True))
    return seen == [own] * regions.rows[code]


def _without_region(regions, code):
    return Registration.objects.count() == 0


def _fails(regions, code):
    """The choice of region ends with the transaction, also when that ends badly."""
    try:
        with region_scope(regions.members[code].region.pk):
            seen = Registration.objects.count()
            raise _Failure
    except _Failure:
        return seen == regions.rows[code] and Registration.objects.count() == 0


def _writes_elsewhere(regions, code):
    """Neither a new row for the other region nor a change of one that is there."""
    other = next(name for name in MEMBERS if name != code)
    theirs = regions.members[other].region.pk
    try:
        with region_scope(regions.members[code].region.pk):
            changed = Registration.objects.filter(region=theirs).update(version=99)
            row = Registration.objects.first()
            row.pk, row.region_id, row.number = uuid4(), theirs, f"x{uuid4().hex[:8]}"
            row.save(force_insert=True)
    except DatabaseError as refusal:
        return changed == 0 and "row-level security" in str(refusal)
    return False


def _takes_their_number(regions, code):
    """A number of the other region is free here; one of the own region is not."""
    other = next(name for name in MEMBERS if name != code)
    by = regions.members[code]
    return _is_free(by, f"{other}-0") and not _is_free(by, f"{code}-0")


def _is_free(by, number):
    try:
        with region_scope(by.region.pk):
            registration(by, external_number=number)
            transaction.set_rollback(True)
    except (NumberInUse, DatabaseError):
        return False
    return True


# --- defects ---


def _for_the_whole_session(region_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('baken.region', %s, false)", [str(region_id)])


def _defect(sql):
    return ((sys.modules[__name__], "DEFECT", sql),)


PROMISE = Promise(
    name="P32",
    says="Rows of another region do not exist, also on a connection that served them a moment ago",
    proven_by="eight requests at once over two pooled connections: reading, failing half-way, without a "
    "region, writing for the other region, using a number the other region uses",
    trials={"ci": 120, "default": 1_250, "long": 100_000},
    trial=holds,
    world=world,
    mutants=(
        Mutant(
            "the region is set for the session instead of the transaction",
            ((tenancy, "set_region", _for_the_whole_session),),
        ),
        Mutant(
            "without a region every row is there",
            _defect(
                "CREATE POLICY lax ON casework_registration TO baken_office USING"
                " (nullif(current_setting('baken.region', true), '') IS NULL)"
            ),
        ),
        Mutant(
            "the policy looks at what is read and not at what is written",
            _defect("ALTER POLICY own_region ON casework_registration WITH CHECK (true)"),
        ),
        Mutant(
            "a number is unique over all regions",
            _defect(
                "CREATE UNIQUE INDEX told ON casework_registration (external_number)"
                " WHERE external_number <> ''"
            ),
        ),
        Mutant(
            "the office owns the table and the policies are not forced",
            _defect(
                "ALTER TABLE casework_registration OWNER TO baken_office;"
                "ALTER TABLE casework_registration NO FORCE ROW LEVEL SECURITY"
            ),
        ),
    ),
)
