"""Who may do what: the one table of `baken.accounts.permissions`, written out again on purpose."""

import pytest

from baken.accounts.interface import NotAllowed, Permission, Role, system_member
from baken.accounts.permissions import PERMISSION_LABELS, ROLE_PERMISSIONS, permissions_of
from tests.factories import member

# Columns: CASeworker, FOCal point, BEHavioural scientist, confidential DOCtor, CARe coordinator, COOrdinator,
# ANAlyst, PREvention worker, INSpector, EDItor, COUnsellor, ADMinistrator, PRIvacy officer, AUDitor.
MATRIX = """
                    CAS FOC BEH DOC CAR COO ANA PRE INS EDI COU ADM PRI AUD
see_registrations   x   x   x   x   x   x   .   .   .   .   .   .   .   .
register            x   x   .   .   x   x   .   .   .   .   .   .   .   .
convert             x   x   .   .   .   x   .   .   .   .   .   .   .   .
close               x   x   .   .   .   x   .   .   .   .   .   .   .   .
export_list         .   .   .   .   .   x   .   .   .   .   .   .   .   .
import_register     .   .   .   .   .   x   .   .   .   .   .   .   .   .
hand_over           .   .   .   .   .   x   .   .   .   .   .   .   .   .
see_figures         x   x   x   x   x   x   x   x   .   .   .   .   x   .
freeze              .   .   .   .   .   x   x   .   .   .   .   .   .   .
share_views         .   .   .   .   .   x   .   .   .   .   .   .   .   .
manage_lists        .   .   .   .   .   .   .   .   .   .   .   x   .   .
manage_region       .   .   .   .   .   .   .   .   .   .   .   x   .   .
manage_colleagues   .   .   .   .   .   .   .   .   .   .   .   x   .   .
see_roles           .   .   .   .   .   .   .   .   .   .   .   x   x   x
see_audit           .   .   .   .   .   .   .   .   .   .   .   .   x   x
review_alerts       .   .   .   .   .   .   .   .   .   .   .   .   x   .
see_team            x   x   .   .   .   x   .   .   .   .   .   x   x   .
give_access         x   x   .   .   .   x   .   .   .   .   .   .   .   .
manage_keys         .   .   .   .   .   .   .   .   .   .   .   x   .   .
recover_team        .   .   .   .   .   .   .   .   .   .   .   x   x   .
"""


def _cells():
    _heads, *lines = MATRIX.strip("\n").splitlines()
    for line in lines:
        permission, *marks = line.split()
        for role, mark in zip(Role, marks, strict=True):
            yield role, Permission(permission), mark == "x"


def test_matrix_names_every_role_and_permission():
    cells = list(_cells())

    assert [(role, permission) for role, permission, _may in cells] == [
        (role, permission) for permission in Permission for role in Role
    ]


@pytest.mark.parametrize(("role", "permission", "may"), list(_cells()))
def test_role_and_permission(role, permission, may):
    somebody = member(role)

    assert somebody.can(permission) is may
    if may:
        somebody.check(permission)
    else:
        with pytest.raises(NotAllowed):
            somebody.check(permission)


def test_two_roles_add_up():
    both = permissions_of(frozenset({Role.ANALYST, Role.AUDITOR}))

    assert both == ROLE_PERMISSIONS[Role.ANALYST] | ROLE_PERMISSIONS[Role.AUDITOR]


def test_without_a_role_nothing_is_allowed():
    nobody = member()

    assert not any(nobody.can(permission) for permission in Permission)


def test_system_may_do_everything():
    system = system_member(member().region)

    assert all(system.can(permission) for permission in Permission)


def test_roles_that_watch_never_touch_registrations():
    watching = permissions_of(frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}))

    assert watching.isdisjoint({Permission.SEE_REGISTRATIONS, Permission.REGISTER})


def test_every_right_has_its_words():
    """Without them the role matrix could not be drawn."""
    assert [right for right in Permission if not str(PERMISSION_LABELS.get(right, ""))] == []
