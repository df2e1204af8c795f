"""What the demo registers this year. All invented; nobody in it exists."""

from dataclasses import replace
from datetime import date

from baken.casework.interface import (
    Anonymity,
    Answer,
    Answers,
    FormAnswer,
    Kind,
    Origin,
    SubjectAnswer,
    Urgency,
)
from baken.lib.dates import PartialDate, Precision

_PLACES = {"utrecht": "GM0344", "flevoland": "GM0034"}
_GIRL = SubjectAnswer(
    role="MSO",
    age_band="L16_17",
    minor_at_start=Answer.YES,
    minor_at_report=Answer.YES,
    sex="V",
    nationality_group="NL",
)
_WORKER = SubjectAnswer(
    role="MSO",
    age_band="L24_29",
    minor_at_start=Answer.NO,
    minor_at_report=Answer.NO,
    sex="M",
    nationality_group="EU",
)
_RUNNER = replace(_GIRL, age_band="L12_15", sex="M")


def invented(region: str) -> list[tuple[int, Answers]]:
    """(days ago, answers) of one region; the date is filled in later."""
    report = _report(_PLACES[region])
    sexual, labour, criminal = _sexual(report), _labour(report), _criminal(report)
    advice = _advice(report)
    return [
        (0, criminal),
        (1, sexual),
        (2, advice),
        (4, labour),
        (5, _signal(report)),
        (8, _question(report)),
        (12, replace(sexual, urgency=Urgency.NORMAL, source_group="JEUGD")),
        (15, replace(advice, concerns_minor=Answer.UNKNOWN, source_group="GEM.WIJK")),
        (21, replace(labour, source_group="FAIRWORK", sector="I")),
        (30, replace(criminal, urgency=Urgency.NORMAL, source_group="SCHOOL")),
    ]


def _report(place: str) -> Answers:
    """What the others vary."""
    return Answers(
        kind=Kind.REPORT,
        received=PartialDate(date(2000, 1, 1), Precision.DAY),
        origin=Origin.CONTACT,
        legal_frame="outside_wmo",
        channel="TEL",
        source_group="GEM.AF",
        reporter_is_professional=Answer.YES,
        anonymity=Anonymity.OPEN,
        exploitation_municipality=place,
        reporter_municipality=place,
    )


def _sexual(report: Answers) -> Answers:
    return replace(
        report,
        legal_frame="wmo_task",
        source_group="SCHOOL",
        home_municipality=report.exploitation_municipality,
        forms=(FormAnswer(form="SEX", certainty="STERK", sub_forms=("SEX.HOTEL",)),),
        primary_form="SEX",
        route="BIN",
        recruitment=("RELATIE", "SOCIAL"),
        means=("BEELD", "DREIG"),
        signals=("ALG.01", "SEX.02"),
        subjects=(_GIRL, SubjectAnswer(role="VUB")),
        urgency=Urgency.URGENT,
    )


def _labour(report: Answers) -> Answers:
    return replace(
        report,
        source_group="NLA",
        forms=(FormAnswer(form="LAB", certainty="VERM", sub_forms=("LAB.LANDTUIN",)),),
        primary_form="LAB",
        route="GRE",
        sector="A",
        signals=("LAB.03", "LAB.01"),
        subjects=(_WORKER, _WORKER, _WORKER),
    )


def _criminal(report: Answers) -> Answers:
    return replace(
        report,
        source_group="POL",
        forms=(
            FormAnswer(form="CRIM", certainty="VERM", sub_forms=("CRIM.DRUGSKOER",)),
            FormAnswer(form="SEX", certainty="VERM"),
        ),
        primary_form="CRIM",
        subjects=(_RUNNER,),
        signals=("CRIM.01", "CRIM.03"),
        urgency=Urgency.ACUTE,
    )


def _advice(report: Answers) -> Answers:
    return replace(
        report,
        kind=Kind.ADVICE,
        source_group="HA",
        exploitation_municipality=None,
        forms=(FormAnswer(form="SEX", certainty="VERM"),),
        primary_form="SEX",
        concerns_minor=Answer.YES,
        concerns_several=Answer.NO,
    )


def _signal(report: Answers) -> Answers:
    return replace(
        report,
        kind=Kind.ANONYMOUS_SIGNAL,
        source_group="BURGER",
        reporter_is_professional=Answer.NO,
        anonymity=Anonymity.UNKNOWN,
        channel="WEB",
        forms=(FormAnswer(form="UNK"),),
        primary_form="UNK",
    )


def _question(report: Answers) -> Answers:
    return replace(
        report,
        kind=Kind.QUESTION,
        source_group="HOTEL",
        channel="MAIL",
        exploitation_municipality=None,
    )
