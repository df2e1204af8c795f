"""A registration that was found, in one line of coded facts."""

from django.utils.translation import gettext as _

from baken.casework.models import Registration
from baken.casework.queries.registrations import code_of
from baken.casework.states import Kind, State
from baken.taxonomy.interface import label_of


def facts_of(registration: Registration) -> str:
    """ "Melding · Nieuw · ontvangen 24 juni 2024 · Seksuele uitbuiting"."""
    form = code_of(registration.primary_form_id)
    return " · ".join(
        (
            str(Kind(registration.kind).label),
            str(State(registration.state).label),
            _("ontvangen %(day)s") % {"day": registration.received},
            label_of("form", form) if form else _("vorm: leeg"),
        )
    )
