"""What each database role may do with each table: the least it needs. Applied after every migration.

`tests/config/test_grants.py` fails when a table is missing here.
"""

from django.db import connection

READ = "SELECT"
ADD = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE"
FULL = "SELECT, INSERT, UPDATE, DELETE"

_TENANT = {"office": FULL, "worker": READ}
_STAFF = {"office": FULL}

GRANTS: dict[str, dict[str, str]] = {
    "audit_entry": {"office": ADD, "worker": ADD},
    "audit_pending": {"office": ADD, "worker": "SELECT, INSERT, DELETE"},
    "audit_link": {"office": READ, "worker": ADD},
    "audit_checkpoint": {"office": READ, "worker": ADD},
    "audit_place": {"office": READ, "worker": FULL},
    "accounts_user": {"office": CHANGE},
    "accounts_membership": {"office": CHANGE},
    "accounts_invitation": {"office": CHANGE},
    # The worker removes what has ended; what is in it, it cannot open.
    "accounts_session": {"office": FULL, "worker": "SELECT, DELETE"},
    # The worker alone can open what stands in the queue. The office asks, and takes back.
    "mail_mail": {"office": CHANGE, "worker": FULL},
    "mail_suppression": {"worker": "SELECT, INSERT, DELETE"},
    "account_emailaddress": _STAFF,
    "account_emailconfirmation": _STAFF,
    "mfa_authenticator": _STAFF,
    "django_content_type": {"office": READ},
    "django_migrations": {"office": READ, "worker": READ},
    "auth_group": {},
    "auth_group_permissions": {},
    "auth_permission": {},
    "config_installation": {"office": READ, "worker": READ, "public": READ},
    "config_cache": {"office": FULL, "worker": FULL},
    "taxonomy_codelist": {"office": READ, "worker": READ},
    "taxonomy_entry": {"office": "SELECT, UPDATE", "worker": READ},
    "taxonomy_mapping": {"office": READ, "worker": READ},
    "organisations_region": {"office": "SELECT, UPDATE", "worker": READ, "public": READ},
    "organisations_municipality": {"office": READ, "worker": READ, "public": READ},
    "organisations_regionmunicipality": {"office": READ, "worker": READ, "public": READ},
    "organisations_team": {"office": CHANGE},
    "keys_userkey": {"office": CHANGE},
    "keys_regionrecovery": {"office": CHANGE},
    # Changed only when a region gets another recovery key.
    "keys_teamepoch": {"office": "SELECT, INSERT, UPDATE (sealed_to_recovery)"},
    "keys_seat": {"office": "SELECT, INSERT, DELETE"},
    "keys_container": {"office": FULL, "worker": "SELECT (id)"},
    "keys_grant": {"office": FULL},
    "oversight_alert": {"office": CHANGE, "worker": CHANGE},
    "oversight_watch": {"worker": CHANGE},
    "facts_snapshot": {"office": CHANGE, "worker": CHANGE},
    "casework_registration": _TENANT,
    "casework_classification": _TENANT,
    "casework_codedfact": _TENANT,
    "casework_subject": _TENANT,
    "casework_kindchange": _TENANT,
    "casework_summary": {"office": FULL},
    "casework_note": {"office": "SELECT, INSERT, DELETE"},
    "casework_identity": {"office": "SELECT, INSERT, DELETE"},
    "casework_matchkey": {"office": "SELECT, INSERT, DELETE"},
    # Who asked, what and why is never changed.
    "casework_twopersonrequest": {
        "office": "SELECT, INSERT, DELETE, UPDATE (allowed_by_id, allowed_at, used_at, ended_by_id, ended_at)"
    },
    "casework_draft": {"office": FULL},
    "casework_registerimport": {"office": FULL, "worker": "SELECT, UPDATE"},
    "casework_rememberedvalue": {"office": FULL},
    "casework_savedview": {"office": FULL},
    # Jobs: the office asks for them, the worker does them.
    "procrastinate_jobs": {"office": FULL, "worker": FULL},
    "procrastinate_events": {"office": FULL, "worker": FULL},
    "procrastinate_periodic_defers": {"office": FULL, "worker": FULL},
    "procrastinate_workers": {"office": READ, "worker": FULL},
}

_ROLES = ("office", "worker", "public")


def apply_grants() -> None:
    """Take everything away, then give what stands in the table. Run as the owner."""
    with connection.cursor() as cursor:
        roles = ", ".join(f"baken_{role}" for role in _ROLES)
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roles}")
        for table, rights in GRANTS.items():
            for role, privileges in rights.items():
                cursor.execute(f"GRANT {privileges} ON {table} TO baken_{role}")
        cursor.execute(
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO baken_office, baken_worker"
        )
