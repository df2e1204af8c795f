"""Signed checkpoints, where they go, and since when an entry waits to be chained."""

from django.db import migrations, models
from django.db.models.functions import Now

STREAMS = [("access", "Inzage en wijziging"), ("security", "Beveiliging")]
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
REVERSE = """
DROP TRIGGER no_truncate ON audit_checkpoint;
DROP TRIGGER append_only ON audit_checkpoint;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_protect")]

    operations = [
        migrations.AddField("pending", "written_at", models.DateTimeField(db_default=Now())),
        migrations.AddIndex(
            "entry", models.Index(fields=["actor_id", "-id"], name="audit_entry_actor")
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(stream__in=["access", "security"]), name="audit_entry_stream"
            ),
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stream", models.CharField(choices=STREAMS, max_length=16)),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.AddConstraint(
            "checkpoint",
            models.UniqueConstraint(fields=("stream", "number"), name="audit_checkpoint_number"),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("path", models.TextField(primary_key=True, serialize=False)),
                ("is_reached", models.BooleanField()),
                ("tried_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(APPEND_ONLY, REVERSE),
    ]
