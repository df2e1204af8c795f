"""Where a search is: carried by the page, signed, so that a next slice is one of a search that was logged."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.signing import BadSignature, dumps, loads

from baken.accounts.interface import Member
from baken.casework.queries.search import Position, SearchFilter, Slice

SALT = "casework.search"
GOES_ON_SECONDS = 3600


class NotThisSearch(Exception):
    """Deze zoekactie is verlopen. Zoek opnieuw."""


@dataclass(frozen=True)
class Progress:
    """`asks` ties it to what is searched for, and by whom."""

    asks: str
    until: datetime
    total: int
    done: int = 0
    closed: int = 0
    found: int = 0
    after: Position | None = None

    @property
    def is_finished(self) -> bool:
        return self.after is None

    def past(self, part: Slice) -> "Progress":
        return replace(
            self,
            done=self.done + part.done,
            closed=self.closed + part.closed,
            found=self.found + len(part.hits),
            after=part.after,
        )


def asks_of(text: str, wanted: SearchFilter, by: Member) -> str:
    """A hash of the question, with who asks it and where."""
    parts = (
        text,
        wanted.kind,
        wanted.state,
        wanted.from_day,
        wanted.to_day,
        by.user_id,
        by.region.pk,
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def to_token(progress: Progress) -> str:
    return dumps(
        {
            **asdict(progress),
            "until": progress.until.isoformat(),
            "after": [progress.after.received_on.isoformat(), str(progress.after.id)]
            if progress.after
            else None,
        },
        salt=SALT,
    )


def from_token(token: str, *, asks: str) -> Progress:
    """Raises `NotThisSearch` for a token that is not ours, too old, or of another question."""
    try:
        said = loads(token, salt=SALT, max_age=GOES_ON_SECONDS)
    except BadSignature:
        raise NotThisSearch from None
    if said["asks"] != asks or said["after"] is None:
        raise NotThisSearch
    day, row = said["after"]
    said |= {
        "until": datetime.fromisoformat(said["until"]),
        "after": Position(date.fromisoformat(day), UUID(row)),
    }
    return Progress(**said)
