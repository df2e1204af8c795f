"""What the log and the history of a registration say of casework."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baken.casework.states import ExportReason, Kind, RadarReason, RevealReason
from baken.casework.views.comparison import LABELS
from baken.taxonomy.interface import UnknownCode, label_of

WORDS = {
    "registration.made": _("Geregistreerd"),
    "registration.imported": _("Ingelezen uit een register"),
    "registration.opened": _("Bekeken"),
    "registration.changed": _("Gewijzigd"),
    "registration.converted": _("Omgezet naar een andere soort"),
    "registration.taken": _("Opgepakt"),
    "registration.released": _("Teruggegeven aan het team"),
    "registration.closed": _("Afgesloten"),
    "registration.reopened": _("Heropend"),
    "registrations.listed": _("Werklijst bekeken"),
    "registrations.searched": _("Gezocht in registraties"),
    "registrations.exported": _("Werklijst meegenomen (CSV)"),
    "register.imported": _("Register ingelezen"),
    "register.undone": _("Ingelezen register ongedaan gemaakt"),
    "view.saved": _("Weergave bewaard"),
    "view.deleted": _("Weergave weggehaald"),
    "note.added": _("Notitie toegevoegd"),
    "identity.shown": _("Identiteit van een betrokkene bekeken"),
    "identity.removed": _("Gegeven van een betrokkene weggehaald"),
    "radar.viewed": _("Eerdere registraties bekeken (radar)"),
    "reveal.asked": _("Gevraagd om de melder te zien"),
    "reveal.allowed": _("Toegestaan dat een collega de melder ziet"),
    "reveal.refused": _("Geweigerd dat een collega de melder ziet"),
    "reveal.withdrawn": _("Verzoek om de melder te zien ingetrokken"),
    "export.asked": _("Gevraagd om identiteiten mee te nemen"),
    "export.allowed": _("Toegestaan dat een collega identiteiten meeneemt"),
    "export.refused": _("Geweigerd dat een collega identiteiten meeneemt"),
    "export.withdrawn": _("Verzoek om identiteiten mee te nemen ingetrokken"),
    "identities.exported": _("Identiteiten van betrokkenen meegenomen (CSV)"),
    "reporter.shown": _("Identiteit van de melder bekeken"),
}
SUBJECTS = {
    "registration": _("Registratie"),
    "import": _("Ingelezen register"),
    "view": _("Weergave"),
    "request": _("Verzoek"),
}
_PAGES = {
    "edit": _("bij het wijzigen"),
    "close": _("bij het afsluiten"),
    "convert": _("bij het omzetten"),
}
_REASONS = {**dict(RevealReason.choices), **dict(ExportReason.choices)}
_LISTS = {"outcome": "outcome", "reason": "closing_reason"}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    """The codes and counts of an entry; what says nothing to a reader is left out."""
    parts = [_value(name, value) for name, value in detail.items()]
    return ", ".join(part for part in parts if part)


def _value(name: str, value: object) -> str:
    if name in {"fields", "dropped"} and isinstance(value, Iterable):
        return ", ".join(str(LABELS.get(each, each)) for each in value)
    if name == "page":
        return str(_PAGES.get(str(value), ""))
    if name in {"to", "kind"} and value in Kind.values:
        return str(Kind(value).label)
    if name == "reason" and value in _REASONS:
        return str(_REASONS[str(value)])
    if name in _LISTS:
        return _label(_LISTS[name], str(value))
    if name == "why" and value in RadarReason.values:
        return str(RadarReason(value).label)
    if name == "relation" and value == "none":
        return _now("zonder relatie")
    return _registrations(value) if name == "rows" and isinstance(value, int) else ""


def _registrations(number: int) -> str:
    said = ngettext("%(number)s registratie", "%(number)s registraties", number)
    return said % {"number": number}


def _label(code_list: str, code: str) -> str:
    try:
        return label_of(code_list, code)
    except UnknownCode:
        return code
