"""What each kind of registration keeps, and what is dropped when it becomes another kind.

An advies keeps no data about the people it is about, only coded facts: form, whether it concerns a minor,
one or more people (Handelingsprotocol Veilig Thuis 2019, advice chapters; `docs/adr/0004`).
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from baken.casework.rules.answers import Answers, SubjectAnswer
from baken.casework.states import CONVERSIONS, Anonymity, Answer, Kind

PRESUMED_VICTIM = "MSO"  # code in the list subject_role

# Age bands below eighteen (list age_band, where they stand under MIN).
MINOR_BANDS = frozenset({"MIN", "L00_11", "L12_15", "L16_17"})

# About the people, or leading to them: only a melding and an anonymous signal keep these.
ABOUT_PEOPLE = (
    "home_municipality",
    "exploitation_municipality",
    "route",
    "sector",
    "relation",
    "recruitment",
    "means",
    "signals",
    "subjects",
    "external_number",
)
WITHOUT_PEOPLE = frozenset({Kind.ADVICE, Kind.QUESTION})


class CannotConvert(Exception):
    """Deze registratie is al van deze soort."""


def keeps_people(kind: Kind | None) -> bool:
    """Everything but an advies and a question; also what has no kind yet."""
    return kind not in WITHOUT_PEOPLE


def kept_by_kind(answers: Answers) -> Answers:
    """The answers that a registration of this kind may keep; the rest is *leeg* again.

    An advies remembers of its people only whether a minor and whether several were concerned.
    """
    if answers.kind == Kind.ANONYMOUS_SIGNAL:
        answers = replace(answers, anonymity=Anonymity.UNKNOWN)
    if keeps_people(answers.kind):
        return with_people_counted(answers)
    if answers.kind == Kind.QUESTION:
        return replace(answers, **_emptied((*ABOUT_PEOPLE, "concerns_minor", "concerns_several")))
    return replace(
        answers,
        **_emptied(ABOUT_PEOPLE),
        concerns_minor=answers.concerns_minor or concerns_minor(answers.subjects),
        concerns_several=answers.concerns_several or concerns_several(answers.subjects),
    )


def dropped_by_kind(answers: Answers) -> tuple[str, ...]:
    """Names of the answers that are filled in now and would be lost in a registration of this kind."""
    kept = kept_by_kind(answers)
    return tuple(
        name for name in ABOUT_PEOPLE if getattr(answers, name) and not getattr(kept, name)
    )


def check_conversion(from_kind: Kind, to_kind: Kind) -> None:
    if to_kind not in CONVERSIONS[from_kind]:
        raise CannotConvert(to_kind)


def minor_by_age(age_band: str | None) -> str:
    """Whether somebody of this age band is a minor: yes, no, or "" when the band does not say."""
    if age_band in MINOR_BANDS:
        return Answer.YES
    return "" if age_band in {None, "UNK", "NVS"} else Answer.NO


def is_presumed_victim(subject: SubjectAnswer) -> bool:
    """In either role: somebody who is exploited to exploit others is a victim too."""
    return PRESUMED_VICTIM in (subject.role, subject.also_role)


def concerns_minor(subjects: Iterable[SubjectAnswer]) -> str:
    """Yes if any presumed victim is a minor at the report, no if none is, unknown if that was the
    answer about one of them; *leeg* without victims and as long as an answer about one is *leeg*."""
    answers = {s.minor_at_report for s in subjects if is_presumed_victim(s)}
    if Answer.YES in answers:
        return Answer.YES
    if Answer.UNKNOWN in answers:
        return Answer.UNKNOWN
    return Answer.NO if answers == {Answer.NO} else ""


def concerns_several(subjects: Iterable[SubjectAnswer]) -> str:
    """Whether more than one presumed victim was named; *leeg* without victims."""
    victims = sum(1 for s in subjects if is_presumed_victim(s))
    return "" if victims == 0 else Answer.YES if victims > 1 else Answer.NO


def with_people_counted(answers: Answers) -> Answers:
    """What the people say outweighs what was said about them: lists and figures then need not look at
    people. Without presumed victims the answers stay as they are."""
    if not any(is_presumed_victim(subject) for subject in answers.subjects):
        return answers
    return replace(
        answers,
        concerns_minor=concerns_minor(answers.subjects),
        concerns_several=concerns_several(answers.subjects),
    )


def _emptied(names: Iterable[str]) -> dict[str, Any]:
    defaults = {field.name: field.default for field in fields(Answers)}
    return {name: defaults[name] for name in names}
