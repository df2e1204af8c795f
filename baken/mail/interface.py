"""The door of mail."""

from baken.mail.actions import (
    NotSuppressed,
    allow_address,
    cancel_mail,
    deliver_mail,
    queue_mail,
    suppress_address,
)
from baken.mail.addresses import LONGEST, BadAddress, clean_address
from baken.mail.delivery import outbox
from baken.mail.queries import MailStatus, due_mails, mail_statuses, queue_counts
from baken.mail.sealing import NoMailKey
from baken.mail.states import MailState, Problem
from baken.mail.texts import LANGUAGES, InvitationMail, NotOurPage, ProofMail, ResetMail

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "BadAddress",
    "InvitationMail",
    "MailState",
    "MailStatus",
    "NoMailKey",
    "NotOurPage",
    "NotSuppressed",
    "Problem",
    "ProofMail",
    "ResetMail",
    "allow_address",
    "cancel_mail",
    "clean_address",
    "deliver_mail",
    "due_mails",
    "mail_statuses",
    "outbox",
    "queue_counts",
    "queue_mail",
    "suppress_address",
]
