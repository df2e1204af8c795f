"""Inviting, sending again, withdrawing; the code, and becoming a colleague."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import (
    account_with,
    invitation_of,
    is_colleague,
    lock_invitation,
)
from baken.accounts.invitations.rules import (
    TRIES,
    VALID_FOR,
    code_hash,
    is_same,
    new_code,
    new_token,
    roles_given_by,
    token_hash,
)
from baken.accounts.invitations.states import LISTED, InvitationState
from baken.accounts.members import Member, NotAllowed
from baken.accounts.models import Membership, User
from baken.accounts.permissions import Permission, Role
from baken.audit.interface import Actor, Stream, record
from baken.lib.tenancy import region_scope
from baken.mail.interface import InvitationMail, ResetMail, cancel_mail, queue_mail

# Somebody at the door who has a link: nobody yet.
GUEST = Actor("guest", "invitation")


class AlreadyColleague(Exception):
    """Dit e-mailadres is al van een collega."""


class AlreadyInvited(Exception):
    """Voor dit e-mailadres staat al een uitnodiging open. Verstuur die opnieuw, of trek hem eerst in."""


class NoRole(Exception):
    """Kies ten minste één rol."""


class HasAccount(Exception):
    """Bij dit e-mailadres hoort al een account. Log daarmee in om de uitnodiging aan te nemen."""


@dataclass(frozen=True)
class Invited:
    """Who is invited, and as what."""

    name: str
    email: str
    roles: frozenset[Role]
    language: str


@dataclass(frozen=True)
class Issued:
    """An invitation on its way. The code is shown once, to the inviter, and stored nowhere."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite(*, invited: Invited, by: Member, now: datetime) -> Issued:
    """Mail a link to somebody who is to become a colleague.

    Raises `NoRole`, `NotAllowed`, `AlreadyColleague`, `AlreadyInvited`, `BadAddress`.
    """
    by.check(Permission.MANAGE_COLLEAGUES)
    _check_roles(invited.roles, by)
    email = invited.email.lower()
    if is_colleague(email, by):
        raise AlreadyColleague
    if Invitation.objects.filter(region=by.region, email=email, state__in=LISTED).exists():
        raise AlreadyInvited
    invitation = Invitation(
        pk=uuid4(),
        region=by.region,
        name=invited.name,
        email=email,
        roles=sorted(invited.roles),
        language=invited.language,
        invited_by_id=by.user_id,
        created_at=now,
    )
    return _send("invitation.sent", invitation, by=by, now=now)


def _check_roles(roles: frozenset[Role], by: Member) -> None:
    if not roles:
        raise NoRole
    is_system = by.user_id is None
    if not is_system and not roles <= roles_given_by(by.roles):
        raise NotAllowed(roles)


@transaction.atomic
def resend_invitation(*, invitation_id: UUID, by: Member, now: datetime) -> Issued:
    """A new link and a new code; the old ones open nothing any more. Raises `NotInRegion`."""
    by.check(Permission.MANAGE_COLLEAGUES)
    invitation = lock_invitation(invitation_id, by=by)
    _check_roles(frozenset(Role(role) for role in invitation.roles), by)
    cancel_mail(mail_id=invitation.mail_id, by=by.actor, now=now)
    return _send("invitation.resent", invitation, by=by, now=now)


def _send(event: str, invitation: Invitation, *, by: Member, now: datetime) -> Issued:
    issued = issue(invitation, mail=InvitationMail, valid_for=VALID_FOR, by=by, now=now)
    _log(event, invitation, actor=by.actor, at=now, detail={"roles": ", ".join(invitation.roles)})
    return issued


def issue(
    invitation: Invitation,
    *,
    mail: type[InvitationMail | ResetMail],
    valid_for: timedelta,
    by: Member,
    now: datetime,
) -> Issued:
    """Mail a link, and make the code that goes with it; part of an action, which writes it down."""
    token, code = new_token(), new_code()
    invitation.state, invitation.wrong_codes = InvitationState.OPEN, 0
    invitation.token_hash = token_hash(token)
    invitation.code_hash = code_hash(code, invitation.token_hash)
    invitation.valid_until = now + valid_for
    invitation.mail_id = queue_mail(
        to=invitation.email,
        context=mail(path=f"/uitnodiging/?sleutel={token}", until=invitation.valid_until),
        language=invitation.language,
        by=by.actor,
        now=now,
        expires_at=invitation.valid_until,
    )
    invitation.save()
    return Issued(invitation, code)


@transaction.atomic
def withdraw_invitation(*, invitation_id: UUID, by: Member, now: datetime) -> None:
    """The link opens nothing any more; a mail that did not leave yet stays. Raises `NotInRegion`."""
    by.check(Permission.MANAGE_COLLEAGUES)
    invitation = lock_invitation(invitation_id, by=by)
    cancel_mail(mail_id=invitation.mail_id, by=by.actor, now=now)
    invitation.end(InvitationState.WITHDRAWN)
    _log("invitation.withdrawn", invitation, actor=by.actor, at=now)


@transaction.atomic
def try_code(*, token_hash: str, code: str, by: Actor, now: datetime) -> int:
    """How many tries are left after this one; -1 when the code is right.

    The fifth wrong code ends the link. Answers without raising, so that a wrong try is written down
    whatever comes after. Raises a `DeadLink`.
    """
    invitation = invitation_of(token_hash, now, lock=True)
    if is_same(code_hash(code, token_hash), invitation.code_hash):
        return -1
    invitation.wrong_codes += 1
    if invitation.wrong_codes >= TRIES:
        invitation.state = InvitationState.VOID
    invitation.save()
    with region_scope(invitation.region_id):
        detail = {"tries": invitation.wrong_codes}
        event = "passphrase.wrong_code" if invitation.is_reset else "invitation.wrong_code"
        _log(event, invitation, actor=by, at=now, detail=detail)
    return TRIES - invitation.wrong_codes


@transaction.atomic
def accept_invitation(*, token_hash: str, passphrase: str, by: Actor, now: datetime) -> User:
    """Somebody who gave the right code chose a passphrase, and is a colleague from now on.

    Raises a `DeadLink`; `HasAccount` when the address has one, because whoever invites must not be able
    to replace somebody's passphrase.
    """
    invitation = invitation_of(token_hash, now, lock=True)
    if account_with(invitation.email):
        raise HasAccount
    user = User.objects.create(
        email=invitation.email,
        name=invitation.name,
        password=make_password(passphrase),
        created_at=now,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _join(invitation, user, now)
    return user


@transaction.atomic
def accept_with_account(*, token_hash: str, user: User, by: Actor, now: datetime) -> None:
    """A colleague of another region takes on roles here. Raises a `DeadLink`; also when the invitation is
    for somebody else."""
    invitation = invitation_of(token_hash, now, lock=True)
    if invitation.is_reset or account_with(invitation.email) != user:
        raise HasAccount
    _join(invitation, user, now)


def _join(invitation: Invitation, user: User, now: datetime) -> None:
    actor, today = Actor("user", str(user.pk), user.name), timezone.localdate(now)
    with region_scope(invitation.region_id):
        for role in invitation.roles:
            _row, is_new = Membership.objects.get_or_create(
                user=user,
                region_id=invitation.region_id,
                role=role,
                valid_to=None,
                defaults={"valid_from": today},
            )
            if is_new:
                _log_member(invitation, user, role, actor=actor, at=now)
        invitation.end(InvitationState.ACCEPTED)
        _log("invitation.accepted", invitation, actor=actor, at=now)


def _log_member(
    invitation: Invitation, user: User, role: str, *, actor: Actor, at: datetime
) -> None:
    record(
        "member.added",
        actor=actor,
        subject=f"user:{user.pk}",
        region=invitation.region_id,
        stream=Stream.SECURITY,
        at=at,
        detail={"role": role, "invitation": str(invitation.pk)},
    )


def _log(
    event: str,
    invitation: Invitation,
    *,
    actor: Actor,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    record(
        event,
        actor=actor,
        subject=invitation.subject,
        region=invitation.region_id,
        stream=Stream.SECURITY,
        at=at,
        detail=detail,
    )
