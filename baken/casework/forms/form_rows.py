"""The forms of exploitation as the screen shows them: one row per main form, with what belongs to it."""

from dataclasses import dataclass

from django.forms import BoundField

from baken.casework.forms.registration import RegistrationForm
from baken.taxonomy.interface import CodeEntry


@dataclass(frozen=True)
class SubRow:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FormRow:
    """One main form: chosen or not, its certainty, its sub-forms."""

    code: str
    label: str
    definition: str
    is_chosen: bool
    is_primary: bool
    certainty: BoundField
    subs: list[SubRow]


def form_rows(form: RegistrationForm) -> list[FormRow]:
    """Every main form in its order."""
    chosen = _values(form, "forms")
    subs = _values(form, "sub_forms")
    primary = form["primary_form"].value()
    return [_row(form, entry, chosen, subs, primary) for entry in form.main_forms]


def _values(form: RegistrationForm, name: str) -> set[str]:
    return {str(value) for value in form[name].value() or ()}


def _row(
    form: RegistrationForm, entry: CodeEntry, chosen: set[str], subs: set[str], primary: str | None
) -> FormRow:
    own = form.sub_forms_of.get(entry.code, [])
    return FormRow(
        code=entry.code,
        label=entry.label,
        definition=entry.definition,
        is_chosen=entry.code in chosen,
        is_primary=entry.code == primary,
        certainty=form[f"certainty_{entry.code}"],
        subs=[SubRow(sub.code, sub.label, sub.code in subs) for sub in own],
    )
