"""A line of the operator's log: one line, no value somebody typed, always a time and a place."""

import logging
import re
import sys
import threading

import psycopg
import pytest
from django.test import Client, RequestFactory

from baken.accounts.interface import User
from baken.config.environment import BadEnvironment
from baken.config.logs import LineFormatter, never_dump, tell_uncaught

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ [a-z.]+ \"[^\n]*")


def _line(message="x", *args, error=None, **extra):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("baken", logging.ERROR, "f.py", 1, message, args, info)
    record.__dict__.update(extra)
    return LineFormatter().format(record)


def _raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    "odd", ["a\nb ERROR forged", "a\r\nb", "\x1b[2J", "\x00", "\u202e", "\u2028", '" at="x', "é"]
)
def test_message_that_would_forge_a_line(odd):
    line = _line("%s", odd)

    assert LINE.fullmatch(line)
    assert line.isascii()
    assert line.isprintable()


def test_message_of_an_exception_is_left_out():
    line = _line(error=_raised(ValueError("kanarie")))

    assert LINE.fullmatch(line)
    assert "kanarie" not in line
    assert 'error="ValueError" at="tests/security/test_logs.py:' in line
    assert "_raised" in line


def test_cause_is_named_without_its_message():
    error = RuntimeError("kanarie")
    error.__cause__ = KeyError("kanarie")

    assert 'error="RuntimeError from KeyError"' in _line(error=_raised(error))


@pytest.mark.django_db
def test_row_the_database_refused():
    with pytest.raises(Exception, match="kanarie") as refusal:
        User.objects.bulk_create([User(email="kanarie@x.invalid", name="x") for _ in range(2)])

    line = _line(error=refusal.value)

    assert "kanarie" not in line
    assert "UniqueViolation 23505 accounts_user_email_key" in line


def test_request_by_its_route():
    request = RequestFactory().post("/uitnodiging/kanarie/?q=kanarie")

    line = _line("Internal Server Error: %s", request.path, request=request, status_code=500)

    assert line.endswith('"500 POST no route"')


@pytest.mark.django_db
def test_error_in_a_page(capsys, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request").handlers[0], "stream", sys.stderr)
    monkeypatch.setattr("baken.config.office.PEOPLE", property())
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    monkeypatch.setattr("baken.config.office.one_time_codes", lambda: 1 / 0)

    Client(raise_request_exception=False).get("/?q=kanarie")

    said = capsys.readouterr().err
    assert re.fullmatch(
        r'\S+Z ERROR django\.request "500 GET " error="ZeroDivisionError" at="tests/security/[^\n]+\n',
        said,
    )


def test_process_that_ends_by_an_exception(caplog):
    error = _raised(psycopg.OperationalError("kanarie"))

    tell_uncaught(type(error), error, error.__traceback__)

    (record,) = caplog.records
    assert "kanarie" not in LineFormatter().format(record)
    assert sys.excepthook is tell_uncaught or "pytest" in sys.modules


def test_thread_that_ends_by_an_exception(caplog):
    """Of the worker, for instance."""
    never_dump()
    thread = threading.Thread(target=lambda: int("kanarie"))

    thread.start()
    thread.join()

    (record,) = caplog.records
    assert LineFormatter().format(record).split(" at=")[0].endswith('"ended" error="ValueError"')


def test_refusal_to_start_is_told_in_full(capsys):
    error = _raised(BadEnvironment("BAKEN_X kan niet."))

    tell_uncaught(type(error), error, error.__traceback__)

    assert capsys.readouterr().err == "BAKEN_X kan niet.\n"


def test_loggers_of_django_have_no_printers_of_their_own():
    ours = logging.getLogger().handlers
    kinds = {
        type(handler.formatter)
        for name in ("", "django", "django.request")
        for handler in logging.getLogger(name).handlers
        if type(handler) is logging.StreamHandler
    }

    assert ours
    assert kinds == {LineFormatter}
