"""The filter of the log as it stands in the address, and the review of an alert."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, DateField, DateInput, Form, TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baken.accounts.interface import Member, colleagues
from baken.audit.interface import LogFilter
from baken.oversight.states import Outcome
from baken.oversight.subjects import find_subject

_DAY = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogForm(Form):
    """Every field is optional; what is wrong gets a message, never an error page."""

    wie = ChoiceField(label=_("Collega"), required=False)
    nummer = CharField(
        label=_("Nummer van een registratie"),
        required=False,
        max_length=16,
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    van = DateField(label=_("Van"), required=False, widget=_DAY)
    tot = DateField(label=_("Tot en met"), required=False, widget=_DAY)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        who = self.fields["wie"]
        assert isinstance(who, ChoiceField)
        people = [(str(pk), name) for pk, name in colleagues(by.region.pk)]
        who.choices = [("", _("Iedereen")), *people]
        who.error_messages["invalid_choice"] = _("Deze collega kennen we niet.")

    def clean_nummer(self) -> str:
        """The number becomes the subject as the log names it."""
        number = self.cleaned_data["nummer"].strip()
        if not number:
            return ""
        subject = find_subject("registration", number, self.by)
        if subject is None:
            raise ValidationError(_("Er is in uw regio geen registratie met dit nummer."))
        return subject

    def wanted(self, before: int | None = None) -> LogFilter:
        """The filter; what was wrong in the address counts as not asked."""
        data = self.cleaned_data
        until: date | None = data.get("tot")
        return LogFilter(
            user_id=UUID(data["wie"]) if data.get("wie") else None,
            subject=data.get("nummer") or "",
            since=_midnight(data.get("van")),
            until=_midnight(until, days=1),
            before=before,
        )

    def said(self) -> dict[str, str]:
        """The filter as the log keeps it: ids and days."""
        return {
            name: str(value) for name, value in self.cleaned_data.items() if value not in ("", None)
        }


class ReviewForm(Form):
    outcome = ChoiceField(label=_("Uitkomst"), choices=Outcome.choices)


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    """Where the office stands, so many days later; a day that a clock cannot hold is no bound."""
    if day is None or not 1900 < day.year < 9000:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
