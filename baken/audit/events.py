"""What the log says of itself."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS = {"log.exported": _("Hele logboek weggeschreven, op de machine zelf")}


def in_words(event: str, detail: Mapping[str, object]) -> str:
    return ""
