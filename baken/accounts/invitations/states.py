"""States of an invitation, and why a link no longer opens anything."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvitationState(TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Aangenomen")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    VOID = "void", _("Vervallen na vijf verkeerde codes")


# Those an inviter can still do something about: send again, or withdraw.
LISTED = (InvitationState.OPEN, InvitationState.VOID)
