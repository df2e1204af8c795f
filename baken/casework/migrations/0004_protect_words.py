"""What is sealed of one region does not exist for another either; and an advies names nobody it is about,
whatever the code says."""

from django.db import migrations

from baken.lib.tenancy import protect_table

TABLES = (
    "casework_summary",
    "casework_note",
    "casework_identity",
    "casework_matchkey",
    "casework_reveal",
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_words")]

    operations = [*map(protect_table, TABLES)]
