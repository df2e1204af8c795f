"""The demo's registrations: a real register of counts, and a few invented ones of this year."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from baken.accounts.interface import Member, system_member
from baken.casework.interface import import_register, register
from baken.config.demo.invented import invented
from baken.facts.interface import freeze_now, snapshots
from baken.lib.dates import PartialDate, Precision
from baken.lib.tenancy import region_scope
from baken.organisations.interface import region_by_code


def fill_registrations(*, now: datetime) -> None:
    """Import the Utrecht register through the ordinary import, add this year's, freeze."""
    utrecht = system_member(region_by_code("utrecht"))
    with region_scope(utrecht.region.pk):
        if snapshots(utrecht):
            return
    data = files("baken.config.demo") / "data"
    with (
        as_file(data / "utrecht_2020_2023_register.csv") as register_file,
        as_file(data / "utrecht.toml") as mapping,
    ):
        import_register(register_file, mapping=mapping, by=utrecht, now=now, freeze=False)
    for code in ("utrecht", "flevoland"):
        member = system_member(region_by_code(code))
        _register_this_year(member, timezone.localdate(now), now)
        freeze_now(by=member, now=now)


def _register_this_year(member: Member, today: date, now: datetime) -> None:
    with region_scope(member.region.pk):
        for number, (days_ago, answers) in enumerate(invented(member.region.code)):
            draft_id = uuid5(NAMESPACE_URL, f"baken:demo:{member.region.code}:{number}")
            received = PartialDate(today - timedelta(days=days_ago), Precision.DAY)
            register(
                draft_id=draft_id, answers=replace(answers, received=received), by=member, now=now
            )
