"""How long the oldest entry waits to be chained. Who reads while nobody chains, reads unseen."""

from functools import lru_cache
from time import monotonic

from django.db import connection

MOST_SECONDS = 60
REMEMBER_SECONDS = 5

# Both moments are the database's own: a clock that is ahead elsewhere neither hides nor makes a lag.
_OLDEST = """SELECT extract(epoch FROM clock_timestamp() - written_at)
FROM audit_pending ORDER BY entry_id LIMIT 1"""


class LogBehind(Exception):
    """Het logboek loopt achter; daarom zijn registraties nu niet te bekijken."""


def check_sealer() -> None:
    """Raise `LogBehind` when an entry has waited longer than `MOST_SECONDS`. At most one query in
    `REMEMBER_SECONDS`, on the primary key of the queue."""
    if _recent_lag(int(monotonic() // REMEMBER_SECONDS)) > MOST_SECONDS:
        raise LogBehind


def sealer_lag() -> float:
    """Seconds that the oldest entry in the queue has waited; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


@lru_cache(maxsize=1)
def _recent_lag(_five_seconds: int) -> float:
    return sealer_lag()


def forget_lag() -> None:
    """Ask the database again at the next look."""
    _recent_lag.cache_clear()
