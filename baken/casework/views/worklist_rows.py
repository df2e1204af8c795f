"""The lines of the work list as HTML.

Composed here and not in a template: fifty lines of nine cells in a template cost more than everything
else on the page together (`make bench JOB=worklist-first`). Every value that is not ours is escaped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.accounts.interface import names_of
from baken.casework.states import Answer, Kind, State, Urgency
from baken.lib.dates import PartialDate, Precision
from baken.organisations.interface import name_of
from baken.taxonomy.interface import edition, entries

_STATE_KINDS = {State.NEW: "info", State.ACTIVE: "ok", State.CLOSED: "neutral"}
_URGENCY_KINDS = {Urgency.URGENT: "warning", Urgency.ACUTE: "danger"}


@dataclass(frozen=True)
class _Words:
    """The HTML of every code a line can show, in one language."""

    language: str
    forms: Mapping[str, str]
    sources: Mapping[str, str]
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    urgencies: Mapping[int, str]
    minor: str
    empty: str
    address: str  # of a registration, up to its id


def as_lines(found: Sequence[Mapping[str, Any]], heads: Iterable[str]) -> str:
    """The rows as table lines, each cell with the title of its column (shown on a phone). One query for
    the names of handlers, the rest from memory."""
    words = _words(get_language() or "", edition())
    handlers = {row["handler_id"] for row in found if row["handler_id"]}
    names = names_of(handlers) if handlers else {}
    opened = [f'data-label="{escape(head)}"' for head in heads]
    return mark_safe("".join([_line(row, words, names, opened) for row in found]))  # noqa: S308


def _line(
    row: Mapping[str, Any], words: _Words, names: Mapping[UUID, str], opened: Sequence[str]
) -> str:
    number, external = escape(row["number"]), row["external_number"]
    other = f" <small>{escape(external)}</small>" if external else ""
    minor = words.minor if row["concerns_minor"] == Answer.YES else ""
    place = row["exploitation_municipality_id"]
    cells = (
        words.urgencies[row["urgency"]],
        words.kinds[row["kind"]],
        words.states[row["state"]],
        words.forms.get(row["primary_form_id"], words.empty) + minor,
        escape(name_of(place)) if place else "",
        words.sources.get(row["source_group_id"], words.empty),
        _received(row["received_on"], row["received_precision"], words.language),
        escape(names.get(row["handler_id"], "")),
    )
    rest = "".join(
        [f"<td {head}>{cell}</td>" for head, cell in zip(opened[1:], cells, strict=True)]
    )
    return (
        f'<tr data-row-id="{number}"><th scope="row" {opened[0]}>'
        f'<a href="{words.address}{row["id"]}/">{number}</a>{other}</th>{rest}</tr>\n'
    )


@lru_cache(maxsize=8)
def _words(language: str, _edition: int) -> _Words:
    nowhere = "00000000-0000-0000-0000-000000000000"
    detail = reverse("casework:registration-detail", args=[nowhere])
    return _Words(
        language=language,
        forms=_labels("form"),
        sources=_labels("source_group"),
        kinds={kind.value: escape(str(kind.label)) for kind in Kind},
        states={s.value: _status(_STATE_KINDS[s], str(s.label)) for s in State},
        urgencies={u.value: "" for u in Urgency}
        | {u.value: _status(kind, str(u.label)) for u, kind in _URGENCY_KINDS.items()},
        minor=" " + _status("warning", _("Minderjarig")),
        empty=escape(_("leeg")),
        address=detail.partition(nowhere)[0],
    )


def _labels(code_list: str) -> dict[str, str]:
    return {entry.id: escape(entry.label) for entry in entries(code_list)}


def _status(kind: str, label: str) -> str:
    return f'<span class="baken-status baken-status--{kind}">{escape(label)}</span>'


@lru_cache(maxsize=10_000)
def _received(day: date, precision: str, _language: str) -> str:
    """A date in words; the same few thousand days come back on every page."""
    return escape(str(PartialDate(day, Precision(precision))))
