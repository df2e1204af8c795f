"""What is typed into the forms of a real house stands nowhere afterwards: in no log, table, queue, cache,
temporary file, log of PostgreSQL or environment, whatever went wrong on the way."""

import json
import os
import secrets
import subprocess
import sys
import time
from urllib.parse import quote

import psycopg
import pytest

from baken.config.demo.people import PASSPHRASE, one_time_codes
from tests.factories import posted
from tests.security.house import Visitor, running_house
from tests.security.places import children_of, found, places, superuser_urls, temporary

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("canaries")]
LOGIN, FACTOR = "/inloggen/login/", "/inloggen/2fa/authenticate/"


def _canary(what):
    return f"kanarie {what} {secrets.token_hex(6)}"


WRONG, NEW, LOST = _canary("wachtwoordzin"), _canary("nieuwe zin"), _canary("per ongeluk als naam")
CODE, TEXT, AGENT = _canary("code"), _canary("verhaal"), _canary("browser")
ROW = f"KANARIE-{secrets.randbelow(10**12):012}"  # as a number of elsewhere may look
SEARCH, SOUGHT, HALF = map(_canary, ("zoekwoord", "gezocht in de teksten", "half getypt"))
TOLD = _canary("wat er verteld is")
# The demo's own passphrase is in the source; what an installation makes itself is not.
EVERYTHING = [WRONG, NEW, LOST, CODE, TEXT, AGENT, ROW, SEARCH, SOUGHT, HALF, TOLD]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_house(tmp_path_factory.mktemp("canaries")) as house:
        yield house


@pytest.fixture(scope="module")
def typed(house):
    """Everything is typed once; returns the answers of the pages."""
    visitor = Visitor(house.office, {"User-Agent": AGENT, "Referer": f"http://x.invalid/{AGENT}"})
    answers = [*_at_the_door(visitor), *_log_in(visitor)]
    for work in (_about_passphrases, _at_work, _what_the_database_refuses):
        answers += work(visitor, house)
    time.sleep(2)  # the worker chains the log and does its jobs
    return answers


def _at_the_door(visitor):
    visitor.get(LOGIN)
    yield visitor.post(LOGIN, {"login": "noor@demo.invalid", "password": WRONG})
    yield visitor.post(LOGIN, {"login": LOST, "password": WRONG})
    yield visitor.post(LOGIN, {"login": f"{quote(LOST)}@x.invalid", "password": WRONG})
    yield visitor.get(f"/{quote(TEXT)}/?q={quote(TEXT)}")
    yield visitor.get(f"/uitnodiging/?code={quote(CODE)}")
    yield visitor.post("/uitnodiging/code/", {"code": CODE})
    yield visitor.post("/registraties/nieuw/", {"external_number": TEXT})  # not logged in
    yield visitor.post(LOGIN, {"csrfmiddlewaretoken": "x", "login": LOST, "password": WRONG})


def _log_in(visitor):
    yield visitor.post(LOGIN, {"login": "robin@demo.invalid", "password": PASSPHRASE})
    yield visitor.post(FACTOR, {"code": CODE})
    answer = visitor.post(FACTOR, {"code": one_time_codes()[1]})
    assert answer[0] == 302
    assert visitor.get("/registraties/")[0] == 200
    yield answer


def _about_passphrases(visitor, house):
    new = {"password1": NEW, "password2": NEW}
    yield visitor.post("/inloggen/wachtwoordzin/", {"oldpassword": WRONG, **new})
    yield visitor.post("/inloggen/wachtwoordzin/", {"oldpassword": PASSPHRASE, "password1": NEW})
    yield visitor.post("/inloggen/opnieuw/", {"password": WRONG})
    yield visitor.post("/inloggen/2fa/totp/activate/", {"code": CODE})


def _at_work(visitor, house):
    yield visitor.get(f"/registraties/?nummer={quote(SEARCH)}")
    yield visitor.get(f"/registraties/?nummer=%00{quote(SEARCH)}")
    yield visitor.post(
        "/registraties/nieuw/", posted(received=TEXT, channel=TEXT, external_number=TEXT * 9)
    )
    yield visitor.post(
        "/registraties/nieuw/", posted(draft=TEXT, kind=TEXT, **{"subjects-TOTAL_FORMS": TEXT})
    )
    people = {"subjects-0-role": "MSO", "subjects-0-name": TOLD}
    answer = visitor.post(
        "/registraties/nieuw/", posted(summary=TOLD, reporter_name=TOLD, **people)
    )
    assert answer[0] == 302
    yield answer
    yield visitor.get({name.lower(): value for name, value in answer[2].items()}["location"])
    yield visitor.post("/registraties/concept/", posted(summary=HALF))
    yield visitor.post("/registraties/zoeken/", {"q": SOUGHT})
    yield visitor.post("/registraties/weergaven/", {"naam": TEXT * 9, "filter": ""})


def _what_the_database_refuses(visitor, house):
    """A rule that nothing meets: PostgreSQL's own words then hold the whole row."""
    main, _keystore = superuser_urls(house.home)
    rule = "ALTER TABLE casework_registration ADD CONSTRAINT never CHECK (false) NOT VALID"
    with psycopg.connect(main, autocommit=True) as superuser:
        superuser.execute(rule)
        answer = visitor.post("/registraties/nieuw/", posted(external_number=ROW))
        superuser.execute("ALTER TABLE casework_registration DROP CONSTRAINT never")
    assert answer[0] == 500
    yield answer


def _everywhere(house):
    for url in superuser_urls(house.home):
        with psycopg.connect(url, autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")  # what is committed is in the files of the tables too
    processes = children_of(house.process.pid)
    yield from places(house.home, *superuser_urls(house.home), processes=processes)
    yield from temporary(house.temporary)
    yield "terminal", house.said.encode()


def test_stands_nowhere(house, typed):
    assert found(EVERYTHING, _everywhere(house)) == set()


def test_error_is_told_without_what_was_typed(house, typed):
    lines = [line for line in house.said.splitlines() if "django.request" in line]

    assert len(lines) == 1
    assert (
        '"500 POST registraties/nieuw/" error="IntegrityError from CheckViolation 23514 never"'
        in lines[0]
    )


def test_pages_do_not_repeat_a_secret(typed):
    pages = "".join(body + str(headers) for _status, body, headers in typed)

    assert [word for word in (WRONG, NEW, ROW) if word in pages] == []


def test_secrets_of_the_house_stand_in_one_file(house, typed):
    """And in the processes they are for."""
    known = json.loads((house.home / "secrets.json").read_text())
    own = [known["django_secret_key"], *known["keys"].values(), *known["passwords"].values()]

    where = {name for name, _ in found(own, _everywhere(house))}

    files = {name for name in where if not name.startswith("process")}
    assert files <= {"file secrets.json", "file run.json"}


@pytest.mark.parametrize(
    ("sentence", "status", "says"),
    [
        (TOLD, 0, "Uw zin staat nergens"),
        ("Noor Fictief", 1, "table 0 accounts_user"),
        ("kort", 1, "acht tekens"),
    ],
    ids=["what was told", "a name in the clear", "too short"],
)
def test_thief_of_the_demo(house, typed, sentence, status, says):
    words = [sys.executable, "-m", "baken", "demo", "steal", "--sentence", sentence]

    done = subprocess.run(
        words, env=os.environ | {"BAKEN_HOME": str(house.home)}, capture_output=True
    )

    assert done.returncode == status
    assert says in (done.stdout + done.stderr).decode()


def test_what_was_told_is_shown_to_who_may_see_it(typed):
    """It was really kept, and opens."""
    assert [status for status, body, _headers in typed if TOLD in body] == [200]


def test_search_is_not_blind(house, typed):
    """It does find what is kept in the clear, in every kind of place."""
    where = {name for name, _ in found(["noor@demo.invalid", "Noor Fictief"], _everywhere(house))}

    assert "table 0 accounts_user" in where
    assert any(name.startswith("file main/data/base") for name in where)
    assert any(name.startswith("file main/data/pg_wal") for name in where)
