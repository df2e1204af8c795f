"""Small forms behind a decision: converting and closing."""

from datetime import date
from typing import Any

from django.forms import BooleanField, ChoiceField, Form, HiddenInput, IntegerField, RadioSelect
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import CodeField, WordsField, choice_field, offer_codes
from baken.casework.rules.answers import Words
from baken.casework.rules.kinds import keeps_people
from baken.casework.rules.words import NamesSomebody, check_words
from baken.casework.states import CONVERSIONS, Kind
from baken.lib.sentences import sentence_of


class ConvertForm(Form):
    """To which kind, and why."""

    to_kind = ChoiceField(label=_("Wordt"), widget=RadioSelect(attrs={"class": "baken-choice"}))
    reason = CodeField("conversion_reason", label=_("Reden"), required=True, widget=RadioSelect())
    advice = WordsField(
        label=_("Vraag en advies"),
        help_text=_("Wat er overblijft van het gesprek. Zonder namen, nummers of kentekens."),
        rows=4,
        max_length=20_000,
    )
    only_advice = BooleanField(
        label=_(
            "Alleen vraag en advies bewaren: het verhaal, de notities en wie het zijn, vernietigen"
        ),
        required=False,
    )
    version = IntegerField(widget=HiddenInput)

    def __init__(
        self, *args: Any, from_kind: Kind, has_words: bool, today: date, **kwargs: Any
    ) -> None:
        """`has_words`: something was typed that an advies may not keep."""
        super().__init__(*args, **kwargs)
        self.has_words = has_words
        choice_field(self.fields, "to_kind").choices = [
            (kind.value, kind.label) for kind in Kind if kind in CONVERSIONS[from_kind]
        ]
        offer_codes(self.fields, today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("to_kind") or keeps_people(Kind(data["to_kind"])):
            return data
        if self.has_words and not data.get("only_advice"):
            self.add_error("only_advice", _("Bevestig dat de rest vernietigd mag worden."))
        try:
            check_words(Kind(data["to_kind"]), data.get("advice"))
        except NamesSomebody as problem:
            self.add_error("advice", sentence_of(problem))
        return data

    def words(self) -> Words:
        """What an advies keeps of the conversation; any other kind keeps what there is."""
        if keeps_people(Kind(self.cleaned_data["to_kind"])):
            return Words()
        return Words(summary=self.cleaned_data["advice"])


class CloseForm(Form):
    """With which outcome, and why it ends here."""

    outcome = CodeField("outcome", label=_("Uitkomst"), required=True)
    reason = CodeField("closing_reason", label=_("Reden van afsluiten"), required=True)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self.fields, today)
