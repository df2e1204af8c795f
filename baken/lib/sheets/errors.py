"""What can be wrong with an uploaded register, one exception per failure.

``str(error)`` is the sentence for the person who uploaded the file, in the language of the
request: it names the row and the column as the spreadsheet shows them, and what to do. ``row``
and ``column`` (a letter) are attributes too, so that a screen can point at the cell. A value
from the file is never part of the sentence, except names of columns and of sheets: messages may
be logged. All of these survive pickling, so a child process can hand them to its parent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class UnreadableSheet(Exception):
    """The file cannot be read as a register."""

    message: ClassVar[StrOrPromise] = _("Dit bestand kan niet worden gelezen.")

    def __init__(
        self, *, row: int | None = None, column: str | None = None, **details: object
    ) -> None:
        super().__init__()
        self.row = row
        self.column = column
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % {"row": self.row, "column": self.column, **self.details}


# --- the file as a whole ---


class EmptyFile(UnreadableSheet):
    """The file, or its first sheet, holds nothing."""

    message = _(
        "Dit bestand is leeg. Kies een bestand met in rij 1 de kolomnamen en daaronder "
        "de registraties. In een spreadsheet lezen we alleen het eerste blad."
    )


class TooLarge(UnreadableSheet):
    """The file has more bytes than we accept (``size`` and ``limit`` in MB)."""

    message = _(
        "Dit bestand is %(size)s MB. Het mag niet groter zijn dan %(limit)s MB. "
        "Verdeel de rijen over meer bestanden en importeer die na elkaar."
    )


class NotASheet(UnreadableSheet):
    """The content is of another kind (``found``), whatever the name of the file says."""

    message = _(
        "Dit bestand is geen register maar %(found)s. Sla het register op als CSV, XLSX of ODS "
        "en kies dat bestand."
    )


class PasswordProtected(UnreadableSheet):
    """The spreadsheet is encrypted with a password."""

    message = _(
        "Dit bestand is beveiligd met een wachtwoord. Open het, haal het wachtwoord weg, "
        "sla het op en kies het opnieuw."
    )


class OldExcelFormat(UnreadableSheet):
    """The spreadsheet is an .xls of Excel 97-2003."""

    message = _(
        "Dit is een oud Excel-bestand (.xls). Open het in Excel of LibreOffice, sla het op "
        "als XLSX en kies dat bestand."
    )


class TruncatedArchive(UnreadableSheet):
    """The XLSX or ODS is damaged: part of it is missing or makes no sense."""

    message = _(
        "Dit bestand is beschadigd of niet compleet. Open het in uw spreadsheetprogramma, "
        "sla het opnieuw op en kies het nieuwe bestand."
    )


class ZipBomb(UnreadableSheet):
    """Unpacked, the XLSX or ODS is larger than any register (``limit`` in MB)."""

    message = _(
        "Dit bestand wordt bij het uitpakken te groot (meer dan %(limit)s MB) of is verdacht "
        "sterk verkleind. Sla het register op als CSV en kies dat bestand."
    )


class ForbiddenMarkup(UnreadableSheet):
    """The XML inside declares entities, is nested absurdly deep or has endless names."""

    message = _(
        "In dit bestand staat code die niet in een spreadsheet hoort. We openen het niet. "
        "Kopieer het register naar een nieuwe spreadsheet, sla die op en kies dat bestand."
    )


class NoSheets(UnreadableSheet):
    """The workbook has no visible worksheet."""

    message = _(
        "In dit bestand staat geen zichtbaar werkblad. Zet het register op een blad, "
        "sla het op en kies het opnieuw."
    )


# --- text files ---


class MixedEncoding(UnreadableSheet):
    """Part of the text is UTF-8 and part is Windows-1252; ``row`` is the first that differs."""

    message = _(
        "De letters met accenten (zoals ë en é) zijn in rij %(row)s anders opgeslagen dan in de "
        "rijen ervoor. Controleer die rij, sla het bestand op als 'CSV UTF-8' en kies het opnieuw."
    )


class UnknownCharacters(UnreadableSheet):
    """A byte that has no meaning in the encoding of this file."""

    message = _(
        "In rij %(row)s staan tekens die we niet kunnen lezen. Controleer die rij, sla het "
        "bestand op als 'CSV UTF-8' en kies het opnieuw."
    )


class ControlCharacter(UnreadableSheet):
    """A NUL or other invisible control character in a text file."""

    message = _(
        "In rij %(row)s staat een onzichtbaar teken dat niet in tekst hoort. Is dit wel een "
        "CSV-bestand? Sla het register opnieuw op als 'CSV UTF-8' en kies dat bestand."
    )


class UnknownSeparator(UnreadableSheet):
    """Neither semicolon, comma nor tab divides the rows evenly; ``row`` is the first to differ."""

    message = _(
        "We zien niet waar een kolom ophoudt: rij %(row)s is anders verdeeld dan rij 1. "
        "Gebruik in alle rijen hetzelfde scheidingsteken: een puntkomma, een komma of een tab. "
        "Staat er een titel boven de kolomnamen, verwijder die dan."
    )


class UnclosedQuote(UnreadableSheet):
    """A quoted cell is not closed, or text follows the closing quote."""

    message = _(
        'In rij %(row)s klopt een aanhalingsteken (") niet: het wordt niet gesloten, of er staat '
        "tekst achter. Verbeter die rij of sla het register opnieuw op vanuit een spreadsheet."
    )


# --- the header ---


class NoHeader(UnreadableSheet):
    """The first filled row holds a value where the name of a column should be."""

    message = _(
        "In rij %(row)s staat in kolom %(column)s een waarde in plaats van een kolomnaam. "
        "Zet in de eerste rij de kolomnamen."
    )


class NamelessColumn(UnreadableSheet):
    """A column between two named ones has no name."""

    message = _(
        "Kolom %(column)s heeft in rij %(row)s geen naam. Geef de kolom een naam of verwijder "
        "de kolom."
    )


class DuplicateColumn(UnreadableSheet):
    """Two columns have the same name (``name``, columns ``column`` and ``first``)."""

    message = _(
        "De kolommen %(first)s en %(column)s heten in rij %(row)s allebei '%(name)s'. "
        "Geef iedere kolom een eigen naam."
    )


class HeaderTwice(UnreadableSheet):
    """A later row repeats the names of the columns, as when two files were pasted together."""

    message = _("In rij %(row)s staan de kolomnamen nog een keer. Verwijder die rij.")


class OnlyHeader(UnreadableSheet):
    """There are names of columns and nothing under them."""

    message = _(
        "Onder de kolomnamen in rij %(row)s staat niets. Zet de registraties onder de kolomnamen."
    )


# --- rows and cells ---


class TooManyColumns(UnreadableSheet):
    """More columns than we accept (``limit``); ``row`` is the first row that shows it."""

    message = _(
        "Rij %(row)s heeft meer dan %(limit)s kolommen. Laat in het bestand alleen de kolommen "
        "staan die u wilt importeren."
    )


class TooManyRows(UnreadableSheet):
    """More filled rows than we accept (``limit``); ``row`` is the first one too many."""

    message = _(
        "Dit bestand heeft meer dan %(limit)s registraties; rij %(row)s is er een te veel. "
        "Verdeel de rijen over meer bestanden en importeer die na elkaar."
    )


class MergedCells(UnreadableSheet):
    """Cells (``cells``, such as B2:B4) are merged, so it is unclear which rows the value is for."""

    message = _(
        "De cellen %(cells)s (vanaf rij %(row)s, kolom %(column)s) zijn samengevoegd. Splits ze "
        "en zet in iedere rij de juiste waarde."
    )


class RowTooWide(UnreadableSheet):
    """A row has a value (``column``) to the right of the last named column."""

    message = _(
        "Rij %(row)s heeft een waarde in kolom %(column)s, maar die kolom heeft geen naam. Geef "
        "de kolom een naam, verwijder de waarde, of zet aanhalingstekens om een tekst waar het "
        "scheidingsteken in staat. Staat er een titel boven de kolomnamen, verwijder die dan."
    )


class CellTooLong(UnreadableSheet):
    """A cell holds more characters than we accept (``limit``)."""

    message = _(
        "In rij %(row)s, kolom %(column)s staat een tekst van meer dan %(limit)s tekens. Maak de "
        "tekst korter, of kijk of er een aanhalingsteken ontbreekt."
    )
