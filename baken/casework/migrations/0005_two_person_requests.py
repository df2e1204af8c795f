"""What takes two people is one table: seeing a reporter, and exporting with identities."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_protect_words")]

    operations = [
        migrations.RemoveConstraint("reveal", "casework_reveal_takes_two"),
        migrations.RemoveConstraint("reveal", "casework_reveal_was_allowed"),
        migrations.RenameModel("Reveal", "TwoPersonRequest"),
        migrations.AlterModelOptions("twopersonrequest", {"default_related_name": "requests"}),
        migrations.AddField(
            "twopersonrequest",
            "kind",
            models.CharField(
                choices=[
                    ("reporter", "De melder zien"),
                    ("export", "Identiteiten meenemen"),
                ],
                default="reporter",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "twopersonrequest",
            "registration",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to="casework.registration",
            ),
        ),
        migrations.AddField(
            "twopersonrequest",
            "registration_ids",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            "twopersonrequest", "query", models.CharField(blank=True, max_length=500, default="")
        ),
        migrations.AlterField(
            "twopersonrequest", "query", models.CharField(blank=True, max_length=500)
        ),
        migrations.AddField("twopersonrequest", "ended_by_id", models.UUIDField(null=True)),
        migrations.AddField("twopersonrequest", "ended_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "twopersonrequest",
            models.Index(
                fields=["region", "asked_at"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="casework_request_open",
            ),
        ),
        migrations.AddConstraint(
            "twopersonrequest",
            models.CheckConstraint(
                condition=Q(kind="reporter", registration__isnull=False)
                | Q(kind="export", registration__isnull=True),
                name="casework_request_kind",
            ),
        ),
        migrations.AddConstraint(
            "twopersonrequest",
            models.CheckConstraint(
                condition=Q(allowed_by_id__isnull=True) | ~Q(allowed_by_id=F("asked_by_id")),
                name="casework_request_takes_two",
            ),
        ),
        migrations.AddConstraint(
            "twopersonrequest",
            models.CheckConstraint(
                condition=Q(allowed_by_id__isnull=True, allowed_at__isnull=True)
                | Q(allowed_by_id__isnull=False, allowed_at__isnull=False),
                name="casework_request_allowed_by",
            ),
        ),
        migrations.AddConstraint(
            "twopersonrequest",
            models.CheckConstraint(
                condition=Q(used_at__isnull=True)
                | Q(allowed_at__isnull=False, ended_at__isnull=True),
                name="casework_request_was_allowed",
            ),
        ),
    ]
