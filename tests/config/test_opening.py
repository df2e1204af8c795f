"""`baken setup`: a real installation from nothing, and what goes wrong on the way."""

import os
import subprocess
import sys
from unittest.mock import patch

import pytest
from django.utils import timezone

from baken.accounts.interface import Role, User, member_for, memberships_of
from baken.accounts.teams import sheets
from baken.config.management.asking import WrongAnswer
from baken.config.management.commands.setup import _clean_area, _clean_person
from baken.config.opening import FirstPerson, Opening, open_meldpunt
from baken.keys.interface import Refused, keys_of, recovery_of, unlock
from baken.lib.documents import made_pdf
from baken.lib.tenancy import set_region
from baken.organisations.interface import UnknownRegion, region_by_code, safety_regions, teams_of

NOW = timezone.now()
PASSPHRASE = "fietsen langs de dijk zonder wind"
LOT = FirstPerson("Lot Begin", "lot@example.org", (Role.ADMINISTRATOR,), PASSPHRASE)
KAS = FirstPerson("Kas Werk", "kas@example.org", (Role.COORDINATOR,), PASSPHRASE)


def opening(*people, sheets=None):
    area = safety_regions()["VR19"][1]
    return Opening("zeeland", "Zeeland", "0118 00 00 00", area, people, "Meldpunt", sheets)


def no_shares(region):
    raise AssertionError("Nobody is asked for shares.")


@pytest.mark.role("owner")
def test_meldpunt_that_goes_on_in_the_browser(db):
    codes = open_meldpunt(opening(LOT, KAS), read_shares=no_shares, now=NOW)

    region = region_by_code("zeeland")
    set_region(region.pk)
    user = User.objects.get(email="lot@example.org")
    assert codes == []
    assert member_for(user, memberships_of(user, NOW.date()), None).roles == {Role.ADMINISTRATOR}
    assert unlock(user_id=user.pk, passphrase=PASSPHRASE, today=NOW.date())
    assert [team.name for team in teams_of(region)] == ["Meldpunt"]
    assert recovery_of(region) is None


@pytest.mark.role("owner")
def test_one_person_with_both_roles_who_is_invited(db):
    both = FirstPerson("Lot Begin", "lot@example.org", (Role.ADMINISTRATOR, Role.COORDINATOR), None)

    [(name, code)] = open_meldpunt(opening(both), read_shares=no_shares, now=NOW)

    assert (name, len(code)) == ("Lot Begin", 8)
    assert not User.objects.filter(email="lot@example.org").exists()


@pytest.fixture
def printed():
    kept = []

    def keep(template, content):
        kept.extend(" ".join(part["groups"]) for part in content["parts"])
        return made_pdf(template, content)

    with patch.object(sheets, "made_pdf", keep):
        yield kept


@pytest.mark.role("owner")
def test_recovery_key_on_the_command_line(db, tmp_path, printed):
    pdf = tmp_path / "delen.pdf"
    seen = []

    def print_and_type(region):
        seen.append((pdf.read_bytes()[:5], pdf.stat().st_mode & 0o777))
        return printed[1:]

    open_meldpunt(opening(LOT, KAS, sheets=pdf), read_shares=print_and_type, now=NOW)

    region = region_by_code("zeeland")
    set_region(region.pk)
    assert seen == [(b"%PDF-", 0o600)]
    assert not pdf.exists()
    assert recovery_of(region).proven_at == NOW
    assert keys_of(teams_of(region)[0]).seats.keys() == {User.objects.get(email=KAS.email).pk}


@pytest.mark.role("owner")
def test_sheets_taken_away_after_printing(db, tmp_path, printed):
    pdf = tmp_path / "delen.pdf"

    def print_and_take_away(region):
        pdf.unlink()
        return printed[1:]

    open_meldpunt(opening(LOT, KAS, sheets=pdf), read_shares=print_and_take_away, now=NOW)

    assert region_by_code("zeeland").name == "Zeeland"


@pytest.mark.role("owner")
def test_drill_that_fails_leaves_nothing(db, tmp_path, printed):
    pdf = tmp_path / "delen.pdf"

    with pytest.raises(Refused):
        open_meldpunt(
            opening(LOT, sheets=pdf), read_shares=lambda region: [printed[0]] * 2, now=NOW
        )

    with pytest.raises(UnknownRegion):
        region_by_code("zeeland")
    assert not pdf.exists()


@pytest.mark.role("owner")
def test_file_that_is_there_already_stays(db, tmp_path):
    pdf = tmp_path / "delen.pdf"
    pdf.write_text("van iemand anders")

    with pytest.raises(FileExistsError):
        open_meldpunt(opening(LOT, sheets=pdf), read_shares=no_shares, now=NOW)

    assert pdf.read_text() == "van iemand anders"


def test_area_of_a_safety_region_or_a_list(db):
    assert _clean_area("vr25") == safety_regions()["VR25"][1]
    assert _clean_area("Lelystad, GM0344") == ["GM0995", "GM0344"]


@pytest.mark.parametrize("text", ["", "VR99", "Atlantis", "Lelystad, Atlantis"])
def test_area_that_does_not_exist(db, text):
    with pytest.raises(WrongAnswer):
        _clean_area(text)


@pytest.mark.parametrize("text", ["", "Noor", "noor@example.org", "<noor@example.org>", "Noor <x>"])
def test_person_without_a_name_or_an_address(text):
    with pytest.raises(WrongAnswer):
        _clean_person(text)


@pytest.mark.slow
def test_real_installation_from_nothing(tmp_path):
    """As the handbook says, in one command; the passphrases come through a pipe."""
    words = [
        *("--code", "zeeland", "--name", "Zeeland", "--telephone", "0118 00 00 00"),
        *("--municipalities", "VR19", "--administrator", "Lot Begin <lot@example.org>"),
        *("--coordinator", "Lot Begin <lot@example.org>"),
    ]
    done = _baken(tmp_path, "setup", *words, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    status = _baken(tmp_path, "keys", "status")

    assert "Meldpunt Zeeland is open." in done.stdout
    assert PASSPHRASE not in done.stdout + done.stderr
    assert status.stdout == "Zeeland: nog geen herstelsleutel\n  Meldpunt: nog geen sleutels\n"
    again = _baken(tmp_path, "setup", *words, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert "Er is al een regio met deze code." in again.stderr


def _baken(home, *words, typed=""):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "baken", *words],
        env={**plain, "BAKEN_HOME": str(home)},
        input=typed,
        capture_output=True,
        text=True,
    )
