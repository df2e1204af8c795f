"""Which step a registration allows, and what closing asks for."""

from baken.casework.states import TRANSITIONS, Kind, State, Step


class StepNotPossible(Exception):
    """Dat kan niet meer: de registratie is intussen veranderd."""


class FormStillEmpty(Exception):
    """Vul eerst de vorm van uitbuiting in. 'Onbekend' of 'niet vast te stellen' mag ook."""


class AlreadyClosed(Exception):
    """Deze registratie is afgesloten. Heropen haar eerst."""


def check_open(state: State) -> None:
    """What is closed stays as it is until somebody opens it again."""
    if state == State.CLOSED:
        raise AlreadyClosed(state)


def next_state(state: State, step: Step) -> State:
    """The state after this step; `StepNotPossible` when the step does not fit the state."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise StepNotPossible(f"{state}: {step}") from None


def steps_from(state: State) -> tuple[Step, ...]:
    return tuple(step for (origin, step) in TRANSITIONS if origin == state)


def check_closing(kind: Kind, *, has_form: bool, is_imported: bool) -> None:
    """A closed melding or signal is never *leeg*; what an old register left empty stays countable."""
    if kind in {Kind.REPORT, Kind.ANONYMOUS_SIGNAL} and not has_form and not is_imported:
        raise FormStillEmpty
