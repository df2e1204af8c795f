"""The decisions of casework, as tables. No database."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.casework.rules.answers import Answers, SubjectAnswer, changed_answers
from baken.casework.rules.completeness import still_needed
from baken.casework.rules.kinds import (
    ABOUT_PEOPLE,
    CannotConvert,
    check_conversion,
    concerns_minor,
    concerns_several,
    dropped_by_kind,
    keeps_people,
    kept_by_kind,
)
from baken.casework.rules.numbers import new_number
from baken.casework.rules.steps import (
    AlreadyClosed,
    FormStillEmpty,
    StepNotPossible,
    check_closing,
    check_open,
    next_state,
    steps_from,
)
from baken.casework.states import TRANSITIONS, Anonymity, Kind, State, Step
from tests.factories import DAY, VICTIM, answers, full_answers

# --- what a kind keeps ---

KEEPS_ALL = {"report", "anonymous_signal"}
OF_PEOPLE = {
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
}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("name", [field.name for field in fields(Answers)])
def test_what_a_kind_keeps(kind, name):
    filled = replace(full_answers(), kind=kind)

    kept = getattr(kept_by_kind(filled), name)

    counted = {"concerns_minor", "concerns_several"} if kind == Kind.QUESTION else set()
    if name in OF_PEOPLE | counted and kind not in KEEPS_ALL:
        assert not kept
    elif name == "anonymity" and kind == Kind.ANONYMOUS_SIGNAL:
        assert kept == Anonymity.UNKNOWN
    else:
        assert kept == getattr(filled, name)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_kind_drops_of_everything(kind):
    dropped = dropped_by_kind(replace(full_answers(), kind=kind))

    assert set(dropped) == (set() if kind in KEEPS_ALL else OF_PEOPLE)
    assert keeps_people(kind) is (kind in KEEPS_ALL)


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_filled_in_nothing_dropped(kind):
    assert dropped_by_kind(answers(kind=kind)) == ()


def test_advice_remembers_of_its_people_only_minor_and_several():
    child = SubjectAnswer(role="MSO", minor_at_report="yes")

    kept = kept_by_kind(answers(kind=Kind.ADVICE, subjects=(child, VICTIM)))

    assert (kept.subjects, kept.concerns_minor, kept.concerns_several) == ((), "yes", "yes")


def test_what_was_said_about_an_advice_outweighs_its_people():
    said = answers(kind=Kind.ADVICE, subjects=(VICTIM,), concerns_minor="unknown")

    assert kept_by_kind(said).concerns_minor == "unknown"


def test_people_of_a_report_outweigh_what_an_earlier_version_said():
    adult = SubjectAnswer(role="MSO", minor_at_report="no")

    kept = kept_by_kind(answers(subjects=(adult,), concerns_minor="yes", concerns_several="yes"))

    assert (kept.concerns_minor, kept.concerns_several) == ("no", "no")


@given(st.sampled_from(Kind), st.sampled_from(Kind))
def test_keeping_twice_is_keeping_once(first, second):
    once = kept_by_kind(replace(full_answers(), kind=first))

    assert kept_by_kind(once) == once
    there = kept_by_kind(replace(once, kind=second))
    assert all(not getattr(there, name) for name in ABOUT_PEOPLE if not getattr(once, name))


# --- minor, several ---


@pytest.mark.parametrize(
    ("victims", "minor"),
    [
        ([], ""),
        (["yes"], "yes"),
        (["no"], "no"),
        (["unknown"], "unknown"),
        ([None], ""),  # leeg is not unknown
        (["no", "yes"], "yes"),
        (["no", "unknown"], "unknown"),
        (["unknown", "yes"], "yes"),
        (["no", None], ""),
        (["unknown", None], "unknown"),
    ],
)
def test_concerns_minor(victims, minor):
    people = [SubjectAnswer(role="MSO", minor_at_report=answer) for answer in victims]
    others = [SubjectAnswer(role="VUB", minor_at_report="yes")]

    assert concerns_minor([*people, *others]) == minor


@pytest.mark.parametrize(("victims", "several"), [(0, ""), (1, "no"), (2, "yes"), (9, "yes")])
def test_concerns_several(victims, several):
    others = [SubjectAnswer(role="VUB"), SubjectAnswer(role="GET")]

    assert concerns_several([VICTIM] * victims + others) == several


# --- what is still needed ---

_ALWAYS = ["received", "legal_frame", "channel", "source_group"]
NEEDED = {
    None: ["kind"],
    Kind.REPORT: [*_ALWAYS, "anonymity", "exploitation_municipality", "forms"],
    Kind.ANONYMOUS_SIGNAL: [*_ALWAYS, "exploitation_municipality", "forms"],
    Kind.ADVICE: [*_ALWAYS, "forms", "concerns_minor"],
    Kind.QUESTION: _ALWAYS,
}


@pytest.mark.parametrize("kind", [None, *Kind])
def test_needed_of_an_empty_form(kind):
    assert list(still_needed(kind, {"kind": kind})) == NEEDED[kind]


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in Kind for name in NEEDED[kind]])
def test_one_answer_missing(kind, name):
    filled = dict.fromkeys(NEEDED[kind], "x") | {"kind": kind}

    assert still_needed(kind, filled) == ()
    assert still_needed(kind, {**filled, name: ""}) == (name,)


# --- conversions ---


@pytest.mark.parametrize("from_kind", list(Kind))
@pytest.mark.parametrize("to_kind", list(Kind))
def test_conversion(from_kind, to_kind):
    if from_kind == to_kind:
        with pytest.raises(CannotConvert):
            check_conversion(from_kind, to_kind)
    else:
        check_conversion(from_kind, to_kind)


# --- steps ---

STEPS = """
          take    release reopen  close
new       active  .       .       closed
active    active  new     .       closed
closed    .       .       active  .
"""


def _steps():
    heads, *lines = STEPS.strip("\n").splitlines()
    for line in lines:
        state, *cells = line.split()
        for step, after in zip(heads.split(), cells, strict=True):
            yield State(state), Step(step), None if after == "." else State(after)


@pytest.mark.parametrize(("state", "step", "after"), list(_steps()))
def test_step(state, step, after):
    if after is None:
        with pytest.raises(StepNotPossible):
            next_state(state, step)
    else:
        assert next_state(state, step) == after
    assert (step in steps_from(state)) is (after is not None)


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_any_steps_stay_within_the_table(steps):
    state = State.NEW
    for step in steps:
        try:
            state = next_state(state, step)
        except StepNotPossible:
            assert (state, step) not in TRANSITIONS

    assert steps_from(state)  # there is always a way on
    assert state == State.CLOSED or Step.CLOSE in steps_from(state)


@pytest.mark.parametrize("has_form", [True, False])
@pytest.mark.parametrize("is_imported", [True, False])
@pytest.mark.parametrize("kind", list(Kind))
def test_closing_asks_for_a_form(kind, has_form, is_imported):
    if kind in KEEPS_ALL and not has_form and not is_imported:
        with pytest.raises(FormStillEmpty):
            check_closing(kind, has_form=has_form, is_imported=is_imported)
    else:
        check_closing(kind, has_form=has_form, is_imported=is_imported)


def test_closed_is_not_open():
    check_open(State.NEW)
    check_open(State.ACTIVE)
    with pytest.raises(AlreadyClosed):
        check_open(State.CLOSED)


# --- numbers, differences ---


def test_numbers_can_be_read_aloud_and_tell_nothing():
    numbers = {new_number() for _ in range(2000)}

    assert len(numbers) == 2000
    assert {len(number) for number in numbers} == {12}
    assert all(number.startswith("MH-") and number[7] == "-" for number in numbers)
    signs = set("".join(number[3:] for number in numbers))
    assert signs == set("-0123456789ABCDEFGHJKMNPQRSTVWXYZ")  # no I, L, O, U


def test_changed_answers_in_the_order_of_the_form():
    before = full_answers()

    after = replace(before, signals=(), received=replace(DAY, precision="month"), urgency=3)

    assert changed_answers(before, after) == ["received", "urgency", "signals"]
    assert changed_answers(before, before) == []
