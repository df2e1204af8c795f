"""What the log is about, by name: each app says how its own subjects are called and found.

`name_subjects` is called once, when the app is ready.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from baken.accounts.interface import Member


@dataclass(frozen=True)
class Named:
    """A subject in words; `url` is empty for who may not see it."""

    text: str
    url: str = ""


Names = Callable[[Iterable[str], Member], Mapping[str, Named]]
Find = Callable[[str, Member], str | None]
_names: dict[str, Names] = {}
_finders: dict[str, Find] = {}


def name_subjects(kind: str, names: Names, find: Find | None = None) -> None:
    """How subjects `kind:<id>` are called, and which id belongs to what somebody types."""
    _names[kind] = names
    if find:
        _finders[kind] = find


def named(subjects: Iterable[str], by: Member) -> dict[str, Named]:
    """The subjects that have a name the member may read; one question to each app."""
    ids: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _colon, own_id = subject.partition(":")
        if kind in _names and own_id:
            ids[kind].add(own_id)
    return {
        f"{kind}:{own_id}": name
        for kind, wanted in ids.items()
        for own_id, name in _names[kind](wanted, by).items()
    }


def find_subject(kind: str, text: str, by: Member) -> str | None:
    """``kind:<id>`` of what somebody typed, None when there is none."""
    own_id = _finders[kind](text, by) if kind in _finders else None
    return f"{kind}:{own_id}" if own_id else None
