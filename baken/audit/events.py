"""What the log says of itself."""

from django.utils.translation import gettext_lazy as _

WORDS = {"log.exported": _("Hele logboek weggeschreven, op de machine zelf")}
