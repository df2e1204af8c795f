"""`baken people add`: whoever is new types a passphrase; none is made up for them."""

import io

import pytest
from django.core.management import CommandError, call_command

from baken.accounts.interface import Role, User
from baken.accounts.models import Membership
from baken.lib.tenancy import region_scope

pytestmark = pytest.mark.role("owner")
GOOD = "vier gewone losse woorden"
WORDS = ("people", "add", "--region", "utrecht", "--role", "analyst", "--name", "Eva Nieuw")


@pytest.fixture
def add(monkeypatch, utrecht):
    def command(email, *lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        said = io.StringIO()
        with region_scope(utrecht.pk):
            call_command(*WORDS, "--email", email, stdout=said, stderr=io.StringIO())
        return said.getvalue()

    return command


def test_new_colleague_types_a_passphrase(add):
    said = add("Eva@voorbeeld.invalid", GOOD, GOOD)

    assert said == "Toegevoegd.\n"
    assert User.objects.get(email="eva@voorbeeld.invalid").check_password(GOOD)


@pytest.mark.parametrize("lines", [("kort", "kort"), (GOOD, "iets anders dan dat"), ()])
def test_passphrase_that_cannot_be(add, lines):
    with pytest.raises(CommandError):
        add("eva@voorbeeld.invalid", *lines)

    assert not User.objects.filter(email="eva@voorbeeld.invalid").exists()


def test_colleague_who_has_one_keeps_it(add):
    before = User.objects.get(email="bo@demo.invalid").password

    add("bo@demo.invalid")

    assert User.objects.get(email="bo@demo.invalid").password == before
    assert Membership.objects.filter(user__email="bo@demo.invalid", role=Role.ANALYST).exists()
