"""Registrations, drafts, imports, saved views."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import baken.lib.dates


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_regions_and_municipalities"),
        ("taxonomy", "0002_entries_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Klaar om kolommen te kiezen"),
                            ("checked", "Gecontroleerd"),
                            ("running", "Bezig"),
                            ("imported", "Ingelezen"),
                            ("failed", "Niet ingelezen"),
                            ("undone", "Ongedaan gemaakt"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_sha256", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("created_by_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=16)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Melding"),
                            ("advice", "Advies"),
                            ("anonymous_signal", "Anoniem signaal"),
                            ("question", "Informatievraag"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contact", "Iemand nam contact op"),
                            ("own_initiative", "Ambtshalve"),
                            ("handed_over", "Overgedragen door een andere regio"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Nieuw"),
                            ("active", "In behandeling"),
                            ("closed", "Afgesloten"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                (
                    "urgency",
                    models.SmallIntegerField(
                        choices=[(1, "Gewoon"), (2, "Spoed"), (3, "Acuut")], default=1
                    ),
                ),
                ("received_on", models.DateField()),
                (
                    "received_precision",
                    models.CharField(
                        choices=[
                            (baken.lib.dates.Precision["DAY"], baken.lib.dates.Precision["DAY"]),
                            (
                                baken.lib.dates.Precision["MONTH"],
                                baken.lib.dates.Precision["MONTH"],
                            ),
                            (baken.lib.dates.Precision["YEAR"], baken.lib.dates.Precision["YEAR"]),
                            (
                                baken.lib.dates.Precision["UNKNOWN"],
                                baken.lib.dates.Precision["UNKNOWN"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "reporter_is_professional",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Onbekend")],
                        max_length=8,
                    ),
                ),
                (
                    "anonymity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Bekend bij alle betrokkenen"),
                            ("shielded", "Alleen bekend bij ons"),
                            ("unknown", "Ook voor ons onbekend"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "concerns_minor",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Onbekend")],
                        max_length=8,
                    ),
                ),
                (
                    "concerns_several",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Onbekend")],
                        max_length=8,
                    ),
                ),
                ("external_number", models.CharField(blank=True, max_length=40)),
                ("handler_id", models.UUIDField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("row_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("created_by_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "closing_reason",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "exploitation_municipality",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "home_municipality",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="casework.registerimport",
                    ),
                ),
                (
                    "legal_frame",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "primary_form",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "relation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "reporter_municipality",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "source_group",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KindChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "from_kind",
                    models.CharField(
                        choices=[
                            ("report", "Melding"),
                            ("advice", "Advies"),
                            ("anonymous_signal", "Anoniem signaal"),
                            ("question", "Informatievraag"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_kind",
                    models.CharField(
                        choices=[
                            ("report", "Melding"),
                            ("advice", "Advies"),
                            ("anonymous_signal", "Anoniem signaal"),
                            ("question", "Informatievraag"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "reason",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="casework.registration",
                    ),
                ),
            ],
            options={
                "default_related_name": "kind_changes",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("author_id", models.UUIDField()),
                ("answers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.registration",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="casework.registration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CodedFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="casework.registration",
                    ),
                ),
            ],
            options={
                "default_related_name": "coded_facts",
            },
        ),
        migrations.CreateModel(
            name="Classification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "certainty",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="casework.registration",
                    ),
                ),
            ],
            options={
                "default_related_name": "classifications",
            },
        ),
        migrations.CreateModel(
            name="RememberedValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=200)),
                ("value", models.CharField(max_length=80)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner_id", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=500)),
                ("is_shared", models.BooleanField(default=False)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "minor_at_start",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Onbekend")],
                        max_length=8,
                    ),
                ),
                (
                    "minor_at_report",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee"), ("unknown", "Onbekend")],
                        max_length=8,
                    ),
                ),
                (
                    "age_band",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "also_role",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "nationality_group",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.region",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="casework.registration",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
                (
                    "sex",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.entry",
                    ),
                ),
            ],
            options={
                "default_related_name": "subjects",
            },
        ),
        migrations.AddIndex(
            model_name="registerimport",
            index=models.Index(fields=["region", "-created_at"], name="casework_imports"),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "imported")),
                fields=("region", "file_sha256"),
                name="casework_file_imported_once",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["region", "-received_on", "-id"], name="casework_by_received"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["region", "-changed_at", "-id"], name="casework_by_changed"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["region", "-urgency", "-received_on", "-id"], name="casework_by_urgency"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["imported_by"], name="casework_by_import"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(fields=("region", "number"), name="casework_number"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_number", ""), _negated=True),
                fields=("region", "external_number"),
                name="casework_external_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["report", "advice", "anonymous_signal", "question"])
                ),
                name="casework_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "active", "closed"])),
                name="casework_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "received_precision__in",
                        [
                            baken.lib.dates.Precision["DAY"],
                            baken.lib.dates.Precision["MONTH"],
                            baken.lib.dates.Precision["YEAR"],
                            baken.lib.dates.Precision["UNKNOWN"],
                        ],
                    )
                ),
                name="casework_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("advice", "question")), _negated=True),
                    models.Q(
                        ("exploitation_municipality__isnull", True),
                        ("external_number", ""),
                        ("home_municipality__isnull", True),
                        ("relation__isnull", True),
                        ("route__isnull", True),
                        ("sector__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="casework_advice_keeps_no_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("report", "anonymous_signal")),
                        ("state", "closed"),
                        _negated=True,
                    ),
                    ("primary_form__isnull", False),
                    ("imported_by__isnull", False),
                    _connector="OR",
                ),
                name="casework_closed_report_has_a_form",
            ),
        ),
        migrations.AddIndex(
            model_name="kindchange",
            index=models.Index(fields=["registration"], name="casework_kind_changes"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("became__isnull", True)),
                fields=["region", "author_id", "-saved_at"],
                name="casework_own_drafts",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("became__isnull", True)),
                fields=("author_id", "registration"),
                name="casework_one_draft_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedfact",
            constraint=models.UniqueConstraint(
                fields=("registration", "entry"), name="casework_fact_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="classification",
            constraint=models.UniqueConstraint(
                fields=("registration", "form"), name="casework_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedvalue",
            constraint=models.UniqueConstraint(
                fields=("region", "field", "text"), name="casework_remembered"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("owner_id", "region", "name"), name="casework_view_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                fields=("registration", "position"), name="casework_subject_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("also_role", models.F("role")), _negated=True),
                name="casework_subject_roles_differ",
            ),
        ),
    ]
