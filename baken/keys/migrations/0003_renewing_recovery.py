"""A new recovery key waits, with the one in use sealed to it, until two of its shares were typed back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keys", "0002_protect")]

    operations = [
        migrations.AddField(
            model_name="regionrecovery",
            name="sealed_previous",
            field=models.BinaryField(null=True),
        ),
    ]
