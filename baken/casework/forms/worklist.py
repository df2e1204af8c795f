"""The filter of the work list, as it stands in the address."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    Select,
    TextInput,
    ValidationError,
)
from django.forms import UUIDField as IdField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import PlaceField
from baken.casework.models import SavedView
from baken.casework.queries.worklist import EMPTY, MINE, NOBODY, SORTS, WorkListFilter
from baken.casework.states import Kind, State, Urgency
from baken.taxonomy.interface import choices, entries

_EVERYTHING = ("", _("Alles"))
_FIRST_YEAR = 1990


class WorkListForm(Form):
    """Every filter is optional; an unknown value gets a message, never an error page."""

    nummer = CharField(
        label=_("Nummer"),
        required=False,
        max_length=40,
        widget=TextInput(attrs={"data-search": "", "autocomplete": "off", "type": "search"}),
    )
    soort = ChoiceField(label=_("Soort"), required=False)
    status = ChoiceField(label=_("Status"), required=False)
    wie = ChoiceField(label=_("Behandelaar"), required=False)
    vorm = ChoiceField(label=_("Vorm"), required=False)
    urgentie = ChoiceField(label=_("Urgentie"), required=False)
    melder = ChoiceField(label=_("Melder"), required=False)
    gemeente = PlaceField(label=_("Gemeente (een van de drie plaatsen)"))
    van = IntegerField(label=_("Van jaar"), required=False, min_value=_FIRST_YEAR)
    tot = IntegerField(label=_("Tot en met jaar"), required=False, min_value=_FIRST_YEAR)
    minderjarig = BooleanField(label=_("Alleen met een minderjarige"), required=False)
    inlezing = IdField(
        required=False,
        widget=HiddenInput,
        error_messages={"invalid": _("Dit ingelezen register kennen we niet.")},
    )
    sorteer = ChoiceField(
        required=False, widget=HiddenInput, choices=[(name, name) for name in SORTS]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mains = [(e.code, e.label) for e in entries("form") if e.parent is None]
        offered: dict[str, list[Any]] = {
            "soort": [_EVERYTHING, *Kind.choices],
            "status": [_EVERYTHING, ("open", _("Alles wat open is")), *State.choices],
            "wie": [_EVERYTHING, (MINE, _("Ik")), (NOBODY, _("Niemand"))],
            "vorm": [_EVERYTHING, *mains, (EMPTY, _("Leeg"))],
            "urgentie": [_EVERYTHING, *Urgency.choices],
            "melder": [_EVERYTHING, *choices("source_group")],
        }
        for name, options in offered.items():
            field = self.fields[name]
            assert isinstance(field, ChoiceField)
            field.choices = options
            field.error_messages["invalid_choice"] = _("Deze keuze kennen we niet.")
        self.fields["sorteer"].error_messages["invalid_choice"] = _("Deze volgorde kennen we niet.")
        for name in ("van", "tot"):
            field = self.fields[name]
            assert isinstance(field, IntegerField)
            field.widget.attrs.update(min=_FIRST_YEAR, max=today.year)
            field.validators.append(MaxValueValidator(today.year))

    def clean(self) -> None:
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and first > last:
            self.add_error("tot", _("Dit jaar ligt voor het jaar bij 'Van jaar'."))

    def wanted(self) -> WorkListFilter:
        """The filter; what was wrong in the address counts as not asked."""
        data = self.cleaned_data
        status, urgency, kind = data.get("status"), data.get("urgentie"), data.get("soort")
        return WorkListFilter(
            kind=Kind(kind) if kind else None,
            state=State(status) if status and status != "open" else None,
            is_open=status == "open",
            handler=data.get("wie") or "",
            form=data.get("vorm") or "",
            from_year=data.get("van"),
            to_year=data.get("tot"),
            municipality=data.get("gemeente") or "",
            source_group=data.get("melder") or "",
            minor=bool(data.get("minderjarig")),
            urgency=Urgency(int(urgency)) if urgency else None,
            number=(data.get("nummer") or "").strip(),
            imported_by=data.get("inlezing"),
        )

    def sort(self) -> str:
        return self.cleaned_data.get("sorteer") or "ontvangen"

    def said(self) -> list[tuple[str, str]]:
        """The filters that are on: name in the address, and a label for its chip."""
        return [
            (name, self._chip(name))
            for name in self.fields
            if name != "sorteer" and self.cleaned_data.get(name) not in (None, "", False)
        ]

    def _chip(self, name: str) -> str:
        if name == "minderjarig":
            return str(_("Minderjarig"))
        if name == "inlezing":
            return str(_("Uit één ingelezen register"))
        return f"{self.fields[name].label}: {self._value(name)}"

    def _value(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field.widget, Select) and isinstance(field, ChoiceField):
            return str(dict(_flat(field.choices)).get(self.cleaned_data[name], ""))
        return str(self[name].value())


class SavedViewForm(Form):
    """A name for the filter on screen. `filter` is its query string and comes out as it is stored."""

    naam = CharField(max_length=60, error_messages={"required": _("Geef de weergave een naam.")})
    filter = CharField(required=False, widget=HiddenInput)
    delen = BooleanField(required=False)

    def clean_filter(self) -> str:
        """Encoding makes a text longer, so what counts is the length of what would be stored."""
        query = QueryDict(self.cleaned_data["filter"]).urlencode()
        if len(query) > (SavedView._meta.get_field("query").max_length or 0):
            raise ValidationError(_("Dit filter is te lang om te bewaren."))
        return query


def _flat(options: Any) -> list[tuple[str, Any]]:
    """The options of a select, those under headings too."""
    found: list[tuple[str, Any]] = []
    for value, label in options:
        found += list(label) if isinstance(label, list | tuple) else [(value, label)]
    return found
