"""An invitation, or a colleague's way to a new passphrase: who, until when; of link and code only hashes."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from baken.accounts.invitations.states import InvitationState
from baken.accounts.permissions import Role


class Invitation(models.Model):
    """`token_hash` is the SHA-256 of what stands in the link; `code_hash` is keyed, so that a stolen table
    cannot try codes. Name and address go once the invitation is accepted or withdrawn. `for_user` is whose
    passphrase it replaces; None for an invitation, which never does that."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=16, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    roles = models.JSONField()
    language = models.CharField(max_length=8)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    mail_id = models.UUIDField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "email"],
                condition=Q(state__in=["open", "void"], for_user=None),
                name="accounts_one_invitation",
            ),
            models.UniqueConstraint(
                fields=["region", "for_user"],
                condition=Q(state__in=["open", "void"], for_user__isnull=False),
                name="accounts_one_reset",
            ),
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="accounts_invitation_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "void"]) | Q(name="", email=""),
                name="accounts_invitation_forgets",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation:{self.pk}"

    @property
    def is_reset(self) -> bool:
        return self.for_user_id is not None

    @property
    def subject(self) -> str:
        """What the log files it under."""
        return f"user:{self.for_user_id}" if self.is_reset else str(self)

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]

    def is_expired(self, now: datetime) -> bool:
        return now >= self.valid_until

    def end(self, state: InvitationState) -> None:
        """Accepted or withdrawn: who it was about is no longer anybody's business here."""
        self.state, self.name, self.email = state, "", ""
        self.save()
