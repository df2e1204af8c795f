"""States of a mail on its way, and what may be wrong with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    WAITING = "waiting", _("Wacht op verzending")
    FAILED = "failed", _("Nog niet verzonden, wordt opnieuw geprobeerd")
    SENT = "sent", _("Verzonden")
    GIVEN_UP = "given_up", _("Niet verzonden")


# A mail that is sent or given up stays so, and its content is gone.
UNFINISHED = frozenset({MailState.WAITING, MailState.FAILED})


class Problem(TextChoices):
    NONE = "", ""
    NO_SERVER = "no_server", _("Er is geen mailserver ingesteld")
    UNREACHABLE = "unreachable", _("De mailserver was niet bereikbaar")
    NOT_SECURE = "not_secure", _("De verbinding met de mailserver was niet te beveiligen")
    NOT_WELCOME = "not_welcome", _("De mailserver weigert ons")
    DEFERRED = "deferred", _("De mailserver vroeg ons later terug te komen")
    REFUSED = "refused", _("De mailserver weigert dit adres")
    NOT_ACCEPTED = "not_accepted", _("De mailserver weigert deze mail")
    SUPPRESSED = "suppressed", _("Dit adres mailen we niet meer")
    TOO_LATE = "too_late", _("De mail was te laat om nog te verzenden")
    CANCELLED = "cancelled", _("De mail is ingetrokken voor hij verzonden was")
    UNREADABLE = "unreadable", _("De mail is met een andere sleutel verzegeld")


# No next attempt helps.
FINAL = frozenset({
    Problem.REFUSED,
    Problem.NOT_ACCEPTED,
    Problem.SUPPRESSED,
    Problem.TOO_LATE,
    Problem.CANCELLED,
    Problem.UNREADABLE,
})  # fmt: skip


class SuppressionReason(TextChoices):
    BOUNCED = "bounced", _("Het adres werd geweigerd")
    BY_HAND = "by_hand", _("Met de hand")
