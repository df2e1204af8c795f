"""The first run of a region: the recovery key made, printed, proven; and then the first team."""

import re
import shutil
import subprocess
from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import reverse

from baken.accounts.interface import Role
from baken.accounts.teams import sheets
from baken.keys.interface import recovery_of, seats_in
from baken.lib.documents import NotMade, made_pdf
from baken.organisations.interface import teams_of
from tests.accounts.teams.conftest import add, fresh

PAGE, KEY = reverse("teams:first-run"), reverse("teams:recovery-key")


@pytest.fixture
def printed(opener):
    """What the sheets say, as printed: kept by whom the test plays."""
    kept = []

    def keep(template, content):
        kept.append([" ".join(part["groups"]) for part in content["parts"]])
        return made_pdf(template, content)

    with patch.object(sheets, "made_pdf", keep):
        yield kept


def make(opener, edition=0):
    return opener.post(KEY, {"edition": str(edition)})


def type_back(opener, one, two):
    return opener.post(PAGE, {"share_one": one, "share_two": two})


def test_work_of_the_administrator_begins_with_setting_up(opener):
    assert opener.get(reverse("work")).url == PAGE
    assert "Maak de herstelsleutel" in opener.get(PAGE).content.decode()


def test_made_key_is_a_file_that_nobody_keeps(opener, region, printed):
    answer = make(opener)

    assert answer["Content-Type"] == "application/pdf"
    name = f"herstelsleutel-{region.code}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.content[:5] == b"%PDF-"
    assert len(printed[0]) == 3


def test_whole_first_run(opener, printed, region):
    make(opener)
    assert "Probeer twee delen" in opener.get(PAGE).content.decode()
    assert type_back(opener, printed[0][0], printed[0][2].lower().replace(" ", "-")).url == PAGE
    assert recovery_of(region).proven_at

    opened = opener.post(reverse("teams:open"), {"name": "Meldpunt"})
    somebody = add(region, Role.CASEWORKER)
    team = teams_of(region)[0]
    assert opened.url == reverse("teams:team", args=[team.pk])
    opener.post(reverse("teams:found", args=[team.pk]), {"members": [str(somebody.pk)]})

    assert seats_in(team) == {somebody.pk}
    assert "Uw meldpunt is ingericht" in opener.get(PAGE).content.decode()
    assert opener.get(reverse("work")).url != PAGE


def test_asked_twice_at_once(opener, printed):
    """A double click: the second answer must not make useless what the first one printed."""
    make(opener)
    second = make(opener)

    assert second.url == PAGE
    assert "De herstelsleutel is al gemaakt." in opener.get(PAGE).content.decode()
    assert type_back(opener, *printed[0][:2]).status_code == 302


def test_download_that_failed(opener, printed):
    make(opener)
    make(opener, edition=1)

    said = type_back(opener, *printed[0][:2]).content.decode()
    assert "deel 1 van een andere herstelsleutel" in said
    assert type_back(opener, *printed[1][:2]).status_code == 302


def test_printer_that_does_not_print(opener, region):
    """Without the PDF there is no key either."""
    with patch.object(sheets, "made_pdf", side_effect=NotMade):
        answer = make(opener)

    assert answer.url == PAGE
    assert recovery_of(region) is None


def test_group_that_was_mistyped(opener, printed):
    make(opener)
    groups = printed[0][1].split()
    groups[6] = "00000" if groups[6] != "00000" else "11111"

    answer = type_back(opener, printed[0][0], " ".join(groups))

    assert answer.status_code == 422
    assert "Groep 7 is niet goed overgenomen." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Dit veld is verplicht."),
        ("twee woorden", "Groep 1 is niet goed overgenomen."),
        ("x" * 121, "120"),
    ],
)
def test_what_is_no_share(opener, printed, typed, said):
    make(opener)

    answer = type_back(opener, printed[0][0], typed)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_same_share_twice(opener, printed):
    make(opener)

    answer = type_back(opener, printed[0][0], printed[0][0])

    assert "twee keer hetzelfde deel" in answer.content.decode()


def test_groups_of_two_sheets(opener, printed):
    make(opener)
    mixed = printed[0][0].split()[:5] + printed[0][1].split()[5:]

    answer = type_back(opener, printed[0][2], " ".join(mixed))

    assert "samen zijn ze geen deel" in answer.content.decode()


def test_proven_key_is_not_made_again(opener, printed):
    make(opener)
    type_back(opener, *printed[0][:2])

    assert make(opener, edition=1).url == PAGE
    assert len(printed) == 1


def test_shares_rest_nowhere(opener, printed, region):
    """Not in a table, and so not in the log or a session either."""
    make(opener)
    type_back(opener, *printed[0][:2])

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = [table for table in tables if _holds(cursor, table, printed[0])]
    assert found == []


def _holds(cursor, table, shares):
    cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(f"SELECT t::text FROM {table} t")
    text = "\n".join(row[0] for row in cursor.fetchall())
    groups = [group for share in shares for group in share.split()]
    return any(re.search(rf"\b{group}\b", text) for group in groups)


def test_page_asks_for_a_fresh_log_in(administrator_client):
    client = fresh(administrator_client, "lou", seconds_ago=301)

    assert client.get(PAGE).url.startswith(reverse("account_reauthenticate"))
    assert make(client).status_code == 403


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing")
@pytest.mark.machine
def test_sheets_can_be_read_aloud(opener, printed):
    pdf = make(opener).content

    info = _ask(["pdfinfo", "-"], pdf)
    text = _ask(["pdftotext", "-layout", "-", "-"], pdf)

    assert re.search(r"^Title: +Herstelsleutel van Proefland$", info, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
    assert re.search(r"^Pages: +5$", info, re.MULTILINE)
    assert all(group in text for share in printed[0] for group in share.split())


def _ask(words, pdf):
    return subprocess.run(words, input=pdf, capture_output=True, check=True).stdout.decode()


def test_pdf_names_its_language_and_standard(opener, printed):
    pdf = make(opener).content

    assert re.search(rb"/Lang ?\(nl", pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
