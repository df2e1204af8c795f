"""How the log calls registrations: by number, with a link for who may see them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from baken.accounts.interface import Member, Permission
from baken.casework.models import Registration
from baken.oversight.interface import Named


def names_of_registrations(ids: Iterable[str], by: Member) -> Mapping[str, Named]:
    """The number of each; it says nothing by itself, so who reads the log may know it."""
    wanted = [each for each in ids if _is_id(each)]
    rows = Registration.objects.of_region(by.region.pk).filter(pk__in=wanted)
    may_see = by.can(Permission.SEE_REGISTRATIONS)
    return {
        str(pk): Named(number, _url(pk) if may_see else "")
        for pk, number in rows.values_list("pk", "number")
    }


def find_registration_id(text: str, by: Member) -> str | None:
    """The registration of the region with this number."""
    own = Registration.objects.of_region(by.region.pk).filter(number__iexact=text.strip())
    found = own.values_list("pk", flat=True).first()
    return str(found) if found else None


def _url(pk: UUID) -> str:
    return reverse("casework:registration-detail", args=[pk])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
