"""By what somebody may be found again: blind indexes of single identifiers, and match keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from baken.casework.rules.answers import IdentityAnswer
from baken.casework.rules.identifiers import normal_form
from baken.casework.rules.matching import match_keys, person_of
from baken.casework.states import INDEXED, IdentityKind
from baken.vault.interface import blind_index


@dataclass(frozen=True)
class Marks:
    """`identifiers` are (kind, index) of a phone number, e-mail address, plate or document."""

    identifiers: frozenset[tuple[str, bytes]] = frozenset()
    match_keys: frozenset[bytes] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.identifiers or self.match_keys)


def index_of(kind: IdentityKind, value: str, *, key: bytes) -> bytes | None:
    """The blind index of an identifier; None for what is none, or is not found by itself."""
    normal = normal_form(kind, value) if kind in INDEXED else None
    return blind_index(normal, key=key, field=kind) if normal else None


def keys_of(told: Iterable[IdentityAnswer], *, key: bytes) -> dict[bytes, str]:
    """The match keys of one person, each with what it combines."""
    person = person_of((each.kind, each.value) for each in told)
    return {
        blind_index(match.text, key=key, field=f"match-{match.kind}"): match.kind
        for match in match_keys(person)
    }


def marks_of(people: Iterable[tuple[IdentityAnswer, ...]], *, key: bytes) -> Marks:
    """Of what was told of each of several people."""
    told = list(people)
    indexes = (
        (each.kind, index_of(each.kind, each.value, key=key)) for one in told for each in one
    )
    return Marks(
        frozenset((kind.value, index) for kind, index in indexes if index),
        frozenset(found for one in told for found in keys_of(one, key=key)),
    )
