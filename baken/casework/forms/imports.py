"""The forms of an import: which file, which columns, which values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField, ChoiceField, FileField, FileInput, Form, Select
from django.utils.translation import gettext_lazy as _

from baken.casework.imports.columns import FIELDS, REQUIRED, Holds, RegisterField
from baken.casework.imports.mapping import ColumnMapping, fold
from baken.casework.imports.suggesting import Remembered, suggest_code, suggest_columns
from baken.lib.sheets import Limits
from baken.lib.sheets.errors import TooLarge
from baken.lib.sheets.sheet import MB
from baken.taxonomy.interface import choices

MOST_BYTES = Limits().file_bytes
# Texts of a column may mean nothing on purpose; that is not the same as not having chosen.
LEAVE_EMPTY = "-"
# Fields that a register seldom has a column for, but that every registration needs.
DEFAULTED = ("kind", "legal_frame")
GROUPS = (
    (_("Nodig"), ("kind", "received")),
    (_("Binnenkomst"), ("external_number", "channel", "origin", "legal_frame", "urgency")),
    (
        _("Melder"),
        ("source_group", "reporter_is_professional", "anonymity", "reporter_municipality"),
    ),
    (
        _("Wat er aan de hand is"),
        ("primary_form", "certainty", "concerns_minor", "concerns_several"),
    ),
    (
        _("Het mogelijke slachtoffer"),
        ("home_municipality", "age_band", "sex", "nationality_group", "relation"),
    ),
    (
        _("Waar en hoe"),
        ("exploitation_municipality", "route", "sector", "recruitment", "means", "signals"),
    ),
)


def size_in_words(size: int) -> str:
    """The refusal of a file of so many bytes."""
    return str(TooLarge(size=-(-size // MB), limit=MOST_BYTES // MB))


class UploadForm(Form):
    """The file. What is in it is judged by the import process."""

    file = FileField(
        label=_("Bestand"),
        help_text=_("CSV, XLSX of ODS, hoogstens 50 MB. In de eerste rij staan de kolomnamen."),
        widget=FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        allow_empty_file=True,
        error_messages={"required": _("Kies een bestand.")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            self.add_error("file", size_in_words(file.size))
        return file


@dataclass(frozen=True)
class Group:
    """A heading with its fields."""

    title: str
    fields: list[BoundField]


class ColumnsForm(Form):
    """For each field the column that fills it; for a few, one value for all rows instead."""

    def __init__(
        self,
        *args: Any,
        headers: Sequence[str],
        chosen: ColumnMapping,
        remembered: Remembered,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        self.chosen = chosen
        first = chosen.columns or suggest_columns(headers, remembered)
        columns = [(str(at), header) for at, header in enumerate(headers)]
        for name, field in FIELDS.items():
            at = headers.index(first[name]) if first.get(name) in headers else ""
            self.fields[name] = ChoiceField(
                label=field.label,
                choices=[("", _("Staat niet in dit bestand")), *columns],
                initial=str(at),
                required=False,
            )
        for name in DEFAULTED:
            self.fields[f"default_{name}"] = ChoiceField(
                label=_("Geen kolom? Voor alle rijen: %(field)s") % {"field": FIELDS[name].label},
                choices=[("", _("Kies…")), *FIELDS[name].codes().items()],
                initial=chosen.defaults.get(name, ""),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        for name in DEFAULTED:
            if self.cleaned_data.get(name) and self.cleaned_data.get(f"default_{name}"):
                both = _("Kies een kolom of één waarde voor alle rijen, niet allebei.")
                self.add_error(f"default_{name}", both)
        for name in REQUIRED:
            if not self.cleaned_data.get(name) and not self.cleaned_data.get(f"default_{name}"):
                self.add_error(name, _("Kies de kolom. Zonder kunnen we niet registreren."))
        return self.cleaned_data

    def mapping(self) -> ColumnMapping:
        """What was chosen; meanings of values chosen before stay."""
        data = self.cleaned_data
        columns = {name: self.headers[int(data[name])] for name in FIELDS if data[name]}
        defaults = {n: data[f"default_{n}"] for n in DEFAULTED if data[f"default_{n}"]}
        values = {name: texts for name, texts in self.chosen.values.items() if name in columns}
        return ColumnMapping(columns, values, defaults)

    def groups(self) -> Iterator[Group]:
        """The fields as the page shows them; a default stands behind its column."""
        for title, names in GROUPS:
            shown = [
                self[each]
                for name in names
                for each in (name, f"default_{name}")
                if each in self.fields
            ]
            yield Group(str(title), shown)


@dataclass(frozen=True)
class TextRow:
    """A text of the file, how often it occurs, and what it means."""

    text: str
    count: int
    field: BoundField


@dataclass(frozen=True)
class Column:
    """A column of the file with its texts."""

    label: str
    header: str
    rows: list[TextRow]


class ValuesForm(Form):
    """What each text means: a code, or nothing on purpose. Nothing may be left unsaid."""

    def __init__(
        self,
        *args: Any,
        values: Mapping[str, Iterable[tuple[str, int]]],
        chosen: ColumnMapping,
        remembered: Remembered,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.values = {name: list(texts) for name, texts in values.items() if name in FIELDS}
        self.chosen = chosen
        for name, texts in self.values.items():
            offered = _offered(FIELDS[name])
            for at, (text, _count) in enumerate(texts):
                self.fields[f"{name}-{at}"] = _meaning(
                    name, text, offered, self._first(name, text, remembered)
                )

    def _first(self, name: str, text: str, remembered: Remembered) -> str:
        code = self.chosen.values.get(name, {}).get(fold(text))
        return suggest_code(name, text, remembered) if code is None else code or LEAVE_EMPTY

    def mapping(self) -> ColumnMapping:
        """The columns as they were, with what their texts mean."""
        values = {
            name: {
                fold(text): self._code(f"{name}-{at}") for at, (text, _count) in enumerate(texts)
            }
            for name, texts in self.values.items()
        }
        return ColumnMapping(self.chosen.columns, values, self.chosen.defaults)

    def _code(self, name: str) -> str:
        code: str = self.cleaned_data[name]
        return "" if code == LEAVE_EMPTY else code

    def columns(self) -> Iterator[Column]:
        for name, texts in self.values.items():
            rows = [
                TextRow(text, count, self[f"{name}-{at}"]) for at, (text, count) in enumerate(texts)
            ]
            if rows:
                yield Column(str(FIELDS[name].label), self.chosen.columns.get(name, ""), rows)


def _offered(field: RegisterField) -> list[Any]:
    """Everything the texts of a column can mean, in the groups of its list."""
    codes = choices(field.code_list) if field.code_list else list(field.codes().items())
    empty = [] if field.name in REQUIRED else [(LEAVE_EMPTY, _("Leeg laten"))]
    return [("", _("Kies…")), *empty, *codes]


def _meaning(name: str, text: str, offered: list[Any], initial: str) -> ChoiceField:
    kind = _("gemeente") if FIELDS[name].holds == Holds.PLACE else FIELDS[name].label
    return ChoiceField(
        label=_("'%(text)s' betekent") % {"text": text},
        choices=offered,
        initial=initial,
        widget=Select(attrs={"aria-label": f"{text}: {kind}"}),
        error_messages={"required": _("Kies wat dit betekent, of laat het leeg.")},
    )
