"""The demo's registrations: a real register of counts, and a few invented ones of this year."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from baken.accounts.interface import Member, system_member
from baken.casework.interface import (
    Anonymity,
    Answer,
    Answers,
    FormAnswer,
    Kind,
    Origin,
    SubjectAnswer,
    Urgency,
    import_register,
    register,
)
from baken.facts.interface import freeze_now, snapshots
from baken.lib.dates import PartialDate, Precision
from baken.lib.tenancy import region_scope
from baken.organisations.interface import region_by_code


def fill_registrations(*, now: datetime) -> None:
    """Import the Utrecht register through the ordinary import, add this year's, freeze."""
    utrecht = system_member(region_by_code("utrecht"))
    with region_scope(utrecht.region.pk):
        if snapshots(utrecht):
            return
    data = files("baken.config.demo") / "data"
    with (
        as_file(data / "utrecht_2020_2023_register.csv") as register_file,
        as_file(data / "utrecht.toml") as mapping,
    ):
        import_register(register_file, mapping=mapping, by=utrecht, now=now, freeze=False)
    for code in ("utrecht", "flevoland"):
        member = system_member(region_by_code(code))
        _register_this_year(member, timezone.localdate(now), now)
        freeze_now(by=member, now=now)


def _register_this_year(member: Member, today: date, now: datetime) -> None:
    with region_scope(member.region.pk):
        for number, (days_ago, answers) in enumerate(_invented(member.region.code)):
            draft_id = uuid5(NAMESPACE_URL, f"baken:demo:{member.region.code}:{number}")
            received = PartialDate(today - timedelta(days=days_ago), Precision.DAY)
            register(
                draft_id=draft_id, answers=replace(answers, received=received), by=member, now=now
            )


def _invented(region: str) -> list[tuple[int, Answers]]:
    """(days ago, answers); the date is filled in later."""
    place = {"utrecht": "GM0344", "flevoland": "GM0034"}[region]
    undated = PartialDate(date(2000, 1, 1), Precision.DAY)
    girl = SubjectAnswer(
        role="MSO",
        age_band="L16_17",
        minor_at_start=Answer.YES,
        minor_at_report=Answer.YES,
        sex="V",
        nationality_group="NL",
    )
    worker = SubjectAnswer(
        role="MSO",
        age_band="L24_29",
        minor_at_start=Answer.NO,
        minor_at_report=Answer.NO,
        sex="M",
        nationality_group="EU",
    )
    runner = replace(girl, age_band="L12_15", sex="M")
    report = Answers(
        kind=Kind.REPORT,
        received=undated,
        origin=Origin.CONTACT,
        legal_frame="outside_wmo",
        channel="TEL",
        source_group="GEM.AF",
        reporter_is_professional=Answer.YES,
        anonymity=Anonymity.OPEN,
        exploitation_municipality=place,
        reporter_municipality=place,
    )
    sexual = replace(
        report,
        legal_frame="wmo_task",
        source_group="SCHOOL",
        home_municipality=place,
        forms=(FormAnswer(form="SEX", certainty="STERK", sub_forms=("SEX.HOTEL",)),),
        primary_form="SEX",
        route="BIN",
        recruitment=("RELATIE", "SOCIAL"),
        means=("BEELD", "DREIG"),
        signals=("ALG.01", "SEX.02"),
        subjects=(girl, SubjectAnswer(role="VUB")),
        urgency=Urgency.URGENT,
    )
    labour = replace(
        report,
        source_group="NLA",
        forms=(FormAnswer(form="LAB", certainty="VERM", sub_forms=("LAB.LANDTUIN",)),),
        primary_form="LAB",
        route="GRE",
        sector="A",
        signals=("LAB.03", "LAB.01"),
        subjects=(worker, worker, worker),
    )
    criminal = replace(
        report,
        source_group="POL",
        forms=(
            FormAnswer(form="CRIM", certainty="VERM", sub_forms=("CRIM.DRUGSKOER",)),
            FormAnswer(form="SEX", certainty="VERM"),
        ),
        primary_form="CRIM",
        subjects=(runner,),
        signals=("CRIM.01", "CRIM.03"),
        urgency=Urgency.ACUTE,
    )
    advice = replace(
        report,
        kind=Kind.ADVICE,
        source_group="HA",
        exploitation_municipality=None,
        forms=(FormAnswer(form="SEX", certainty="VERM"),),
        primary_form="SEX",
        concerns_minor=Answer.YES,
        concerns_several=Answer.NO,
    )
    signal = replace(
        report,
        kind=Kind.ANONYMOUS_SIGNAL,
        source_group="BURGER",
        reporter_is_professional=Answer.NO,
        anonymity=Anonymity.UNKNOWN,
        channel="WEB",
        forms=(FormAnswer(form="UNK"),),
        primary_form="UNK",
    )
    question = replace(
        report,
        kind=Kind.QUESTION,
        source_group="HOTEL",
        channel="MAIL",
        exploitation_municipality=None,
    )
    return [
        (0, criminal),
        (1, sexual),
        (2, advice),
        (4, labour),
        (5, signal),
        (8, question),
        (12, replace(sexual, urgency=Urgency.NORMAL, source_group="JEUGD")),
        (15, replace(advice, concerns_minor=Answer.UNKNOWN, source_group="GEM.WIJK")),
        (21, replace(labour, source_group="FAIRWORK", sector="I")),
        (30, replace(criminal, urgency=Urgency.NORMAL, source_group="SCHOOL")),
    ]
