"""The floor for pages: a Django site that shows fifty rows and inserts a report, and does nothing else.

No middleware, no sessions, no row-level security, one template; the same server, workers, threads,
connection pool, database and tables as the office.
"""

# The table its rows are read from.
SAME_TABLE = "casework_registration"
# Tables that rows are put into: copies without row-level security, foreign keys or triggers.
COPIED = {
    name: f"bench_{name}" for name in ("registration", "classification", "codedfact", "subject")
}
# What is told of a report: in its own row, of each of its forms and of each of its people.
TOLD = ("kind", "origin", "reporter_is_professional", "anonymity", "external_number")
TOLD_ENTRIES = ("channel", "legal_frame", "source_group", "primary_form", "route")
TOLD_FACTS = {"recruitment": "recruitment", "means": "means", "signals": "signal"}
TOLD_OF_PEOPLE = {
    "role": "subject_role",
    "age_band": "age_band",
    "sex": "sex",
    "nationality_group": "nationality_group",
}
