"""PostgreSQL without an administrator: finds the programs, runs clusters, makes the roles.

Enter through the names below. Owns no tables and knows no Django.
"""

from baken.config.embedded.cluster import Cluster, start_cluster
from baken.config.embedded.roles import Urls, ensure_database, ensure_roles

__all__ = ["Cluster", "Urls", "ensure_database", "ensure_roles", "start_cluster"]
