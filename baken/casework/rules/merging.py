"""Two versions of one registration, put together answer by answer."""

from collections.abc import Mapping
from dataclasses import replace

from baken.casework.rules.answers import Answers, changed_answers

MINE, THEIRS = "mine", "theirs"
# The main form is one of the forms: where both differ, it goes along with them.
_GOES_WITH = {"primary_form": "forms"}


class NotAllChosen(Exception):
    """Kies bij elk verschil welk antwoord blijft."""


def to_choose(mine: Answers, theirs: Answers) -> dict[str, str]:
    """The answers that differ, in the order of the form, each with the answer that decides about it:
    itself, or the one it goes along with."""
    names = changed_answers(mine, theirs)
    leaders = {name: _GOES_WITH.get(name, name) for name in names}
    return {name: leader if leader in names else name for name, leader in leaders.items()}


def merged(mine: Answers, theirs: Answers, chosen: Mapping[str, str]) -> Answers:
    """My version, with theirs where `chosen` (answer → `MINE` or `THEIRS`) says so. Raises `NotAllChosen`."""
    deciding = to_choose(mine, theirs)
    if any(chosen.get(leader) not in (MINE, THEIRS) for leader in deciding.values()):
        raise NotAllChosen(sorted(deciding))
    taken = {
        name: getattr(theirs, name) for name, leader in deciding.items() if chosen[leader] == THEIRS
    }
    return replace(mine, **taken)
