"""Streams of the audit log. Each is a chain of its own."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stream(TextChoices):
    ACCESS = "access", _("Inzage en wijziging")
    SECURITY = "security", _("Beveiliging")
