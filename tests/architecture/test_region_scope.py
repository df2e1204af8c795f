"""How long a choice of region lasts, with real commits on a database of the test's own."""

from uuid import UUID

import pytest
from django.db import connection

from baken.casework.models import Registration
from baken.lib.tenancy import region_scope, set_region
from tests.factories import registration


def test_region_is_chosen_inside_a_transaction_only(own_database):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        set_region(UUID(int=1))


def test_choice_of_region_ends_with_the_transaction(own_database, own_caseworker):
    region_id = own_caseworker.region.pk
    with region_scope(region_id):
        registration(own_caseworker)
        assert Registration.objects.count() == 1
    assert Registration.objects.count() == 0

    with pytest.raises(ZeroDivisionError), region_scope(region_id):
        raise ZeroDivisionError
    assert Registration.objects.count() == 0


def test_two_regions_one_connection(own_database, own_caseworker, own_stranger):
    for by in (own_caseworker, own_stranger, own_caseworker):
        with region_scope(by.region.pk):
            registration(by)

    counts = {}
    for by in (own_caseworker, own_stranger):
        with region_scope(by.region.pk):
            counts[by.region.code] = Registration.objects.count()
    assert counts == {"utrecht": 2, "flevoland": 1}


def test_scope_of_one_state_does_not_see_what_comes_later(own_database, own_caseworker):
    region_id = own_caseworker.region.pk

    with region_scope(region_id, one_state=True), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)


def test_scope_of_one_state_is_the_outermost(own_database, own_caseworker):
    with (
        region_scope(own_caseworker.region.pk),
        pytest.raises(RuntimeError, match="durable"),
        region_scope(own_caseworker.region.pk, one_state=True),
    ):
        pass
