"""The one thing an installation must remember about itself."""

from django.db import models


class Installation(models.Model):
    """One row, written at the first start. A demo database is marked for ever (trigger): invented
    people with a published passphrase must never meet a real report."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="config_one_installation"),
        ]
