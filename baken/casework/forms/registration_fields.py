"""The fields of the registration form and what they offer: coded facts only."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.forms import ChoiceField, Field, Form, RadioSelect, RegexField, TypedChoiceField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import (
    CodeField,
    CodesField,
    PartialDateField,
    PlaceField,
    SeveralField,
    WordsField,
    choice_field,
    codes_among,
    offer_codes,
)
from baken.casework.rules.numbers import EXTERNAL_NUMBER
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency
from baken.lib.shared_fields import SharedFields
from baken.taxonomy.interface import CodeEntry, choices, edition, entries


def _radio() -> RadioSelect:
    return RadioSelect(attrs={"class": "baken-choice"})


class RegistrationFields(Form):
    """Everything about one registration but its people, in the order of the screen."""

    kind = ChoiceField(label=_("Soort"), choices=Kind.choices, widget=_radio())
    urgency = TypedChoiceField(
        label=_("Urgentie"),
        choices=Urgency.choices,
        coerce=lambda value: Urgency(int(value)),
        initial=Urgency.NORMAL,
        required=False,
        widget=_radio(),
    )
    received = PartialDateField(
        label=_("Ontvangen op"),
        help_text=_("Een dag, maand of jaar: 24-11-2026, november 2026 of 2026. Of: onbekend."),
    )
    channel = CodeField("channel", label=_("Hoe kwam het binnen?"))
    origin = ChoiceField(
        label=_("Aanleiding"),
        choices=Origin.choices,
        required=False,
        widget=_radio(),
    )
    legal_frame = CodeField("legal_frame", label=_("Juridisch kader"), widget=_radio())

    source_group = CodeField("source_group", label=_("Wie meldt of vraagt?"))
    reporter_is_professional = ChoiceField(
        label=_("Meldt deze persoon vanuit een beroep?"),
        choices=Answer.choices,
        required=False,
        widget=_radio(),
    )
    anonymity = ChoiceField(
        label=_("Wie mag weten wie de melder is?"),
        choices=Anonymity.choices,
        required=False,
        widget=_radio(),
    )
    reporter_municipality = PlaceField(label=_("Gemeente van de melder"))

    reporter_name = SeveralField(label=_("Naam van de melder"))
    reporter_phone = SeveralField(label=_("Telefoon van de melder"))
    reporter_email = SeveralField(label=_("E-mail van de melder"))
    summary = WordsField(
        label=_("Wat is er verteld?"),
        help_text=_(
            "Verzegeld: alleen uw team leest dit. Namen en nummers van mensen horen bij de mensen, hieronder."
        ),
        rows=6,
        max_length=20_000,
    )

    home_municipality = PlaceField(label=_("Woongemeente van het mogelijke slachtoffer"))
    exploitation_municipality = PlaceField(label=_("Plaats van uitbuiting"))

    forms = CodesField("form", label=_("Vorm van uitbuiting"))
    primary_form = ChoiceField(label=_("Belangrijkste vorm"), required=False)
    sub_forms = CodesField("form", label=_("Nader"))
    route = CodeField("route", label=_("Route"), widget=_radio())
    sector = CodeField("sector", label=_("Sector"))
    relation = CodeField("relation", label=_("Relatie tot de vermoedelijke uitbuiter"))
    recruitment = CodesField("recruitment", label=_("Hoe geworven?"))
    means = CodesField("means", label=_("Dwangmiddelen"))
    signals = CodesField("signal", label=_("Signalen"))

    concerns_minor = ChoiceField(
        label=_("Betreft het een minderjarige?"),
        choices=Answer.choices,
        required=False,
        widget=_radio(),
    )
    concerns_several = ChoiceField(
        label=_("Betreft het meer dan één persoon?"),
        choices=Answer.choices,
        required=False,
        widget=_radio(),
    )
    external_number = RegexField(
        EXTERNAL_NUMBER,
        label=_("Extern dossiernummer"),
        required=False,
        help_text=_("Het nummer in uw andere systeem. Geen naam."),
        error_messages={
            "invalid": _(
                "Een nummer: met minstens één cijfer, verder alleen letters en . / _ -, hoogstens 40 "
                "tekens en geen spaties."
            )
        },
    )


@dataclass(frozen=True)
class Offer:
    """The fields with what they offer, and the forms of exploitation with their sub-forms."""

    fields: SharedFields
    main_forms: list[CodeEntry]
    sub_forms_of: dict[str, list[CodeEntry]]


def offer_on(today: date, legal_frames: list[str], current: frozenset[str]) -> Offer:
    """What a region with these legal frames offers that day, in the language of the moment. `current`
    holds ids of entries that an existing registration has and that may since be switched off."""
    return _made_offer(today, tuple(legal_frames), current, get_language() or "", edition())


@lru_cache(maxsize=256)
def _made_offer(
    today: date,
    legal_frames: tuple[str, ...],
    current: frozenset[str],
    _language: str,
    _edition: int,
) -> Offer:
    fields = deepcopy(RegistrationFields.base_fields)
    mains, subs = _main_and_sub(today, codes_among(current, "form"))
    fields |= {f"certainty_{e.code}": CodeField("certainty", label=_("Hoe zeker?")) for e in mains}
    offer_codes(fields, today, including=current)
    received = fields["received"]
    assert isinstance(received, PartialDateField)
    received.today = today
    _offer_legal_frames(fields, today, legal_frames, codes_among(current, "legal_frame"))
    _offer_forms(fields, mains, subs)
    return Offer(SharedFields(fields), mains, subs)


def _offer_legal_frames(
    fields: dict[str, Field], today: date, chosen: tuple[str, ...], current: frozenset[str]
) -> None:
    """Those that the region chose."""
    listed = choices("legal_frame", today, current)
    offered = [choice for choice in listed if choice[0] in {*chosen, *current}]
    choice_field(fields, "legal_frame").choices = offered


def _offer_forms(
    fields: dict[str, Field], mains: list[CodeEntry], subs: dict[str, list[CodeEntry]]
) -> None:
    """Main forms and sub-forms are one list."""
    names = [(entry.code, entry.label) for entry in mains]
    choice_field(fields, "forms").choices = names
    choice_field(fields, "primary_form").choices = names
    choice_field(fields, "sub_forms").choices = [
        (entry.code, entry.label) for group in subs.values() for entry in group
    ]


def _main_and_sub(
    today: date, current: frozenset[str]
) -> tuple[list[CodeEntry], dict[str, list[CodeEntry]]]:
    """The forms on offer, and by form its sub-forms on offer."""
    listed = entries("form")
    offered = [entry for entry in listed if entry.is_valid_on(today) or entry.code in current]
    mains = [entry for entry in offered if entry.parent is None]
    subs: dict[str, list[CodeEntry]] = {entry.code: [] for entry in mains}
    for entry in offered:
        if entry.parent in subs:
            subs[entry.parent].append(entry)
    return mains, subs
