"""Two pages: fifty rows of the table of registrations, and one row inserted into a copy of it."""

from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from bench.bare import COPIED_TABLE, SAME_TABLE, TOLD


class Shown(models.Model):
    """The columns of one line of the work list."""

    id = models.UUIDField(primary_key=True)
    region_id = models.UUIDField()
    number = models.CharField(max_length=16)
    external_number = models.CharField(max_length=40)
    urgency = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    primary_form_id = models.CharField(max_length=72, null=True)
    exploitation_municipality_id = models.CharField(max_length=6, null=True)
    source_group_id = models.CharField(max_length=72, null=True)
    received_on = models.DateField()
    handler_id = models.UUIDField(null=True)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = SAME_TABLE


class Inserted(models.Model):
    """Every column of a registration that has to be filled."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    region_id = models.UUIDField()
    number = models.CharField(max_length=16)
    kind = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default="new")
    urgency = models.SmallIntegerField(default=1)
    received_on = models.DateField()
    received_precision = models.CharField(max_length=8, default="day")
    reporter_is_professional = models.CharField(max_length=8)
    anonymity = models.CharField(max_length=10)
    concerns_minor = models.CharField(max_length=8, default="")
    concerns_several = models.CharField(max_length=8, default="")
    external_number = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    row_key = models.UUIDField(default=uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = COPIED_TABLE


def health(request):
    return HttpResponse("goed")


def rows(request, region_id):
    """The newest fifty, or the fifty after `?na=<date>,<id>`."""
    found = Shown.objects.filter(region_id=region_id)
    if after := request.GET.get("na"):
        day, last = after.split(",")
        at = (date.fromisoformat(day), UUID(last))
        found = found.filter(TupleLessThan(Tuple(F("received_on"), F("id")), at))
    page = found.order_by("-received_on", "-id")[:50]
    return render(request, "rows.html", {"rows": page})


def insert(request, region_id):
    posted = {name: request.POST.get(name, "") for name in TOLD}
    made = Inserted.objects.create(
        region_id=region_id, number=uuid4().hex[:16], received_on=timezone.localdate(), **posted
    )
    return HttpResponseRedirect(f"/{made.pk}/")


urlpatterns = [
    path("gezond/", health),
    path("<uuid:region_id>/", rows),
    path("<uuid:region_id>/nieuw/", insert),
]
