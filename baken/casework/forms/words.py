"""Small forms about what is sealed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import WordsField
from baken.casework.states import ExportReason, RevealReason


class NoteForm(forms.Form):
    text = WordsField(label=_("Nieuwe notitie"), rows=3, max_length=20_000)


class ReasonForm(forms.Form):
    """Why somebody wants to know who it is."""

    reason = forms.ChoiceField(
        label=_("Reden"), choices=RevealReason.choices, initial=RevealReason.TREATMENT
    )


class ExportForm(forms.Form):
    """Why the people of many registrations have to leave in one file."""

    reason = forms.ChoiceField(
        label=_("Waarom moeten de identiteiten mee?"),
        choices=ExportReason.choices,
        widget=forms.RadioSelect(attrs={"class": "baken-choice"}),
        error_messages={"required": _("Kies waarom de identiteiten mee moeten.")},
    )
