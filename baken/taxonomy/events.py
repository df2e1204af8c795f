"""What the log says of code lists."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

WORDS = {
    "code_lists.loaded": _("Codelijsten bijgewerkt"),
    "code.switched_off": _("Keuze uitgezet"),
    "code.switched_on": _("Keuze weer aangezet"),
}
SUBJECTS = {"code": _("Keuze")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    if "from" in detail:
        day = date_format(date.fromisoformat(str(detail["from"])), "j F Y")
        return _now("vanaf %(day)s") % {"day": day}
    if "added" in detail:
        counts = {"added": detail["added"], "changed": detail.get("changed", 0)}
        return _now("%(added)s toegevoegd, %(changed)s gewijzigd") % counts
    return ""
