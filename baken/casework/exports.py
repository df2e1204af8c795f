"""The work list as a file."""

import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from baken.accounts.interface import Member, Permission
from baken.audit.interface import check_sealer, record
from baken.casework.queries.registrations import code_of
from baken.casework.queries.worklist import COLUMNS, SORTS, WorkListFilter, matching
from baken.casework.states import Answer, Kind, State, Urgency
from baken.lib.csv_cells import write_rows
from baken.lib.dates import Precision
from baken.organisations.interface import name_of
from baken.taxonomy.interface import labels

MOST_ROWS = 250_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # tells Excel that the text is UTF-8


class TooManyRows(Exception):
    """Dit zijn er meer dan 250.000. Kies een kortere periode of een strenger filter."""


@dataclass(frozen=True)
class Export:
    """A finished file, at its beginning, and how many rows it holds."""

    file: IO[bytes]
    rows: int


def export_registrations(wanted: WorkListFilter, *, sort: str, by: Member, now: datetime) -> Export:
    """The filtered list as CSV. The log keeps the number of rows and a hash of the file, before the
    first byte leaves. Raises `LogBehind`."""
    by.check(Permission.EXPORT_LIST)
    check_sealer()
    order = [f"-{name}" for name in SORTS[sort]]
    found = matching(wanted, by=by).order_by(*order).values(*COLUMNS)[: MOST_ROWS + 1]
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    file.write(BYTE_ORDER_MARK)
    rows = _write(file, found.iterator(chunk_size=2000))
    if rows > MOST_ROWS:
        file.close()
        raise TooManyRows
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    record(
        "registrations.exported",
        actor=by.actor,
        region=by.region.pk,
        at=now,
        detail={"rows": rows, "sha256": digest},
    )
    return Export(file, rows)


def _write(file: IO[bytes], found: Iterable[dict[str, Any]]) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    write_rows(text, [_head()])
    rows = write_rows(text, _rows(found))
    text.detach()
    return rows


def _head() -> list[str]:
    return [
        _("Nummer"),
        _("Extern nummer"),
        _("Soort"),
        _("Status"),
        _("Urgentie"),
        _("Ontvangen"),
        _("Precisie"),
        _("Vorm (code)"),
        _("Vorm"),
        _("Minderjarig"),
        _("Plaats van uitbuiting"),
        _("Melder (code)"),
        _("Melder"),
    ]


def precisions() -> dict[str, str]:
    """How much of a date is known, in words."""
    return {
        Precision.DAY: _("Dag"),
        Precision.MONTH: _("Maand"),
        Precision.YEAR: _("Jaar"),
        Precision.UNKNOWN: _("Onbekend"),
    }


def _rows(found: Iterable[dict[str, Any]]) -> Iterator[list[object]]:
    forms, groups, known = labels("form"), labels("source_group"), precisions()
    for row in found:
        form, group = code_of(row["primary_form_id"]), code_of(row["source_group_id"])
        place = row["exploitation_municipality_id"]
        yield [
            row["number"],
            row["external_number"],
            Kind(row["kind"]).label,
            State(row["state"]).label,
            Urgency(row["urgency"]).label,
            row["received_on"].isoformat(),
            known[row["received_precision"]],
            form,
            forms[form] if form else _("leeg"),
            Answer(row["concerns_minor"]).label if row["concerns_minor"] else _("leeg"),
            name_of(place) if place else "",
            group,
            groups[group] if group else _("leeg"),
        ]
