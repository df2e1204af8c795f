"""What every page of the office knows: who is here, and where they may go."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.accounts.interface import Member, Permission, Role, limits_of, regions_of
from baken.casework.interface import count_requests
from baken.organisations.interface import Region


@dataclass(frozen=True)
class Link:
    """An item of the menu."""

    url: str
    label: str
    is_current: bool = False
    count: int = 0  # how much waits there for this member


def office(request: HttpRequest) -> dict[str, object]:
    """The office: who is here, for which region, and where they may go."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    return {
        "member": member,
        "region": member.region,
        "theme": member.region.theme,
        "session": limits_of(request, timezone.now()),
        "other_regions": _other_regions(request, member),
        # A fragment of a page has no menu, and then nothing is counted.
        "navigation": SimpleLazyObject(lambda: _navigation(request, member)),
        "user_role": ", ".join(str(Role(role).label) for role in sorted(member.roles)),
    }


def _other_regions(request: HttpRequest, member: Member) -> list[Region]:
    """Where else this person works; the menu offers them."""
    own = regions_of(request.user, timezone.localdate())  # type: ignore[arg-type]
    return [region for region in own if region.pk != member.region.pk]


def _navigation(request: HttpRequest, member: Member) -> list[Link]:
    own, now = _own_pages(member.permissions, get_language() or ""), timezone.now()
    current = max((url for url, _label in own if request.path.startswith(url)), key=len, default="")
    requests = reverse("casework:request-list")
    return [
        Link(url, label, url == current, count_requests(member, now) if url == requests else 0)
        for url, label in own
    ]


@lru_cache(maxsize=256)
def _own_pages(permissions: frozenset[Permission], _language: str) -> tuple[tuple[str, str], ...]:
    pages = (
        (Permission.SEE_REGISTRATIONS, "casework:registration-list", _("Werklijst")),
        (Permission.SEE_REGISTRATIONS, "casework:search", _("Zoeken")),
        (Permission.REGISTER, "casework:registration-new", _("Nieuwe registratie")),
        (Permission.REGISTER, "casework:request-list", _("Verzoeken")),
        (Permission.SEE_FIGURES, "figures:overview", _("Cijfers")),
        (Permission.IMPORT_REGISTER, "casework:import-list", _("Register inlezen")),
        (Permission.MANAGE_LISTS, "casework:code-lists", _("Codelijsten")),
        (Permission.MANAGE_COLLEAGUES, "accounts:colleague-list", _("Collega's")),
        (Permission.MANAGE_COLLEAGUES, "invitations:list", _("Uitnodigingen")),
        (Permission.SEE_TEAM, "teams:overview", _("Team en sleutels")),
        (Permission.SEE_AUDIT, "oversight:log", _("Logboek")),
        (Permission.SEE_ROLES, "accounts:role-matrix", _("Rollen")),
    )
    return tuple((reverse(name), label) for right, name, label in pages if right in permissions)
