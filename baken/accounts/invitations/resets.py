"""A passphrase that is lost: an administrator offers a new one, its owner chooses it, and it opens nothing.

What a colleague could open goes with the passphrase. Access comes back from a colleague who has it: never
from whoever offered the new one.
"""

from datetime import datetime
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import QuerySet

from baken.accounts.actions import AlreadyDisabled, OwnRights, actor_of, record_for
from baken.accounts.invitations.actions import Issued, issue
from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import (
    DeadLink,
    LinkWithdrawn,
    invitation_of,
    reset_for,
)
from baken.accounts.invitations.rules import RESET_VALID_FOR
from baken.accounts.invitations.states import InvitationState
from baken.accounts.members import Member, NotInRegion
from baken.accounts.models import Membership, User
from baken.accounts.permissions import Permission
from baken.accounts.sessions import end_sessions_of
from baken.audit.interface import Stream, record
from baken.keys.interface import drop_seats, make_own_key
from baken.lib.tenancy import region_scope
from baken.mail.interface import ResetMail, cancel_mail
from baken.organisations.interface import Region, teams_of


class SamePassphrase(Exception):
    """Dit is de wachtwoordzin die u al had. Weet u hem weer? Log dan gewoon in: uw toegang blijft zoals hij
    was."""


class NoFactors(Exception):
    """Deze collega heeft geen tweede factor. Bij het inloggen wordt die ingesteld."""


class WorksElsewhere(Exception):
    """Deze collega werkt ook voor een andere regio, en daar gaat u niet over. Laat daar eerst de toegang
    afsluiten; daarna kunt u de tweede factor weghalen."""


@transaction.atomic
def send_reset(*, user_id: UUID, language: str, by: Member, now: datetime) -> Issued:
    """Mail a colleague a link to choose a new passphrase; one that was sent before opens nothing any more.

    Until it is chosen nothing changes. Raises `OwnRights`, `NotInRegion`, `AlreadyDisabled`.
    """
    user = _colleague(user_id, by)
    reset = reset_for(user_id, by=by, lock=True)
    if reset is None:
        reset = Invitation(pk=uuid4(), region=by.region, roles=[], for_user=user, created_at=now)
    else:
        cancel_mail(mail_id=reset.mail_id, by=by.actor, now=now)
    reset.name, reset.email, reset.language = user.name, user.email, language
    reset.invited_by_id = by.user_id
    issued = issue(reset, mail=ResetMail, valid_for=RESET_VALID_FOR, by=by, now=now)
    _record("passphrase.reset_sent", user, by, now)
    return issued


@transaction.atomic
def withdraw_reset(*, user_id: UUID, by: Member, now: datetime) -> None:
    """The link opens nothing any more. Raises `OwnRights`, and `NotInRegion` when there is none."""
    user = _colleague(user_id, by, also_disabled=True)
    reset = reset_for(user_id, by=by, lock=True)
    if reset is None:
        raise NotInRegion(user_id)
    cancel_mail(mail_id=reset.mail_id, by=by.actor, now=now)
    reset.end(InvitationState.WITHDRAWN)
    _record("passphrase.reset_withdrawn", user, by, now)


@transaction.atomic
def reset_passphrase(*, token_hash: str, passphrase: str, now: datetime) -> User:
    """Somebody who gave the right code chose a new passphrase: with new keys, and out everywhere.

    Must not run inside the scope of a region. Raises a `DeadLink`, also when the colleague was disabled
    since; `SamePassphrase`, which is asked last, so that a link is good for one guess at most.
    """
    reset = invitation_of(token_hash, now, lock=True)
    user = reset.for_user
    if user is None:
        raise DeadLink
    if not _is_let_in(user.pk, reset.region_id):
        raise LinkWithdrawn
    if check_password(passphrase, user.password):
        raise SamePassphrase
    user.password = make_password(passphrase)
    user.save(update_fields=["password"])
    end_sessions_of(user)
    make_own_key(user_id=user.pk, passphrase=passphrase, by=actor_of(user), now=now)
    _lose_seats(user, now)
    reset.end(InvitationState.ACCEPTED)
    record_for(user, "passphrase.reset", now=now)
    return user


@transaction.atomic
def remove_second_factors(*, user_id: UUID, by: Member, now: datetime) -> None:
    """A colleague who lost their second factor sets up a new one at the next log-in.

    Raises `OwnRights`, `NotInRegion`, `AlreadyDisabled`, `NoFactors`; `WorksElsewhere` because what this
    makes easier would reach another region.
    """
    user = _colleague(user_id, by)
    if _let_in(user.pk).exclude(region=by.region).exists():
        raise WorksElsewhere
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise NoFactors
    end_sessions_of(user)
    _record("second_factor.removed", user, by, now)


def _colleague(user_id: UUID, by: Member, *, also_disabled: bool = False) -> User:
    """Somebody else of the member's region, locked until the end of the action."""
    by.check(Permission.MANAGE_COLLEAGUES)
    if user_id == by.user_id:
        raise OwnRights
    if not Membership.objects.open().filter(user=user_id, region=by.region).exists():
        raise NotInRegion(user_id)
    if not also_disabled and not _is_let_in(user_id, by.region.pk):
        raise AlreadyDisabled
    return User.objects.select_for_update().get(pk=user_id)


def _is_let_in(user_id: UUID, region_id: UUID) -> bool:
    return _let_in(user_id).filter(region_id=region_id).exists()


def _let_in(user_id: UUID) -> QuerySet[Membership]:
    return Membership.objects.open().filter(user=user_id, disabled_at=None)


def _lose_seats(user: User, now: datetime) -> None:
    """In every region they ever worked for: whoever turns keys must find no seat of theirs."""
    regions = Membership.objects.filter(user=user).values("region_id")
    for region in Region.objects.filter(pk__in=regions).order_by("pk"):
        with region_scope(region.pk):
            for team in teams_of(region):
                drop_seats(team=team, user_id=user.pk, by=actor_of(user), now=now)


def _record(event: str, user: User, by: Member, now: datetime) -> None:
    record(
        event,
        actor=by.actor,
        subject=f"user:{user.pk}",
        region=by.region.pk,
        stream=Stream.SECURITY,
        at=now,
    )
