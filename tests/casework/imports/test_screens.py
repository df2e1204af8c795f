"""From file to work list in the browser, with the real import process."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baken.casework.models import Registration
from baken.casework.states import ImportState
from tests.casework.imports.conftest import DEMO
from tests.words import left_in_dutch

REGISTER = DEMO / "utrecht_2020_2023_register.csv"


@pytest.mark.slow
def test_a_register_from_file_to_work_list_and_back(house):
    page = house.follow(house.upload(REGISTER))
    assert page.templates[0].name == "casework/import_map.html"

    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)
    assert page.templates[0].name == "casework/import_values.html"

    page = house.follow(house.post(page).url)
    assert page.templates[0].name == "casework/import_check.html"
    assert page.context["total"] == "623 registraties (319 meldingen, 304 adviezen)"
    assert house.count(Registration) == 0

    started = house.client.post(page.request["PATH_INFO"].replace("controle", "alles"))
    page = house.follow(started.url)
    assert page.context["result"].heading == "623 registraties ingelezen"
    assert house.count(Registration) == 623
    assert list(house.uploads.iterdir()) == []

    page = house.follow(house.client.post(f"{started.url}ongedaan/").url)
    assert page.context["result"].heading == "Ongedaan gemaakt"
    assert house.count(Registration) == 0


@pytest.mark.slow
def test_what_was_chosen_is_suggested_next_time(house, register_file):
    first = register_file("1;advies;2023;Utrecht;rare naam", name="a.csv")
    page = house.follow(house.upload(first))
    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)
    page = house.follow(house.post(page, **{"primary_form-0": "LAB"}).url)
    house.follow(house.client.post(page.request["PATH_INFO"].replace("controle", "alles")).url)

    again = register_file("2;advies;2023;Utrecht;Rare  Naam", name="b.csv")
    page = house.follow(house.upload(again))
    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)

    assert page.context["form"]["primary_form-0"].value() == "LAB"


def test_a_text_without_a_meaning_is_asked_for(house, register_file):
    page = house.follow(house.upload(register_file("1;advies;2023;Utrecht;Ruimtevaart")))
    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)

    refused = house.post(page)
    assert refused.status_code == 422
    assert "Kies wat dit betekent, of laat het leeg." in refused.content.decode()

    page = house.follow(house.post(page, **{"primary_form-0": "-"}).url)
    assert page.templates[0].name == "casework/import_check.html"
    assert page.context["problems"] == []


@pytest.mark.slow
def test_problems_are_shown_with_their_cells_and_nothing_can_be_imported(house, register_file):
    file = register_file("1;advies;31-02-2023;Utrecht;", "1;advies;2023;Utrecht;")
    page = house.follow(house.upload(file))
    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)
    page = house.follow(house.post(page).url)

    assert [text.partition(":")[0] for text in page.context["problems"]] == [
        "Rij 2, kolom C",
        "Rij 3, kolom A",
    ]
    assert "Alles inlezen" not in page.content.decode()
    house.client.post(page.request["PATH_INFO"].replace("controle", "alles"))
    assert house.the_import().state == ImportState.CHECKED


def test_a_column_of_names_is_no_list_of_codes(house, register_file):
    lines = [f"{n};advies;2023;Utrecht;Persoon {n}" for n in range(200)]
    page = house.follow(house.upload(register_file(*lines)))

    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)

    assert page.templates[0].name == "casework/import_map.html"
    (problem,) = page.context["problems"]
    assert "'Aard van uitbuiting' heeft te veel verschillende" in problem
    assert "Persoon" not in str(house.the_import().mapping)


def test_columns_that_are_needed(house, register_file):
    page = house.follow(house.upload(register_file("1;advies;2023;Utrecht;")))

    refused = house.post(page, received="", default_kind="report")

    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"received", "default_kind"}


def test_problems_in_the_language_of_who_uploaded(house, register_file):
    house.client.cookies["baken-office-taal"] = "en"
    page = house.follow(house.upload(register_file("1;advies;31-02-2023;Utrecht;")))
    page = house.follow(house.post(page, default_legal_frame="outside_wmo").url)
    page = house.follow(house.post(page).url)

    (problem,) = page.context["problems"]
    assert problem.startswith("Row 2, column C: 31-02-2023 does not exist.")
    assert left_in_dutch(page) == []


# --- without the process ---


def test_nothing_imported_yet(coordinator_client):
    page = coordinator_client.get("/registraties/inlezen/")

    assert "Nog niets ingelezen" in page.content.decode()


@pytest.mark.parametrize("name", ["", "nieuw/", "00000000-0000-0000-0000-000000000001/"])
def test_caseworker_may_not_import(caseworker_client, name):
    assert caseworker_client.get(f"/registraties/inlezen/{name}").status_code == 403


@pytest.mark.parametrize("name", ["", "kolommen/", "waarden/", "controle/", "ongedaan/"])
def test_an_import_that_is_not_there(coordinator_client, name):
    address = f"/registraties/inlezen/00000000-0000-0000-0000-000000000001/{name}"

    assert coordinator_client.get(address).status_code == 404


def test_choosing_a_file(coordinator_client):
    page = coordinator_client.get("/registraties/inlezen/nieuw/")

    assert page.status_code == 200
    assert 'accept=".csv,.xlsx,.ods"' in page.content.decode()
    assert "Kies een bestand." not in page.content.decode()


def test_no_file_chosen(coordinator_client):
    page = coordinator_client.post("/registraties/inlezen/nieuw/", {})

    assert page.status_code == 422
    assert "Kies een bestand." in page.content.decode()


def test_a_file_that_is_a_little_too_large(coordinator_client):
    file = SimpleUploadedFile("r.csv", bytes(50 * 1024 * 1024 + 1))

    page = coordinator_client.post("/registraties/inlezen/nieuw/", {"file": file})

    assert page.status_code == 422
    assert "mag niet groter zijn dan 50 MB" in page.content.decode()


def test_a_request_that_is_much_too_large(coordinator_client):
    page = coordinator_client.post(
        "/registraties/inlezen/nieuw/", bytes(60_000_000), content_type="multipart/form-data"
    )

    assert page.status_code == 413
    assert re.search("Dit bestand is 58 MB. Het mag niet groter zijn", page.content.decode())


def test_an_upload_from_another_site(coordinator_client):
    coordinator_client.handler.enforce_csrf_checks = True
    file = SimpleUploadedFile("r.csv", b"a;b")

    page = coordinator_client.post("/registraties/inlezen/nieuw/", {"file": file})

    assert page.status_code == 403
