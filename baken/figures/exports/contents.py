"""What a workbook says, whatever its format."""

from django.utils.translation import gettext as _

from baken.figures.sentences import sentences_of
from baken.figures.tables import FigureTable
from baken.figures.texts import internal_mark, moment

Value = str | int


def facts_about(table: FigureTable) -> list[tuple[str, str]]:
    """What must stand with the table wherever it goes, as pairs of name and text."""
    return [
        (_("Eenheid"), table.unit),
        (_("Periode"), str(table.period)),
        (_("Regio"), table.region),
        (_("Plaats"), table.place),
        (_("Peildatum"), moment(table.reference_at)),
        (_("Definitie"), table.definition),
        (_("Versie van de definitie"), f"{table.slug} {table.version}"),
        (_("Versie van de gegevens"), str(table.schema_version)),
    ]


def grid(table: FigureTable) -> tuple[list[str], list[list[Value]]]:
    """The head and the rows; none is the number 0."""
    head = [table.row_title, *(str(year) for year in table.years)]
    return head, [[row.label, *row.values] for row in table.all_rows]


def notes(table: FigureTable) -> list[tuple[str, str]]:
    """The second sheet."""
    return [
        (_("Titel"), table.title),
        (_("Gebruik"), internal_mark()),
        *facts_about(table),
        *((_("Opmerking"), note) for note in table.notes),
        *((_("Zin"), sentence) for sentence in sentences_of(table)),
    ]
