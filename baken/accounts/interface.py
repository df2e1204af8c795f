"""The door of accounts."""

from baken.accounts.actions import AlreadyMember, add_colleague
from baken.accounts.members import (
    Member,
    NotAllowed,
    NotInRegion,
    member_for,
    memberships_of,
    system_member,
)
from baken.accounts.models import User
from baken.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from baken.accounts.queries import colleagues, names_of
from baken.accounts.requests import StaffRequest, entrance, requires
from baken.accounts.resubmit import show_resubmit
from baken.accounts.sessions import NoSession, limits_of, session_secret

__all__ = [
    "ROLE_PERMISSIONS",
    "AlreadyMember",
    "Member",
    "NoSession",
    "NotAllowed",
    "NotInRegion",
    "Permission",
    "Role",
    "StaffRequest",
    "User",
    "add_colleague",
    "colleagues",
    "entrance",
    "limits_of",
    "member_for",
    "memberships_of",
    "names_of",
    "requires",
    "session_secret",
    "show_resubmit",
    "system_member",
]
