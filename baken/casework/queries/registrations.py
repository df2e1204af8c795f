"""Finding registrations, and reading one back as answers."""

from uuid import UUID

from django.db.models import ForeignKey, Model

from baken.accounts.interface import Member, NotInRegion, Permission
from baken.casework.models import Registration, Subject
from baken.casework.models.registration import RegistrationQuerySet
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.states import Answer, Kind, Urgency

_ENTRY = "taxonomy.Entry"
PARTS = ("classifications", "coded_facts", "subjects")


class NoSuchRegistration(NotInRegion):
    """Deze registratie bestaat niet, of niet in uw regio."""


def visible_to(by: Member) -> RegistrationQuerySet:
    """The registrations of the member's region; `NotAllowed` for who may not see any."""
    by.check(Permission.SEE_REGISTRATIONS)
    return Registration.objects.of_region(by.region.pk)


def find_registration(registration_id: UUID, *, by: Member) -> Registration:
    """One registration with its parts; a foreign id answers like an unknown one."""
    found = visible_to(by).filter(pk=registration_id).prefetch_related(*PARTS).first()
    if found is None:
        raise NoSuchRegistration(registration_id)
    return found


def code_of(key: str | None) -> str | None:
    """The code behind the list's name in a foreign key: ``form.SEX.HOTEL`` → ``SEX.HOTEL``."""
    return key.partition(".")[2] if key else None


def answers_of(registration: Registration) -> Answers:
    """What a registration holds, as the form would yield it."""
    return Answers(
        kind=Kind(registration.kind),
        received=registration.received,
        origin=registration.origin,
        legal_frame=code_of(registration.legal_frame_id),
        urgency=Urgency(registration.urgency),
        channel=code_of(registration.channel_id),
        source_group=code_of(registration.source_group_id),
        reporter_is_professional=registration.reporter_is_professional,
        anonymity=registration.anonymity,
        home_municipality=registration.home_municipality_id,
        exploitation_municipality=registration.exploitation_municipality_id,
        reporter_municipality=registration.reporter_municipality_id,
        forms=_forms(registration),
        primary_form=code_of(registration.primary_form_id),
        route=code_of(registration.route_id),
        sector=code_of(registration.sector_id),
        relation=code_of(registration.relation_id),
        recruitment=_facts(registration, "recruitment"),
        means=_facts(registration, "means"),
        signals=_facts(registration, "signal"),
        subjects=_subjects(registration),
        concerns_minor=registration.concerns_minor,
        concerns_several=registration.concerns_several,
        external_number=registration.external_number,
    )


def entries_in_use(registration: Registration) -> frozenset[str]:
    """Ids of the code-list entries a registration has (``form.SEX``): each stays an answer to it, also
    when it has been switched off since."""
    rows: list[Model] = [registration]
    for part in PARTS:
        rows += getattr(registration, part).all()
    ids = (getattr(row, name) for row in rows for name in _entry_columns(type(row)))
    return frozenset(entry_id for entry_id in ids if entry_id)


def _entry_columns(model: type[Model]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.model._meta.label == _ENTRY
    ]


def _forms(registration: Registration) -> tuple[FormAnswer, ...]:
    rows = {code_of(row.form_id) or "": row for row in registration.classifications.all()}
    mains = [code for code in rows if "." not in code]
    return tuple(
        FormAnswer(
            form=main,
            certainty=code_of(rows[main].certainty_id),
            sub_forms=tuple(sorted(code for code in rows if code.startswith(f"{main}."))),
        )
        for main in sorted(mains)
    )


def _facts(registration: Registration, code_list: str) -> tuple[str, ...]:
    keys = [fact.entry_id for fact in registration.coded_facts.all()]
    return tuple(sorted(code_of(key) or "" for key in keys if key.startswith(f"{code_list}.")))


def _subjects(registration: Registration) -> tuple[SubjectAnswer, ...]:
    rows = sorted(registration.subjects.all(), key=lambda row: row.position)
    return tuple(_subject(row) for row in rows)


def _subject(row: Subject) -> SubjectAnswer:
    return SubjectAnswer(
        id=row.pk,
        role=code_of(row.role_id) or "",
        also_role=code_of(row.also_role_id),
        age_band=code_of(row.age_band_id),
        minor_at_start=Answer(row.minor_at_start) if row.minor_at_start else None,
        minor_at_report=Answer(row.minor_at_report) if row.minor_at_report else None,
        sex=code_of(row.sex_id),
        nationality_group=code_of(row.nationality_group_id),
    )
