"""Why somebody looks at earlier registrations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.casework.states import RadarReason


class RadarForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Waarom wilt u dit zien?"),
        choices=RadarReason.choices,
        widget=forms.RadioSelect(attrs={"class": "baken-choice"}),
        error_messages={"required": _("Kies waarom u dit wilt zien.")},
    )
