"""An import in words and tables, ready to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.casework.imports.columns import FIELDS
from baken.casework.imports.problems import Problem
from baken.casework.imports.running import Job
from baken.casework.imports.summary import Summary
from baken.casework.imports.wording import grouped
from baken.casework.models import RegisterImport
from baken.casework.states import ImportState, Kind
from baken.lib.dates import PartialDate, Precision
from baken.organisations.interface import municipality_choices
from baken.taxonomy.interface import by_id

FILE, COLUMNS, VALUES, CHECK, DONE = range(5)
_STEP_OF = {Job.READ: FILE, Job.SURVEY: COLUMNS, Job.CHECK: VALUES, Job.IMPORT: CHECK}
_CHIPS = {
    ImportState.UPLOADED: "draft",
    ImportState.CHECKED: "draft",
    ImportState.RUNNING: "info",
    ImportState.IMPORTED: "ok",
    ImportState.FAILED: "danger",
    ImportState.UNDONE: "neutral",
}


@dataclass(frozen=True)
class Crumb:
    url: str
    label: str


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """What components/table.html takes."""

    id: str
    caption: str
    head: list[str]
    rows: list[list[str]]
    foot: list[str] | None = None


@dataclass(frozen=True)
class Progress:
    """What components/progress.html takes."""

    label: str
    done: int
    total: int | None


@dataclass(frozen=True)
class Result:
    """What came of an import."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class ListRow:
    """One import in the list."""

    url: str
    file_name: str
    at: datetime
    who: str
    rows: int | None
    state: str
    chip: str


def list_row(found: RegisterImport, names: Mapping[UUID, str]) -> ListRow:
    state = ImportState(found.state)
    who = names.get(found.created_by_id, "") if found.created_by_id else "Baken"
    is_counted = state in {ImportState.IMPORTED, ImportState.UNDONE}
    return ListRow(
        url=reverse("casework:import-progress", args=[found.pk]),
        file_name=found.file_name,
        at=found.created_at,
        who=who,
        rows=found.rows_total if is_counted else None,
        state=str(state.label),
        chip=_CHIPS[state],
    )


def steps(current: int, found: RegisterImport | None = None) -> list[Step]:
    """Where somebody is; done steps of an import that waits for its owner are links."""
    labels = (_("Bestand"), _("Kolommen"), _("Waarden"), _("Controle"), _("Klaar"))
    pages = {COLUMNS: "casework:import-map", VALUES: "casework:import-values"}
    made = []
    for at, label in enumerate(labels):
        state = "done" if at < current else "current" if at == current else "todo"
        url = reverse(pages[at], args=[found.pk]) if found and at < current and at in pages else ""
        made.append(Step(label, state, url))
    return made


def step_of(job: Job) -> int:
    return _STEP_OF[job]


def progress(found: RegisterImport, job: Job) -> Progress:
    """How far the process is. Importing checks every row once more before it writes the first."""
    done, total = found.rows_done, found.rows_total
    if job == Job.READ:
        return Progress(_("We openen het bestand…"), 0, None)
    if job == Job.UNDO:
        return Progress(_("We verwijderen de registraties"), done, total)
    if job != Job.IMPORT or not total:
        return Progress(_rows_read(done), done, None)
    if done <= total:
        return Progress(_("We controleren alle rijen nog een keer"), done, total)
    return Progress(_("We leggen de registraties vast"), done - total, total)


def _rows_read(done: int) -> str:
    if not done:
        return _("We lezen het bestand…")
    said = ngettext("%(rows)s rij gelezen", "%(rows)s rijen gelezen", done)
    return said % {"rows": grouped(done)}


def result(found: RegisterImport) -> Result:
    rows = ngettext("%(rows)s registratie", "%(rows)s registraties", found.rows_total) % {
        "rows": grouped(found.rows_total)
    }
    match ImportState(found.state):
        case ImportState.IMPORTED:
            text = _("Er komt vanzelf een nieuwe peildatum: daarna tellen ze mee in de cijfers.")
            return Result("ok", _("%(rows)s ingelezen") % {"rows": rows}, text)
        case ImportState.UNDONE:
            text = _("De registraties uit dit register zijn verwijderd.")
            return Result("info", _("Ongedaan gemaakt"), text)
        case ImportState.FAILED:
            text = _("Er is niets veranderd en het bestand is verwijderd.")
            return Result("error", _("Niet ingelezen"), text)
    return Result("info", _("Een collega is hiermee bezig"), _("Er is nog niets ingelezen."))


def problems(found: RegisterImport) -> list[str]:
    return [str(Problem(p["row"], p["column"], p["sentence"])) for p in found.problems]


def tables(summary: Summary) -> list[Table]:
    """Counts per year and kind, and per form."""
    kinds = list(summary.kinds)
    per_year = [
        [year, *(grouped(counts.get(kind, 0)) for kind in kinds)]
        for year, counts in summary.years.items()
    ]
    total = [_("Totaal"), *(grouped(summary.kinds[kind]) for kind in kinds)]
    forms = [[_shown("primary_form", form), grouped(n)] for form, n in summary.forms.items()]
    return [
        Table(
            "per-jaar",
            _("Per jaar en soort"),
            [_("Jaar"), *(str(Kind(kind).label) for kind in kinds)],
            per_year,
            total,
        ),
        Table("per-vorm", _("Per vorm"), [_("Vorm van uitbuiting"), _("Registraties")], forms),
    ]


def preview(summary: Summary) -> Table:
    """The first rows as they would be registered."""
    head = [str(FIELDS[name].label) for name in summary.names]
    rows = [
        [_shown(name, value) for name, value in zip(summary.names, row, strict=True)]
        for row in summary.preview
    ]
    return Table("voorbeeld", _("De eerste rijen, zoals ze geregistreerd worden"), head, rows)


def _shown(name: str, value: Any) -> str:
    """A stored value as people read it."""
    field = FIELDS[name]
    if not value:
        return _("Leeg")
    if name == "received":
        return str(PartialDate(date.fromisoformat(value[0]), Precision(value[1])))
    if isinstance(value, list):
        return ", ".join(by_id(each).label for each in value)
    if field.code_list:
        return by_id(value).label
    if field.has_codes and field.choices is None:
        return dict(municipality_choices()).get(value, str(value))
    return field.codes().get(value, str(value))
