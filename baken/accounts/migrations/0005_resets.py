"""A lost passphrase is replaced by the same link and code as an invitation has."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_invitations")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="for_user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint(model_name="invitation", name="accounts_one_invitation"),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=["region", "email"],
                condition=Q(state__in=["open", "void"], for_user=None),
                name="accounts_one_invitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=["region", "for_user"],
                condition=Q(state__in=["open", "void"], for_user__isnull=False),
                name="accounts_one_reset",
            ),
        ),
    ]
