"""The lines of the work list, ready to print: a template of fifty rows must not look things up."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from baken.accounts.interface import names_of
from baken.casework.queries.registrations import code_of
from baken.casework.states import Answer, Kind, State, Urgency
from baken.lib.dates import PartialDate, Precision
from baken.organisations.interface import name_of
from baken.taxonomy.interface import labels


@dataclass(frozen=True, slots=True)
class Row:
    """One registration on one line."""

    url: str
    number: str
    external_number: str
    urgency: str  # "" when normal
    urgency_kind: str
    kind: str
    state: str
    state_kind: str
    form: str
    is_minor: bool
    place: str
    source: str
    received: str
    handler: str


_STATE_KINDS = {State.NEW: "info", State.ACTIVE: "ok", State.CLOSED: "neutral"}


def as_rows(found: list[dict[str, Any]]) -> list[Row]:
    """One query for the names of handlers, the rest from memory."""
    forms, groups = labels("form"), labels("source_group")
    kinds = {kind.value: str(kind.label) for kind in Kind}
    states = {state.value: str(state.label) for state in State}
    urgencies = {u.value: str(u.label) if u > Urgency.NORMAL else "" for u in Urgency}
    handlers = [row["handler_id"] for row in found if row["handler_id"]]
    names = names_of(handlers) if handlers else {}
    detail = reverse("casework:registration-detail", args=["00000000-0000-0000-0000-000000000000"])
    prefix = detail.partition("00000000")[0]
    empty = _("leeg")
    return [
        Row(
            url=f"{prefix}{row['id']}/",
            number=row["number"],
            external_number=row["external_number"],
            urgency=urgencies[row["urgency"]],
            urgency_kind="danger" if row["urgency"] == Urgency.ACUTE else "warning",
            kind=kinds[row["kind"]],
            state=states[row["state"]],
            state_kind=_STATE_KINDS[row["state"]],
            form=forms.get(code_of(row["primary_form_id"]) or "", empty),
            is_minor=row["concerns_minor"] == Answer.YES,
            place=_place(row["exploitation_municipality_id"]),
            source=groups.get(code_of(row["source_group_id"]) or "", empty),
            received=str(PartialDate(row["received_on"], Precision(row["received_precision"]))),
            handler=names.get(row["handler_id"], ""),
        )
        for row in found
    ]


def _place(code: str | None) -> str:
    return name_of(code) if code else ""
