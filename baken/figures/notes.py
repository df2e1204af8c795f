"""What a table must say about what is not, or not really, in its cells."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.figures.measures import Count, Measure
from baken.figures.states import ADVICE, ANONYMOUS_SIGNAL, QUESTION

_UNKNOWN = ("UNK", "NVS")


def notes_of(
    measure: Measure, counts: Iterable[Count], running_year: int | None
) -> tuple[str, ...]:
    """Sentences under the table: *leeg* and *onbekend*, what is not counted, a running year."""
    counts = list(counts)
    notes = [_not_counted(measure, counts)]
    if measure.rows_from == "bucket":
        notes.insert(0, _without_form(measure, counts))
    if running_year is not None:
        notes.append(_("%(year)s was op de peildatum nog niet voorbij.") % {"year": running_year})
    return tuple(notes)


def _without_form(measure: Measure, counts: list[Count]) -> str:
    shown = [c for c in counts if c["kind"] in measure.counted and c["year"] is not None]
    empty = sum(c["n"] for c in shown if not c["bucket"])
    unknown = sum(c["n"] for c in shown if c["bucket"] in _UNKNOWN)
    return _("Vorm leeg: %(empty)s. Vorm onbekend of niet vast te stellen: %(unknown)s.") % {
        "empty": empty,
        "unknown": unknown,
    }


def _not_counted(measure: Measure, counts: list[Count]) -> str:
    left_out = [
        _number(kind, sum(c["n"] for c in counts if c["kind"] == kind and c["year"] is not None))
        for kind in (ADVICE, ANONYMOUS_SIGNAL, QUESTION)
        if kind not in measure.counted
    ]
    undated = sum(c["n"] for c in counts if c["kind"] in measure.counted and c["year"] is None)
    undated_text = ngettext(
        "%(n)s registratie zonder bekend jaar", "%(n)s registraties zonder bekend jaar", undated
    ) % {"n": undated}
    return _("Niet meegeteld: %(kinds)s; %(undated)s.") % {
        "kinds": ", ".join(left_out),
        "undated": undated_text,
    }


def _number(kind: str, n: int) -> str:
    text = {
        ADVICE: ngettext("%(n)s advies", "%(n)s adviezen", n),
        ANONYMOUS_SIGNAL: ngettext("%(n)s anoniem signaal", "%(n)s anonieme signalen", n),
        QUESTION: ngettext("%(n)s informatievraag", "%(n)s informatievragen", n),
    }[kind]
    return text % {"n": n}
