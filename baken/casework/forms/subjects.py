"""The people of a registration, as coded facts. An empty row is nobody."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baken.casework.forms.fields import CodeField, SeveralField, offer_codes
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer
from baken.casework.rules.kinds import minor_by_age
from baken.casework.states import Answer, IdentityKind
from baken.lib.shared_fields import SharedFields
from baken.taxonomy.interface import edition

MOST_SUBJECTS = 20


def _yes_no(label: Any) -> forms.ChoiceField:
    choices = [("", _("Kies…")), *Answer.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class SubjectForm(forms.Form):
    role = CodeField("subject_role", label=_("Rol"))
    also_role = CodeField("subject_role", label=_("Tegelijk ook"))
    age_band = CodeField("age_band", label=_("Leeftijd"))
    minor_at_report = _yes_no(_("Minderjarig nu"))
    minor_at_start = _yes_no(_("Minderjarig bij het begin"))
    sex = CodeField("sex", label=_("Geslacht"))
    nationality_group = CodeField("nationality_group", label=_("Nationaliteit"))
    # The row of somebody who was registered before.
    id = forms.CharField(required=False, widget=forms.HiddenInput())
    # Named as `IdentityKind`; sealed, and never shown again in this form.
    name = SeveralField(label=_("Naam"))
    alias = SeveralField(label=_("Andere namen"))
    birth_date = SeveralField(label=_("Geboortedatum"))
    phone = SeveralField(label=_("Telefoon"))
    email = SeveralField(label=_("E-mail"))
    address = SeveralField(label=_("Adres"))
    document = SeveralField(label=_("Documentnummer"))
    plate = SeveralField(label=_("Kenteken"))
    handle = SeveralField(label=_("Account"))

    def __init__(
        self,
        *args: Any,
        today: date | None = None,
        current: frozenset[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        fields = _fields_on(today, current, get_language() or "", edition())
        self.base_fields = fields  # type: ignore[misc]  # Django reads it from the form
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._settle_minor(data)
        if data.get("also_role") and data["also_role"] == data.get("role"):
            self.add_error("also_role", _("Kies hier een andere rol, of laat dit leeg."))
        said = {name: value for name, value in data.items() if name != "id"}
        if any(said.values()) and not data.get("role") and "role" not in self.errors:
            self.add_error("role", _("Kies welke rol deze persoon heeft."))
        return data

    def _settle_minor(self, data: dict[str, Any]) -> None:
        """An age band that says minor or adult answers 'minor now', and may not contradict it."""
        settled = minor_by_age(data.get("age_band") or None)
        said = data.get("minor_at_report")
        if settled and not said:
            data["minor_at_report"] = settled
        elif settled and said in {Answer.YES, Answer.NO} and said != settled:
            self.add_error("minor_at_report", _("Dit klopt niet met de leeftijd die u koos."))

    def identity_fields(self) -> list[forms.BoundField]:
        """What tells who somebody is, apart from the coded facts."""
        return [self[kind.value] for kind in IdentityKind]

    def says_who(self) -> bool:
        return any(field.value() for field in self.identity_fields())

    def answer(self) -> SubjectAnswer | None:
        """The person, or None for an empty row."""
        data = getattr(self, "cleaned_data", {})
        if not data.get("role") or data.get("DELETE"):
            return None
        return SubjectAnswer(
            id=_uuid(data.get("id", "")),
            identities=identities_in(data),
            role=data["role"],
            also_role=data["also_role"] or None,
            age_band=data["age_band"] or None,
            minor_at_start=Answer(data["minor_at_start"]) if data["minor_at_start"] else None,
            minor_at_report=Answer(data["minor_at_report"]) if data["minor_at_report"] else None,
            sex=data["sex"] or None,
            nationality_group=data["nationality_group"] or None,
        )


@lru_cache(maxsize=256)
def _fields_on(
    today: date | None, current: frozenset[str], _language: str, _edition: int
) -> SharedFields:
    """Made once for a day and a language."""
    fields = SharedFields(deepcopy(SubjectForm.base_fields))
    offer_codes(fields, today, including=current)
    return fields


def _uuid(text: str) -> UUID | None:
    """None when somebody tampered with it: then it is somebody new."""
    try:
        return UUID(text)
    except ValueError:
        return None


def identities_in(data: Mapping[str, Any], prefix: str = "") -> tuple[IdentityAnswer, ...]:
    """What was typed in the fields that are named as a kind of identity."""
    return tuple(
        IdentityAnswer(kind=kind, value=value)
        for kind in IdentityKind
        for value in data.get(f"{prefix}{kind.value}") or ()
    )


class BaseSubjectFormSet(BaseFormSet):  # type: ignore[type-arg]
    def answers(self) -> tuple[SubjectAnswer, ...]:
        found = [form.answer() for form in self.forms]
        return tuple(answer for answer in found if answer is not None)


SubjectFormSet: type[BaseSubjectFormSet] = formset_factory(  # type: ignore[assignment]
    SubjectForm,
    formset=BaseSubjectFormSet,
    extra=0,
    min_num=1,
    max_num=MOST_SUBJECTS,
    absolute_max=MOST_SUBJECTS + 1,
    validate_max=True,
    can_delete=True,
)
