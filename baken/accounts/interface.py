"""The door of accounts."""

from baken.accounts.actions import (
    AlreadyMember,
    add_colleague,
    change_roles,
    disable_colleague,
    enable_colleague,
    end_membership,
)
from baken.accounts.members import (
    Member,
    NotAllowed,
    NotInRegion,
    member_for,
    memberships_of,
    regions_of,
    system_member,
)
from baken.accounts.models import User
from baken.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from baken.accounts.queries import colleagues, names_of
from baken.accounts.requests import StaffRequest, entrance, requires
from baken.accounts.resubmit import show_resubmit
from baken.accounts.sessions import NoSession, limits_of, session_secret
from baken.accounts.step_up import FAR_REACHING_MINUTES, IDENTITY_MINUTES, fresh_login, is_fresh
from baken.accounts.teams.queries import needs_first_run

__all__ = [
    "FAR_REACHING_MINUTES",
    "IDENTITY_MINUTES",
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
    "change_roles",
    "colleagues",
    "disable_colleague",
    "enable_colleague",
    "end_membership",
    "entrance",
    "fresh_login",
    "is_fresh",
    "limits_of",
    "member_for",
    "memberships_of",
    "names_of",
    "needs_first_run",
    "regions_of",
    "requires",
    "session_secret",
    "show_resubmit",
    "system_member",
]
