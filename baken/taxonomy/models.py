"""Lists, entries and mappings.

An entry is never deleted and never gets another code or list; the database refuses it, for
everybody (migration `0002_entries_are_kept`). It can only be switched off from a date.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from baken.taxonomy.rules import label_in_active_language
from baken.taxonomy.states import Quality, Scheme


class CodeList(models.Model):
    code = models.SlugField(primary_key=True, max_length=32)
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.code


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_list(self, code: str) -> "EntryQuerySet":
        return self.filter(code_list_id=code)

    def valid_on(self, day: date) -> "EntryQuerySet":
        """Entries offered on that day; `valid_to` is the first day an entry is not."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Entry(models.Model):
    # "<list>.<code>", as "form.SEX.HOTEL": codes are never reused, so the key can say what it
    # means.
    id = models.CharField(primary_key=True, max_length=72, editable=False)
    code_list = models.ForeignKey(CodeList, models.PROTECT, related_name="entries")
    code = models.CharField(max_length=32)
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    definition_nl = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # Set once somebody switched the entry off or on; from then on the files leave the dates alone.
    is_switched_by_hand = models.BooleanField(default=False)
    is_heading = models.BooleanField(default=False)
    report_bucket = models.CharField(max_length=32, blank=True)
    criminalised_on = models.DateField(null=True, blank=True)
    applies_to = ArrayField(models.CharField(max_length=32), default=list, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_list", "code"], name="taxonomy_entry_code"),
            models.CheckConstraint(
                condition=Q(id=Concat(F("code_list_id"), Value("."), F("code"))),
                name="taxonomy_entry_id_says_list_and_code",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$"),
                name="taxonomy_entry_code_is_ascii",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="taxonomy_entry_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_list_id}:{self.code}"

    @property
    def label(self) -> str:
        """The label in the active language."""
        return label_in_active_language(self.label_nl, self.label_en)


class Mapping(models.Model):
    """What an entry is called in another standard. An empty value: looked for, not there."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mappings")
    scheme = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Scheme])
    value = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=16, choices=[(q.value, q.value) for q in Quality])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "scheme", "value"], name="taxonomy_mapping_value"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=[s.value for s in Scheme]), name="taxonomy_mapping_scheme"
            ),
            models.CheckConstraint(
                condition=Q(quality="none", value="")
                | (Q(quality__in=["exact", "broader", "narrower"]) & ~Q(value="")),
                name="taxonomy_mapping_quality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value} ({self.quality})"
