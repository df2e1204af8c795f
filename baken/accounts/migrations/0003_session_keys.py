"""A session carries the keys that the passphrase opened; without its cookie they open for nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles_and_sessions")]

    operations = [
        migrations.AddField("session", "keys", models.BinaryField(null=True)),
    ]
