"""What a reader has to do with a registration, why a look asks for attention, and what came of it."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Relation(StrEnum):
    """What somebody had to do with a registration when opening it."""

    HANDLER = "handler"
    REGISTERED = "registered"
    TEAM = "team"
    NONE = "none"
    SYSTEM = "system"


class AlertKind(TextChoices):
    NO_RELATION = "no_relation", _("Zonder relatie bekeken")
    MANY = "many", _("Veel bekeken")
    NIGHT = "night", _("'s Nachts bekeken")
    BREAK_GLASS = "break_glass", _("Noodtoegang")


class AlertState(TextChoices):
    OPEN = "open", _("Te beoordelen")
    REVIEWED = "reviewed", _("Beoordeeld")


class Outcome(TextChoices):
    """What the privacy officer found. Codes only: a name or a story does not belong in an alert."""

    WORK = "work", _("Hoorde bij het werk")
    SPOKEN = "spoken", _("Besproken met de collega")
    SETTING = "setting", _("Inrichting of rol aangepast")
    INCIDENT = "incident", _("Geen goede reden: gemeld als incident")


class BreakGlassReason(TextChoices):
    DANGER = "danger", _("Direct gevaar")
    ABSENCE = "absence", _("De behandelaar is er niet en het kan niet wachten")
    COVER = "cover", _("Waarneming buiten kantoortijd")
    ORDER = "order", _("Wettelijke verplichting")
