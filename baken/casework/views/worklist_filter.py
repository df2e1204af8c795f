"""The filter above the work list, read and drawn once for everybody who asks the same.

Drawing eleven fields costs more than finding fifty registrations, and it comes out the same for the same
address, language, day and code lists.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from baken.casework.forms.worklist import WorkListForm
from baken.casework.queries.worklist import WorkListFilter
from baken.taxonomy.interface import edition


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and how the filter looks that says so."""

    wanted: WorkListFilter
    sort: str
    said: tuple[tuple[str, str], ...]  # filters that are on: name in the address, label
    fields: str  # safe HTML, as the template drew it
    errors: str


def asked(query: str) -> Asked:
    """Read the query string of the work list, without the place in the list."""
    return _asked(query, timezone.localdate(), get_language() or "", edition())


@lru_cache(maxsize=256)
def _asked(query: str, today: date, _language: str, _edition: int) -> Asked:
    form = WorkListForm(QueryDict(query), today=today)
    form.is_valid()
    said = tuple(form.said())
    context = {"form": form, "is_filtered": bool(said)}
    return Asked(
        wanted=form.wanted(),
        sort=form.sort(),
        said=said,
        fields=render_to_string("casework/worklist_filter.html", context),
        errors=render_to_string("casework/worklist_filter_errors.html", context),
    )
