"""One box to search with, and coded facts that narrow it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.casework.queries.search import SearchFilter
from baken.casework.rules.searching import tidied, words_in
from baken.casework.states import Kind, State

LONGEST = 200
_EVERYTHING = ("", _("Alles"))


class TermField(forms.CharField):
    """What is searched for; signs that nobody sees are no part of it."""

    def to_python(self, value: Any) -> str:
        return tidied(super().to_python(value) or "")


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])


class SearchForm(forms.Form):
    q = TermField(
        label=_("Wat zoekt u?"),
        help_text=_(
            "Een nummer, telefoonnummer, e-mailadres, kenteken of documentnummer, een naam met "
            "geboortedatum, of woorden uit de tekst."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Typ eerst waar u naar zoekt."),
            "max_length": _("Zoek met hoogstens %(limit_value)d tekens."),
        },
    )
    soort = forms.ChoiceField(
        label=_("Soort"), required=False, choices=[_EVERYTHING, *Kind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[_EVERYTHING, *State.choices]
    )
    van = _day(_("Ontvangen vanaf"))
    tot = _day(_("Ontvangen tot en met"))

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"])
        if sum(map(len, words_in(text))) < 2:
            raise forms.ValidationError(_("Typ ten minste twee letters of cijfers."))
        return text

    def clean(self) -> None:
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and first > last:
            self.add_error("tot", _("Deze dag ligt voor de dag bij 'Ontvangen vanaf'."))

    def wanted(self) -> SearchFilter:
        data = self.cleaned_data
        return SearchFilter(
            kind=Kind(data["soort"]) if data["soort"] else None,
            state=State(data["status"]) if data["status"] else None,
            from_day=data["van"],
            to_day=data["tot"],
        )
