"""What the address of the work list asks for, read and drawn once for everybody who asks the same.

Drawing eleven fields costs more than finding fifty registrations, and all of this comes out the same for
the same address, language, day and code lists.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from baken.casework.forms.worklist import WorkListForm
from baken.casework.queries.worklist import WorkListFilter
from baken.organisations.interface import Region, area_of, name_of
from baken.taxonomy.interface import edition

# Views everybody has: name → query string.
BUILT_IN = (
    (gettext_lazy("Alles"), ""),
    (gettext_lazy("Alles open"), "status=open"),
    (gettext_lazy("Van mij"), "wie=ik&status=open"),
    (gettext_lazy("Niet opgepakt"), "wie=niemand&status=open"),
    (gettext_lazy("Acuut"), "urgentie=3&status=open"),
    (gettext_lazy("Afgesloten"), "status=closed"),
)
# Title, sort it belongs to ("" for none).
COLUMNS = (
    (gettext_lazy("Nummer"), ""),
    (gettext_lazy("Urgentie"), "urgentie"),
    (gettext_lazy("Soort"), ""),
    (gettext_lazy("Status"), ""),
    (gettext_lazy("Vorm"), ""),
    (gettext_lazy("Plaats"), ""),
    (gettext_lazy("Melder"), ""),
    (gettext_lazy("Ontvangen"), "ontvangen"),
    (gettext_lazy("Behandelaar"), ""),
)


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    is_current: bool
    count: None = None
    delete_url: str = ""


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


@dataclass(frozen=True)
class Head:
    label: str
    sort_url: str
    sorted: str


@dataclass(frozen=True)
class Asked:
    """What an address asks for. `query` is that address without what is empty; `fields`, `errors`, `chips`
    and `head` are HTML as templates drew it."""

    query: str
    wanted: WorkListFilter
    sort: str
    is_filtered: bool
    titles: tuple[str, ...]
    tabs: tuple[Tab, ...]
    fields: str
    errors: str
    chips: str
    head: str


def asked(query: str) -> Asked:
    """Read the query string of the work list, without the place in the list."""
    return _asked(query, timezone.localdate(), get_language() or "", edition())


@lru_cache(maxsize=256)
def _asked(query: str, today: date, _language: str, _edition: int) -> Asked:
    form = WorkListForm(QueryDict(query), today=today)
    form.is_valid()
    base, said = reverse("casework:registration-list"), form.said()
    chips = [Chip(label, f"{base}?{without(QueryDict(query), name)}") for name, label in said]
    columns = [_head(base, query, str(title), own, form.sort()) for title, own in COLUMNS]
    context = {"form": form, "is_filtered": bool(said), "chips": chips, "columns": columns}
    context["clear_url"] = base if chips else ""
    return Asked(
        query=query,
        wanted=form.wanted(),
        sort=form.sort(),
        is_filtered=bool(said),
        titles=tuple(column.label for column in columns),
        tabs=_built_in(base, without(QueryDict(query), "sorteer")),
        fields=render_to_string("casework/worklist_filter.html", context),
        errors=render_to_string("casework/worklist_filter_errors.html", context),
        chips=render_to_string("components/chips.html", context),
        head=render_to_string("components/table_head.html", context),
    )


@dataclass(frozen=True)
class Coded:
    """A filter of which nothing was typed freely: `query` in codes, and the label of each filter by name."""

    query: str
    labels: dict[str, str]


def coded(query: str) -> Coded:
    """What a query string asks, without a number (anything can be typed there) and without what is unknown or
    wrong: fit to be kept and shown to a colleague."""
    form = WorkListForm(QueryDict(query), today=timezone.localdate())
    form.is_valid()
    labels = {name: label for name, label in form.said() if name != "nummer"}
    kept = QueryDict(mutable=True)
    for name in labels:
        value = form.cleaned_data[name]
        kept[name] = "on" if value is True else str(value)
    kept["sorteer"] = form.sort()
    return Coded(kept.urlencode(), labels)


def _head(base: str, query: str, title: str, own: str, sort: str) -> Head:
    if not own:
        return Head(title, "", "")
    kept = without(QueryDict(query), "sorteer")
    return Head(title, f"{base}?{kept}&sorteer={own}", "descending" if own == sort else "")


def _built_in(base: str, current: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(f"{base}?{query}" if query else base, str(label), same(query, current))
        for label, query in BUILT_IN
    )


def as_tabs(tabs: tuple[Tab, ...]) -> str:
    """The saved views as HTML; drawn once for everybody who has the same ones."""
    return _drawn_tabs(tabs, get_language() or "")


@lru_cache(maxsize=256)
def _drawn_tabs(tabs: tuple[Tab, ...], _language: str) -> str:
    return render_to_string("components/tabs.html", {"tabs": tabs})


def same(one: str, other: str) -> bool:
    """Two filters that ask the same; what is left open does not count."""
    asks = [{(k, v) for k, v in QueryDict(q).items() if v} for q in (one, other)]
    return asks[0] == asks[1]


def is_current(view: str, current: str) -> bool:
    """Whether the list shows this view. A view that was kept without an order fits every order."""
    return same(view, current) or same(view, without(QueryDict(current), "sorteer"))


def own_places(region: Region) -> str:
    """The municipalities of a region as options: what the field of the place suggests."""
    return _options(tuple(sorted(name_of(code) for code in area_of(region))))


@lru_cache(maxsize=64)
def _options(names: tuple[str, ...]) -> str:
    return render_to_string("casework/place_options.html", {"names": names})


def without(query: QueryDict, *names: str) -> str:
    """The query string without these names and without what is empty."""
    kept = query.copy()
    for name in [*names, *(name for name in query if not query[name])]:
        kept.pop(name, None)
    return kept.urlencode()
