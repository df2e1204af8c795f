"""The log on screen and as a file, and the alerts beside it."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from baken.audit.interface import SYSTEM, Stream, latest, record
from baken.casework.actions.looking import open_registration
from baken.oversight.actions import open_break_glass
from baken.oversight.models import Alert
from baken.oversight.states import AlertKind, AlertState, BreakGlassReason
from baken.oversight.views import PAGE
from tests.factories import NOW, registration

pytestmark = pytest.mark.django_db
LOG, EXPORT, ALERTS = (
    reverse(f"oversight:{name}", urlconf="baken.config.urls_office")
    for name in ("log", "log-export", "alerts")
)


@pytest.fixture
def made(caseworker, focal_point):
    """A registration that a colleague looked at twice."""
    made = registration(caseworker)
    for minute in (1, 2):
        open_registration(
            registration_id=made.pk,
            by=without_keys(focal_point),
            now=NOW + timedelta(minutes=minute),
        )
    return made


def without_keys(member):
    """A colleague who can open nothing that the team sealed."""
    return replace(member, keyring=None)


def _lines(answer):
    return [(line.who, line.what, line.kind, line.about.text, line.more)
            for line in answer.context["lines"]]  # fmt: skip


def test_log_in_sentences(made, privacy_officer_client):
    lines = _lines(privacy_officer_client.get(LOG))

    assert lines[0] == ("Sam Verzonnen", "Bekeken", "Registratie", made.number, "zonder relatie")
    assert lines[2] == ("Noor Fictief", "Geregistreerd", "Registratie", made.number, "Melding")


def test_log_in_english(made, privacy_officer_client):
    privacy_officer_client.cookies["baken-office-taal"] = "en"

    page = privacy_officer_client.get(LOG).content.decode()

    assert "Who looks here is in it too" in page or "Audit log" in page
    assert "Registration" in page


def test_who_sees_no_registrations_gets_no_link(made, privacy_officer_client):
    page = privacy_officer_client.get(LOG).content.decode()

    assert made.number in page
    assert str(made.pk) not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("wie={sam}", 2),
        ("wie={noor}", 1),
        ("nummer={number}", 3),
        ("nummer={number}&wie={noor}", 1),
        ("van=2024-07-01&tot=2024-07-01", 3),
        ("van=2024-07-02&tot=2024-07-31", 0),
        ("tot=2024-06-30", 0),
    ],
)
def test_log_per_colleague_registration_and_period(
    made, caseworker, focal_point, privacy_officer_client, query, count
):
    ids = {"sam": focal_point.user_id, "noor": caseworker.user_id, "number": made.number}

    assert len(_lines(privacy_officer_client.get(f"{LOG}?{query.format(**ids)}"))) == count


@pytest.mark.parametrize(
    "query",
    ["wie=x", f"wie={UUID(int=9)}", "nummer=BESTAAT-NIET", "van=gisteren", "tot=31-12-9999",
     "tot=9999-12-31", "van=0001-01-01", "ouder=x", "ouder=99999999999999999999", "ouder=-1"],
)  # fmt: skip
def test_nonsense_in_the_address(made, privacy_officer_client, query):
    assert privacy_officer_client.get(f"{LOG}?{query}").status_code == 200
    assert privacy_officer_client.get(f"{EXPORT}?{query}").status_code in {200, 302}


def test_log_page_by_page(caseworker, privacy_officer_client):
    for number in range(PAGE + 5):
        record("thing.done", actor=SYSTEM, at=NOW, subject=f"code:{number}",
               region=caseworker.region.pk)  # fmt: skip

    first = privacy_officer_client.get(LOG)
    second = privacy_officer_client.get(first.context["older_url"])

    assert len(first.context["lines"]) == PAGE
    assert [line[3] for line in _lines(second)][:5] == ["4", "3", "2", "1", "0"]
    assert second.context["older_url"] == ""


def test_who_reads_the_log_stands_in_it(made, privacy_officer, privacy_officer_client):
    privacy_officer_client.get(f"{LOG}?nummer={made.number}")

    newest = latest(privacy_officer.region.pk)[0]
    assert (newest.event, newest.user_id, newest.stream) == (
        "log.seen", privacy_officer.user_id, Stream.SECURITY,
    )  # fmt: skip
    assert newest.detail == {"nummer": made.subject}


def test_log_as_a_file(made, privacy_officer, privacy_officer_client):
    answer = privacy_officer_client.get(f"{EXPORT}?nummer={made.number}")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Wanneer", "Wie", "Wat", "Waarover", "Bijzonderheden"]
    assert rows[1] == [
        "2024-07-01 12:02:00", "Sam Verzonnen", "Bekeken", f"Registratie {made.number}",
        "zonder relatie",
    ]  # fmt: skip
    newest = latest(privacy_officer.region.pk)[0]
    assert (newest.event, newest.detail["rows"]) == ("log.taken", 3)


def test_cell_that_could_run_does_not(caseworker, privacy_officer_client):
    record("=1+1", actor=SYSTEM, at=NOW, region=caseworker.region.pk)

    assert '"\'=1+1"' in privacy_officer_client.get(EXPORT).content.decode()


@pytest.mark.parametrize("who", ["caseworker", "coordinator", "analyst", "administrator"])
def test_log_is_for_who_watches(request, who):
    client = request.getfixturevalue(f"{who}_client")

    assert {client.get(url).status_code for url in (LOG, EXPORT, ALERTS)} == {403}


def test_warning_when_checkpoints_have_one_place(privacy_officer_client):
    assert privacy_officer_client.get(LOG).context["has_one_place"] is True


# --- alerts ---


def _alert(region, **changes):
    now = timezone.now()
    values = {"kind": AlertKind.NO_RELATION, "day": timezone.localdate(now), "first_at": now,
              "last_at": now, **changes}  # fmt: skip
    return Alert.objects.create(region=region, **values)


def test_alert_on_screen(privacy_officer_client, caseworker):
    _alert(caseworker.region, user_id=caseworker.user_id, looks=7)

    page = privacy_officer_client.get(ALERTS).content.decode()

    assert "Noor Fictief" in page
    assert "Opende 7 keer een registratie" in page
    assert f"wie={caseworker.user_id}" in page


def test_broken_glass_on_screen(made, privacy_officer_client, focal_point):
    open_break_glass(subject=made.subject, reason=BreakGlassReason.DANGER, by=focal_point, now=NOW)

    page = privacy_officer_client.get(ALERTS).content.decode()

    assert f"Opende {made.number} met noodtoegang." in page
    assert "Reden: Direct gevaar." in page
    assert "Had binnen een dag beoordeeld moeten zijn" in page


def test_review_on_screen(privacy_officer_client, caseworker):
    alert = _alert(caseworker.region, user_id=caseworker.user_id)
    url = reverse("oversight:alert-review", args=[alert.pk])

    answer = privacy_officer_client.post(url, {"outcome": "work"}, follow=True)

    alert.refresh_from_db()
    assert alert.state == AlertState.REVIEWED
    assert "Hoorde bij het werk" in answer.content.decode()
    again = privacy_officer_client.post(url, {"outcome": "incident"}, follow=True)
    assert "Deze waarschuwing is al beoordeeld." in again.content.decode()


def test_review_without_an_outcome(privacy_officer_client, caseworker):
    alert = _alert(caseworker.region, user_id=caseworker.user_id)

    answer = privacy_officer_client.post(
        reverse("oversight:alert-review", args=[alert.pk]), {"outcome": "zomaar"}
    )

    assert answer.status_code == 422
    assert "Kies wat de uitkomst is." in answer.content.decode()


def test_auditor_reads_alerts_and_reviews_none(auditor_client, caseworker):
    alert = _alert(caseworker.region, user_id=caseworker.user_id)

    assert auditor_client.get(ALERTS).context["can_review"] is False
    url = reverse("oversight:alert-review", args=[alert.pk])
    assert auditor_client.post(url, {"outcome": "work"}).status_code == 403


def test_alert_of_another_region(privacy_officer_client, caseworker):
    url = reverse("oversight:alert-review", args=[uuid4()])

    assert privacy_officer_client.post(url, {"outcome": "work"}).status_code == 404


# --- on the registration itself ---


def test_who_looked_is_folded_and_does_not_bury_the_history(made, caseworker_client):
    url = reverse("casework:registration-detail", args=[made.pk])
    caseworker_client.get(url)

    context = caseworker_client.get(url).context

    assert [line["text"] for line in context["history"]] == ["Geregistreerd"]
    assert [(each.who, each.times) for each in context["onlookers"]] == [
        ("Noor Fictief", "2 keer"), ("Sam Verzonnen", "2 keer"),
    ]  # fmt: skip
