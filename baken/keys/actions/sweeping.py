"""Removing shred keys that no container ever came to use.

A key that is swept by mistake cannot be made again, so the sweep would rather leave a thousand that serve
nothing than remove one that serves.
"""

from django.db import connection

from baken.keys import keystore
from baken.keys.models import Container

# More than these at once, and more than a tenth of all keys, is no sweep but something that went wrong.
MOST = 100
MOST_SHARE = 0.1


class SeesTooLittle(Exception):
    """Deze databaserol ziet niet van elke regio welke sleutels in gebruik zijn. Er is niets opgeruimd; alleen
    de worker ruimt op."""


class TooManyOrphans(Exception):
    """Van zo veel sleutels staat niets meer in de database, dat er iets mis moet zijn. Misschien is een oude
    kopie teruggezet, of is dit de verkeerde database. Er is niets opgeruimd."""


def sweep() -> int:
    """Remove old shred keys without a container; return how many. As the worker, who sees of every region
    which containers exist. Raises `SeesTooLittle` or `TooManyOrphans`, and then removed nothing."""
    _check_sees_all()
    waiting = keystore.old_containers()
    known = set(Container.objects.filter(pk__in=waiting).values_list("pk", flat=True))
    orphans = [pk for pk in waiting if pk not in known]
    if orphans:
        _check_plausible(len(orphans), len(known))
    return keystore.destroy(orphans) if orphans else 0


def _check_sees_all() -> None:
    """Row-level security hides containers of other regions without a word, from everybody but the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_policies WHERE tablename = 'keys_container' "
            "AND policyname = 'sweep' AND current_user = ANY(roles) AND qual = 'true'"
        )
        if cursor.fetchone() != (1,):
            raise SeesTooLittle


def _check_plausible(orphans: int, known: int) -> None:
    """A database without any container has been restored or mixed up, or nothing was ever sealed in it."""
    if known == 0 or orphans > max(MOST, MOST_SHARE * (known + orphans)):
        raise TooManyOrphans
