"""What came of reading a register, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.casework.imports.columns import FIELDS
from baken.casework.states import Kind

if TYPE_CHECKING:
    from baken.casework.imports.checking import Checked

CHECKING, WRITING = "checking", "writing"


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
    return words[Kind(kind)] % {"count": count}


def total_in_words(checked: Checked) -> str:
    """ "623 registraties: 319 meldingen, 304 adviezen"."""
    count = len(checked.rows)
    total = ngettext("%(count)s registratie", "%(count)s registraties", count) % {"count": count}
    kinds = sorted(checked.counts("kind").items(), key=lambda pair: list(Kind).index(Kind(pair[0])))
    return f"{total}: {', '.join(kind_in_words(kind, n) for kind, n in kinds)}"


def notes_in_words(checked: Checked) -> list[str]:
    """What falls away because the kind may not keep it, and what stays empty."""
    notes = [
        _("Bij %(rows)s valt '%(field)s' weg: dat mag daar niet bewaard blijven.")
        % {"rows": kind_in_words(kind, count), "field": FIELDS[name].label}
        for (kind, name), count in sorted(checked.dropped.items())
    ]
    if (empty := _without_form(checked)) > 0:
        notes.append(
            _("Bij %(rows)s is de vorm van uitbuiting leeg. Zij tellen mee als Leeg.")
            % {"rows": kind_in_words(Kind.REPORT, empty)}
        )
    return notes


def _without_form(checked: Checked) -> int:
    """Meldingen without a form: adviezen may do without."""
    form_at, kind_at = checked.plan.index("primary_form"), checked.plan.index("kind")
    default = checked.plan.defaults.get("kind")
    if form_at is None and "primary_form" in checked.plan.defaults:
        return 0
    return sum(
        1
        for row in checked.rows
        if (form_at is None or not row[form_at])
        and (default if kind_at is None else row[kind_at]) == Kind.REPORT
    )


def outcome_in_words(checked: Checked) -> list[str]:
    """What the command line says when everything is registered."""
    return [
        _("Ingelezen: %(total)s.") % {"total": total_in_words(checked)},
        *notes_in_words(checked),
    ]


def phase_in_words(phase: str, rows: int) -> str:
    """How far it is."""
    said = (
        _("Gecontroleerd: %(rows)s rijen") if phase == CHECKING else _("Vastgelegd: %(rows)s rijen")
    )
    return said % {"rows": rows}
