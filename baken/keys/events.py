"""What the log says of keys."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS = {
    "keys.made": _("Eigen sleutels gemaakt"),
    "team.keys_turned": _("Sleutels van het team vernieuwd"),
    "team.seat_given": _("Toegang tot het team gegeven"),
    "team.seat_lost": _("Toegang tot het team vervallen"),
    "grant.given": _("Gedeeld met een ander team"),
    "grant.withdrawn": _("Delen met een ander team ingetrokken"),
    "recovery.founded": _("Herstelsleutel gemaakt"),
    "recovery.proven": _("Herstelsleutel beproefd"),
    "recovery.used": _("Herstelsleutel gebruikt"),
}
SUBJECTS = {"container": _("Verzegelde gegevens")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    return ""
