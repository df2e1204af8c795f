"""The registration form: one screen, any order, coded facts only."""

import re
from dataclasses import asdict
from datetime import date
from typing import Any

from django.forms import ChoiceField, Form, RadioSelect, RegexField, TypedChoiceField
from django.utils.translation import gettext_lazy as _

from baken.accounts.interface import Member
from baken.casework.forms.fields import (
    CodeField,
    CodesField,
    PartialDateField,
    PlaceField,
    choice_field,
    codes_among,
    offer_codes,
)
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.rules.completeness import needed_for
from baken.casework.states import Anonymity, Answer, Kind, Origin, Urgency
from baken.lib.dates import PartialDate, Precision
from baken.taxonomy.interface import NOT_DETERMINABLE, UNKNOWN, CodeEntry, choices, entries

# A number, not a place for sentences or names: free text is kept elsewhere, sealed.
_NUMBER = re.compile(r"\A(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./_-]{0,39}\Z")


def _radio() -> RadioSelect:
    return RadioSelect(attrs={"class": "baken-choice"})


class RegistrationForm(Form):
    """Everything about one registration but its people (`SubjectFormSet`).

    `member` decides the region's legal frames; `today` the entries on offer. `current` holds ids of the
    entries an existing registration has, which may since have been switched off; `kind` is its kind,
    which this form does not change: that is what converting is for.
    """

    marks_optional = False

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
        initial=Origin.CONTACT,
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
        _NUMBER,
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

    def __init__(
        self,
        *args: Any,
        member: Member,
        today: date,
        current: frozenset[str] = frozenset(),
        kind: Kind | None = None,
        excused: frozenset[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.excused = excused
        offer_codes(self, today, including=current)
        for field in self.fields.values():
            if isinstance(field, PartialDateField):
                field.today = today
            if isinstance(field, PlaceField):
                field.region = member.region
        self._offer_legal_frames(member, today, codes_among(current, "legal_frame"))
        self._offer_forms(today, current)
        if kind is not None:
            self.fields["kind"].disabled = True
            self.initial["kind"] = kind.value

    def _offer_legal_frames(self, member: Member, today: date, current: frozenset[str]) -> None:
        offered = {*member.region.legal_frames, *current}
        listed = choices("legal_frame", today, current)
        field = choice_field(self, "legal_frame")
        field.choices = [choice for choice in listed if choice[0] in offered]

    def _offer_forms(self, today: date, current: frozenset[str]) -> None:
        """Main forms and sub-forms are one list; each main form has its own certainty."""
        self.main_forms, self.sub_forms_of = _main_and_sub(today, codes_among(current, "form"))
        names = [(entry.code, entry.label) for entry in self.main_forms]
        choice_field(self, "forms").choices = names
        choice_field(self, "primary_form").choices = names
        subs = [entry for group in self.sub_forms_of.values() for entry in group]
        choice_field(self, "sub_forms").choices = [(entry.code, entry.label) for entry in subs]
        for entry in self.main_forms:
            field = CodeField("certainty", label=_("Hoe zeker?"))
            field.offer(today, including=current)
            self.fields[f"certainty_{entry.code}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._require_what_the_kind_needs(data)
        self._settle_forms(data)
        if data.get("urgency") in (None, ""):
            data["urgency"] = Urgency.NORMAL
        return data

    def _require_what_the_kind_needs(self, data: dict[str, Any]) -> None:
        kind = Kind(data["kind"]) if data.get("kind") else None
        for name in needed_for(kind):
            if name in self.excused:
                continue
            if not data.get(name) and name not in self.errors and not self._implied(name, data):
                self.add_error(name, self.fields[name].error_messages["required"])

    def _implied(self, name: str, data: dict[str, Any]) -> bool:
        """A sub-form says its form."""
        return name == "forms" and bool(data.get("sub_forms"))

    def _settle_forms(self, data: dict[str, Any]) -> None:
        """A ticked sub-form ticks its form; one form is the main one; unknown stands alone."""
        chosen = list(data.get("forms") or ())
        implied = [code.partition(".")[0] for code in data.get("sub_forms") or ()]
        chosen += [code for code in dict.fromkeys(implied) if code not in chosen]
        data["forms"] = chosen
        alone = {UNKNOWN, NOT_DETERMINABLE}.intersection(chosen)
        if alone and len(chosen) > 1:
            self.add_error(
                "forms",
                _("'Onbekend' of 'niet vast te stellen' kan niet samen met een andere vorm."),
            )
        primary = data.get("primary_form")
        if primary and primary not in chosen:
            self.add_error(
                "primary_form", _("Kies de belangrijkste vorm uit de aangevinkte vormen.")
            )
        elif len(chosen) == 1:
            data["primary_form"] = chosen[0]
        elif len(chosen) > 1 and not primary:
            self.add_error("primary_form", _("Geef aan welke vorm de belangrijkste is."))

    def answers(self, subjects: tuple[SubjectAnswer, ...]) -> Answers:
        """The valid form as values."""
        data = self.cleaned_data
        plain: dict[str, Any] = {name: data.get(name) or None for name in _OPTIONAL_CODES}
        texts: dict[str, Any] = {name: data.get(name) or "" for name in _TEXTS}
        several: dict[str, Any] = {name: tuple(sorted(data.get(name) or ())) for name in _SEVERAL}
        return Answers(
            kind=Kind(data["kind"]),
            received=data["received"],
            urgency=data["urgency"],
            forms=self._form_answers(),
            subjects=subjects,
            **plain,
            **texts,
            **several,
        )

    def _form_answers(self) -> tuple[FormAnswer, ...]:
        data = self.cleaned_data
        return tuple(
            FormAnswer(
                form=code,
                certainty=data.get(f"certainty_{code}") or None,
                sub_forms=tuple(s for s in sorted(data["sub_forms"]) if s.startswith(f"{code}.")),
            )
            for code in sorted(data["forms"])
        )


_OPTIONAL_CODES = (
    "legal_frame",
    "channel",
    "source_group",
    "home_municipality",
    "exploitation_municipality",
    "reporter_municipality",
    "primary_form",
    "route",
    "sector",
    "relation",
)
_SEVERAL = ("recruitment", "means", "signals")
_TEXTS = (
    "origin",
    "reporter_is_professional",
    "anonymity",
    "concerns_minor",
    "concerns_several",
    "external_number",
)


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


def initial_of(answers: Answers) -> dict[str, Any]:
    """What the form shows for an existing registration."""
    certainties = {f"certainty_{form.form}": form.certainty for form in answers.forms}
    values = {name: value for name, value in asdict(answers).items() if name != "subjects"}
    return {
        **values,
        **certainties,
        "received": as_typed(answers.received),
        "forms": [form.form for form in answers.forms],
        "sub_forms": [code for form in answers.forms for code in form.sub_forms],
        "urgency": int(answers.urgency),
    }


def as_typed(received: PartialDate) -> str:
    """A date as somebody would type it, in any language."""
    patterns = {Precision.DAY: "%d-%m-%Y", Precision.MONTH: "%m-%Y", Precision.YEAR: "%Y"}
    pattern = patterns.get(received.precision)
    return received.day.strftime(pattern) if pattern else str(received)
