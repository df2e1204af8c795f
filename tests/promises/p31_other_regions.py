"""P31: a colleague never sees another region, by any address, in any role, whatever is asked."""

import re
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from unittest.mock import patch
from uuid import uuid4

from tests.promises import house  # first: it makes Django ready

import psycopg  # isort: skip
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.db.models.query import QuerySet
from django.test import Client
from django.urls import reverse

from baken.accounts.interface import User
from baken.audit.lag import forget_lag
from baken.config.demo.people import PEOPLE
from baken.lib.tenancy import region_scope
from tests.architecture.test_tenancy import TENANT, _fill
from tests.factories import posted
from tests.fresh import just_logged_in
from tests.own_database import _member
from tests.pages import EXAMPLES, office_pages
from tests.promises.harness import Mutant, Promise

# Which walls stand while something is asked. A mutant leaves neither.
WALLS = ("both", "both", "application", "database")
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
PROOF = re.compile(r'(?<=csrfmiddlewaretoken")[^>]*|"X-CSRFToken": "[^"]*"|data-left="\d+"')
IDS = ("_id",)
LEFT_OUT = {"account_logout", "demo-log-in", "set_language"}
PAGES = [page for page in office_pages() if page.name not in LEFT_OUT and not page.is_allauth]
WITH_ID = [page for page in PAGES if any(name.endswith(IDS) for name in page.parameters)]
# Page, name in its address, and what of the other region is put there.
SEARCHES = (
    ("casework:registration-list", "nummer", "number"),
    ("casework:registration-export", "nummer", "number"),
    ("casework:registration-list", "inlezing", "casework_registerimport"),
    ("casework:registration-export", "inlezing", "casework_registerimport"),
    ("casework:registration-list", "ouder", "casework_registration"),
    ("figures:overview", "peildatum", "facts_snapshot"),
    ("casework:registration-new", "concept", "casework_draft"),
)


@dataclass
class Office:
    """Who is logged in at Utrecht; ids of Flevoland by table; and texts that only Flevoland has."""

    clients: dict
    ids: dict
    secrets: tuple
    superuser: psycopg.Connection


@contextmanager
def world():
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    with (
        house.database() as url,
        psycopg.connect(url, autocommit=True) as superuser,
        patch.object(settings, "ALLOWED_HOSTS", hosts),
    ):
        stranger = _member("bo")
        with region_scope(stranger.region.pk):
            made = _fill(stranger)
        number = f"GEHEIM-{uuid4().int % 10**9}"
        superuser.execute("UPDATE casework_registration SET external_number = %s", [number])
        own = _member("robin")
        with region_scope(own.region.pk):
            _fill(own)
        for table in TENANT:  # opened by a word that only these trials say
            superuser.execute(
                f"CREATE POLICY promise ON {table} TO baken_office"
                " USING (current_setting('promise.walls', true) = 'down')"
            )
        ids = {table: _ids(superuser, table, stranger.region.pk) for table in TENANT}
        yield Office(_clients(), ids, (str(made.pk), made.number, number), superuser)
        forget_lag()
        cache.clear()


def _ids(superuser, table, region_id):
    found = superuser.execute(f"SELECT id::text FROM {table} WHERE region_id = %s", [region_id])
    return [row[0] for row in found]


def _clients():
    clients = {}
    for person in PEOPLE:
        if person.region == "utrecht":
            user = User.objects.get(email=person.email)
            clients[person.slug] = Client(raise_request_exception=False)
            clients[person.slug].force_login(user)
            session = clients[person.slug].session
            session.update(just_logged_in(user))
            session.save()
    return clients


def holds(office, dice):
    """Something of Flevoland is asked for, and something nobody has; the answers are the same."""
    office.superuser.execute("DELETE FROM audit_pending")
    forget_lag()
    client = office.clients[dice.choice(sorted(office.clients))]
    _forget_messages(client)
    ask = dice.choice((_by_id, _by_id, _by_id, _by_searching, _by_looking))
    walls = dice.choice(WALLS)
    with _walls(walls):
        holds = ask(office, client, dice)
        assert walls in ("both", "database") or _are_policies_down()
    return holds


def _forget_messages(client):
    """What an earlier form left to be said would stand in the first of two answers only."""
    session = client.session
    if session.pop("_messages", None):
        session.save()


def _by_id(office, client, dice):
    page, method = dice.choice(WITH_ID), dice.choice(("get", "head", "post"))
    foreign = {name: _foreign(office, name, dice) for name in page.parameters}
    unknown = {name: str(uuid4()) if _is_id(foreign[name]) else foreign[name] for name in foreign}
    data = posted(version="1", to_kind="advice", reason="OVG", outcome="UNK")
    answers = []
    for words in (unknown, foreign):
        address = reverse(page.name, kwargs=words)
        answers.append(_answer(getattr(client, method)(address, data), office, words))
    return _same(*answers)


def _foreign(office, name, dice):
    """An id of the other region for this part of an address: of the table it names, or of any."""
    if not name.endswith(IDS):
        return "take" if name == "step" else EXAMPLES.get(name, "x")
    wanted = name[:-3].replace("_", "")
    own = [table for table in office.ids if table.endswith(wanted) and office.ids[table]]
    return dice.choice(office.ids[dice.choice(own or [t for t in office.ids if office.ids[t]])])


def _is_id(text):
    return UUID_TEXT.fullmatch(str(text)) is not None


def _by_searching(office, client, dice):
    page, name, what = dice.choice(SEARCHES)
    if what == "number":
        foreign, unknown = office.secrets[dice.choice((1, 2))], f"U-{dice.randrange(10**9)}"
    else:
        foreign, unknown = dice.choice(office.ids[what]), str(uuid4())
    answers = []
    for value in (unknown, foreign):
        response = client.get(reverse(page), {name: value})
        answers.append(_answer(response, office, {name: value}))
    return _same(*answers)


def _by_looking(office, client, dice):
    """Pages that name nothing: lists, counts, the log, figures, files."""
    page = dice.choice([page for page in PAGES if page not in WITH_ID])
    words = {name: EXAMPLES.get(name, "x") for name in page.parameters}
    response = client.get(reverse(page.name, kwargs=words))
    return _answer(response, office, {}) is not None


def _answer(response, office, said):
    """Status, headers and body without what was said and what is never the same; None when it tells. Reading
    to the end closes it; closing it here would close the connection that has the word."""
    body = b"".join(response) if response.streaming else response.content
    headers = {k: v for k, v in response.headers.items() if k in ("Location", "HX-Redirect")}
    text = PROOF.sub("", body.decode("utf-8", "replace") + str(headers))
    for value in sorted(map(str, said.values()), key=len, reverse=True):
        text = text.replace(value, "")
    if any(secret in text for secret in office.secrets):
        return None
    return response.status_code, UUID_TEXT.sub("", text)


def _same(unknown, foreign):
    return foreign is not None and unknown == foreign


# --- taking walls away ---


@contextmanager
def _walls(standing):
    with ExitStack() as stack:
        if standing in ("application", "neither"):
            stack.enter_context(_policies_down())
        if standing in ("database", "neither"):
            stack.enter_context(_filters_down())
        yield


@contextmanager
def _policies_down():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('promise.walls', 'down', false)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('promise.walls', '', false)")


def _are_policies_down():
    """Still, on the connection that served the request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('promise.walls', true)")
        return cursor.fetchone() == ("down",)


def _filters_down():
    """No query of a tenant table filters by region any more."""
    whole = QuerySet._filter_or_exclude_inplace

    def careless(self, negate, args, kwargs):
        if self.model._meta.db_table in TENANT:
            args = [_without_region(each) for each in args]
            kwargs = {k: v for k, v in kwargs.items() if not _is_region(k)}
        return whole(self, negate, args, kwargs)

    return patch.object(QuerySet, "_filter_or_exclude_inplace", careless)


def _without_region(condition):
    if not isinstance(condition, Q):
        return condition
    kept = [
        each for each in condition.children if not (isinstance(each, tuple) and _is_region(each[0]))
    ]
    return Q(*kept, _connector=condition.connector, _negated=condition.negated)


def _is_region(lookup):
    return lookup.partition("__")[0] in ("region", "region_id")


PROMISE = Promise(
    name="P31",
    says="A colleague never sees another region: what is there answers as what is not",
    proven_by="every address with an id, every role, by GET, HEAD and POST, with an id of the other region"
    " and one nobody has; searches, exports, counts, lists; with both walls, with the application's alone"
    " and with the database's alone",
    trials={"ci": 250, "default": 2_500, "long": 200_000},
    trial=holds,
    world=world,
    mutants=(Mutant("neither wall stands", ((sys.modules[__name__], "WALLS", ("neither",)),)),),
)
