"""Two people change one registration: nothing is lost, the second decides."""

import re

import pytest
from django.urls import reverse

from baken.casework.models import Draft, Registration
from baken.casework.views.comparison import differences
from tests.factories import SEX, VICTIM, answers, full_answers, posted, registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(caseworker):
    return registration(caseworker, forms=(SEX,), primary_form="SEX")


@pytest.fixture
def url(made):
    return reverse("casework:registration-edit", args=[made.pk])


def _first(client, url, **words):
    assert client.post(url, posted(version="1", **words)).status_code == 302


def test_both_versions_side_by_side(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3", signals=["ALG.01"])

    page = caseworker_client.post(url, posted(version="1", urgency="2"))

    assert page.status_code == 409
    rows = {row.label: (row.mine, row.theirs) for row in page.context["rows"]}
    assert rows["Urgentie"] == ("Spoed", "Acuut")
    assert rows["Signalen"][0] == "leeg"
    assert set(rows) == {"Urgentie", "Signalen"}
    assert Registration.objects.get().urgency == 3


def test_keep_mine(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3", signals=["ALG.01"])
    page = caseworker_client.post(
        url, posted(version="1", urgency="2", means=["SCHULD", "BEELD"])
    ).content.decode()
    shown = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    sent = {}
    for name, value in shown:
        sent.setdefault(name, []).append(value)

    response = caseworker_client.post(url, sent)

    assert response.status_code == 302
    kept = Registration.objects.get()
    assert (kept.urgency, kept.version) == (2, 3)
    facts = kept.coded_facts.order_by("entry_id").values_list("entry_id", flat=True)
    assert list(facts) == ["means.BEELD", "means.SCHULD"]


def _choose(page, **choices):
    """What a browser sends of the screen with both versions, without JavaScript."""
    html = page.content.decode()
    sent = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html):
        sent.setdefault(name, []).append(value)
    chosen = {f"blijft_{name}": side for name, side in choices.items()}
    for name in chosen:
        assert html.count(f'type="radio" name="{name}"') == 2
    return {**sent, **chosen, "per_antwoord": "1"}


def test_choose_answer_by_answer(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3", signals=["ALG.01"], channel="MAIL")
    page = caseworker_client.post(url, posted(version="1", urgency="2", signals=["SEX.02"]))
    words = _choose(page, urgency="mine", signals="theirs", channel="theirs")

    response = caseworker_client.post(url, words)

    assert response.status_code == 302
    kept = Registration.objects.get()
    assert (kept.urgency, kept.channel_id, kept.version) == (2, "channel.MAIL", 3)
    assert kept.coded_facts.get().entry_id == "signal.ALG.01"


def test_answer_not_chosen_keeps_the_choices_made(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3", channel="MAIL")
    page = caseworker_client.post(url, posted(version="1", urgency="2"))

    again = caseworker_client.post(url, _choose(page, channel="theirs"))

    assert again.status_code == 409
    assert "Kies bij elk verschil welk antwoord blijft." in again.content.decode()
    assert {row.name: row.chosen for row in again.context["rows"]} == {
        "urgency": "",
        "channel": "theirs",
    }
    assert Registration.objects.get().urgency == 3


def test_colleague_who_was_first_again(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3")
    page = caseworker_client.post(url, posted(version="1", urgency="2"))
    assert focal_point_client.post(url, posted(version="2", urgency="1")).status_code == 302

    again = caseworker_client.post(url, _choose(page, urgency="theirs"))

    assert again.status_code == 409
    (row,) = again.context["rows"]
    assert (row.mine, row.theirs, row.chosen) == ("Spoed", "Gewoon", "")


def test_main_form_goes_along_with_the_forms(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, forms=["LAB", "CRIM"], primary_form="CRIM")
    page = caseworker_client.post(url, posted(version="1"))
    assert 'name="blijft_primary_form"' not in page.content.decode()

    caseworker_client.post(url, _choose(page, forms="theirs"))

    kept = Registration.objects.get()
    forms = kept.classifications.order_by("form_id").values_list("form_id", flat=True)
    assert (list(forms), kept.primary_form_id) == (["form.CRIM", "form.LAB"], "form.CRIM")


def test_keep_theirs_throws_my_draft_away(url, made, caseworker_client, focal_point_client):
    words = posted(version="1", urgency="2", registration=str(made.pk))
    caseworker_client.post("/registraties/concept/", words, headers={"HX-Request": "true"})
    _first(focal_point_client, url, urgency="3")
    page = caseworker_client.post(url, words)
    discard = reverse("casework:draft-discard", args=[page.context["draft"].pk])
    assert f'action="{discard}"' in page.content.decode()

    response = caseworker_client.post(discard)

    assert response.url == reverse("casework:registration-detail", args=[made.pk])
    assert not Draft.objects.filter(became=None).exists()
    assert caseworker_client.get(url).context["screen"].form["urgency"].value() == 3


def test_keep_theirs_without_a_draft(url, made, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3")

    page = caseworker_client.post(url, posted(version="1", urgency="2")).content.decode()

    detail = reverse("casework:registration-detail", args=[made.pk])
    assert re.search(rf'href="{detail}">Versie van mijn collega houden', page)


def test_draft_reopened_later_cannot_overwrite_silently(
    url, made, caseworker_client, focal_point_client
):
    words = posted(version="1", urgency="2", registration=str(made.pk))
    caseworker_client.post("/registraties/concept/", words, headers={"HX-Request": "true"})
    _first(focal_point_client, url, urgency="3")

    screen = caseworker_client.get(url).context["screen"]
    response = caseworker_client.post(url, {**words, "version": screen.version})

    assert screen.version == 1
    assert response.status_code == 409


@pytest.mark.parametrize("version", [None, "", "0", "x", "-1", "99999999999999999999"])
def test_version_tampered_with_overwrites_nothing(url, caseworker_client, version):
    response = caseworker_client.post(url, posted(version=version, urgency="2"))

    assert response.status_code == 409
    assert Registration.objects.get().urgency == 1


def test_both_changed_the_same(url, caseworker_client, focal_point_client):
    _first(focal_point_client, url, urgency="3")

    page = caseworker_client.post(url, posted(version="1", urgency="3"))

    assert page.context["rows"] == []
    assert "Er is geen verschil meer" in page.content.decode()


def test_taken_meanwhile_counts_as_a_change(url, made, caseworker_client, focal_point_client):
    focal_point_client.post(reverse("casework:registration-step", args=[made.pk, "take"]))

    assert caseworker_client.post(url, posted(version="1")).status_code == 409


# --- in words ---


def test_every_answer_has_words():
    found = differences(full_answers(), answers(received=full_answers().received))

    words = {row.label: row.mine for row in found}
    assert words["Vormen van uitbuiting"] == (
        "Seksuele uitbuiting (Hotel of vakantiepark, sterk vermoeden)"
    )
    assert words["Plaats van uitbuiting"] == "Utrecht"
    assert words["Mensen"].startswith("Mogelijk slachtoffer, 16 en 17 jaar")
    assert words["Mensen"].count(";") == 1
    assert {row.theirs for row in found} == {"leeg"}


def test_person_with_nothing_but_a_role_in_words():
    (row,) = differences(answers(subjects=(VICTIM,)), answers())

    assert (row.label, row.mine, row.theirs) == ("Mensen", "Mogelijk slachtoffer", "leeg")
