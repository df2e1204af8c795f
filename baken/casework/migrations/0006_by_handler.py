"""Who has which open registration, for handing over: asked on every work list of a coordinator."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_two_person_requests")]

    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["region", "handler_id"],
                condition=Q(state="active"),
                name="casework_by_handler",
            ),
        ),
    ]
