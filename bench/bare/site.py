"""Three pages: fifty rows of the table of registrations, one row inserted into a copy of it, and a whole
report inserted into copies of its four tables."""

from datetime import date
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from bench.bare import COPIED, SAME_TABLE, TOLD, TOLD_ENTRIES, TOLD_FACTS, TOLD_OF_PEOPLE


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
    legal_frame_id = models.CharField(max_length=72, null=True)
    channel_id = models.CharField(max_length=72, null=True)
    source_group_id = models.CharField(max_length=72, null=True)
    primary_form_id = models.CharField(max_length=72, null=True)
    route_id = models.CharField(max_length=72, null=True)
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
        db_table = COPIED["registration"]


class _Part(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    region_id = models.UUIDField()
    registration_id = models.UUIDField()

    class Meta:
        abstract = True
        managed = False


class Classification(_Part):
    form_id = models.CharField(max_length=72)
    certainty_id = models.CharField(max_length=72, null=True)

    class Meta(_Part.Meta):
        app_label = "bare"
        db_table = COPIED["classification"]


class CodedFact(_Part):
    entry_id = models.CharField(max_length=72)

    class Meta(_Part.Meta):
        app_label = "bare"
        db_table = COPIED["codedfact"]


class Subject(_Part):
    position = models.PositiveSmallIntegerField()
    role_id = models.CharField(max_length=72)
    age_band_id = models.CharField(max_length=72, null=True)
    minor_at_start = models.CharField(max_length=8)
    minor_at_report = models.CharField(max_length=8)
    sex_id = models.CharField(max_length=72, null=True)
    nationality_group_id = models.CharField(max_length=72, null=True)

    class Meta(_Part.Meta):
        app_label = "bare"
        db_table = COPIED["subject"]


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


def insert_row(request, region_id):
    return HttpResponseRedirect(f"/{_row(request.POST, region_id).pk}/")


@transaction.atomic
def insert_report(request, region_id):
    """The rows of a report as they come, with one statement a table; nothing is checked."""
    told = request.POST
    entries = {f"{name}_id": _key(name, told.get(name)) for name in TOLD_ENTRIES}
    entries["primary_form_id"] = _key("form", told.get("primary_form"))
    made = _row(told, region_id, **entries)
    own = {"region_id": region_id, "registration_id": made.pk}
    sure = _key("certainty", told.get(f"certainty_{told['primary_form']}"))
    forms = [*told.getlist("forms"), *told.getlist("sub_forms")]
    Classification.objects.bulk_create(
        Classification(form_id=f"form.{code}", certainty_id=sure, **own) for code in forms
    )
    CodedFact.objects.bulk_create(
        CodedFact(entry_id=f"{codes}.{code}", **own)
        for name, codes in TOLD_FACTS.items()
        for code in told.getlist(name)
    )
    people = range(int(told["subjects-TOTAL_FORMS"]))
    Subject.objects.bulk_create(_subject(told, number, own) for number in people)
    return HttpResponseRedirect(f"/{made.pk}/")


def _row(told, region_id, **entries):
    posted = {name: told.get(name, "") for name in TOLD}
    return Inserted.objects.create(
        region_id=region_id,
        number=uuid4().hex[:16],
        received_on=timezone.localdate(),
        **posted,
        **entries,
    )


def _subject(told, number, own):
    of_person = f"subjects-{number}-"
    entries = {
        f"{name}_id": _key(codes, told.get(of_person + name))
        for name, codes in TOLD_OF_PEOPLE.items()
    }
    return Subject(
        position=number + 1,
        minor_at_start=told.get(f"{of_person}minor_at_start", ""),
        minor_at_report=told.get(f"{of_person}minor_at_report", ""),
        **entries,
        **own,
    )


def _key(code_list, code):
    return f"{code_list}.{code}" if code else None


urlpatterns = [
    path("gezond/", health),
    path("<uuid:region_id>/", rows),
    path("<uuid:region_id>/rij/", insert_row),
    path("<uuid:region_id>/melding/", insert_report),
]
