"""From file to work list in the browser, with the real import process."""

from baken.casework.models import Registration
from tests.casework.imports.conftest import DEMO

REGISTER = DEMO / "utrecht_2020_2023_register.csv"


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

    page = house.client.post(f"{started.url}ongedaan/", follow=True)
    assert page.context["result"].heading == "Ongedaan gemaakt"
    assert house.count(Registration) == 0
