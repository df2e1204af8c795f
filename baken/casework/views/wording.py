"""What happened, in words."""

from django.utils.translation import gettext as _

from baken.audit.interface import PastEvent
from baken.casework.states import Step
from baken.casework.views.comparison import LABELS


def step_label(step: Step) -> str:
    """What the button says."""
    return {
        Step.TAKE: _("Ik pak dit op"),
        Step.RELEASE: _("Teruggeven aan het team"),
        Step.CLOSE: _("Afsluiten"),
        Step.REOPEN: _("Heropenen"),
    }[step]


def event_in_words(event: PastEvent) -> str:
    """One line of history. An event this version does not know keeps its own name."""
    sentences = {
        "registration.made": _("Geregistreerd"),
        "registration.imported": _("Ingelezen uit een register"),
        "registration.opened": _("Bekeken"),
        "registration.changed": _("Gewijzigd"),
        "registration.converted": _("Omgezet naar een andere soort"),
        "registration.taken": _("Opgepakt"),
        "registration.released": _("Teruggegeven aan het team"),
        "registration.closed": _("Afgesloten"),
        "registration.reopened": _("Heropend"),
        "note.added": _("Notitie toegevoegd"),
        "identity.shown": _("Identiteit van een betrokkene bekeken"),
        "identity.removed": _("Gegeven van een betrokkene weggehaald"),
        "reveal.asked": _("Gevraagd om de melder te zien"),
        "reveal.allowed": _("Toegestaan dat een collega de melder ziet"),
        "reveal.refused": _("Geweigerd dat een collega de melder ziet"),
        "reveal.withdrawn": _("Verzoek om de melder te zien ingetrokken"),
        "radar.viewed": _("Radar bekeken"),
        "reporter.shown": _("Identiteit van de melder bekeken"),
    }
    sentence = sentences.get(event.event, event.event)
    fields = event.detail.get("fields")
    if isinstance(fields, list) and fields:
        return f"{sentence}: {', '.join(str(LABELS.get(name, name)) for name in fields)}"
    return sentence
