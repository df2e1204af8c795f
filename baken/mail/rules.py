"""When a mail is tried again, and until when."""

from datetime import datetime, timedelta

# After the first, second, … attempt that failed. The first three are made for greylisting, the last repeats:
# a server that is down for days costs six attempts a day.
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240))
# How long we go on when the mail itself says nothing (RFC 5321 §4.5.4.1: at least 4–5 days).
KEEP_TRYING = timedelta(days=5)
# With no server there is nobody to disturb; somebody may set one up at any moment.
WITHOUT_SERVER = timedelta(minutes=5)
# Rows of mails that are done tell what happened; after this nobody asks any more.
REMEMBER = timedelta(days=90)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts failed."""
    return _WAITS[min(attempts, len(_WAITS)) - 1]


def is_too_late(expires_at: datetime, now: datetime) -> bool:
    return now >= expires_at
