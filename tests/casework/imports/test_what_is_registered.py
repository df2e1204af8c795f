"""What a row of a register becomes."""

from datetime import UTC, date, datetime

import pytest

from baken.audit.interface import history
from baken.casework.actions.imports import AlreadyImported, import_register
from baken.casework.actions.steps import reopen_registration
from baken.casework.actions.undoing import (
    RegistrationsTouched,
    begin_undo,
    delete_registrations,
    finish_undo,
)
from baken.casework.imports.mapping import ColumnMapping
from baken.casework.imports.problems import ImportRefused
from baken.casework.models import Registration, RememberedValue, Subject
from baken.casework.queries.registrations import answers_of
from baken.casework.rules.answers import FormAnswer, SubjectAnswer
from baken.casework.states import Answer, ImportState, State
from baken.facts.interface import Snapshot, SnapshotState
from baken.lib.dates import PartialDate, Precision

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FULL = ColumnMapping(
    columns={
        name: name
        for name in (
            *("external_number", "kind", "received", "legal_frame", "urgency", "source_group"),
            *("home_municipality", "reporter_municipality", "primary_form", "certainty", "means"),
            *("anonymity", "age_band", "sex", "concerns_minor"),
        )
    },
    values={"source_group": {"school": "SCHOOL"}, "sex": {"onbekend": "UNK", "?": ""}},
)


def _register(tmp_path, rows, mapping=FULL, name="r.csv"):
    path = tmp_path / name
    path.write_text(";".join([*mapping.columns.values(), "Naam"]) + "\n")
    with path.open("a") as file:
        file.writelines(";".join([*row, "Geheim Persoon"]) + "\n" for row in rows)
    return path


def _row(**cells):
    return [cells.get(name, "") for name in FULL.columns]


def _imported(tmp_path, by, *rows, **options):
    path = _register(tmp_path, rows)
    return import_register(path, mapping=FULL, by=by, now=NOW, freeze=False, **options)


def test_every_kind_of_column(tmp_path, coordinator):
    row = _row(
        external_number="U-1", kind="report", received="5-2-2025", legal_frame="wmo_task",
        urgency="2", source_group=" SCHOOL ", home_municipality="Utrecht",
        reporter_municipality="GM0344", primary_form="SEX.HOTEL", certainty="STERK",
        means='"BEELD, DREIG"', anonymity="shielded", age_band="L16_17", sex="onbekend",
    )  # fmt: skip

    _imported(tmp_path, coordinator, row)

    made = Registration.objects.get()
    answers = answers_of(made)
    assert (made.state, made.version, made.created_by_id) == (
        State.CLOSED,
        1,
        coordinator.user_id,
    )
    assert answers.received == PartialDate(date(2025, 2, 5), Precision.DAY)
    assert answers.forms == (FormAnswer(form="SEX", certainty="STERK", sub_forms=("SEX.HOTEL",)),)
    assert (answers.primary_form, answers.source_group) == ("SEX", "SCHOOL")
    assert (answers.home_municipality, answers.reporter_municipality) == ("GM0344", "GM0344")
    assert answers.means == ("BEELD", "DREIG")
    assert answers.subjects == (
        SubjectAnswer(role="MSO", age_band="L16_17", minor_at_report=Answer.YES, sex="UNK"),
    )
    assert (answers.concerns_minor, answers.concerns_several) == ("yes", "no")
    assert (answers.urgency, answers.anonymity, answers.external_number) == (2, "shielded", "U-1")


def test_a_received_date_of_this_year_is_new(tmp_path, coordinator):
    _imported(tmp_path, coordinator, _row(kind="report", received="2026"))

    assert Registration.objects.get().state == State.NEW


def test_an_empty_cell_is_leeg(tmp_path, coordinator):
    _imported(tmp_path, coordinator, _row(kind="report", received="2025", sex="?"))

    answers = answers_of(Registration.objects.get())
    assert (answers.primary_form, answers.source_group, answers.home_municipality) == (None,) * 3
    assert (answers.concerns_minor, answers.external_number, answers.anonymity) == ("", "", "")
    assert Subject.objects.count() == 0


def test_an_advies_keeps_no_people(tmp_path, coordinator):
    row = _row(
        kind="advice", received="2025", external_number="A-1", home_municipality="Utrecht",
        primary_form="LAB", means="BEELD", age_band="L16_17", source_group="school",
    )  # fmt: skip

    _found, summary = _imported(tmp_path, coordinator, row)

    answers = answers_of(Registration.objects.get())
    assert (answers.external_number, answers.home_municipality) == ("", None)
    assert (answers.means, answers.subjects) == ((), ())
    assert (answers.primary_form, answers.source_group) == ("LAB", "SCHOOL")
    assert (answers.concerns_minor, answers.concerns_several) == ("yes", "no")
    assert [name for _kind, name, rows in summary.dropped if rows == 1] == [
        *("age_band", "external_number", "home_municipality", "means")
    ]


def test_a_question_keeps_nothing_of_people(tmp_path, coordinator):
    row = _row(kind="question", received="2025", concerns_minor="yes", sex="V")

    _found, summary = _imported(tmp_path, coordinator, row)

    answers = answers_of(Registration.objects.get())
    assert (answers.concerns_minor, answers.concerns_several, answers.subjects) == ("", "", ())
    assert [name for _kind, name, _rows in summary.dropped] == ["concerns_minor", "sex"]


def test_a_minor_is_the_presumed_victim_of_the_line(tmp_path, coordinator):
    row = _row(kind="report", received="2025", concerns_minor="yes", sex="V")

    _imported(tmp_path, coordinator, row)

    answers = answers_of(Registration.objects.get())
    (victim,) = answers.subjects
    assert (victim.minor_at_report, answers.concerns_minor) == ("yes", "yes")


def test_the_reporter_of_an_anonymous_signal_is_unknown(tmp_path, coordinator):
    row = _row(kind="anonymous_signal", received="2025", anonymity="open")

    _imported(tmp_path, coordinator, row)

    assert Registration.objects.get().anonymity == "unknown"


def test_columns_that_are_not_chosen_are_nowhere(tmp_path, coordinator):
    rows = [_row(kind="report", received="2025"), _row(kind="report", received="fout")]
    with pytest.raises(ImportRefused) as refused:
        _imported(tmp_path, coordinator, *rows)
    assert "Geheim" not in "".join(map(str, refused.value.problems.kept))

    found, summary = _imported(tmp_path, coordinator, rows[0])

    assert found.columns[-1] == "Naam"
    assert "Geheim" not in str((found.mapping, found.problems, summary))
    assert not RememberedValue.objects.filter(text__contains="geheim").exists()


def test_all_problems_with_their_cells(tmp_path, coordinator):
    rows = [
        _row(kind="report", received="2025", external_number="U-1"),
        _row(kind="roddel", received="31-02-2023", external_number="U-1"),
        _row(kind="", received="", primary_form="Ruimtevaart", home_municipality="Atlantis"),
    ]

    with pytest.raises(ImportRefused) as refused:
        _imported(tmp_path, coordinator, *rows)

    where = [(problem.row, problem.column) for problem in refused.value.problems.kept]
    assert where == [
        *((3, "A"), (3, "B"), (3, "C")),
        *((4, "B"), (4, "C"), (4, "G"), (4, "I")),
    ]
    assert str(refused.value) == "Er is niets ingelezen: 7 problemen."


def test_at_most_a_hundred_problems_are_kept(tmp_path, coordinator):
    rows = [_row(kind="roddel", received="2025")] * 150

    with pytest.raises(ImportRefused) as refused:
        _imported(tmp_path, coordinator, *rows)

    assert (len(refused.value.problems.kept), refused.value.problems.count) == (100, 150)


def test_number_of_another_registration(tmp_path, coordinator):
    row = _row(kind="report", received="2025", external_number="U-1")
    _imported(tmp_path, coordinator, row)
    number = Registration.objects.get().number

    with pytest.raises(ImportRefused) as refused:
        _imported(tmp_path, coordinator, _row(kind="report", received="2024"), row)

    (problem,) = refused.value.problems.kept
    assert (problem.row, problem.column) == (3, "A")
    assert number in problem.sentence


def test_same_file_twice(tmp_path, coordinator):
    _imported(tmp_path, coordinator, _row(kind="report", received="2025"))

    with pytest.raises(AlreadyImported) as refused:
        _imported(tmp_path, coordinator, _row(kind="report", received="2025"))

    assert "al ingelezen. Maak die keer eerst ongedaan" in str(refused.value)
    assert Registration.objects.count() == 1


def test_undo_and_import_again(tmp_path, coordinator):
    row = _row(kind="report", received="2025", primary_form="SEX", means="BEELD", sex="V")
    found, _summary = _imported(tmp_path, coordinator, row)
    told = []

    deleted = delete_registrations(found, by=coordinator, tell=lambda *words: told.append(words))
    undone = finish_undo(register_import=found, deleted=deleted, by=coordinator, now=NOW)

    assert undone.state == ImportState.UNDONE
    assert (Registration.objects.count(), Subject.objects.count()) == (0, 0)
    assert Snapshot.objects.filter(state=SnapshotState.REQUESTED).count() == 1
    assert told == [("deleting", 1)]
    _imported(tmp_path, coordinator, row)
    assert Registration.objects.count() == 1


def test_undo_after_somebody_worked_with_it(tmp_path, coordinator):
    rows = [_row(kind="report", received="2025"), _row(kind="report", received="2024")]
    found, _summary = _imported(tmp_path, coordinator, *rows)
    first = Registration.objects.order_by("id")[0]
    reopen_registration(registration_id=first.pk, by=coordinator, now=NOW)

    with pytest.raises(RegistrationsTouched) as refused:
        begin_undo(import_id=found.pk, by=coordinator, now=NOW)
    with pytest.raises(RegistrationsTouched):  # worked with after the process had begun
        delete_registrations(found, by=coordinator, tell=lambda *_words: None)

    assert "al met 1 registratie uit dit register gewerkt" in str(refused.value)
    assert Registration.objects.count() == 2


def test_file_that_is_being_undone_counts_as_imported(tmp_path, coordinator):
    row = _row(kind="report", received="2025")
    found, _summary = _imported(tmp_path, coordinator, row)
    begin_undo(import_id=found.pk, by=coordinator, now=NOW)

    with pytest.raises(AlreadyImported):
        _imported(tmp_path, coordinator, row)


AGES = [
    ("L16_17", "", "yes"),
    ("MIN", "yes", "yes"),
    ("L18_23", "", "no"),
    ("UNK", "", ""),
    ("UNK", "yes", "yes"),
    ("L16_17", "unknown", "unknown"),
]


@pytest.mark.parametrize(("age_band", "said", "minor"), AGES)
def test_age_says_whether_a_minor_is_concerned(tmp_path, coordinator, age_band, said, minor):
    row = _row(kind="report", received="2025", age_band=age_band, concerns_minor=said)

    _imported(tmp_path, coordinator, row)

    kept = Registration.objects.get()
    assert kept.concerns_minor == minor
    assert kept.subjects.get().minor_at_report == minor


def test_age_that_contradicts_the_answer_about_a_minor(tmp_path, coordinator):
    row = _row(kind="report", received="2025", age_band="L16_17", concerns_minor="no")

    with pytest.raises(ImportRefused) as refused:
        _imported(tmp_path, coordinator, row)

    (problem,) = refused.value.problems.kept
    assert (problem.row, problem.column) == (2, "O")
    assert problem.sentence.startswith("dit klopt niet met de leeftijd in deze rij")
    assert not Registration.objects.exists()


def test_what_the_log_says(tmp_path, coordinator):
    found, _summary = _imported(tmp_path, coordinator, _row(kind="report", received="2025"))

    (event,) = history(f"import:{found.pk}")

    assert event.event == "register.imported"
    assert event.detail == {"rows": 1, "sha256": found.file_sha256, "kinds": {"report": 1}}


def test_figures_get_a_new_reference_date(tmp_path, coordinator):
    path = _register(tmp_path, [_row(kind="report", received="2025")])

    import_register(path, mapping=FULL, by=coordinator, now=NOW)

    assert Snapshot.objects.filter(state=SnapshotState.REQUESTED).count() == 1
