"""A registration and its coded facts. No names, no free text: those are sealed elsewhere."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from baken.casework.states import Anonymity, Answer, Kind, Origin, State, Urgency
from baken.lib.dates import PartialDate, Precision

# An advies keeps nothing about the people it is about but form, minor and one-or-more.
WITHOUT_PEOPLE = (Kind.ADVICE, Kind.QUESTION)
# Never *leeg* once closed; 'onbekend' and 'niet vast te stellen' are answers.
WITH_FORM = (Kind.REPORT, Kind.ANONYMOUS_SIGNAL)


def _entry() -> models.ForeignKey:  # type: ignore[type-arg]
    """An entry of a code list. Not indexed by itself: the lists are short and no entry is ever deleted,
    while every index is written at every registration (`make bench JOB=import-csv`)."""
    return models.ForeignKey(
        "taxonomy.Entry", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )


def _place() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        "organisations.Municipality",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def of_region(self, region_id: UUID) -> "RegistrationQuerySet":
        """The explicit predicate beside row-level security; it also makes the index usable."""
        return self.filter(region_id=region_id)


class Registration(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=16)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    origin = models.CharField(max_length=20, choices=Origin.choices, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    legal_frame = _entry()
    urgency = models.SmallIntegerField(choices=Urgency.choices, default=Urgency.NORMAL)

    received_on = models.DateField()
    received_precision = models.CharField(max_length=8, choices=[(p, p) for p in Precision])
    channel = _entry()
    source_group = _entry()
    reporter_is_professional = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    anonymity = models.CharField(max_length=10, choices=Anonymity.choices, blank=True)

    home_municipality = _place()
    exploitation_municipality = _place()
    reporter_municipality = _place()

    primary_form = _entry()
    route = _entry()
    sector = _entry()
    relation = _entry()
    concerns_minor = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    concerns_several = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    external_number = models.CharField(max_length=40, blank=True)

    outcome = _entry()
    closing_reason = _entry()
    handler_id = models.UUIDField(null=True, blank=True)
    imported_by = models.ForeignKey(
        "casework.RegisterImport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        db_index=False,  # `casework_by_import`
    )
    version = models.PositiveIntegerField(default=1)
    # The key of this registration in frozen facts; meaningless outside this table.
    row_key = models.UUIDField(default=uuid4, editable=False)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="casework_number"),
            models.UniqueConstraint(
                fields=["region", "external_number"],
                condition=~Q(external_number=""),
                name="casework_external_number",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="casework_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="casework_state"),
            models.CheckConstraint(
                condition=Q(received_precision__in=list(Precision)), name="casework_precision"
            ),
            models.CheckConstraint(
                name="casework_advice_keeps_no_people",
                condition=~Q(kind__in=WITHOUT_PEOPLE)
                | Q(
                    home_municipality__isnull=True,
                    exploitation_municipality__isnull=True,
                    route__isnull=True,
                    sector__isnull=True,
                    relation__isnull=True,
                    external_number="",
                ),
            ),
            models.CheckConstraint(
                name="casework_closed_report_has_a_form",
                condition=~Q(kind__in=WITH_FORM, state=State.CLOSED)
                | Q(primary_form__isnull=False)
                | Q(imported_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-received_on", "-id"], name="casework_by_received"),
            models.Index(fields=["region", "-changed_at", "-id"], name="casework_by_changed"),
            models.Index(
                fields=["region", "-urgency", "-received_on", "-id"], name="casework_by_urgency"
            ),
            models.Index(fields=["imported_by"], name="casework_by_import"),
            models.Index(
                fields=["region", "handler_id"],
                condition=Q(state=State.ACTIVE),
                name="casework_by_handler",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def received(self) -> PartialDate:
        return PartialDate(self.received_on, Precision(self.received_precision))

    @property
    def subject(self) -> str:
        """How the audit log names this registration."""
        return f"registration:{self.pk}"


class _Part(models.Model):
    """A row that belongs to one registration and goes with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False
    )
    # Each part has an index that begins with its registration: a unique one, or its own.
    registration = models.ForeignKey(Registration, models.CASCADE, db_index=False)

    class Meta:
        abstract = True


class Classification(_Part):
    """One form of exploitation, or sub-form, with how certain it is. The main one of the forms is
    `Registration.primary_form`."""

    form = models.ForeignKey("taxonomy.Entry", models.PROTECT, related_name="+", db_index=False)
    certainty = _entry()

    class Meta:
        default_related_name = "classifications"
        constraints = [
            models.UniqueConstraint(fields=["registration", "form"], name="casework_form_once"),
        ]


class CodedFact(_Part):
    """One chosen entry of a list with several answers: recruitment, means, signal."""

    entry = models.ForeignKey("taxonomy.Entry", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        default_related_name = "coded_facts"
        constraints = [
            models.UniqueConstraint(fields=["registration", "entry"], name="casework_fact_once"),
        ]


class Subject(_Part):
    """Somebody the registration is about, as coded facts only. Never in an advies (trigger)."""

    position = models.PositiveSmallIntegerField()
    role = models.ForeignKey("taxonomy.Entry", models.PROTECT, related_name="+", db_index=False)
    also_role = _entry()  # a second role of the same person
    age_band = _entry()
    minor_at_start = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    minor_at_report = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    sex = _entry()
    nationality_group = _entry()

    class Meta:
        default_related_name = "subjects"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "position"], name="casework_subject_position"
            ),
            models.CheckConstraint(
                condition=~Q(also_role=models.F("role")), name="casework_subject_roles_differ"
            ),
        ]


class KindChange(_Part):
    """A registration that became another kind: from, to, why, who, when. Keeps both counts explainable."""

    from_kind = models.CharField(max_length=20, choices=Kind.choices)
    to_kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.ForeignKey("taxonomy.Entry", models.PROTECT, related_name="+", db_index=False)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        default_related_name = "kind_changes"
        indexes = [models.Index(fields=["registration"], name="casework_kind_changes")]
