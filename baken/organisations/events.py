"""What the log says of regions, teams and municipalities."""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

WORDS = {
    "municipalities.loaded": _("Lijst van gemeenten bijgewerkt"),
    "region.opened": _("Regio geopend"),
    "region.legal_frames_set": _("Juridische kaders gekozen"),
    "team.opened": _("Team gemaakt"),
}
SUBJECTS = {"region": _("Regio"), "team": _("Team")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    counted = detail.get("rows", detail.get("municipalities"))
    return _now("%(number)s gemeenten") % {"number": counted} if counted is not None else ""
