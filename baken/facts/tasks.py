"""Jobs of facts, run by the worker."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from baken.accounts.interface import system_member
from baken.facts.actions import AlreadyFrozen, freeze, freeze_now
from baken.organisations.interface import region_by_code, regions


@app.task(name="facts.freeze", queue="facts")
def freeze_requested(snapshot_id: str, region_id: str) -> None:
    """Freeze what somebody asked for. Asked twice, done once."""
    try:
        freeze(UUID(snapshot_id), region_id=UUID(region_id), now=timezone.now())
    except AlreadyFrozen:
        return


@app.periodic(cron="30 2 * * *")
@app.task(name="facts.freeze_nightly", queue="facts")
def freeze_nightly(timestamp: int) -> None:
    """A reference date for every region, every night."""
    for region in regions():
        freeze_region.defer(region_code=region.code)


@app.task(name="facts.freeze_region", queue="facts")
def freeze_region(region_code: str) -> None:
    """One region: what goes wrong there stops no other."""
    freeze_now(by=system_member(region_by_code(region_code)), now=timezone.now())
