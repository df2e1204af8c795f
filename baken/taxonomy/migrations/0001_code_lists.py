"""Code lists, their entries, and what entries are called in other standards."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("code", models.SlugField(max_length=32, primary_key=True, serialize=False)),
                ("label_nl", models.CharField(max_length=120)),
                ("label_en", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=32)),
                ("label_nl", models.CharField(max_length=120)),
                ("label_en", models.CharField(max_length=120)),
                ("definition_nl", models.TextField(blank=True)),
                ("order", models.PositiveIntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("is_switched_by_hand", models.BooleanField(default=False)),
                ("is_heading", models.BooleanField(default=False)),
                ("report_bucket", models.CharField(blank=True, max_length=32)),
                ("criminalised_on", models.DateField(blank=True, null=True)),
                (
                    "applies_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "code_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="taxonomy.codelist",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="taxonomy.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("htcds", "htcds"),
                            ("comensha", "comensha"),
                            ("cbs", "cbs"),
                            ("eu", "eu"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=120)),
                (
                    "quality",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("broader", "broader"),
                            ("narrower", "narrower"),
                            ("none", "none"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mappings",
                        to="taxonomy.entry",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("code_list", "code"), name="taxonomy_entry_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$")),
                name="taxonomy_entry_code_is_ascii",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="taxonomy_entry_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="mapping",
            constraint=models.UniqueConstraint(
                fields=("entry", "scheme", "value"), name="taxonomy_mapping_value"
            ),
        ),
        migrations.AddConstraint(
            model_name="mapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("scheme__in", ["htcds", "comensha", "cbs", "eu"])),
                name="taxonomy_mapping_scheme",
            ),
        ),
        migrations.AddConstraint(
            model_name="mapping",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quality", "none"), ("value", "")),
                    models.Q(
                        ("quality__in", ["exact", "broader", "narrower"]),
                        models.Q(("value", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="taxonomy_mapping_quality",
            ),
        ),
    ]
