"""Snapshots of one region do not exist for another."""

from django.db import migrations

from baken.lib.tenancy import protect_table


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_snapshots")]
    operations = [protect_table("facts_snapshot")]
