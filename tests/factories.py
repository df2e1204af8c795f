"""The smallest valid things, made as the house makes them: through its actions."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from baken.accounts.interface import Member, Role
from baken.accounts.permissions import permissions_of
from baken.casework.actions.registrations import register
from baken.casework.actions.steps import close_registration, take_registration
from baken.casework.rules.answers import Answers, FormAnswer, SubjectAnswer
from baken.casework.states import Answer, Kind, State
from baken.lib.dates import PartialDate, Precision
from baken.organisations.interface import Region

NOW = datetime(2024, 7, 1, 10, tzinfo=UTC)
DAY = PartialDate(date(2024, 6, 24), Precision.DAY)
YEAR = PartialDate(date(2023, 1, 1), Precision.YEAR)

VICTIM = SubjectAnswer(role="MSO")
SEX = FormAnswer(form="SEX")
UTRECHT, LELYSTAD = "GM0344", "GM0995"


def answers(**changes):
    """A melding with nothing in it but what every registration has."""
    return Answers(**{"kind": Kind.REPORT, "received": DAY, **changes})


def full_answers(**changes):
    """A melding in which everything is filled in."""
    girl = SubjectAnswer(
        role="MSO", age_band="L16_17", minor_at_start=Answer.YES, minor_at_report=Answer.YES, sex="V",
        nationality_group="NL",
    )  # fmt: skip
    values = {
        "legal_frame": "wmo_task",
        "origin": "contact",
        "channel": "TEL",
        "source_group": "SCHOOL",
        "reporter_is_professional": "yes",
        "anonymity": "open",
        "home_municipality": UTRECHT,
        "exploitation_municipality": UTRECHT,
        "reporter_municipality": UTRECHT,
        "forms": (FormAnswer(form="SEX", certainty="STERK", sub_forms=("SEX.HOTEL",)),),
        "primary_form": "SEX",
        "route": "BIN",
        "sector": "A",
        "relation": "PARTNER",
        "recruitment": ("RELATIE", "SOCIAL"),
        "means": ("BEELD", "DREIG"),
        "signals": ("ALG.01", "SEX.02"),
        "subjects": (girl, SubjectAnswer(role="VUB")),
        "concerns_minor": "yes",
        "concerns_several": "no",
        "external_number": "U-2024-1",
    }
    return answers(**{**values, **changes})


def registration(by, *, now=NOW, draft_id=None, **changes):
    """One registration of the member's region."""
    return register(draft_id=draft_id or uuid4(), answers=answers(**changes), by=by, now=now)


def registration_at(state, by, **changes):
    """One registration in this state, as the screens bring it there."""
    made = registration(by, **{"forms": (SEX,), "primary_form": "SEX", **changes})
    if state == State.ACTIVE:
        made = take_registration(registration_id=made.pk, by=by, now=NOW)
    if state == State.CLOSED:
        made = close_registration(
            registration_id=made.pk, outcome="BEEINDIGD", reason="DOEL", by=by, now=NOW
        )
    return made


def member(*roles, region=None, keyring=None):
    """A member with these roles; without a database when no region is needed."""
    roles = frozenset(Role(role) for role in roles)
    region = region or Region(id=UUID(int=1), code="nergens", name="Nergens")
    return Member(uuid4(), "Iemand Verzonnen", region, roles, permissions_of(roles), keyring)


def posted(**changes):
    """What a browser sends of the smallest complete melding. A value of None is left out."""
    values = {
        "draft": str(uuid4()),
        "kind": "report",
        "urgency": "1",
        "received": "24-06-2024",
        "channel": "TEL",
        "origin": "contact",
        "legal_frame": "wmo_task",
        "source_group": "SCHOOL",
        "anonymity": "open",
        "exploitation_municipality": "Utrecht",
        "forms": ["SEX"],
        "subjects-TOTAL_FORMS": "1",
        "subjects-INITIAL_FORMS": "0",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}
