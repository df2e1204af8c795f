"""Loading municipalities, opening regions and teams, choosing legal frames.

The app lies below `accounts`, so it cannot ask who may do what: whoever calls an action checks the
permission first.
"""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from baken.audit import interface as audit
from baken.audit.interface import Actor
from baken.organisations.models import Municipality, Region, RegionMunicipality, Team
from baken.organisations.queries import file_places, forget_map
from baken.organisations.states import LEGAL_FRAMES

_LEGAL_DAYS = ZoneInfo("Europe/Amsterdam")


class RegionExists(Exception):
    """Er is al een regio met deze code."""


class UnknownMunicipality(Exception):
    """Deze gemeente bestaat niet."""


class MunicipalityTaken(Exception):
    """Deze gemeente hoort al bij een andere regio."""


class UnknownLegalFrame(Exception):
    """Dit juridisch kader bestaat niet."""


class NoLegalFrame(Exception):
    """Kies ten minste één juridisch kader."""


class TeamExists(Exception):
    """Er is in deze regio al een team met deze naam."""


@transaction.atomic
def load_municipalities(*, by: Actor, now: datetime) -> int:
    """Add and rename municipalities after the file; return how many rows that touched.

    Running it again changes nothing, and a municipality is never removed.
    """
    known = {row.code: (row.name, row.display_name) for row in Municipality.objects.all()}
    other = [p for p in file_places() if known.get(p.code) != (p.name, p.display_name)]
    if not other:
        return 0
    Municipality.objects.bulk_create(
        [Municipality(code=p.code, name=p.name, display_name=p.display_name) for p in other],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "display_name"],
    )
    audit.record("municipalities.loaded", actor=by, at=now, detail={"rows": len(other)})
    _forget_now_and_after_commit()
    return len(other)


@transaction.atomic
def open_region(
    *,
    code: str,
    name: str,
    telephone: str,
    municipality_codes: Collection[str],
    by: Actor,
    now: datetime,
    telephone_note: str = "",
    theme: str = "baken",
    from_day: date | None = None,
) -> Region:
    """Open a region with its area, from a day on (today when not given).

    Raises `RegionExists`, `UnknownMunicipality` or `MunicipalityTaken`.
    """
    if Region.objects.filter(code=code).exists():
        raise RegionExists(code)
    _check_free(municipality_codes)
    region = Region.objects.create(
        code=code,
        name=name,
        telephone=telephone,
        telephone_note=telephone_note,
        theme=theme,
        created_at=now,
    )
    _add_area(region, municipality_codes, from_day or now.astimezone(_LEGAL_DAYS).date())
    audit.record(
        "region.opened",
        actor=by,
        at=now,
        subject=f"region:{code}",
        region=region.id,
        detail={"municipalities": len(set(municipality_codes))},
    )
    return region


def _check_free(codes: Collection[str]) -> None:
    known = set(Municipality.objects.filter(code__in=codes).values_list("code", flat=True))
    if unknown := set(codes) - known:
        raise UnknownMunicipality(", ".join(sorted(unknown)))
    area = RegionMunicipality.objects.filter(municipality__in=codes, valid_to=None)
    if taken := set(area.values_list("municipality_id", flat=True)):
        raise MunicipalityTaken(", ".join(sorted(taken)))


def _add_area(region: Region, codes: Collection[str], from_day: date) -> None:
    RegionMunicipality.objects.bulk_create(
        RegionMunicipality(region=region, municipality_id=code, valid_from=from_day)
        for code in sorted(set(codes))
    )
    _forget_now_and_after_commit()


@transaction.atomic
def set_legal_frames(*, region: Region, codes: Collection[str], by: Actor, now: datetime) -> None:
    """Choose which legal frames the region registers under; the order is always the same.

    Raises `UnknownLegalFrame` or `NoLegalFrame`.
    """
    if unknown := set(codes) - set(LEGAL_FRAMES):
        raise UnknownLegalFrame(", ".join(sorted(unknown)))
    if not codes:
        raise NoLegalFrame(region.code)
    region.legal_frames = [code for code in LEGAL_FRAMES if code in codes]
    region.save(update_fields=["legal_frames"])
    audit.record(
        "region.legal_frames_set",
        actor=by,
        at=now,
        subject=f"region:{region.code}",
        region=region.id,
        detail={"frames": " ".join(region.legal_frames)},
    )


@transaction.atomic
def open_team(*, region: Region, name: str, by: Actor, now: datetime) -> Team:
    """Add a team to the region. Raises `TeamExists`."""
    team, is_new = Team.objects.get_or_create(region=region, name=name)
    if not is_new:
        raise TeamExists(name)
    audit.record("team.opened", actor=by, at=now, subject=f"team:{team.id}", region=region.id)
    return team


def _forget_now_and_after_commit() -> None:
    """Twice: this transaction must see its change, and another thread may have read the old
    state again before the commit."""
    forget_map()
    transaction.on_commit(forget_map)
