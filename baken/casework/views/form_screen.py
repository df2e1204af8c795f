"""The registration form on screen: what is in it, and what it still needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from baken.accounts.interface import Member
from baken.casework.forms.draft import answered, as_posted, kind_typed, lost_to_kind
from baken.casework.forms.form_rows import FormRow, form_rows
from baken.casework.forms.registration import RegistrationForm, as_typed, initial_of
from baken.casework.forms.subjects import BaseSubjectFormSet, SubjectFormSet
from baken.casework.models import Draft, Registration
from baken.casework.queries.drafts import answers_in
from baken.casework.queries.registrations import answers_of, entries_in_use
from baken.casework.queries.words import words_of
from baken.casework.rules.answers import Answers
from baken.casework.rules.completeness import needed_for, still_needed
from baken.casework.states import Kind
from baken.casework.views.comparison import LABELS
from baken.keys.interface import KeystoreAway, NoSeat, NotUnlocked
from baken.lib.dates import PartialDate, Precision


@dataclass(frozen=True)
class Screen:
    """One registration form on screen: the fields, the people, and the draft behind them."""

    form: RegistrationForm
    subjects: BaseSubjectFormSet
    draft_id: UUID
    registration: Registration | None = None
    version: int = 0

    @property
    def formsets(self) -> list[BaseSubjectFormSet]:
        return [self.subjects]

    @property
    def form_rows(self) -> list[FormRow]:
        return form_rows(self.form)

    @property
    def long_lists(self) -> list[BoundField]:
        """Lists too long to stand open."""
        return [self.form[name] for name in ("signals", "recruitment", "means")]

    @property
    def shows_summary(self) -> bool:
        """A form that was posted shows what it was posted with."""
        if self.form.is_bound:
            return self.registration is None or "summary" in self.form.data
        return self.registration is None or self.form.initial.get("summary") is not None

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.subjects.is_valid()])

    def answers(self) -> Answers:
        return self.form.answers(self.subjects.answers())


def empty_screen(member: Member, *, kind: str) -> Screen:
    """A new form: received today, and nothing else that nobody chose, since it would become a figure. A
    kind that does not exist is no kind."""
    today = PartialDate(timezone.localdate(), Precision.DAY)
    known = kind if kind in Kind.values else ""
    initial = {"received": as_typed(today), "kind": known}
    return _screen(member, uuid4(), None, initial=initial)


def draft_screen(member: Member, draft: Draft) -> Screen:
    """Going on with a draft of something new."""
    return _screen(member, draft.pk, as_posted(answers_in(draft, by=member)))


def registration_screen(member: Member, registration: Registration, draft: Draft | None) -> Screen:
    """A registration as it is, or the member's own unfinished change of it. That change keeps the
    version it started from, so that it cannot silently overwrite what a colleague did since."""
    answers = answers_of(registration)
    return _screen(
        member,
        draft.pk if draft else uuid4(),
        as_posted(answers_in(draft, by=member)) if draft else None,
        registration=registration,
        initial={**initial_of(answers), "summary": _summary(registration, member)},
        people=[subject.__dict__ for subject in answers.subjects],
    )


def posted_screen(
    member: Member, posted: QueryDict, registration: Registration | None = None
) -> Screen:
    return _screen(member, uuid_or_new(posted.get("draft", "")), posted, registration)


def uuid_or_new(text: object) -> UUID:
    """The id in a posted field; a fresh one when somebody tampered with it."""
    try:
        return UUID(str(text))
    except ValueError:
        return uuid4()


def kind_on(screen: Screen) -> Kind | None:
    """The kind that is chosen by now."""
    if screen.form.is_bound:
        return kind_typed(screen.form)
    known = screen.form.initial.get("kind")
    return Kind(known) if known else None


def progress(screen: Screen, saved_at: object = None) -> dict[str, object]:
    """What is still needed, and what this kind will not keep."""
    form = screen.form
    found = answered(form) if form.is_bound else dict(form.initial)
    kind = kind_on(screen)
    needed = [name for name in still_needed(kind, found) if name not in form.excused]
    return {
        "needed": [(name, form[name].label, _target(form[name])) for name in needed],
        "kind": kind,
        "saved_at": saved_at,
        "dropped": _dropped(screen) if form.is_bound else [],
    }


def _summary(registration: Registration, member: Member) -> str | None:
    """None when it stays closed for this member: then it is not on the page either."""
    try:
        return words_of(registration, by=member).summary
    except (NoSeat, NotUnlocked, KeystoreAway):
        return None


def _target(field: BoundField) -> str:
    """Where a link to the field goes: to its first choice when it is a group of choices."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


def _dropped(screen: Screen) -> list[str]:
    """Labels of what is filled in now and would be lost in a registration of this kind."""
    return [str(LABELS[name]) for name in lost_to_kind(screen.form, screen.subjects)]


def _screen(
    member: Member,
    draft_id: UUID,
    posted: QueryDict | None,
    registration: Registration | None = None,
    initial: Mapping[str, object] | None = None,
    people: list[dict[str, object]] | None = None,
) -> Screen:
    today = timezone.localdate()
    current = entries_in_use(registration) if registration else frozenset[str]()
    if posted is not None and "add_subject" in posted:
        posted = _with_another_row(posted)
    return Screen(
        form=RegistrationForm(
            posted,
            member=member,
            today=today,
            current=current,
            kind=Kind(registration.kind) if registration else None,
            excused=_excused(registration),
            initial=dict(initial or {}),
        ),
        subjects=SubjectFormSet(
            posted,
            prefix="subjects",
            initial=people or [],
            form_kwargs={"today": today, "current": current},
        ),
        draft_id=draft_id,
        registration=registration,
        version=_version(posted, registration),
    )


def _excused(registration: Registration | None) -> frozenset[str]:
    """What an imported registration does not say need not be made up to change something else."""
    if registration is None or registration.imported_by_id is None:
        return frozenset()
    answers = answers_of(registration)
    return frozenset(n for n in needed_for(answers.kind) if not getattr(answers, n))


def _version(posted: QueryDict | None, registration: Registration | None) -> int:
    """The version the form started from; none at all (0) when somebody tampered with it."""
    if posted is not None:
        started_from = str(posted.get("version", ""))
        return int(started_from) if started_from.isdecimal() else 0
    return registration.version if registration else 0


def _with_another_row(posted: QueryDict) -> QueryDict:
    data = posted.copy()
    total = data.get("subjects-TOTAL_FORMS", "0")
    data["subjects-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() else 1)
    return data
