"""Alerts belong to a region."""

from django.db import migrations

from baken.lib.tenancy import protect_table


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_alerts")]
    operations = [protect_table("oversight_alert")]
