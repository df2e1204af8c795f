"""What the log says of mail."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS = {
    "mail.suppressed": _("Adres krijgt geen mail meer"),
    "mail.allowed": _("Adres krijgt weer mail"),
}
SUBJECTS = {"suppression": _("Mailadres")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    return ""
