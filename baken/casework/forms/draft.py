"""What of a half-filled form is kept as a draft: everything as it was typed, right or wrong, for a draft is
sealed to its author. Only what this kind of registration may not keep, its draft does not keep either."""

from typing import Any

from django.forms import Form, MultipleChoiceField, ValidationError
from django.http import QueryDict

from baken.casework.forms.registration import RegistrationForm
from baken.casework.forms.subjects import BaseSubjectFormSet, identities_in
from baken.casework.rules.answers import IdentityAnswer
from baken.casework.rules.kinds import ABOUT_PEOPLE, keeps_people
from baken.casework.states import IdentityKind, Kind


def keepable(
    form: RegistrationForm, subjects: BaseSubjectFormSet, *, version: int
) -> dict[str, list[str]]:
    """Posted names and values of the fields of the form, and the version of the registration they were
    based on (0 for a new one)."""
    kept = _of_form(form)
    total = f"{subjects.prefix}-TOTAL_FORMS"
    if not keeps_people(kind_typed(form)):
        # A draft keeps no more than the registration may; what is still on screen is still there.
        plain = {name: values for name, values in kept.items() if name not in ABOUT_PEOPLE}
        return {**plain, total: ["1"], "version": [str(version)]}
    for row in subjects.forms:
        kept |= _of_form(row)
    return {**kept, total: [str(len(subjects.forms))], "version": [str(version)]}


def lost_to_kind(form: RegistrationForm, subjects: BaseSubjectFormSet) -> list[str]:
    """Names of the answers on screen that this kind will not keep."""
    if keeps_people(kind_typed(form)):
        return []
    lost = [name for name in ABOUT_PEOPLE if name in form.fields and _clean(form, name)]
    return [*lost, "subjects"] if any(_of_form(row) for row in subjects.forms) else lost


def kind_typed(form: RegistrationForm) -> Kind | None:
    """The kind that a bound form says; None when it says none."""
    kind = _clean(form, "kind")
    return Kind(kind) if kind else None


def as_posted(answers: dict[str, list[str]], prefix: str = "subjects") -> QueryDict:
    """A draft as if it had just been posted, for the form to show."""
    data = QueryDict(mutable=True)
    data.setlist(f"{prefix}-INITIAL_FORMS", ["0"])
    for name, values in answers.items():
        data.setlist(name, values)
    data.setdefault(f"{prefix}-TOTAL_FORMS", "1")
    return data


def people_typed(subjects: BaseSubjectFormSet) -> list[tuple[IdentityAnswer, ...]]:
    """Who the people in a half-filled form are, as far as it can be read by now."""
    rows = [row for row in subjects.forms if row.is_bound and not _is_removed(row)]
    typed = [{kind.value: _clean(row, kind.value) for kind in IdentityKind} for row in rows]
    return [identities_in(each) for each in typed if any(each.values())]


def answered(form: RegistrationForm) -> dict[str, Any]:
    """Which fields hold a valid answer by now, whatever the others hold."""
    found = {name: _clean(form, name) for name in form.fields}
    if found.get("sub_forms"):
        found["forms"] = found.get("forms") or found["sub_forms"]
    return found


def _is_removed(row: Form) -> bool:
    return bool(row.data.get(row.add_prefix("DELETE")))


def _of_form(form: Form) -> dict[str, list[str]]:
    posted = {name: form.data.getlist(form.add_prefix(name)) for name in form.fields}  # type: ignore[attr-defined]
    return {
        form.add_prefix(name): values
        for name, values in posted.items()
        if any(values) and not form.fields[name].disabled
    }


def _clean(form: Form, name: str) -> Any:
    field = form.fields[name]
    if field.disabled:
        return form.get_initial_for_field(field, name)
    value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        cleaned = field.clean(value)
    except ValidationError:
        return None
    return list(cleaned) if isinstance(field, MultipleChoiceField) else cleaned
