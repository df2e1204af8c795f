"""What the log says of reference dates."""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

WORDS = {
    "snapshot.requested": _("Nieuwe peildatum gevraagd"),
    "snapshot.ready": _("Peildatum vastgelegd"),
}
SUBJECTS = {"snapshot": _("Peildatum")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    rows = detail.get("rows")
    return _now("%(number)s registraties") % {"number": rows} if rows is not None else ""
