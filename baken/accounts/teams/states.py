"""How a colleague stands towards the keys of a team."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    HAS_SEAT = "has_seat", _("Heeft toegang")
    STRANGER = "stranger", _("Heeft toegang, maar geen rol meer die dat vraagt")
    WAITS = "waits", _("Wacht op toegang")
    ELSEWHERE = "elsewhere", _("Heeft toegang in een ander team")
    NO_KEY = "no_key", _("Nog geen eigen sleutel")


# After this keys are turned, also when nobody left.
KEYS_AGE_DAYS = 90
# What a new region calls its first team.
FIRST_TEAM = "Meldpunt"
