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
from baken.accounts.teams.actions import (
    NoKeysYet,
    found_team,
    make_recovery_key,
    open_new_team,
    prove_recovery_key,
    recover,
    turn_team,
)
from baken.accounts.teams.forms import what_is_wrong
from baken.accounts.teams.queries import needs_first_run, who_may_open
from baken.accounts.teams.sheets import NotPrinted

__all__ = [
    "FAR_REACHING_MINUTES",
    "IDENTITY_MINUTES",
    "ROLE_PERMISSIONS",
    "AlreadyMember",
    "Member",
    "NoKeysYet",
    "NoSession",
    "NotAllowed",
    "NotInRegion",
    "NotPrinted",
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
    "found_team",
    "fresh_login",
    "is_fresh",
    "limits_of",
    "make_recovery_key",
    "member_for",
    "memberships_of",
    "names_of",
    "needs_first_run",
    "open_new_team",
    "prove_recovery_key",
    "recover",
    "regions_of",
    "requires",
    "session_secret",
    "show_resubmit",
    "system_member",
    "turn_team",
    "what_is_wrong",
    "who_may_open",
]
