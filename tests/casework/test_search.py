"""Searching: by number, by what somebody is recognised by, and in what was written."""

from datetime import date

import pytest
from django.urls import reverse

from baken.accounts.interface import NotAllowed
from baken.audit.interface import latest
from baken.casework.actions.searching import begin_search
from baken.casework.actions.words import add_note
from baken.casework.models import Summary
from baken.casework.queries import search as searching
from baken.casework.queries.search import SearchFilter, by_number, manifest, search_slice
from baken.casework.rules.answers import IdentityAnswer, Words
from baken.casework.rules.manifests import manifest_of
from baken.casework.states import IdentityKind, Kind
from baken.casework.views import search as pages
from baken.keys.interface import destroy
from baken.keys.models import Seat
from baken.keys.states import Compartment
from baken.lib.dates import PartialDate, Precision
from baken.lib.tenancy import region_scope
from tests.casework.test_radar import BORN, somebody
from tests.casework.test_words import NAME, PHONE, told
from tests.factories import NOW
from tests.words import left_in_dutch

URL = "/registraties/zoeken/"
HTMX = {"HX-Request": "true"}
ALL = SearchFilter()
EVENT = "registrations.searched"


def written(by, text, **changes):
    return told(by, words=Words(summary=text), subjects=(), **changes)


def asked(client, q, **more):
    return client.post(URL, {"q": q, **more}).content.decode()


def texts_with(by, *words, wanted=ALL, most=100):
    return search_slice(words, wanted, by=by, most=most)


# --- by number and by who ---


def test_by_number_however_it_is_typed(caseworker):
    made = written(caseworker, "Iets.")
    bare = made.number.replace("-", "").lower()

    for typed in (made.number, bare, bare[2:], made.number[:-2], bare[2:6]):
        assert by_number(typed, ALL, by=caseworker) == {made.pk: "number"}, typed


def test_by_external_number(caseworker, caseworker_client):
    made = written(caseworker, "Iets.", external_number="ZAAK/2024_7")

    assert by_number("zaak/2024_", ALL, by=caseworker) == {made.pk: "external"}
    assert "extern nummer" in asked(caseworker_client, "zaak/2024_7")


@pytest.mark.parametrize("wildcard", ["%%", "__", "MH-%", "MH-____", "\\\\%", "'; --"])
def test_sign_of_sql_is_a_sign(caseworker, wildcard):
    written(caseworker, "Iets.", external_number="A1")

    assert by_number(wildcard, ALL, by=caseworker) == {}


@pytest.mark.parametrize(
    ("identity", "typed", "reason"),
    [
        (PHONE, "+31 6 12345678", "dit telefoonnummer"),
        (IdentityAnswer(kind=IdentityKind.EMAIL, value="a@b.example"), "A@B.example", "dit e-mailadres"),
        (IdentityAnswer(kind=IdentityKind.PLATE, value="12-ABC-3"), "busje 12-ABC-3", "dit kenteken"),
        (IdentityAnswer(kind=IdentityKind.DOCUMENT, value="NX123456"), "nx 123456", "dit documentnummer"),
    ],
)  # fmt: skip
def test_by_identifier(caseworker, caseworker_client, identity, typed, reason):
    made = somebody(caseworker, identity)

    html = asked(caseworker_client, typed)

    assert (made.number in html, reason in html) == (True, True)


@pytest.mark.parametrize("typed", ["Mina Verzonnen 5-2-2006", "verzonnen, mina 2006-02-05"])
def test_by_name_and_date_of_birth(caseworker, caseworker_client, typed):
    made = somebody(caseworker, NAME, BORN)

    html = asked(caseworker_client, typed)

    assert made.number in html
    assert "zelfde achternaam, voornaam en geboortedatum" in html


def test_reporter_is_not_found(caseworker, caseworker_client):
    made = told(caseworker, words=Words(reporter=(PHONE,)), anonymity="shielded", subjects=())

    assert made.number not in asked(caseworker_client, PHONE.value)


# --- in what was written ---


def test_every_word_must_occur_in_any_case_and_accent(caseworker):
    made = written(caseworker, "Ze werkt in een NAGELSTUDIO in Één straat met José.")
    written(caseworker, "Ze werkt in een kas.")

    for words in (["nagel", "jose"], ["een", "studio"], ["nagelstudio"]):
        assert [hit.registration_id for hit in texts_with(caseworker, *words).hits] == [made.pk]
    assert texts_with(caseworker, "nagel", "kas").hits == ()


def test_in_a_note(caseworker, caseworker_client):
    made = written(caseworker, "Niets bijzonders.")
    add_note(registration_id=made.pk, text="Gebeld met de garage.", by=caseworker, now=NOW)

    html = asked(caseworker_client, "garage")

    assert (made.number in html, "in een notitie" in html) == (True, True)


def test_word_is_marked_and_nothing_typed_is_markup(caseworker, caseworker_client):
    written(caseworker, "<script>alert('x')</script> De Kapsalon & <b>meer</b>.")

    html = asked(caseworker_client, "kapsalon")

    assert "&lt;/script&gt; De <mark>Kapsalon</mark> &amp; &lt;b&gt;meer&lt;/b&gt;." in html


def test_facts_narrow_before_anything_is_opened(caseworker):
    advice = written(caseworker, "Over de kapsalon.", kind=Kind.ADVICE)
    old = written(caseworker, "De kapsalon.", received=PartialDate(date(2020, 1, 1), Precision.DAY))

    def found(**facts):
        part = texts_with(caseworker, "kapsalon", wanted=SearchFilter(**facts))
        return part.done, [hit.registration_id for hit in part.hits]

    assert found(kind=Kind.ADVICE) == (1, [advice.pk])
    assert found(to_day=date(2020, 1, 1)) == (1, [old.pk])
    assert found(from_day=date(2020, 1, 2)) == (1, [advice.pk])
    assert found() == (2, [advice.pk, old.pk])


def test_slices_go_through_everything_once_newest_first(caseworker):
    days = [PartialDate(date(2024, 1, 1 + n // 2), Precision.DAY) for n in range(7)]
    made = [written(caseworker, "kapsalon", received=day) for day in days]

    found, after, sizes = [], None, []
    for _ in range(9):
        part = search_slice(["kapsalon"], ALL, by=caseworker, most=3, after=after)
        found += [hit.registration_id for hit in part.hits]
        sizes.append(part.done)
        if (after := part.after) is None:
            break

    assert (len(found), set(found), sizes) == (7, {one.pk for one in made}, [3, 3, 1])
    assert found[0] == made[-1].pk


def test_so_many_hits_that_a_slice_stops(caseworker, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 2)
    for _ in range(3):
        written(caseworker, "kapsalon")

    first = texts_with(caseworker, "kapsalon")
    rest = search_slice(["kapsalon"], ALL, by=caseworker, most=100, after=first.after)

    assert [(len(one.hits), one.done) for one in (first, rest)] == [(2, 2), (1, 1)]


def test_slice_of_many_is_four_queries(caseworker, django_assert_max_num_queries):
    for _ in range(5):
        written(caseworker, "kapsalon")
    texts_with(caseworker, "kapsalon")

    with django_assert_max_num_queries(4):
        texts_with(caseworker, "kapsalon")


def test_other_region_is_not_searched(caseworker, stranger):
    written(caseworker, "kapsalon")

    with region_scope(stranger.region.pk):
        assert texts_with(stranger, "kapsalon").done == 0
        assert texts_with(caseworker, "kapsalon").done == 0


# --- what does not open ---


def test_shredded_and_altered_are_counted(
    caseworker, caseworker_client, django_capture_on_commit_callbacks
):
    shredded, altered, whole = (written(caseworker, "kapsalon") for _ in range(3))
    with django_capture_on_commit_callbacks(execute=True):
        destroy(region_id=shredded.region_id, owner_id=shredded.pk, compartments=[Compartment.WORK])
    row = Summary.objects.get(registration=altered)
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()

    html = asked(caseworker_client, "kapsalon")

    assert "2 registraties konden niet geopend worden" in html
    assert whole.number in html
    assert "1 registratie gevonden in de tekst." in html


def test_without_a_seat_only_by_number(caseworker, caseworker_client):
    made = written(caseworker, "kapsalon")
    Seat.objects.filter(user_id=caseworker.user_id).delete()

    html = asked(caseworker_client, "kapsalon")

    assert "U hebt nog geen toegang tot de sleutels van dit team" in html
    assert made.number not in html
    assert made.number in asked(caseworker_client, made.number)


def test_keystore_away(caseworker, caseworker_client, settings):
    written(caseworker, "kapsalon")
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    assert "De sleutelkluis is niet bereikbaar" in asked(caseworker_client, "kapsalon")


# --- the log ---


def test_search_is_one_look_that_keeps_no_word(caseworker, caseworker_client, monkeypatch):
    monkeypatch.setattr(pages, "FIRST", 1)
    made = [written(caseworker, "kapsalon") for _ in range(3)]

    page = caseworker_client.post(URL, {"q": "kapsalon"})
    later = caseworker_client.post(URL, _hidden(page), headers=HTMX)

    entries = [each for each in latest(caseworker.region.pk) if each.event == EVENT]
    assert [each.detail for each in entries] == [
        {"rows": 3, "sha256": manifest_of([one.pk for one in made])}
    ]
    assert later.content.decode().count("<mark>") == 2


def test_manifest_of_the_database_is_that_of_the_rules(caseworker):
    made = [written(caseworker, "x").pk for _ in range(3)]

    assert manifest(ALL, by=caseworker) == (3, manifest_of(made))
    assert manifest(SearchFilter(kind=Kind.QUESTION), by=caseworker) == (0, manifest_of([]))


def _hidden(page, **changes):
    context = page.context
    return {**dict(context["posted"]), "token": context["token"], **changes}


@pytest.mark.parametrize(
    "changes",
    [{"q": "iets anders"}, {"soort": "report"}, {"token": "onzin"}, {"token": "e30:1:x"}],
)
def test_next_slice_of_another_search_is_refused(
    caseworker, caseworker_client, monkeypatch, changes
):
    monkeypatch.setattr(pages, "FIRST", 1)
    for _ in range(2):
        written(caseworker, "kapsalon, iets anders")
    page = caseworker_client.post(URL, {"q": "kapsalon"})

    answer = caseworker_client.post(URL, _hidden(page, **changes), headers=HTMX).content.decode()

    assert "Deze zoekactie is verlopen. Zoek opnieuw." in answer
    assert "<mark>" not in answer


def test_next_slice_of_a_colleague_is_refused(
    caseworker, caseworker_client, focal_point_client, monkeypatch
):
    monkeypatch.setattr(pages, "FIRST", 1)
    for _ in range(2):
        written(caseworker, "kapsalon")
    page = caseworker_client.post(URL, {"q": "kapsalon"})

    answer = focal_point_client.post(URL, _hidden(page), headers=HTMX).content.decode()

    assert "Deze zoekactie is verlopen" in answer


# --- on screen ---


def test_stop_and_go_on_without_javascript(caseworker, caseworker_client, monkeypatch):
    monkeypatch.setattr(pages, "FIRST", 1)
    for _ in range(2):
        written(caseworker, "kapsalon")
    page = caseworker_client.post(URL, {"q": "kapsalon"})

    stopped = caseworker_client.post(URL, _hidden(page, stop="1")).content.decode()
    rest = caseworker_client.post(URL, _hidden(page)).content.decode()

    assert "1 van 2 doorzocht" in stopped
    assert ("Gestopt" in stopped, "<mark>" in stopped) == (True, False)
    assert ("2 van 2 doorzocht" in rest, "<mark>" in rest) == (True, True)


def test_term_is_never_in_an_address(caseworker_client, caseworker):
    written(caseworker, "kapsalon Zonnebloem")

    html = asked(caseworker_client, "zonnebloem")

    addresses = [
        part.split('"')[0] for name in ("href=", "action=") for part in html.split(f'{name}"')[1:]
    ]
    assert not [each for each in addresses if "zonnebloem" in each.lower()]
    assert "<title>Zoeken" in html


def test_word_that_is_a_choice_leads_to_the_work_list(caseworker_client):
    html = asked(caseworker_client, "Utrecht")

    assert f'href="{reverse("casework:registration-list")}?gemeente=Utrecht"' in html
    assert "?vorm=SEX" in asked(caseworker_client, "Seksuele uitbuiting")


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("", "Typ eerst waar u naar zoekt."),
        (" \u200b\u202e\0 ", "Typ eerst waar u naar zoekt."),
        ("x" * 10_000, "Zoek met hoogstens 200 tekens."),
        ("?!… --- ***", "Typ ten minste twee letters of cijfers."),
        ("a", "Typ ten minste twee letters of cijfers."),
    ],
)
def test_nothing_to_search_for(caseworker_client, q, sentence):
    answer = caseworker_client.post(URL, {"q": q})

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("q", ["%_%_", "\u202ekapsalon", "كلمة", "kap\0salon x", "😀😀", "ＫＡＰ"])
def test_odd_signs_are_searched_for(caseworker, caseworker_client, q):
    written(caseworker, "Een sms: كلمة السر, en daarna kapsalon.")

    assert caseworker_client.post(URL, {"q": q}).status_code in {200, 422}


def test_period_that_ends_before_it_begins(caseworker_client):
    html = asked(caseworker_client, "kapsalon", van="2024-02-01", tot="2024-01-01")

    assert "Deze dag ligt voor de dag bij" in html


def test_in_english(caseworker, caseworker_client):
    somebody(caseworker, PHONE, words=Words(summary="x"))
    caseworker_client.cookies["baken-office-taal"] = "en"

    for page in (caseworker_client.get(URL), caseworker_client.post(URL, {"q": PHONE.value})):
        assert left_in_dutch(page) == []


def test_who_may_not_see_registrations(analyst):
    with pytest.raises(NotAllowed):
        begin_search(text="kapsalon", wanted=ALL, by=analyst, now=NOW)


def test_queries_of_the_first_answer(caseworker, caseworker_client, django_assert_max_num_queries):
    somebody(caseworker, PHONE, NAME, BORN)
    asked(caseworker_client, PHONE.value)

    with django_assert_max_num_queries(19):
        asked(caseworker_client, PHONE.value)
