"""Form fields over code lists, places and dates with a precision. All optional: what a kind needs is
decided in one place, `rules.completeness`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from baken.lib.dates import DateProblem, PartialDate, parse_partial_date
from baken.organisations.interface import municipality_by_text, name_of
from baken.taxonomy.interface import Choice, choices, edition

UNKNOWN_CHOICE = _("Kies een waarde uit de lijst.")


def codes_among(entry_ids: Collection[str], code_list: str) -> frozenset[str]:
    """The codes of one list among ids of entries: ``form.SEX`` is the code SEX of the list form."""
    pairs = (entry_id.partition(".") for entry_id in entry_ids)
    return frozenset(code for name, _dot, code in pairs if name == code_list)


def choice_field(fields: Mapping[str, forms.Field], name: str) -> forms.ChoiceField:
    """A field that is known to offer choices."""
    field = fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


class _Offered(BaseChoiceIterator):
    """Choices in their final form, which Django takes as they are instead of copying them twice."""

    def __init__(self, offered: Iterable[Choice]) -> None:
        self._offered = tuple(offered)

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._offered)


def _offered(
    code_list: str, on: date | None, including: frozenset[str], can_be_empty: bool
) -> _Offered:
    language = get_language() or ""
    return _made_offer(code_list, on, including, can_be_empty, language, edition())


@lru_cache(maxsize=512)
def _made_offer(
    code_list: str,
    on: date | None,
    including: frozenset[str],
    can_be_empty: bool,
    _language: str,
    _edition: int,
) -> _Offered:
    """The same thirty lists stand on every form; they are made once for a day and a language."""
    nothing: list[Choice] = [("", gettext("Kies…"))] if can_be_empty else []
    return _Offered([*nothing, *choices(code_list, on, including)])


class CodeField(forms.ChoiceField):
    """One entry of a code list, by its code."""

    def __init__(self, code_list: str, **options: Any) -> None:
        self.code_list = code_list
        options.setdefault("required", False)
        super().__init__(error_messages={"invalid_choice": UNKNOWN_CHOICE}, **options)

    def offer(self, on: date | None, *, including: Collection[str] = ()) -> None:
        """Offer the entries valid that day, and those an existing registration already has (ids)."""
        own = codes_among(including, self.code_list)
        is_select = isinstance(self.widget, forms.Select) and not self._is_radio
        self.choices = _offered(self.code_list, on, own, is_select)

    @property
    def _is_radio(self) -> bool:
        return isinstance(self.widget, forms.RadioSelect)


class CodesField(forms.MultipleChoiceField):
    """Several entries of a code list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, code_list: str, **options: Any) -> None:
        self.code_list = code_list
        super().__init__(
            required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE}, **options
        )

    def offer(self, on: date | None, *, including: Collection[str] = ()) -> None:
        own = codes_among(including, self.code_list)
        self.choices = _offered(self.code_list, on, own, False)


class PlaceField(forms.CharField):
    """A municipality, typed: the browser offers the 342 real ones from one shared datalist."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "gemeenten", "autocomplete": "off"})
        super().__init__(required=False, max_length=80, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        code = municipality_by_text(text)
        if code is None:
            raise forms.ValidationError(
                _("Deze gemeente kennen we niet. Kies een naam uit de lijst, of 'Onbekend'.")
            )
        return code

    def prepare_value(self, value: Any) -> Any:
        """A code from the database shows as its name; what somebody typed stays as typed."""
        if isinstance(value, str) and municipality_by_text(value):
            return name_of(municipality_by_text(value) or value)
        return value


class WordsField(forms.CharField):
    """Free words, which are sealed. Kept as typed: only what no database stores is refused."""

    def __init__(self, *, rows: int, max_length: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
        super().__init__(required=False, max_length=max_length, widget=widget, **options)


class SeveralField(forms.CharField):
    """One or more short things, sealed: a name, telephone numbers. A semicolon stands between them."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(required=False, max_length=400, widget=widget, **options)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [part.strip() for part in text.split(";") if part.strip()]


class PartialDateField(forms.CharField):
    """A date of which perhaps only the month or the year is known."""

    today: date = date.max

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_partial_date(text, today=self.today)
        except DateProblem as problem:
            raise forms.ValidationError(str(problem)) from problem


def offer_codes(
    fields: Mapping[str, forms.Field], on: date | None, *, including: Collection[str] = ()
) -> None:
    """Fill every code field with what is on offer that day."""
    for field in fields.values():
        if isinstance(field, CodeField | CodesField):
            field.offer(on, including=including)
