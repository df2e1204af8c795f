"""Which column fills which field, and which text means which code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from baken.casework.imports.columns import FIELDS, REQUIRED, SAME_FOR_ALL
from baken.casework.imports.problems import NotImported
from baken.lib.os_errors import reason_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BadMapping(NotImported):
    """De koppeling van kolommen klopt niet."""

    message: ClassVar[StrOrPromise] = _("De koppeling van kolommen klopt niet.")

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % self.details


class MappingUnreadable(BadMapping):
    """The file is not there or no TOML."""

    message = _("Het koppelbestand '%(file)s' is niet te lezen: %(reason)s.")


class UnknownPart(BadMapping):
    """A table or value that a mapping does not have."""

    message = _(
        "'%(name)s' hoort niet in een koppelbestand. Gebruik [columns], [values.…] en [defaults]."
    )


class UnknownField(BadMapping):
    """A field that no register can fill."""

    message = _("Het veld '%(field)s' bestaat niet. Kies uit: %(fields)s.")


class ColumnMissing(BadMapping):
    """The file has no column of this name."""

    message = _("Het bestand heeft geen kolom '%(header)s' (voor %(field)s). Wel: %(headers)s.")


class CodeMissing(BadMapping):
    """A text is mapped to a code that the field does not know."""

    message = _("De code '%(code)s' bestaat niet voor %(field)s.")


class FieldMissing(BadMapping):
    """A registration cannot do without it."""

    message = _("Kies een kolom voor '%(field)s': zonder kunnen we niet registreren.")


class ColumnAndDefault(BadMapping):
    """A field is filled by a column or by one value for all rows, not by both: an empty cell is *leeg*."""

    message = _("Geef voor '%(field)s' een kolom óf een vaste waarde, niet allebei.")


class NoDefault(BadMapping):
    """A field that is about people or different in every row: only a column can fill it."""

    message = _("'%(field)s' is niet voor alle rijen hetzelfde. Kies er een kolom voor.")


def fold(text: str) -> str:
    """A text to compare by: whatever its case and spaces."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class ColumnMapping:
    """Field → name of its column; field → folded text → code ("" leaves it *leeg*); field → the code of
    every row."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_toml(cls, path: Path) -> ColumnMapping:
        """Read the file that the command line takes. Raises a `BadMapping`."""
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            reason = reason_of(problem) if isinstance(problem, OSError) else problem
            raise MappingUnreadable(file=path, reason=reason) from problem
        return cls.from_json(content)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ColumnMapping:
        """The same as plain dictionaries, as the database keeps it. Raises a `BadMapping`."""
        for name, part in content.items():
            if name not in {"columns", "values", "defaults"} or not isinstance(part, dict):
                raise UnknownPart(name=name)
        values = content.get("values", {})
        for name, texts in values.items():
            if not isinstance(texts, dict):
                raise UnknownPart(name=f"values.{name}")
        return cls(
            columns={n: str(header) for n, header in content.get("columns", {}).items()},
            values={
                name: {fold(text): str(code) for text, code in texts.items()}
                for name, texts in values.items()
            },
            defaults={n: str(code) for n, code in content.get("defaults", {}).items()},
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns),
            "values": {name: dict(texts) for name, texts in self.values.items()},
            "defaults": dict(self.defaults),
        }

    def positions(self, headers: Sequence[str]) -> dict[str, int]:
        """Field → index of its column, in the order of the fields. Raises a `BadMapping`."""
        self.check()
        known = {fold(header): index for index, header in enumerate(headers)}
        found = {}
        for name in FIELDS:
            if header := self.columns.get(name):
                if fold(header) not in known:
                    raise ColumnMissing(
                        header=header, field=FIELDS[name].label, headers=", ".join(headers)
                    )
                found[name] = known[fold(header)]
        return found

    def check(self) -> None:
        """Raise a `BadMapping` unless every field and code exists and what is required is there."""
        for name in (*self.columns, *self.values, *self.defaults):
            if name not in FIELDS:
                raise UnknownField(field=name, fields=", ".join(FIELDS))
        for name in REQUIRED:
            if not self.columns.get(name) and name not in self.defaults:
                raise FieldMissing(field=FIELDS[name].label)
        for name, texts in self.values.items():
            self._check_codes(name, texts.values())
        for name, code in self.defaults.items():
            self._check_default(name, code)

    def _check_default(self, name: str, code: str) -> None:
        if self.columns.get(name):
            raise ColumnAndDefault(field=FIELDS[name].label)
        if name not in SAME_FOR_ALL:
            raise NoDefault(field=FIELDS[name].label)
        if not code:
            raise CodeMissing(code=code, field=FIELDS[name].label)
        self._check_codes(name, [code])

    def _check_codes(self, name: str, codes: Any) -> None:
        known = FIELDS[name].codes()
        for code in codes:
            if code and code not in known:
                raise CodeMissing(code=code, field=FIELDS[name].label)
