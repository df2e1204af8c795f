"""Municipalities, regions, which municipality belongs to which region when, and teams."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from baken.organisations.states import LEGAL_FRAMES, all_legal_frames


class Municipality(models.Model):
    # CBS code, "GM0344"; or UNK (asked, not known) and ABR (abroad): answers, unlike *leeg*.
    code = models.CharField(primary_key=True, max_length=6)
    name = models.CharField(max_length=80)
    display_name = models.CharField(max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the first day it is not there any more

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^(GM[0-9]{4}|UNK|ABR)$"),
                name="organisations_municipality_code",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Region(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(unique=True, max_length=32)
    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=24)
    telephone_note = models.CharField(max_length=120, blank=True)  # "dag en nacht, gratis"
    theme = models.SlugField(max_length=32, default="baken")
    legal_frames = ArrayField(models.CharField(max_length=32), default=all_legal_frames)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_frames__contained_by=list(LEGAL_FRAMES))
                & Q(legal_frames__len__gt=0),
                name="organisations_region_legal_frames",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegionMunicipalityQuerySet(models.QuerySet["RegionMunicipality"]):
    def valid_on(self, day: date) -> "RegionMunicipalityQuerySet":
        """The areas as they are on that day; `valid_to` is the first day of not belonging."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class RegionMunicipality(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="area")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = RegionMunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            # Of one region at a time. Good without the extension btree_gist.
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(valid_to__isnull=True),
                name="organisations_municipality_in_one_region",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisations_area_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.region_id}"


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="organisations_team_name"),
        ]

    def __str__(self) -> str:
        return self.name
