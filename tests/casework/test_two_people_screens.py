"""Verzoeken: asking, allowing and using what takes two people, through the browser's eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import User
from baken.casework.models import Registration, TwoPersonRequest
from baken.casework.rules import two_people
from tests.casework.colleagues import logged_in, second_coordinator
from tests.casework.test_words import told
from tests.casework.test_words_screens import NEW, WORDS
from tests.factories import posted, registration

pytestmark = pytest.mark.django_db
ASK = "/registraties/verzoeken/identiteiten/"
LIST = "/registraties/verzoeken/"
AWAY = "postgresql://baken_office:x@127.0.0.1:1/keystore"


@pytest.fixture
def made(caseworker):
    return told(caseworker)


@pytest.fixture
def second_client(made):
    return second_coordinator()[1]


@pytest.fixture
def asked(made, coordinator_client):
    coordinator_client.post(f"{ASK}?soort=report", {"reason": "legal"})
    return TwoPersonRequest.objects.get()


def step(client, asked, name):
    return client.post(f"{LIST}{asked.pk}/{name}/", follow=True)


def text_of(response):
    return response.content.decode()


def test_from_the_work_list_to_the_file(made, coordinator_client, second_client):
    work_list = text_of(coordinator_client.get("/registraties/?soort=report"))
    assert f'href="{ASK}?soort=report"' in work_list
    page = text_of(coordinator_client.get(f"{ASK}?soort=report"))
    assert "<strong>1 registratie</strong>" in page
    assert "Soort: Melding" in page

    coordinator_client.post(f"{ASK}?soort=report", {"reason": "legal"})
    asked = TwoPersonRequest.objects.get()
    waiting = text_of(second_client.get(LIST))
    assert "Robin Denkbeeld: Identiteiten meenemen" in waiting
    assert "1 registratie (Soort: Melding)" in waiting
    assert "Verzoek van een rechter of officier van justitie" in waiting
    assert "Toegestaan." in text_of(step(second_client, asked, "toestaan"))

    file = step(coordinator_client, asked, "bestand")
    assert "Mina Verzonnen" in text_of(file)
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Disposition"] == f'attachment; filename="{asked.pk}.csv"'
    assert "al gebruikt" in text_of(step(coordinator_client, asked, "bestand"))


def test_menu_counts_what_waits_for_you(asked, coordinator_client, second_client):
    badge = 'Verzoeken <span class="utrecht-number-badge">1</span>'
    assert badge in text_of(second_client.get(LIST))
    assert badge not in text_of(coordinator_client.get(LIST))

    step(second_client, asked, "toestaan")

    assert badge not in text_of(second_client.get(LIST))
    assert badge in text_of(coordinator_client.get(LIST))


def test_fragment_counts_nothing(asked, second_client):
    htmx = {"HX-Request": "true", "HX-Target": "worklist"}

    assert "utrecht-number-badge" not in text_of(second_client.get("/registraties/", headers=htmx))


def test_nobody_allows_it_to_themselves(asked, coordinator_client):
    again = logged_in(User.objects.get(email="robin@demo.invalid"))

    for client in (coordinator_client, again):
        assert "niet uzelf" in text_of(step(client, asked, "toestaan"))
        assert "niet uzelf" in text_of(step(client, asked, "weigeren"))
    assert "niet toegestaan" in text_of(step(coordinator_client, asked, "bestand"))


def test_own_request_has_no_button_to_allow_it(asked, coordinator_client):
    page = text_of(coordinator_client.get(LIST))

    assert "Wacht op een tweede collega" in page
    assert "Intrekken" in page
    assert ">Toestaan<" not in page


@pytest.mark.parametrize("name", ["toestaan", "weigeren", "bestand"])
def test_caseworker(asked, caseworker_client, name):
    assert step(caseworker_client, asked, name).status_code == 403
    assert "Identiteiten meenemen" not in text_of(caseworker_client.get(LIST))
    assert caseworker_client.get(ASK).status_code == 403


@pytest.mark.parametrize("name", ["toestaan", "weigeren", "intrekken"])
def test_another_region(asked, stranger_client, name):
    assert step(stranger_client, asked, name).status_code == 404


def test_refused(asked, coordinator_client, second_client):
    step(second_client, asked, "weigeren")

    page = text_of(coordinator_client.get(LIST))
    assert "Geweigerd" in page
    assert "Bestand ophalen" not in page


def test_withdrawn(asked, coordinator_client, second_client):
    assert "Ingetrokken" in text_of(step(coordinator_client, asked, "intrekken"))
    assert "Niets te beantwoorden" in text_of(second_client.get(LIST))


def test_too_late_to_allow(asked, second_client, monkeypatch):
    monkeypatch.setattr(two_people, "WAITS", timedelta(0))

    assert "Dit verzoek is verlopen" in text_of(step(second_client, asked, "toestaan"))


def test_too_late_to_use(asked, coordinator_client, second_client):
    step(second_client, asked, "toestaan")
    TwoPersonRequest.objects.update(allowed_at=timezone.now() - timedelta(minutes=16))

    assert "Verlopen" in text_of(coordinator_client.get(LIST))
    assert "Dit verzoek is verlopen" in text_of(step(coordinator_client, asked, "bestand"))


def test_keystore_away(asked, coordinator_client, second_client, settings):
    step(second_client, asked, "toestaan")
    settings.KEYSTORE_URL = AWAY

    page = text_of(step(coordinator_client, asked, "bestand"))

    assert "De sleutelkluis is niet bereikbaar" in page
    assert "Bestand ophalen" in page


@pytest.mark.parametrize(
    ("method", "address"),
    [("get", ASK), ("post", ASK), ("post", "toestaan"), ("post", "bestand")],
)
def test_step_up(asked, method, address):
    client = logged_in(User.objects.get(email="robin@demo.invalid"), seconds_ago=301)
    url = address if address == ASK else f"{LIST}{asked.pk}/{address}/"

    response = getattr(client, method)(url)

    assert response.status_code == (302 if method == "get" else 403)
    assert method == "post" or response.url.startswith("/inloggen/opnieuw/")


# --- what is asked ---


def test_nothing_that_was_typed_is_kept(made, coordinator_client):
    query = "soort=report&nummer=Mina&minderjarig=&wie=ik&iets=Jan+Jansen&van=2020&tot=Mina"
    page = text_of(coordinator_client.get(f"{ASK}?{query}"))
    assert "Zoeken op nummer telt hier niet mee." in page

    registration_of_mine(coordinator_client, made)
    coordinator_client.post(f"{ASK}?{query}", {"reason": "legal"})

    kept = TwoPersonRequest.objects.get().query
    assert kept == "soort=report&wie=ik&van=2020&sorteer=ontvangen"


def registration_of_mine(client, made):
    client.post(f"/registraties/{made.pk}/take/", {"version": "1"})


def test_mine_is_said_as_who_asked(made, coordinator_client, second_client):
    registration_of_mine(coordinator_client, made)
    coordinator_client.post(f"{ASK}?wie=ik", {"reason": "legal"})

    page = text_of(second_client.get(LIST))

    assert "Behandelaar: Robin Denkbeeld" in page
    assert "Behandelaar: Ik" not in page


@pytest.mark.parametrize("reason", ["", "zomaar", "treatment"])
def test_without_a_reason(made, coordinator_client, reason):
    response = coordinator_client.post(ASK, {"reason": reason})

    assert response.status_code == 422
    assert TwoPersonRequest.objects.count() == 0


def test_nothing_fits(made, coordinator_client):
    response = coordinator_client.post(f"{ASK}?soort=question", {"reason": "legal"})

    assert response.status_code == 422
    assert "Geen registratie past bij dit filter." in text_of(response)


def test_reporter_is_asked_allowed_and_shown_from_here(coordinator_client, focal_point_client):
    coordinator_client.post(NEW, posted(**WORDS))
    made = Registration.objects.get()
    coordinator_client.post(f"/registraties/{made.pk}/melder/", {"reason": "contact"})
    asked = TwoPersonRequest.objects.get()

    waiting = text_of(focal_point_client.get(LIST))
    step(focal_point_client, asked, "toestaan")
    own = text_of(coordinator_client.get(LIST))

    assert "Robin Denkbeeld: De melder zien" in waiting
    assert made.number in waiting
    assert "Contact opnemen" in waiting
    assert f"/registraties/{made.pk}/melder/{asked.pk}/" in own


def test_privacy_officer_reads_each_step(
    asked, coordinator_client, second_client, privacy_officer_client
):
    step(second_client, asked, "toestaan")
    step(coordinator_client, asked, "bestand")

    page = text_of(privacy_officer_client.get(reverse("oversight:log")))

    for line in (
        "Gevraagd om identiteiten mee te nemen",
        "Toegestaan dat een collega identiteiten meeneemt",
        "Identiteiten van betrokkenen meegenomen (CSV)",
    ):
        assert line in page
    assert "Verzoek van een rechter of officier van justitie" in page


def test_registration_says_who_took_it_along(asked, made, coordinator_client, second_client):
    other = registration_of_another_kind(coordinator_client)
    step(second_client, asked, "toestaan")
    step(coordinator_client, asked, "bestand")

    said = "Robin Denkbeeld, meegenomen in een bestand met identiteiten"
    assert said in text_of(second_client.get(f"/registraties/{made.pk}/"))
    assert said not in text_of(second_client.get(f"/registraties/{other.pk}/"))


def registration_of_another_kind(client):
    client.post(NEW, posted(kind="question"))
    return Registration.objects.get(kind="question")


def test_queries_of_the_page(
    coordinator, coordinator_client, second_client, django_assert_max_num_queries
):
    for number in range(5):
        registration(coordinator)
        coordinator_client.post(ASK, {"reason": ["legal", "safety"][number % 2]})
    second_client.get(LIST)

    with django_assert_max_num_queries(9):
        second_client.get(LIST)
