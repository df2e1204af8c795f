"""What the log says of oversight: who read the log, what was judged, and broken glass."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baken.oversight.states import AlertKind, BreakGlassReason, Outcome

WORDS = {
    "log.seen": _("Logboek bekeken"),
    "log.taken": _("Deel van het logboek meegenomen (CSV)"),
    "alert.reviewed": _("Waarschuwing beoordeeld"),
    "glass.broken": _("Noodtoegang gebruikt"),
}
SUBJECTS = {"alert": _("Waarschuwing")}
_LABELS: Mapping[str, Mapping[str, object]] = {
    "kind": dict(AlertKind.choices),
    "outcome": dict(Outcome.choices),
    "reason": dict(BreakGlassReason.choices),
}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    parts = [
        str(labels.get(str(detail[name]), detail[name]))
        for name, labels in _LABELS.items()
        if name in detail
    ]
    if isinstance(rows := detail.get("rows"), int):
        parts.append(ngettext("%(number)s regel", "%(number)s regels", rows) % {"number": rows})
    return ", ".join(parts)
