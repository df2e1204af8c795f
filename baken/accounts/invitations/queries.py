"""Reads over invitations: for the inviter by region, for the invited by the link alone."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.states import LISTED, InvitationState
from baken.accounts.members import Member, NotInRegion
from baken.accounts.models import Membership, User


class DeadLink(Exception):
    """Deze link werkt niet. Misschien is er een nieuwere: kijk in uw mail, of vraag uw collega om een
    nieuwe."""


class LinkUsed(DeadLink):
    """Deze link is al gebruikt. Was u dat? Log dan in. Was u het niet, bel dan nu uw collega."""


class LinkExpired(DeadLink):
    """Deze link is verlopen. Vraag uw collega om een nieuwe."""


class LinkWithdrawn(DeadLink):
    """Deze link is ingetrokken. Vraag uw collega of dat klopt."""


class LinkVoid(DeadLink):
    """Deze link is vervallen, omdat de code vijf keer verkeerd was. Vraag uw collega om een nieuwe."""


_DEAD = {
    InvitationState.ACCEPTED: LinkUsed,
    InvitationState.WITHDRAWN: LinkWithdrawn,
    InvitationState.VOID: LinkVoid,
}


def listed_invitations(by: Member) -> list[Invitation]:
    """Of the member's region, newest first: open ones, also when expired or void."""
    own = _listed(by).filter(for_user=None)
    return list(own.order_by("-created_at", "pk"))


def lock_invitation(invitation_id: UUID, *, by: Member) -> Invitation:
    """One of `listed_invitations`, until the end of the transaction. Raises `NotInRegion`."""
    found = _listed(by).filter(pk=invitation_id, for_user=None).select_for_update().first()
    if found is None:
        raise NotInRegion(invitation_id)
    return found


def reset_for(user_id: UUID, *, by: Member, lock: bool = False) -> Invitation | None:
    """A colleague's new passphrase that was sent and not chosen yet, also when expired or void."""
    found = _listed(by).filter(for_user=user_id)
    return (found.select_for_update() if lock else found).first()


def _listed(by: Member) -> QuerySet[Invitation]:
    return Invitation.objects.filter(region=by.region, state__in=LISTED)


def invitation_of(token_hash: str, now: datetime, *, lock: bool = False) -> Invitation:
    """The invitation a link opens; raises a `DeadLink` that says why there is none."""
    rows = Invitation.objects.filter(token_hash=token_hash)
    found = rows.select_for_update().first() if lock else rows.select_related("region").first()
    if found is None:
        raise DeadLink
    if found.state != InvitationState.OPEN:
        raise _DEAD[InvitationState(found.state)]
    if found.is_expired(now):
        raise LinkExpired
    return found


def account_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def is_colleague(email: str, by: Member) -> bool:
    """Whether the address belongs to somebody of the member's own region; of others we say nothing."""
    own = Membership.objects.filter(user__email__iexact=email, region=by.region, valid_to=None)
    return own.exists()
