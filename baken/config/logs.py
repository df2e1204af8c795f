"""One line a message, for the operator: when, how bad, who says it, what, and where it went wrong.

A line holds no value that somebody typed. Of an exception it has the names and the places, never the message:
PostgreSQL repeats the row it refused, Python the text it could not read. Whatever could start a new line or
move the cursor is escaped.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from django.utils.html import escape
from django.views.debug import ExceptionReporter

from baken.config.cannot_start import CannotStart
from baken.config.environment import BadEnvironment

_HOUSE = Path(__file__).resolve().parents[2]
_MOST_PLACES = 12


class LineFormatter(logging.Formatter):
    """`2026-01-31T10:00:00Z ERROR django.request "500 POST registraties/nieuw/" error="KeyError" at="…"`"""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name} {_quoted(_says(record))}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line} {described(error)}" if error else line


def described(error: BaseException) -> str:
    """Which exceptions, the first cause last, and the places the first came through, innermost first."""
    names = " from ".join(map(_name, _chain(error)))
    return f"error={_quoted(names)} at={_quoted(', '.join(places(error)))}"


def places(error: BaseException) -> list[str]:
    """File, line and function of each frame, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[::-1][:_MOST_PLACES]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


class PlainReporter(ExceptionReporter):
    """The error page of BAKEN_DEBUG: names and places. Django's own shows every variable, and what was
    posted with it."""

    def get_traceback_text(self) -> str:  # type: ignore[override]
        if self.exc_value is None:
            return "?"
        return "\n".join([described(self.exc_value), "", *places(self.exc_value)])

    def get_traceback_html(self) -> str:  # type: ignore[override]
        return f"<!doctype html><title>500</title><pre>{escape(self.get_traceback_text())}</pre>"


def tell_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What Python calls instead of printing a traceback when a process ends by an exception."""
    if issubclass(kind, KeyboardInterrupt):
        return
    if isinstance(error, CannotStart | BadEnvironment):
        print(error, file=sys.stderr)  # a sentence of ours, for the operator
        return
    logging.getLogger("baken").critical("ended", exc_info=(kind, error, trace))


def never_dump() -> None:
    """No traceback of this process prints a message from here on, of a thread of it neither."""
    sys.excepthook = tell_uncaught
    threading.excepthook = _tell_uncaught_in_thread
    logging.raiseExceptions = (
        False  # a line that cannot be written would be printed with its values
    )


def _tell_uncaught_in_thread(what: threading.ExceptHookArgs) -> None:
    if what.exc_value is not None and not isinstance(what.exc_value, SystemExit):
        tell_uncaught(what.exc_type, what.exc_value, what.exc_traceback)


def _says(record: logging.LogRecord) -> str:
    """A refused or failed request by its route: an address can hold what only its reader may know."""
    request = getattr(record, "request", None)
    status = getattr(record, "status_code", None)
    match = getattr(request, "resolver_match", None)
    if request is None or status is None:
        return record.getMessage()
    return f"{status} {request.method} {match.route if match else 'no route'}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _name(error: BaseException) -> str:
    """The class; of a refusal by PostgreSQL also its code and which rule, which are ours."""
    rule = getattr(getattr(error, "diag", None), "constraint_name", None)
    known = (type(error).__qualname__, getattr(error, "sqlstate", None), rule)
    return " ".join(str(part) for part in known if part)


def _short(file: str) -> str:
    path = Path(file)
    return (
        str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else "/".join(path.parts[-3:])
    )


def _quoted(text: str) -> str:
    return json.dumps(text)
