"""Somebody with two regions chooses which one to work for."""

import pytest
from django.test import Client

from baken.accounts.interface import User
from baken.accounts.models import Membership
from baken.audit.interface import latest
from baken.lib.tenancy import region_scope
from tests.factories import posted
from tests.fresh import just_logged_in
from tests.keyrings import keyring_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    client, user = Client(), User.objects.get(email="max@demo.invalid")
    client.force_login(user)
    session = client.session
    session.keyring = keyring_of(user)
    session.update(just_logged_in(user))
    session.save()
    return client


def _region(client):
    return client.get("/registraties/").context["region"]


def test_switch_and_back(both, utrecht, flevoland):
    assert _region(both) == flevoland

    both.post("/regio/", {"region": str(utrecht.pk)})
    there = _region(both)
    both.post("/regio/", {"region": str(flevoland.pk)})

    assert (there, _region(both)) == (utrecht, flevoland)


def test_switch_is_in_the_log_of_the_region_it_goes_to(both, utrecht, flevoland):
    both.post("/regio/", {"region": str(utrecht.pk)})

    events = {}
    for region in (utrecht, flevoland):
        with region_scope(region.pk):
            events[region.code] = [each.event for each in latest(region.pk)]
    assert "region.chosen" in events["utrecht"]
    assert "region.chosen" not in events["flevoland"]


def test_menu_offers_the_other_region_only(both, caseworker_client, utrecht):
    assert f'value="{utrecht.pk}"' in both.get("/registraties/").content.decode()
    assert "/regio/" not in caseworker_client.get("/registraties/").content.decode()


@pytest.mark.parametrize("region", ["", "x", "00000000-0000-0000-0000-000000000009", "flevoland"])
def test_region_of_others(caseworker_client, request, region, utrecht):
    if region == "flevoland":
        region = str(request.getfixturevalue("flevoland").pk)

    assert caseworker_client.post("/regio/", {"region": region}).status_code == 404
    assert _region(caseworker_client) == utrecht


def test_membership_that_ended_after_choosing(both, utrecht, flevoland):
    both.post("/regio/", {"region": str(utrecht.pk)})
    own = Membership.objects.get(user__email="max@demo.invalid", region=utrecht)
    own.valid_to = own.valid_from
    own.save()

    assert _region(both) == flevoland
    assert both.post("/regio/", {"region": str(utrecht.pk)}).status_code == 404


def test_looking_at_the_address_changes_nothing(both):
    assert both.get("/regio/").status_code == 405


def test_form_goes_to_the_region_it_was_opened_in(both, utrecht, flevoland):
    page = both.get("/registraties/nieuw/").content.decode()
    assert f'name="region_of_form" value="{flevoland.pk}"' in page
    both.post("/regio/", {"region": str(utrecht.pk)})  # in another tab

    saved = both.post("/registraties/nieuw/", posted(region_of_form=str(flevoland.pk)), follow=True)

    assert saved.status_code == 200
    assert saved.context["registration"].region_id == flevoland.pk
    assert _region(both) == flevoland


@pytest.mark.parametrize("region", ["", "x", "flevoland"])
def test_form_that_names_a_region_of_others(caseworker_client, utrecht, flevoland, region):
    named = str(flevoland.pk) if region == "flevoland" else region

    saved = caseworker_client.post(
        "/registraties/nieuw/", posted(region_of_form=named), follow=True
    )

    assert saved.context["registration"].region_id == utrecht.pk
