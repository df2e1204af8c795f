"""Keys of one region do not exist for another. The sweep of the keystore sees of every container that it exists,
and nothing else: the worker may read the column `id` only (`config/grants.py`)."""

from django.db import migrations

from baken.lib.tenancy import protect_table

TABLES = (
    "keys_regionrecovery",
    "keys_teamepoch",
    "keys_seat",
    "keys_container",
    "keys_grant",
)


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_keys")]

    operations = [
        *map(protect_table, TABLES),
        migrations.RunSQL(
            "CREATE POLICY sweep ON keys_container FOR SELECT TO baken_worker USING (true)",
            "DROP POLICY sweep ON keys_container",
        ),
    ]
