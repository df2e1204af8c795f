"""Compartments of what is protected, and why a team's keys turned."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Compartment(TextChoices):
    """Parts of one aggregate that not everybody who may see one may see."""

    WORK = "work", _("Werk")  # summary and notes
    IDENTITY = "identity", _("Identiteit van betrokkenen")
    REPORTER = "reporter", _("Identiteit van de melder")
    MEDICAL = "medical", _("Medisch")
    DIALOGUE = "dialogue", _("Gesprek met de melder")
    INDEX = "index", _("Zoeksleutel van de regio")


class TurnReason(TextChoices):
    """Why a team has a new epoch of keys."""

    FOUNDED = "founded", _("Team opgericht")
    LEAVER = "leaver", _("Collega vertrokken")
    ROLE = "role", _("Rol gewijzigd")
    AGE = "age", _("Sleutels vernieuwd")
    RECOVERY = "recovery", _("Herstel")


class Ground(TextChoices):
    """On what ground another team may see a compartment. Grondslagen: AVG art. 6 lid 1; Wmo 2015 art. 5.2.6;
    Wet gegevensverwerking door samenwerkingsverbanden."""

    CONSENT = "consent", _("Toestemming van de betrokkene")
    VITAL = "vital", _("Vitaal belang (veiligheid)")
    LEGAL = "legal", _("Wettelijke plicht")
    PUBLIC_TASK = "public_task", _("Taak van algemeen belang")


class Purpose(TextChoices):
    ASSESSMENT = "assessment", _("Veiligheidsbeoordeling")
    CONSULT = "consult", _("Meedenken met het expertteam")
    CARE = "care", _("Opvang en zorg")
    TRANSFER = "transfer", _("Overdracht")
