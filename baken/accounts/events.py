"""What the log says of colleagues, their roles and their invitations."""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from baken.accounts.permissions import Role

WORDS = {
    "member.added": _("Rol gegeven"),
    "member.ended": _("Rol ingetrokken"),
    "member.disabled": _("Toegang van een collega afgesloten"),
    "member.enabled": _("Collega weer toegelaten"),
    "region.chosen": _("Andere regio gekozen"),
    "login.succeeded": _("Ingelogd"),
    "passphrase.changed": _("Wachtwoordzin gewijzigd"),
    "passphrase.reset_sent": _("Nieuwe wachtwoordzin aangeboden"),
    "passphrase.reset_withdrawn": _("Nieuwe wachtwoordzin ingetrokken"),
    "passphrase.reset": _("Nieuwe wachtwoordzin gekozen: sleutels vervangen"),
    "passphrase.wrong_code": _("Verkeerde code bij een nieuwe wachtwoordzin"),
    "second_factor.added": _("Tweede factor toegevoegd"),
    "second_factor.removed": _("Tweede factor weggehaald"),
    "invitation.sent": _("Uitnodiging verstuurd"),
    "invitation.resent": _("Uitnodiging opnieuw verstuurd"),
    "invitation.withdrawn": _("Uitnodiging ingetrokken"),
    "invitation.accepted": _("Uitnodiging aangenomen"),
    "invitation.wrong_code": _("Verkeerde code bij een uitnodiging"),
}
SUBJECTS = {"user": _("Collega"), "invitation": _("Uitnodiging")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    roles = str(detail.get("roles") or detail.get("role") or "")
    known = [str(Role(role).label) for role in roles.split(", ") if role in Role.values]
    if "tries" in detail:
        return _now("%(number)s keer") % {"number": detail["tries"]}
    return ", ".join(known)
