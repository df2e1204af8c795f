"""Keys are also renewed before they are ninety days old."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keys", "0003_renewing_recovery")]

    operations = [
        migrations.AlterField(
            model_name="teamepoch",
            name="reason",
            field=models.CharField(
                choices=[
                    ("founded", "Team opgericht"),
                    ("leaver", "Collega vertrokken"),
                    ("role", "Rol gewijzigd"),
                    ("age", "Sleutels vernieuwd"),
                    ("recovery", "Herstel"),
                ],
                max_length=12,
            ),
        ),
    ]
