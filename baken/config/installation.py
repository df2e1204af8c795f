"""Whether this database is a demo, and the refusals that follow from it."""

from datetime import datetime

from baken.config.cannot_start import CannotStart
from baken.config.models import Installation


class NotMigrated(CannotStart):
    """De database is nog niet bij deze versie; voer eerst uit: baken migrate"""


class DemoDatabase(CannotStart):
    """Deze database is een demo met verzonnen mensen; start hem met: baken run --demo"""


class RealDatabase(CannotStart):
    """Deze database is geen demo en wordt dat ook niet; start zonder --demo, of kies een andere map
    met BAKEN_HOME."""


def mark(*, demo: bool, now: datetime) -> bool:
    """Write what this installation is at its first start; True if this was the first.

    Raises `DemoDatabase` or `RealDatabase` when it already is the other thing.
    """
    installation = Installation.objects.first()
    if installation is None:
        Installation.objects.create(is_demo=demo, created_at=now)
        return True
    if installation.is_demo and not demo:
        raise DemoDatabase
    if demo and not installation.is_demo:
        raise RealDatabase
    return False


def is_demo_database() -> bool:
    return Installation.objects.filter(is_demo=True).exists()
