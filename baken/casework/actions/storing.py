"""From answers to rows: the one place that writes the columns and parts of a registration."""

from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from django.db.models import F

from baken.casework.models import Classification, CodedFact, Registration, Subject
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.states import Answer

_PLAIN = (
    "kind",
    "origin",
    "urgency",
    "reporter_is_professional",
    "anonymity",
    "concerns_minor",
    "concerns_several",
    "external_number",
)
_PLACES = ("home_municipality", "exploitation_municipality", "reporter_municipality")
# Answer → code list.
_CODED = {
    "legal_frame": "legal_frame",
    "channel": "channel",
    "source_group": "source_group",
    "primary_form": "form",
    "route": "route",
    "sector": "sector",
    "relation": "relation",
}
_SUBJECT_COLUMNS = [
    field.name
    for field in Subject._meta.concrete_fields
    if field.name not in {"id", "region", "registration"}
]
_ASIDE = 1000
_FACT_LISTS = {"recruitment": "recruitment", "means": "means", "signals": "signal"}


def key(code_list: str, code: str | None) -> str | None:
    """The foreign key of a code: ``form`` and ``SEX`` → ``form.SEX``."""
    return f"{code_list}.{code}" if code else None


def columns(answers: Answers) -> dict[str, object]:
    """The columns of the registration's own row."""
    return {
        **{name: getattr(answers, name) for name in _PLAIN},
        **{f"{name}_id": getattr(answers, name) for name in _PLACES},
        **{f"{name}_id": key(codes, getattr(answers, name)) for name, codes in _CODED.items()},
        "received_on": answers.received.day,
        "received_precision": answers.received.precision,
    }


def write_columns(registration: Registration, answers: Answers) -> None:
    """Set the columns. Does not save."""
    for name, value in columns(answers).items():
        setattr(registration, name, value)


def replace_parts(registration: Registration, answers: Answers, changed: Collection[str]) -> None:
    """Write the parts anew of which an answer changed. Does not save the registration."""
    if "forms" in changed:
        registration.classifications.all().delete()
        Classification.objects.bulk_create(_classifications(registration, answers.forms))
    if not _FACT_LISTS.keys().isdisjoint(changed):
        registration.coded_facts.all().delete()
        CodedFact.objects.bulk_create(_coded_facts(registration, answers))
    if "subjects" in changed:
        _replace_subjects(registration, answers.subjects)


def _replace_subjects(registration: Registration, answers: Iterable[SubjectAnswer]) -> None:
    """Somebody who stays keeps their row: what is sealed about them hangs on it."""
    before = {row.pk for row in registration.subjects.all()}
    rows = _subjects(registration, answers, known=before)
    staying = [row for row in rows if row.pk in before]
    own = Subject.objects.filter(registration=registration)
    own.exclude(pk__in=[row.pk for row in staying]).delete()
    # Out of the way: two people may change places.
    own.update(position=F("position") + _ASIDE)
    Subject.objects.bulk_update(staying, _SUBJECT_COLUMNS)
    Subject.objects.bulk_create(row for row in rows if row.pk not in before)
    # What was read along before is no longer so.
    getattr(registration, "_prefetched_objects_cache", {}).pop("subjects", None)


def add_parts(registration: Registration, answers: Answers) -> None:
    """The forms, coded facts and people of a new registration."""
    Classification.objects.bulk_create(_classifications(registration, answers.forms))
    CodedFact.objects.bulk_create(_coded_facts(registration, answers))
    Subject.objects.bulk_create(_subjects(registration, answers.subjects))


def _classifications(
    registration: Registration, forms: Iterable[FormAnswer]
) -> list[Classification]:
    return [
        Classification(
            region_id=registration.region_id,
            registration=registration,
            form_id=f"form.{code}",
            certainty_id=key("certainty", answer.certainty),
        )
        for answer in forms
        for code in (answer.form, *answer.sub_forms)
    ]


def _coded_facts(registration: Registration, answers: Answers) -> list[CodedFact]:
    return [
        CodedFact(
            region_id=registration.region_id,
            registration=registration,
            entry_id=f"{code_list}.{code}",
        )
        for name, code_list in _FACT_LISTS.items()
        for code in getattr(answers, name)
    ]


def _subjects(
    registration: Registration,
    subjects: Iterable[SubjectAnswer],
    *,
    known: Collection[UUID] = (),
) -> list[Subject]:
    """An id that is not `known` to be of this registration counts for nothing."""
    return [
        Subject(
            id=subject.id if subject.id in known else uuid4(),
            region_id=registration.region_id,
            registration=registration,
            position=position,
            role_id=f"subject_role.{subject.role}",
            also_role_id=key("subject_role", subject.also_role),
            age_band_id=key("age_band", subject.age_band),
            minor_at_start=_text(subject.minor_at_start),
            minor_at_report=_text(subject.minor_at_report),
            sex_id=key("sex", subject.sex),
            nationality_group_id=key("nationality_group", subject.nationality_group),
        )
        for position, subject in enumerate(subjects, start=1)
    ]


def _text(answer: Answer | None) -> str:
    return answer.value if answer else ""
