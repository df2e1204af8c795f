"""Small forms of the code-list screen."""

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    DateField,
    DateInput,
    Form,
    HiddenInput,
    MultipleChoiceField,
)
from django.utils.translation import gettext_lazy as _

from baken.taxonomy.interface import choices


class SwitchOffForm(Form):
    """Which entry is not offered any more, and from which day."""

    code = CharField(max_length=64, widget=HiddenInput, required=False)
    from_day = DateField(
        label=_("Uit per"), widget=DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class LegalFramesForm(Form):
    """The legal frames a region registers under: at least one."""

    legal_frames = MultipleChoiceField(
        label=_("Deze regio registreert onder"), widget=CheckboxSelectMultiple
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["legal_frames"].choices = choices("legal_frame")  # type: ignore[attr-defined]
