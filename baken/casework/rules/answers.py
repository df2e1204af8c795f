"""What was answered about one registration, as values: codes of the lists, municipality codes, dates."""

from dataclasses import dataclass, field, fields
from uuid import UUID

from baken.casework.states import Answer, IdentityKind, Kind, Urgency
from baken.lib.dates import PartialDate


@dataclass(frozen=True, kw_only=True)
class FormAnswer:
    """One form of exploitation: its entry, how certain, and its sub-forms."""

    form: str
    certainty: str | None = None
    sub_forms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IdentityAnswer:
    """One thing that tells who somebody is, as it was typed."""

    kind: IdentityKind
    value: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What was typed in words about one registration. It is sealed, and never compared or shown with the
    answers. `summary` is None when it is left as it was; `reporter` is added to what is known of them."""

    summary: str | None = field(default=None, repr=False)
    reporter: tuple[IdentityAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SubjectAnswer:
    """One person, as coded facts. Only the role is always known. `id` is the row of somebody who was
    registered before; `identities` are added to what is known of them."""

    id: UUID | None = field(default=None, compare=False)
    identities: tuple[IdentityAnswer, ...] = field(default=(), compare=False, repr=False)
    role: str
    also_role: str | None = None  # victims of criminal exploitation are often suspects as well
    age_band: str | None = None
    minor_at_start: Answer | None = None
    minor_at_report: Answer | None = None
    sex: str | None = None
    nationality_group: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Everything a registration form yields. None and () mean *leeg*: not filled in."""

    kind: Kind
    received: PartialDate
    origin: str = ""
    legal_frame: str | None = None
    urgency: Urgency = Urgency.NORMAL
    channel: str | None = None
    source_group: str | None = None
    reporter_is_professional: str = ""
    anonymity: str = ""
    home_municipality: str | None = None
    exploitation_municipality: str | None = None
    reporter_municipality: str | None = None
    forms: tuple[FormAnswer, ...] = ()
    primary_form: str | None = None
    route: str | None = None
    sector: str | None = None
    relation: str | None = None
    recruitment: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    subjects: tuple[SubjectAnswer, ...] = field(default=())
    concerns_minor: str = ""
    concerns_several: str = ""
    external_number: str = ""


def changed_answers(before: Answers, after: Answers) -> list[str]:
    """Names of the answers that differ, in the order of the form."""
    names = [field.name for field in fields(Answers)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]
