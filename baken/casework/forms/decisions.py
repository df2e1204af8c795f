"""Small forms behind a decision: converting and closing."""

from datetime import date
from typing import Any

from django.forms import ChoiceField, Form, HiddenInput, IntegerField, RadioSelect
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import CodeField, choice_field, offer_codes
from baken.casework.states import CONVERSIONS, Kind


class ConvertForm(Form):
    """To which kind, and why."""

    to_kind = ChoiceField(label=_("Wordt"), widget=RadioSelect(attrs={"class": "baken-choice"}))
    reason = CodeField("conversion_reason", label=_("Reden"), required=True, widget=RadioSelect())
    version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, from_kind: Kind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self.fields, "to_kind").choices = [
            (kind.value, kind.label) for kind in Kind if kind in CONVERSIONS[from_kind]
        ]
        offer_codes(self.fields, today)


class CloseForm(Form):
    """With which outcome, and why it ends here."""

    outcome = CodeField("outcome", label=_("Uitkomst"), required=True)
    reason = CodeField("closing_reason", label=_("Reden van afsluiten"), required=True)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self.fields, today)
