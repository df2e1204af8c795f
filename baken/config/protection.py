"""How each field that can hold words or bytes is protected: one registry, held to the tables by a test.

A field that is new fails `tests/config/test_protection.py` until somebody decides what it is.
"""

from enum import StrEnum


class Protection(StrEnum):
    """Classes of fields (design: vault, *Keys*)."""

    CODED = "coded"  # clear by decision: codes, states, hashes, references; for lists and figures
    CLEAR = "clear"  # clear by decision, and words all the same; each with its reason in REASONS
    SERVER = "server"  # sealed under a key of the installation: no word without its secrets file
    SEALED = "sealed"  # what a person typed: opens with a colleague's keys alone
    KEYS = "keys"  # public halves, and keys sealed under other keys
    HASHED = "hashed"  # one way, with a key or a salt


# Model → field → class.
FIELDS: dict[str, dict[str, Protection]] = {
    "casework.Draft": {"sealed": Protection.SEALED},
    "casework.Summary": {"sealed": Protection.SEALED},
    "casework.Note": {"sealed": Protection.SEALED},
    "casework.Identity": {
        "sealed": Protection.SEALED,
        "kind": Protection.CODED,
        "index": Protection.HASHED,
    },
    "casework.MatchKey": {"kind": Protection.CODED, "index": Protection.HASHED},
    "casework.Registration": dict.fromkeys(
        (
            *("number", "kind", "origin", "state", "received_precision"),
            *("reporter_is_professional", "anonymity", "concerns_minor", "concerns_several"),
            "external_number",
        ),
        Protection.CODED,
    ),
    "casework.Subject": dict.fromkeys(("minor_at_start", "minor_at_report"), Protection.CODED),
    "casework.KindChange": dict.fromkeys(("from_kind", "to_kind"), Protection.CODED),
    "casework.TwoPersonRequest": dict.fromkeys(
        ("kind", "registration_ids", "query", "reason"), Protection.CODED
    ),
    "casework.RegisterImport": {
        "state": Protection.CODED,
        "file_name": Protection.CLEAR,
        "file_sha256": Protection.CODED,
        "columns": Protection.CLEAR,
        "mapping": Protection.CLEAR,
        "problems": Protection.CLEAR,
    },
    "casework.RememberedValue": {
        "field": Protection.CODED,
        "text": Protection.CLEAR,
        "value": Protection.CODED,
    },
    "casework.SavedView": {"name": Protection.CLEAR, "query": Protection.CODED},
    "facts.Snapshot": dict.fromkeys(("state", "manifest"), Protection.CODED),
    "oversight.Alert": dict.fromkeys(
        ("kind", "subject", "reason", "state", "outcome"), Protection.CODED
    ),
    "oversight.Watch": {"stream": Protection.CODED},
    "accounts.User": {
        "password": Protection.HASHED,
        "email": Protection.CLEAR,
        "name": Protection.CLEAR,
    },
    "accounts.Membership": {"role": Protection.CODED},
    "accounts.Session": {
        "key_hash": Protection.HASHED,
        "data": Protection.SERVER,
        "keys": Protection.KEYS,
    },
    "accounts.Invitation": {
        **dict.fromkeys(("state", "roles", "language"), Protection.CODED),
        **dict.fromkeys(("name", "email"), Protection.CLEAR),
        **dict.fromkeys(("token_hash", "code_hash"), Protection.HASHED),
    },
    "mail.Mail": {
        "text": Protection.CODED,
        "state": Protection.CODED,
        "problem": Protection.CODED,
        "sealed": Protection.SERVER,
    },
    "mail.Suppression": {"index": Protection.HASHED, "reason": Protection.CODED},
    "keys.UserKey": dict.fromkeys(
        ("public", "signing_public", "sealed_private", "sealed_signing", "salt", "cost"),
        Protection.KEYS,
    ),
    "keys.RegionRecovery": dict.fromkeys(("public", "sealed", "sealed_previous"), Protection.KEYS),
    "keys.TeamEpoch": {
        "public": Protection.KEYS,
        "sealed_to_recovery": Protection.KEYS,
        "reason": Protection.CODED,
    },
    "keys.Seat": {"sealed": Protection.KEYS},
    "keys.Container": {"compartment": Protection.CODED, "sealed": Protection.KEYS},
    "keys.Grant": {
        "sealed": Protection.KEYS,
        "signature": Protection.KEYS,
        "ground": Protection.CODED,
        "purpose": Protection.CODED,
    },
    "taxonomy.CodeList": dict.fromkeys(("code", "label_nl", "label_en"), Protection.CODED),
    "taxonomy.Entry": dict.fromkeys(
        ("id", "code", "label_nl", "label_en", "definition_nl", "report_bucket", "applies_to"),
        Protection.CODED,
    ),
    "taxonomy.Mapping": dict.fromkeys(("scheme", "value", "quality"), Protection.CODED),
    "organisations.Municipality": dict.fromkeys(("code", "name", "display_name"), Protection.CODED),
    "organisations.Region": dict.fromkeys(
        ("code", "name", "telephone", "telephone_note", "theme", "legal_frames"), Protection.CODED
    ),
    "organisations.Team": {"name": Protection.CLEAR},
    "audit.Entry": dict.fromkeys(
        ("stream", "event", "actor_kind", "actor_id", "subject", "detail"), Protection.CODED
    ),
    "audit.Link": dict.fromkeys(("stream", "head"), Protection.CODED),
    "audit.Checkpoint": dict.fromkeys(("stream", "text"), Protection.CODED),
    "audit.Place": {"path": Protection.CODED},
}

# Why words stand in the clear.
REASONS = {
    "casework.RegisterImport.file_name": "the colleague's own name for the file; gone from the disk after",
    "casework.RegisterImport.columns": "headings of the file, to choose from",
    "casework.RegisterImport.mapping": "which heading and word means which code",
    "casework.RegisterImport.problems": "what is wrong with a cell that has to be a code; the first hundred",
    "casework.RememberedValue.text": "a word of the register that means a code, remembered for the next file",
    "casework.SavedView.name": "chosen by a colleague for colleagues",
    "accounts.User.email": "the log-in name is looked up by it",
    "accounts.User.name": "stands beside what a colleague did, in every list",
    "accounts.Invitation.name": "as of a colleague",
    "accounts.Invitation.email": "as of a colleague",
    "organisations.Team.name": "chosen for colleagues",
}
