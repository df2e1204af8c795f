"""What takes two people, and for how long: one asks, another allows, who asked uses it once."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from baken.casework.states import RequestState

# How long a request waits to be allowed, and how long an allowed one may be used (security.md, P36).
WAITS, USABLE = timedelta(hours=24), timedelta(minutes=15)
OPEN = frozenset({RequestState.WAITING, RequestState.ALLOWED})


class TakesTwo(Exception):
    """Een tweede collega moet dit toestaan: niet uzelf."""


class NoLongerAsked(Exception):
    """Dit verzoek is verlopen, al gebruikt of niet toegestaan. Doe een nieuw verzoek."""


class Asked(Protocol):
    """A request as these rules see it; moments are None for what did not happen."""

    asked_by_id: UUID
    asked_at: datetime
    allowed_at: datetime | None
    used_at: datetime | None
    ended_by_id: UUID | None


def state_of(request: Asked, now: datetime) -> RequestState:
    """Where a request stands at this moment."""
    if request.used_at is not None:
        return RequestState.USED
    if request.ended_by_id is not None:
        is_own = request.ended_by_id == request.asked_by_id
        return RequestState.WITHDRAWN if is_own else RequestState.REFUSED
    if is_expired(request, now):
        return RequestState.EXPIRED
    return RequestState.ALLOWED if request.allowed_at is not None else RequestState.WAITING


def is_expired(request: Asked, now: datetime) -> bool:
    """A day after nobody allowed it, a quarter of an hour after somebody did."""
    if request.allowed_at is not None:
        return now - request.allowed_at > USABLE
    return now - request.asked_at > WAITS


def check_second(request: Asked, user_id: UUID | None) -> None:
    """Raises `TakesTwo` for who asked, and for the system, which is nobody."""
    if user_id is None or user_id == request.asked_by_id:
        raise TakesTwo


def check_waiting(request: Asked, now: datetime) -> None:
    """Raises `NoLongerAsked` for what cannot be allowed or refused any more."""
    if state_of(request, now) != RequestState.WAITING:
        raise NoLongerAsked


def check_usable(request: Asked, user_id: UUID | None, now: datetime) -> None:
    """Raises `NoLongerAsked` unless it was allowed just now, to this very person, and is unused."""
    if request.asked_by_id != user_id or state_of(request, now) != RequestState.ALLOWED:
        raise NoLongerAsked
