"""The people of many registrations as CSV. Made in memory: what stands in it is never written to a disk of
ours."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.casework.exports import BYTE_ORDER_MARK, precisions
from baken.casework.queries.people import NamedRegistration, NamedSubject
from baken.casework.queries.registrations import code_of
from baken.casework.states import IdentityKind, Kind
from baken.lib.csv_cells import write_rows
from baken.lib.dates import Precision
from baken.taxonomy.interface import labels

_NOBODY = NamedSubject(None, {})


@dataclass(frozen=True)
class PeopleFile:
    """A finished file: how many registrations stand in it, how many people, and of how many asked
    registrations nothing could be opened or found."""

    content: bytes = field(repr=False)
    registrations: int
    people: int
    closed: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def people_file(found: Iterable[NamedRegistration], *, asked: int) -> PeopleFile:
    """One line a subject, and a last line that says how many registrations do not stand in it."""
    text = io.StringIO(newline="")
    write_rows(text, [_head()])
    registrations = people = 0
    for named in found:
        if named.subjects is not None:
            write_rows(text, _lines(named))
            registrations += 1
            people += len(named.subjects)
    closed = asked - registrations
    if closed:
        write_rows(text, [[_closed(closed)]])
    content = BYTE_ORDER_MARK + text.getvalue().encode()
    return PeopleFile(content, registrations, people, closed)


def _head() -> list[str]:
    kinds = [str(kind.label) for kind in IdentityKind]
    return [_("Nummer"), _("Soort"), _("Ontvangen"), _("Precisie"), _("Rol"), *kinds]


def _lines(named: NamedRegistration) -> Iterator[list[object]]:
    registration, roles = named.registration, labels("subject_role")
    for subject in named.subjects or [_NOBODY]:
        role = code_of(subject.role_id)
        yield [
            registration.number,
            Kind(registration.kind).label,
            registration.received_on.isoformat(),
            precisions()[Precision(registration.received_precision)],
            roles[role] if role else "",
            *("; ".join(subject.values.get(kind, [])) for kind in IdentityKind),
        ]


def _closed(number: int) -> str:
    return ngettext(
        "%(number)s registratie staat hier niet bij: die kon niet worden geopend.",
        "%(number)s registraties staan hier niet bij: die konden niet worden geopend.",
        number,
    ) % {"number": number}
