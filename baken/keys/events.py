"""What the log says of keys."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS = {
    "keys.made": _("Eigen sleutels gemaakt"),
    "team.keys_turned": _("Sleutels van het team vernieuwd"),
    "team.seat_given": _("Plaats in het team gegeven"),
    "grant.given": _("Toegang tot een dossier gegeven"),
    "grant.withdrawn": _("Toegang tot een dossier ingetrokken"),
    "recovery.founded": _("Herstelsleutel gemaakt"),
    "recovery.proven": _("Herstelsleutel beproefd"),
    "recovery.used": _("Herstelsleutel gebruikt"),
}
SUBJECTS = {"container": _("Afgesloten gegevens")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    return ""
