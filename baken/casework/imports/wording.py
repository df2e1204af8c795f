"""What came of reading a register, in sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.casework.imports.columns import FIELDS
from baken.casework.imports.summary import Summary
from baken.casework.states import Kind

CHECKING, WRITING, DELETING = "checking", "writing", "deleting"


def grouped(count: int) -> str:
    """A number as people read it: 3.000."""
    return number_format(count, force_grouping=True)


def kind_in_words(kind: str, count: int) -> str:
    """A number of registrations of one kind: "12 adviezen"."""
    words = {
        Kind.REPORT: ngettext("%(count)s melding", "%(count)s meldingen", count),
        Kind.ADVICE: ngettext("%(count)s advies", "%(count)s adviezen", count),
        Kind.ANONYMOUS_SIGNAL: ngettext(
            "%(count)s anoniem signaal", "%(count)s anonieme signalen", count
        ),
        Kind.QUESTION: ngettext("%(count)s informatievraag", "%(count)s informatievragen", count),
    }
    return words[Kind(kind)] % {"count": grouped(count)}


def total_in_words(summary: Summary) -> str:
    """For example: 623 registraties (319 meldingen, 304 adviezen)."""
    count = summary.total
    total = ngettext("%(count)s registratie", "%(count)s registraties", count) % {
        "count": grouped(count)
    }
    kinds = ", ".join(kind_in_words(kind, n) for kind, n in summary.kinds.items())
    return f"{total} ({kinds})" if kinds else total


def notes_in_words(summary: Summary) -> list[str]:
    """What falls away because the kind may not keep it, and what stays empty."""
    notes = [
        _("Bij %(rows)s valt '%(field)s' weg: dat bewaren we daar niet.")
        % {"rows": kind_in_words(kind, count), "field": FIELDS[name].label}
        for kind, name, count in summary.dropped
    ]
    if summary.reports_without_form:
        rows = kind_in_words(Kind.REPORT, summary.reports_without_form)
        notes.append(
            _("Bij %(rows)s is de vorm van uitbuiting leeg. Zij tellen mee als Leeg.")
            % {"rows": rows}
        )
    return notes


def outcome_in_words(summary: Summary) -> list[str]:
    """What the command line says when everything is registered."""
    said = _("Ingelezen: %(total)s.") % {"total": total_in_words(summary)}
    return [said, *notes_in_words(summary)]


def phase_in_words(phase: str, rows: int) -> str:
    """How far it is."""
    said = (
        ngettext("%(rows)s rij gecontroleerd", "%(rows)s rijen gecontroleerd", rows)
        if phase == CHECKING
        else ngettext("%(rows)s rij vastgelegd", "%(rows)s rijen vastgelegd", rows)
    )
    return said % {"rows": grouped(rows)}
