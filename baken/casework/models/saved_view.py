"""A filter of the work list that somebody kept."""

from uuid import uuid4

from django.db import models


class SavedView(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    owner_id = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)  # the filter as a query string
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "region", "name"], name="casework_view_name"
            ),
        ]
