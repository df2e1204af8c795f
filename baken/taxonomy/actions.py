"""Loading the lists from the files, and switching an entry off or on.

The app lies below `accounts`, so it cannot ask who may do what: whoever calls an action checks the
permission first.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from baken.audit import interface as audit
from baken.audit.interface import Actor
from baken.taxonomy.models import CodeList, Entry, Mapping
from baken.taxonomy.queries import FileEntry, file_entries, file_lists, forget_book
from baken.taxonomy.rules import CodeEntry

_DATES = ("valid_from", "valid_to")


class CodeVanished(Exception):
    """Een code staat wel in de database, maar niet meer in de bestanden. Codes blijven bestaan."""


class AlreadySwitchedOff(Exception):
    """Deze keuze stond al uit per deze dag."""


class NotSwitchedOff(Exception):
    """Deze keuze staat niet uit."""


class EndsBeforeStart(Exception):
    """Deze keuze kan pas uit na de dag waarop ze is ingegaan."""


@dataclass(frozen=True)
class Loaded:
    """How many entries were added and changed by a load."""

    added: int
    changed: int


@transaction.atomic
def load_code_lists(*, by: Actor, now: datetime) -> Loaded:
    """Bring the database up to the files: add what is new, correct labels, order and mappings.

    Running it again changes nothing. Entries are never removed, dates set through the screen stay;
    raises `CodeVanished` when the files lack a code that the database has.
    """
    for row in file_lists():
        CodeList.objects.update_or_create(
            code=row.code, defaults={"label_nl": row.label_nl, "label_en": row.label_en}
        )
    wanted = [entry for row in file_lists() for entry in file_entries(row.code)]
    present = {(row.code_list_id, row.code): row for row in Entry.objects.select_for_update()}
    _refuse_vanished(wanted, present)
    loaded = _load_entries(wanted, present)
    has_other_mappings = _load_mappings(wanted)
    if loaded.added or loaded.changed or has_other_mappings:
        detail = {"added": loaded.added, "changed": loaded.changed}
        audit.record("code_lists.loaded", actor=by, at=now, detail=detail)
    _forget_now_and_after_commit()
    return loaded


def _refuse_vanished(wanted: list[FileEntry], present: dict[tuple[str, str], Entry]) -> None:
    vanished = present.keys() - {entry.key for entry in wanted}
    if vanished:
        raise CodeVanished(", ".join(sorted(":".join(key) for key in vanished)))


def _load_entries(wanted: list[FileEntry], present: dict[tuple[str, str], Entry]) -> Loaded:
    new = {
        entry.key: Entry(id=".".join(entry.key), code_list_id=entry.list_code, code=entry.code)
        for entry in wanted
        if entry.key not in present
    }
    rows = present | new
    ids = {key: row.id for key, row in rows.items()}
    written = {entry.key for entry in wanted if _write(entry, rows[entry.key], ids)}
    changed = [row for key, row in present.items() if key in written]
    Entry.objects.bulk_create(new.values())
    Entry.objects.bulk_update(changed, [*wanted[0].columns, "parent"])
    return Loaded(len(new), len(changed))


def _write(entry: FileEntry, row: Entry, ids: dict[tuple[str, str], str]) -> bool:
    """Put the columns of the file on the row; whether that changed anything."""
    columns = dict(entry.columns)
    columns["parent_id"] = ids[entry.list_code, entry.parent] if entry.parent else None
    if row.is_switched_by_hand:
        columns = {name: value for name, value in columns.items() if name not in _DATES}
    other = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in other.items():
        setattr(row, name, value)
    return bool(other)


def _load_mappings(wanted: list[FileEntry]) -> bool:
    """Make the mappings those of the files, wrong ones included: they are not codes."""
    ids = {(row.code_list_id, row.code): row.id for row in Entry.objects.all()}
    in_files = {
        (ids[entry.key], str(item.scheme), item.value, str(item.quality))
        for entry in wanted
        for item in entry.mappings
    }
    rows = {(m.entry_id, m.scheme, m.value, m.quality): m.pk for m in Mapping.objects.all()}
    outdated = [pk for key, pk in rows.items() if key not in in_files]
    missing = in_files - rows.keys()
    Mapping.objects.filter(pk__in=outdated).delete()
    Mapping.objects.bulk_create(
        Mapping(entry_id=entry, scheme=scheme, value=value, quality=quality)
        for entry, scheme, value, quality in missing
    )
    return bool(outdated or missing)


@transaction.atomic
def switch_off(*, entry: CodeEntry, from_day: date, by: Actor, now: datetime) -> None:
    """Offer the entry no more from a day on. What was registered with it stays as it is."""
    row = Entry.objects.select_for_update().get(pk=entry.id)
    if row.valid_to == from_day:
        raise AlreadySwitchedOff(str(row))
    if row.valid_from and from_day <= row.valid_from:
        raise EndsBeforeStart(str(row))
    _set_end(row, from_day)
    audit.record(
        "code.switched_off",
        actor=by,
        at=now,
        subject=_subject(row),
        detail={"from": from_day.isoformat()},
    )


@transaction.atomic
def switch_on(*, entry: CodeEntry, by: Actor, now: datetime) -> None:
    """Offer the entry again, without an end."""
    row = Entry.objects.select_for_update().get(pk=entry.id)
    if row.valid_to is None:
        raise NotSwitchedOff(str(row))
    _set_end(row, None)
    audit.record("code.switched_on", actor=by, at=now, subject=_subject(row))


def _set_end(row: Entry, day: date | None) -> None:
    row.valid_to = day
    row.is_switched_by_hand = True
    row.save(update_fields=["valid_to", "is_switched_by_hand"])
    _forget_now_and_after_commit()


def _subject(row: Entry) -> str:
    return f"code:{row.code_list_id}:{row.code}"


def _forget_now_and_after_commit() -> None:
    """Twice: this transaction must see its change, and another thread may have read the old
    state again before the commit."""
    forget_book()
    transaction.on_commit(forget_book)
