"""Kinds and states of a registration, and which may follow which, as data."""

from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a contact is. Melding, advies, signal and question are kinds of one registration."""

    REPORT = "report", _("Melding")
    ADVICE = "advice", _("Advies")
    ANONYMOUS_SIGNAL = "anonymous_signal", _("Anoniem signaal")
    QUESTION = "question", _("Informatievraag")


# Every kind can turn into every other, with a reason; nothing turns into itself.
CONVERSIONS: dict[Kind, frozenset[Kind]] = {
    kind: frozenset(other for other in Kind if other != kind) for kind in Kind
}


class Origin(TextChoices):
    CONTACT = "contact", _("Iemand nam contact op")
    OWN_INITIATIVE = "own_initiative", _("Ambtshalve")
    HANDED_OVER = "handed_over", _("Overgedragen door een andere regio")


class Anonymity(TextChoices):
    """Who may know the reporter (Handelingsprotocol Veilig Thuis 2019; domain notes §3.2)."""

    OPEN = "open", _("Bekend bij alle betrokkenen")
    SHIELDED = "shielded", _("Alleen bekend bij ons")
    UNKNOWN = "unknown", _("Ook voor ons onbekend")


class Urgency(IntegerChoices):
    NORMAL = 1, _("Gewoon")
    URGENT = 2, _("Spoed")
    ACUTE = 3, _("Acuut")


class Answer(TextChoices):
    """Yes, no, unknown. *Leeg* is the empty value: nobody asked or filled it in."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Onbekend")


class IdentityKind(TextChoices):
    """What tells who somebody is. Sealed always; `INDEXED` ones are found again by a keyed hash."""

    NAME = "name", _("Naam")
    ALIAS = "alias", _("Andere naam")
    BIRTH_DATE = "birth_date", _("Geboortedatum")
    PHONE = "phone", _("Telefoon")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Adres")
    DOCUMENT = "document", _("Documentnummer")
    PLATE = "plate", _("Kenteken")
    HANDLE = "handle", _("Account")


INDEXED = frozenset(
    {IdentityKind.PHONE, IdentityKind.EMAIL, IdentityKind.PLATE, IdentityKind.DOCUMENT}
)


class RevealReason(TextChoices):
    """Why somebody has to know who a reporter or a subject is."""

    TREATMENT = "treatment", _("Behandeling")
    SAFETY = "safety", _("Direct gevaar")
    CONTACT = "contact", _("Contact opnemen")
    LEGAL = "legal", _("Verzoek van een rechter of officier van justitie")
    OWN_DATA = "own_data", _("Verzoek van de persoon zelf")


class ExportReason(TextChoices):
    """Why the people of many registrations have to leave the house in one file."""

    HANDOVER = "handover", _("Overdracht aan een andere organisatie")
    COMPARISON = "comparison", _("Vergelijken met een ander register")
    SAFETY = "safety", _("Direct gevaar")
    LEGAL = "legal", _("Verzoek van een rechter of officier van justitie")
    INSPECTION = "inspection", _("Onderzoek door een toezichthouder")


class RequestKind(TextChoices):
    """What one colleague asks and another allows."""

    REPORTER = "reporter", _("De melder zien")
    EXPORT = "export", _("Identiteiten meenemen")


class RequestState(TextChoices):
    WAITING = "waiting", _("Wacht op een tweede collega")
    ALLOWED = "allowed", _("Toegestaan")
    USED = "used", _("Gebruikt")
    REFUSED = "refused", _("Geweigerd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    EXPIRED = "expired", _("Verlopen")


class RadarReason(TextChoices):
    """Why somebody looks at earlier registrations of somebody."""

    SAME_PERSON = "same_person", _("Nagaan of het om dezelfde persoon gaat")
    SAFETY = "safety", _("Direct gevaar")
    CONNECTION = "connection", _("Verband tussen meldingen onderzoeken")


class State(TextChoices):
    NEW = "new", _("Nieuw")
    ACTIVE = "active", _("In behandeling")
    CLOSED = "closed", _("Afgesloten")


class Step(StrEnum):
    """What a caseworker does to a registration's state."""

    TAKE = "take"
    RELEASE = "release"
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.NEW, Step.TAKE): State.ACTIVE,
    (State.ACTIVE, Step.TAKE): State.ACTIVE,  # a colleague takes over
    (State.ACTIVE, Step.RELEASE): State.NEW,
    (State.NEW, Step.CLOSE): State.CLOSED,
    (State.ACTIVE, Step.CLOSE): State.CLOSED,
    (State.CLOSED, Step.REOPEN): State.ACTIVE,
}


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("Klaar om kolommen te kiezen")
    CHECKED = "checked", _("Gecontroleerd")
    RUNNING = "running", _("Bezig")
    IMPORTED = "imported", _("Ingelezen")
    FAILED = "failed", _("Niet ingelezen")
    UNDONE = "undone", _("Ongedaan gemaakt")
