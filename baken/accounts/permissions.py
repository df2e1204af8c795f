"""Roles and permissions, as code. This table is the only place where a role gets a right.

`tests/accounts/test_permissions.py` repeats it as a matrix; the two must be changed together, on purpose.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    SEE_REGISTRATIONS = "see_registrations"
    REGISTER = "register"  # make and change registrations
    CONVERT = "convert"  # turn one kind into another
    CLOSE = "close"  # close and reopen
    EXPORT_LIST = "export_list"
    IMPORT_REGISTER = "import_register"
    HAND_OVER = "hand_over"  # give back to the team what stands on the name of who is gone
    SEE_FIGURES = "see_figures"
    FREEZE = "freeze"  # make a new reference date
    SHARE_VIEWS = "share_views"
    MANAGE_LISTS = "manage_lists"  # switch code-list entries off and on
    MANAGE_REGION = "manage_region"
    MANAGE_COLLEAGUES = "manage_colleagues"  # invite, give roles, disable; never one's own
    SEE_ROLES = "see_roles"  # which role may do what
    SEE_AUDIT = "see_audit"
    REVIEW_ALERTS = "review_alerts"  # say of a look what came of it
    SEE_TEAM = "see_team"  # who has access to the keys of which team, and what is shared
    GIVE_ACCESS = "give_access"  # to a team whose keys one can open oneself; end what was shared
    MANAGE_KEYS = "manage_keys"  # take access away, turn keys, keep the recovery key; opens nothing
    RECOVER_TEAM = "recover_team"  # with two shares of the recovery key, kept by others


# What a right lets somebody do, as the role matrix says it.
PERMISSION_LABELS = {
    Permission.SEE_REGISTRATIONS: _("Registraties zien"),
    Permission.REGISTER: _("Registreren en wijzigen"),
    Permission.CONVERT: _("Een soort in een andere omzetten"),
    Permission.CLOSE: _("Afsluiten en heropenen"),
    Permission.EXPORT_LIST: _("De werklijst meenemen als bestand"),
    Permission.IMPORT_REGISTER: _("Een register inlezen"),
    Permission.HAND_OVER: _("Teruggeven aan het team wat op naam van een vertrokken collega staat"),
    Permission.SEE_FIGURES: _("Cijfers zien"),
    Permission.FREEZE: _("Een peildatum vastleggen"),
    Permission.SHARE_VIEWS: _("Weergaven met collega's delen"),
    Permission.MANAGE_LISTS: _("Codelijsten bijhouden"),
    Permission.MANAGE_REGION: _("Instellingen van de regio wijzigen"),
    Permission.MANAGE_COLLEAGUES: _("Collega's uitnodigen, rollen geven en toegang afsluiten"),
    Permission.SEE_ROLES: _("Deze rolmatrix zien"),
    Permission.SEE_AUDIT: _("Het logboek lezen"),
    Permission.SEE_TEAM: _("Zien wie bij de sleutels van een team kan"),
    Permission.GIVE_ACCESS: _("Collega's toegang geven tot de sleutels van het eigen team"),
    Permission.MANAGE_KEYS: _("Toegang wegnemen en sleutels vernieuwen, zonder iets te openen"),
    Permission.RECOVER_TEAM: _("Een team herstellen met twee delen van de herstelsleutel"),
    Permission.REVIEW_ALERTS: _("Waarschuwingen over inzage beoordelen"),
}


class Role(TextChoices):
    CASEWORKER = "caseworker", _("Casusbehandelaar")
    FOCAL_POINT = "focal_point", _("Aandachtsfunctionaris")
    BEHAVIOURAL_SCIENTIST = "behavioural_scientist", _("Gedragswetenschapper")
    CONFIDENTIAL_DOCTOR = "confidential_doctor", _("Vertrouwensarts")
    CARE_COORDINATOR = "care_coordinator", _("Zorgcoördinator")
    COORDINATOR = "coordinator", _("Coördinator")
    ANALYST = "analyst", _("Analist")
    PREVENTION_WORKER = "prevention_worker", _("Preventiemedewerker")
    INSPECTOR = "inspector", _("Toezichthouder")
    EDITOR = "editor", _("Redacteur")
    COUNSELLOR = "counsellor", _("Chatmedewerker")
    ADMINISTRATOR = "administrator", _("Functioneel beheerder")
    PRIVACY_OFFICER = "privacy_officer", _("Functionaris gegevensbescherming")
    AUDITOR = "auditor", _("Auditor")


P = Permission
_CASEWORK = {
    *(P.SEE_REGISTRATIONS, P.REGISTER, P.CONVERT, P.CLOSE, P.SEE_FIGURES),
    *(P.SEE_TEAM, P.GIVE_ACCESS),
}
_ADVICE = {P.SEE_REGISTRATIONS, P.SEE_FIGURES}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CASEWORKER: frozenset(_CASEWORK),
    Role.FOCAL_POINT: frozenset(_CASEWORK),
    # The experts read along and advise; the decision stays with who works on it.
    Role.BEHAVIOURAL_SCIENTIST: frozenset(_ADVICE),
    Role.CONFIDENTIAL_DOCTOR: frozenset(_ADVICE),
    # Registers who asks for care; what a registration becomes is for the report centre.
    Role.CARE_COORDINATOR: frozenset(_ADVICE | {P.REGISTER}),
    Role.COORDINATOR: frozenset(
        _CASEWORK | {P.EXPORT_LIST, P.IMPORT_REGISTER, P.HAND_OVER, P.FREEZE, P.SHARE_VIEWS}
    ),
    Role.ANALYST: frozenset({P.SEE_FIGURES, P.FREEZE}),
    Role.PREVENTION_WORKER: frozenset({P.SEE_FIGURES}),
    # These three get rights together with their own screens; of casework they never see anything.
    Role.INSPECTOR: frozenset(),
    Role.EDITOR: frozenset(),
    Role.COUNSELLOR: frozenset(),
    # Sees no content: keeps the lists, the region's settings and who works here.
    Role.ADMINISTRATOR: frozenset(
        {P.MANAGE_LISTS, P.MANAGE_REGION, P.MANAGE_COLLEAGUES, P.SEE_ROLES}
        | {P.SEE_TEAM, P.MANAGE_KEYS, P.RECOVER_TEAM}
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {P.SEE_AUDIT, P.REVIEW_ALERTS, P.SEE_FIGURES, P.SEE_ROLES} | {P.SEE_TEAM, P.RECOVER_TEAM}
    ),
    Role.AUDITOR: frozenset({P.SEE_AUDIT, P.SEE_ROLES}),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything the roles allow together."""
    return frozenset[Permission]().union(*(ROLE_PERMISSIONS[role] for role in roles))
