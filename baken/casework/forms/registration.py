"""The registration form: one screen, any order, coded facts only."""

from copy import deepcopy
from dataclasses import asdict
from datetime import date
from typing import Any

from django.forms import Field
from django.utils.translation import gettext_lazy as _

from baken.accounts.interface import Member
from baken.casework.forms.registration_fields import RegistrationFields, offer_on
from baken.casework.forms.subjects import identities_in
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer, Words
from baken.casework.rules.completeness import needed_for
from baken.casework.rules.words import NamesSomebody, check_words
from baken.casework.states import Kind, Urgency
from baken.lib.dates import PartialDate, Precision
from baken.lib.sentences import sentence_of
from baken.taxonomy.interface import NOT_DETERMINABLE, UNKNOWN


class RegistrationForm(RegistrationFields):
    """Everything about one registration but its people (`SubjectFormSet`).

    `member` decides the region's legal frames; `today` the entries on offer. `current` holds ids of the
    entries an existing registration has, which may since have been switched off; `kind` is its kind,
    which this form does not change: that is what converting is for.
    """

    marks_optional = False

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
        offer = offer_on(today, member.region.legal_frames, current)
        self.base_fields = offer.fields  # type: ignore[misc]  # Django reads it from the form
        super().__init__(*args, **kwargs)
        self.main_forms, self.sub_forms_of = offer.main_forms, offer.sub_forms_of
        self.excused = excused
        if kind is not None:
            self.fields["kind"] = _disabled(self.fields["kind"])
            self.initial["kind"] = kind.value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._require_what_the_kind_needs(data)
        self._settle_forms(data)
        self._refuse_names_in_advice(data)
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

    def _refuse_names_in_advice(self, data: dict[str, Any]) -> None:
        if not data.get("kind"):
            return
        try:
            check_words(Kind(data["kind"]), data.get("summary"))
        except NamesSomebody as problem:
            self.add_error("summary", sentence_of(problem))

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

    def words(self) -> Words:
        """What was typed in words, to be sealed."""
        data = self.cleaned_data
        # Not on the page for who cannot open it: then it stays as it was.
        summary = data.get("summary", "") if "summary" in self.data else None
        return Words(summary=summary, reporter=identities_in(data, "reporter_"))

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


def _disabled(field: Field) -> Field:
    """A copy of the field that shows its value and takes no other."""
    shown = deepcopy(field)
    shown.disabled = True
    return shown


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
