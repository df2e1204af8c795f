"""`baken keys`: how keys stand, turning, recovery, sweeping."""

import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from baken.audit.interface import SYSTEM
from baken.keys.interface import found_recovery_again, keys_of, seats_in
from baken.keys.models import RegionRecovery
from baken.lib.tenancy import set_region
from baken.organisations.interface import teams_of
from tests.accounts.teams.conftest import NOW, add, container, person
from tests.keyrings import keyring_of


@pytest.fixture
def said(monkeypatch):
    def run(*words, typed=""):
        out = StringIO()
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        call_command("keys", *words, stdout=out, stderr=StringIO())
        return out.getvalue()

    return run


@pytest.fixture
def team(in_utrecht):
    return teams_of(in_utrecht)[0]


def test_status_names_what_is_old(said, team, caseworker):
    container(caseworker, team.region_id)

    assert "Utrecht: herstelsleutel 1 van" in said("status")
    assert "Meldpunt: sleutels nummer 1, 0 dagen oud" in said("status")


def test_turning_says_what_is_left_to_do(said, team, caseworker):
    container(caseworker, team.region_id)

    words = said("turn", "--region", "utrecht", "--team", "Meldpunt")

    assert "Meldpunt heeft sleutels nummer 2." in words
    assert f"/team/{team.pk}/verzegelen/" in words
    set_region(team.region_id)
    assert keys_of(team).to_rewrap == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["turn", "--region", "utrecht", "--team", "Nergens"], "geen team 'Nergens'"),
        (["turn", "--region", "nergens", "--team", "Meldpunt"], "geen regio 'nergens'"),
        (["sweep"], "alleen de worker ruimt op"),
        (["recover", "--region", "utrecht", "--member", "x@y.nl"], "Niet al deze adressen"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(said, team, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        said(*words)


@pytest.fixture
def shares(in_utrecht, team):
    RegionRecovery.objects.update(proven_at=None)
    made = found_recovery_again(
        region=in_utrecht, keyring=keyring_of(person("noor")), by=SYSTEM, now=NOW
    )
    return [" ".join(groups) for groups in made]


def test_recovery_with_two_shares(said, shares, in_utrecht, team):
    somebody = add(in_utrecht, "caseworker")

    words = said(
        "recover", "--region", "utrecht", "--member", somebody.email, typed="\n".join(shares[1:])
    )

    assert "Toegang gegeven: 1 keer." in words
    assert not any(group in words for share in shares for group in share.split())
    set_region(team.region_id)
    assert somebody.pk in seats_in(team)


@pytest.mark.parametrize("typed", ["", "x\n", "eerste\ntweede\n"])
def test_recovery_with_something_else(said, shares, in_utrecht, typed):
    somebody = add(in_utrecht, "caseworker")

    with pytest.raises(CommandError):
        said("recover", "--region", "utrecht", "--member", somebody.email, typed=typed)
