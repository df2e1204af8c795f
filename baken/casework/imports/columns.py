"""What a column of a register can fill: the fields, their labels and the codes each one knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.casework.rules.kinds import ABOUT_PEOPLE
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency
from baken.organisations.interface import municipality_choices
from baken.taxonomy.interface import entries

if TYPE_CHECKING:
    from django.db.models import IntegerChoices, TextChoices
    from django_stubs_ext import StrOrPromise


class Holds(StrEnum):
    """What stands in the cells of a field."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    CODE = "code"
    CODES = "codes"  # several in one cell


@dataclass(frozen=True)
class RegisterField:
    """One thing a register can tell: a code of a list, of a fixed set of choices, a place, …"""

    name: str
    label: StrOrPromise
    holds: Holds
    code_list: str = ""
    choices: type[TextChoices] | type[IntegerChoices] | None = None

    @property
    def is_about_people(self) -> bool:
        """An advies may not keep this."""
        return self.name in ABOUT_PEOPLE or self.name in SUBJECT_FIELDS

    @property
    def has_codes(self) -> bool:
        return self.holds in {Holds.PLACE, Holds.CODE, Holds.CODES}

    def codes(self) -> dict[str, str]:
        """Code → label, in order; headings cannot be chosen. Empty for numbers and dates."""
        if self.choices is not None:
            return {str(choice.value): str(choice.label) for choice in self.choices}
        if self.holds == Holds.PLACE:
            return dict(municipality_choices())
        if not self.code_list:
            return {}
        return {e.code: e.label for e in entries(self.code_list) if not e.is_heading}

    def stored(self, code: str) -> str:
        """How the database writes a code: ``SEX`` of the list ``form`` is ``form.SEX``."""
        return f"{self.code_list}.{code}" if self.code_list else code


# Facts about the one presumed victim that a register line can describe.
SUBJECT_FIELDS = ("age_band", "sex", "nationality_group")
# Code lists whose entries become coded facts.
FACT_FIELDS = ("recruitment", "means", "signals")
REQUIRED = ("kind", "received")


def _code(name: str, label: StrOrPromise, code_list: str) -> RegisterField:
    return RegisterField(name, label, Holds.CODE, code_list)


def _codes(name: str, label: StrOrPromise, code_list: str) -> RegisterField:
    return RegisterField(name, label, Holds.CODES, code_list)


def _place(name: str, label: StrOrPromise) -> RegisterField:
    return RegisterField(name, label, Holds.PLACE)


def _choice(
    name: str, label: StrOrPromise, choices: type[TextChoices] | type[IntegerChoices]
) -> RegisterField:
    return RegisterField(name, label, Holds.CODE, choices=choices)


FIELDS: dict[str, RegisterField] = {
    field.name: field
    for field in (
        RegisterField("external_number", _("Extern dossiernummer"), Holds.NUMBER),
        _choice("kind", _("Soort"), Kind),
        RegisterField("received", _("Ontvangen op"), Holds.DATE),
        _choice("origin", _("Aanleiding"), Origin),
        _code("legal_frame", _("Juridisch kader"), "legal_frame"),
        _choice("urgency", _("Urgentie"), Urgency),
        _code("channel", _("Hoe kwam het binnen?"), "channel"),
        _code("source_group", _("Wie meldt of vraagt?"), "source_group"),
        _choice("reporter_is_professional", _("Meldt vanuit een beroep"), Answer),
        _choice("anonymity", _("Wie mag weten wie de melder is?"), Anonymity),
        _place("reporter_municipality", _("Gemeente van de melder")),
        _code("primary_form", _("Vorm van uitbuiting"), "form"),
        _code("certainty", _("Zekerheid"), "certainty"),
        _place("home_municipality", _("Woongemeente")),
        _place("exploitation_municipality", _("Plaats van uitbuiting")),
        _code("route", _("Route"), "route"),
        _code("sector", _("Sector"), "sector"),
        _code("relation", _("Relatie tot de vermoedelijke uitbuiter"), "relation"),
        _codes("recruitment", _("Hoe geworven?"), "recruitment"),
        _codes("means", _("Dwangmiddelen"), "means"),
        _codes("signals", _("Signalen"), "signal"),
        _choice("concerns_minor", _("Betreft minderjarige"), Answer),
        _choice("concerns_several", _("Betreft meer dan één persoon"), Answer),
        _code("age_band", _("Leeftijd van het mogelijke slachtoffer"), "age_band"),
        _code("sex", _("Geslacht van het mogelijke slachtoffer"), "sex"),
        _code(
            "nationality_group",
            _("Nationaliteit van het mogelijke slachtoffer"),
            "nationality_group",
        ),
    )
}

# What one value can fill for all rows at once: one code, and nothing that an advies may not keep.
SAME_FOR_ALL = tuple(
    name
    for name, field in FIELDS.items()
    if field.holds in {Holds.PLACE, Holds.CODE} and not field.is_about_people
)
