"""PostgreSQL without an administrator: finds the programs, runs clusters, makes the roles.

Enter through the names below. Owns no tables and knows no Django.
"""

from baken.config.embedded.cluster import Cluster, start_cluster
from baken.config.embedded.roles import Urls, ensure_database, ensure_roles
from baken.config.embedded.running import (
    KEYSTORE,
    KEYSTORE_SETTINGS,
    MAIN,
    Run,
    database,
    read_run,
    remove_run,
    write_run,
)

__all__ = [
    "KEYSTORE",
    "KEYSTORE_SETTINGS",
    "MAIN",
    "Cluster",
    "Run",
    "Urls",
    "database",
    "ensure_database",
    "ensure_roles",
    "read_run",
    "remove_run",
    "start_cluster",
    "write_run",
]
