"""States of a snapshot."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SnapshotState(TextChoices):
    REQUESTED = "requested", _("Aangevraagd")
    FREEZING = "freezing", _("Wordt vastgelegd")
    READY = "ready", _("Klaar")
    FAILED = "failed", _("Mislukt")
