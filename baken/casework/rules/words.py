"""Which words a registration may keep."""

from baken.casework.rules.identifiers import identifiers_in
from baken.casework.rules.kinds import keeps_people
from baken.casework.states import Kind


class NamesSomebody(Exception):
    """In een advies bewaren we niets waaraan iemand te herkennen is. Haal telefoonnummers, kentekens en
    e-mailadressen weg uit de tekst, of maak er een melding van."""


def check_words(kind: Kind, text: str | None) -> None:
    """Raises `NamesSomebody` for words that this kind may not keep."""
    if not keeps_people(kind) and text and identifiers_in(text):
        raise NamesSomebody
