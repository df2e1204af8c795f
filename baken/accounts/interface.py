"""The door of accounts."""

from baken.accounts.members import Member, NotAllowed, member_for, memberships_of, system_member
from baken.accounts.models import User
from baken.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from baken.accounts.queries import names_of
from baken.accounts.requests import StaffRequest, requires

__all__ = [
    "ROLE_PERMISSIONS",
    "Member",
    "NotAllowed",
    "Permission",
    "Role",
    "StaffRequest",
    "User",
    "member_for",
    "memberships_of",
    "names_of",
    "requires",
    "system_member",
]
