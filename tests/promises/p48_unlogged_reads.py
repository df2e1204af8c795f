"""P48: nobody reads a registration unlogged; when logging fails or lags, nothing is shown."""

from contextlib import contextmanager
from dataclasses import dataclass

from tests.promises import house  # first: it makes Django ready

import psycopg  # isort: skip
from django.conf import settings
from django.test import Client
from django.urls import reverse

from baken.accounts.interface import User, member_for, memberships_of
from baken.audit import actions
from baken.audit.lag import forget_lag
from baken.casework import exports
from baken.casework.actions import looking
from baken.casework.queries.registrations import find_registration
from baken.casework.views import registration_form, worklist
from baken.lib.tenancy import region_scope
from tests.factories import registration
from tests.fresh import just_logged_in
from tests.promises.harness import Mutant, Promise

PAGES = ("registration-detail", "registration-edit", "registration-close", "registration-convert")
READERS = ("noor", "sam", "robin")  # robin also exports


@dataclass
class Office:
    """Registrations of one region, colleagues who are logged in, and the database's own superuser."""

    numbers: dict
    clients: dict
    superuser: psycopg.Connection

    def count(self, user_id):
        """How many looks of this person the log has; another connection sees what is committed only."""
        return self.superuser.execute(
            "SELECT count(*) FROM audit_entry WHERE actor_id = %s AND event IN "
            "('registration.opened', 'registrations.listed', 'registrations.exported')",
            [str(user_id)],
        ).fetchone()[0]


@contextmanager
def world():
    hosts = [*settings.ALLOWED_HOSTS, "testserver"]
    with house.database() as url, psycopg.connect(url, autocommit=True) as superuser:
        settings.ALLOWED_HOSTS = hosts
        users = {slug: User.objects.get(email=f"{slug}@demo.invalid") for slug in READERS}
        noor = users["noor"]
        by = member_for(noor, memberships_of(noor, noor.created_at.date()), None)
        with region_scope(by.region.pk):
            made = [registration(by) for _number in range(4)]
        clients = {}
        for user in users.values():
            clients[user.pk] = Client(raise_request_exception=False)
            clients[user.pk].force_login(user)
            session = clients[user.pk].session
            session.update(just_logged_in(user, seconds_ago=0))
            session.save()
            clients[user.pk].get(reverse("work"))
        yield Office({each.pk: each.number for each in made}, clients, superuser)
        forget_lag()


def is_logged(office, dice):
    """Somebody opens a page; the log works, or refuses, or lags. What is shown has been logged."""
    user_id = dice.choice(sorted(office.clients))
    state = dice.choice((_works, _works, _refuses, _lags))
    url = _address(office, dice)
    with state(office):
        before = office.count(user_id)
        answer = office.clients[user_id].get(url)
        text = b"".join(answer) if answer.streaming else answer.content
        answer.close()
        logged = office.count(user_id) - before
    shown = any(number.encode() in text for number in office.numbers.values())
    if state is _works:
        return logged == 1 if shown else answer.status_code in {302, 403}
    return not shown and answer.status_code in {302, 403, 500, 503}


def _address(office, dice):
    page = dice.choice((*PAGES, "registration-list", "registration-export"))
    ids = [dice.choice(sorted(office.numbers))] if page in PAGES else []
    return reverse(f"casework:{page}", args=ids)


@contextmanager
def _works(office):
    """The sealer has chained everything."""
    office.superuser.execute("DELETE FROM audit_pending")
    forget_lag()
    yield


@contextmanager
def _refuses(office):
    """The database lets nobody add to the log."""
    with _works(office):
        office.superuser.execute("REVOKE INSERT ON audit_entry FROM baken_office")
        try:
            yield
        finally:
            office.superuser.execute("GRANT INSERT ON audit_entry TO baken_office")


@contextmanager
def _lags(office):
    """The oldest entry waits for two minutes to be chained."""
    office.superuser.execute(
        "INSERT INTO audit_pending (entry_id, written_at) SELECT min(id), now() - interval '2 minutes' "
        "FROM audit_entry ON CONFLICT (entry_id) DO UPDATE SET written_at = excluded.written_at"
    )
    forget_lag()
    yield


# --- defects ---


def _nothing(*_args, **_words):
    pass


def _forgiving(*args, _record=actions.record, **words):
    """Logging that fails is passed over, as a careless `except` would."""
    try:
        with looking.transaction.atomic():
            _record(*args, **words)
    except Exception:
        pass


def _unseen(*, registration_id, by, now, page="detail"):
    return find_registration(registration_id, by=by)


PROMISE = Promise(
    name="P48",
    says="Nobody reads a registration unlogged: without an entry, nothing is shown",
    proven_by="every page with a registration, the work list and its export, by several colleagues; with a "
    "log that works, one that refuses to be written, and one that is not chained",
    trials={"ci": 120, "default": 1_000, "long": 50_000},
    trial=is_logged,
    world=world,
    mutants=(
        Mutant("looking is not logged", ((looking, "record_look", _nothing),)),
        Mutant(
            "one page finds the registration itself",
            ((registration_form, "open_registration", _unseen),),
        ),
        Mutant("the work list is not logged", ((worklist, "note_list", _nothing),)),
        Mutant("a log that refuses is passed over", ((actions, "record", _forgiving),)),
        Mutant(
            "a log that is not chained is passed over",
            ((actions, "check_sealer", _nothing), (exports, "check_sealer", _nothing)),
        ),
    ),
)
