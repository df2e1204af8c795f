"""The floor for pages: a Django site that shows fifty rows and inserts one, and does nothing else.

No middleware, no sessions, no row-level security, one template; the same server, workers, threads,
connection pool, database and tables as the office.
"""

# The table its rows are read from, a copy of it that rows are put into, and what a row is told.
SAME_TABLE, COPIED_TABLE = "casework_registration", "bench_registration"
TOLD = ("kind", "origin", "reporter_is_professional", "anonymity", "external_number")
