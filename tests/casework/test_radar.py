"""The radar: what earlier registrations share with a melding; how many at once, which only with a reason."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from baken.accounts.interface import NotAllowed
from baken.audit.interface import latest
from baken.casework.actions.radar import OnlyForReports, view_radar
from baken.casework.models import Draft
from baken.casework.queries.radar import index_key_of, look_up, marks_on
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.rules.manifests import manifest_of
from baken.casework.rules.marks import Marks, marks_of
from baken.casework.states import IdentityKind, Kind, RadarReason
from baken.keys.models import Seat
from baken.lib.tenancy import region_scope
from tests.casework.test_words import NAME, PHONE, told
from tests.factories import NOW, posted

BORN = IdentityAnswer(kind=IdentityKind.BIRTH_DATE, value="5-2-2006")
SAME_PHONE = replace(PHONE, value="+31 6 12345678")
SAVE = "/registraties/concept/"
HTMX = {"HX-Request": "true"}
ROW = {"subjects-0-role": "MSO"}
TYPED = {**ROW, "subjects-0-phone": SAME_PHONE.value}


def somebody(by, *identities, **changes):
    return told(by, subjects=(SubjectAnswer(role="MSO", identities=identities),), **changes)


def hits(by, *identities):
    return look_up(marks_of([identities], key=index_key_of(by)), by=by)


def typing(client, **changes):
    """What the form answers while somebody types."""
    words = posted(**changes)
    return words, client.post(SAVE, words, headers=HTMX).content.decode()


# --- the look-up ---


def test_same_phone_number_written_otherwise(caseworker):
    made = somebody(caseworker, PHONE)

    found = hits(caseworker, SAME_PHONE)

    assert {made.pk: {IdentityKind.PHONE}} == {k: v.identifiers for k, v in found.items()}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "Mina@Example.org", "mina@example.org"),
        ("plate", "12-ABC-3", "12abc3"),
        ("document", "NX 123 45 6", "nx123456"),
    ],
)
def test_other_identifiers(caseworker, kind, one, other):
    made = somebody(caseworker, IdentityAnswer(kind=IdentityKind(kind), value=one))

    found = hits(caseworker, IdentityAnswer(kind=IdentityKind(kind), value=other))

    assert found[made.pk].identifiers == {kind}


def test_same_person_under_another_spelling(caseworker):
    made = somebody(caseworker, replace(NAME, value="Mohammed Yussef"), BORN)

    found = hits(caseworker, replace(NAME, value="Muhamad Joesoef"), BORN)

    assert (found[made.pk].identifiers, "surname_date" in found[made.pk].match_kinds) == (
        frozenset(),
        True,
    )


def test_name_alone_is_nobody(caseworker):
    somebody(caseworker, NAME, BORN)

    assert hits(caseworker, NAME) == {}


def test_reporter_is_never_found(caseworker):
    told(caseworker, words=Words(reporter=(PHONE,)), anonymity="shielded", subjects=())
    somebody(caseworker, NAME)

    assert hits(caseworker, PHONE) == {}


def test_registration_itself_is_left_out(caseworker):
    one, other = somebody(caseworker, PHONE), somebody(caseworker, SAME_PHONE)

    assert set(look_up(marks_on(one), by=caseworker, besides=one.pk)) == {other.pk}


def test_other_region_is_nowhere(caseworker, stranger):
    marks = marks_on(somebody(caseworker, PHONE))

    assert look_up(marks, by=stranger) == {}
    with region_scope(stranger.region.pk):
        assert look_up(marks, by=caseworker) == {}


def test_look_up_is_two_queries(caseworker, django_assert_num_queries):
    marks = marks_on(somebody(caseworker, PHONE, NAME, BORN))

    with django_assert_num_queries(2):
        look_up(marks, by=caseworker)


def test_region_without_any_index(caseworker):
    assert index_key_of(caseworker) is None


# --- while typing ---


def test_typing_a_known_number(caseworker_client, caseworker):
    somebody(caseworker, PHONE)
    somebody(caseworker, PHONE)

    words, html = typing(caseworker_client, **TYPED)

    assert "2 eerdere registraties met dit telefoonnummer" in html
    assert reverse("casework:radar-draft", args=[words["draft"]]) in html
    assert "12345678" not in reverse("casework:radar-draft", args=[words["draft"]])


def test_typing_a_number_nobody_had(caseworker_client, caseworker):
    somebody(caseworker, NAME)

    assert "Radar: geen eerdere registraties." in typing(caseworker_client, **TYPED)[1]


@pytest.mark.parametrize("kind", ["advice", "question", "anonymous_signal", ""])
def test_only_a_melding_is_looked_up(caseworker_client, caseworker, kind):
    somebody(caseworker, PHONE)

    assert "adar" not in typing(caseworker_client, **TYPED, kind=kind)[1]


def test_reporter_who_is_typed_is_not_looked_up(caseworker_client, caseworker):
    somebody(caseworker, PHONE)

    assert "adar" not in typing(caseworker_client, **ROW, reporter_phone=PHONE.value)[1]


def test_person_who_is_taken_away_is_not_looked_up(caseworker_client, caseworker):
    somebody(caseworker, PHONE)

    assert "adar" not in typing(caseworker_client, **TYPED, **{"subjects-0-DELETE": "on"})[1]


def test_half_a_number_is_nobody(caseworker_client, caseworker):
    somebody(caseworker, PHONE)

    html = typing(caseworker_client, **ROW, **{"subjects-0-phone": "06-12\u202e; %_'; '"})[1]

    assert "eerdere registratie met" not in html


def test_keystore_that_is_away_stops_no_typing(caseworker_client, caseworker, settings):
    somebody(caseworker, PHONE)
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    _words, html = typing(caseworker_client, **TYPED)

    assert "De radar staat uit. De sleutelkluis is niet bereikbaar." in html
    assert "Concept bewaard" in html
    assert Draft.objects.filter(became=None).count() == 1


def test_colleague_without_a_seat_types_on(caseworker, caseworker_client):
    somebody(caseworker, PHONE)
    Seat.objects.filter(user_id=caseworker.user_id).delete()

    html = typing(caseworker_client, **TYPED)[1]

    assert "De radar staat uit. U hebt nog geen toegang" in html


def test_queries_of_saving_a_draft_with_the_radar(
    caseworker_client, caseworker, django_assert_max_num_queries
):
    somebody(caseworker, PHONE, NAME, BORN)
    words = posted(**TYPED)
    caseworker_client.post(SAVE, words, headers=HTMX)

    with django_assert_max_num_queries(13):
        caseworker_client.post(SAVE, words, headers=HTMX)


# --- which they are ---


def radar_page(client, draft, **data):
    return client.post(reverse("casework:radar-draft", args=[draft]), data)


def test_list_of_a_draft_says_why_each_is_in_it(caseworker_client, caseworker):
    made = somebody(caseworker, PHONE)
    draft = typing(caseworker_client, **TYPED)[0]["draft"]

    html = radar_page(caseworker_client, draft, reason="same_person").content.decode()

    assert reverse("casework:registration-detail", args=[made.pk]) in html
    assert "dit telefoonnummer" in html
    newest = latest(caseworker.region.pk)[0]
    assert (newest.event, newest.detail) == (
        "radar.viewed",
        {"why": "same_person", "rows": 1, "sha256": manifest_of([made.pk])},
    )


def test_without_a_reason_nothing_is_listed(caseworker_client, caseworker):
    made = somebody(caseworker, PHONE)
    draft = typing(caseworker_client, **TYPED)[0]["draft"]

    for data in ({}, {"reason": "onzin"}, {"reason": "\0"}):
        answer = radar_page(caseworker_client, draft, **data)
        assert (answer.status_code, made.number in answer.content.decode()) == (422, False)
    assert latest(caseworker.region.pk)[0].event == "registration.made"


def test_first_only_how_many(caseworker_client, caseworker):
    made = somebody(caseworker, PHONE)
    other = somebody(caseworker, SAME_PHONE)

    html = caseworker_client.get(
        reverse("casework:radar-registration", args=[other.pk])
    ).content.decode()

    assert "1 eerdere registratie met dit telefoonnummer" in html
    assert made.number not in html


def test_page_of_a_registration_counts(caseworker_client, caseworker):
    somebody(caseworker, PHONE)
    other = somebody(caseworker, SAME_PHONE)

    html = caseworker_client.get(
        reverse("casework:registration-detail", args=[other.pk])
    ).content.decode()

    assert "1 eerdere registratie met dit telefoonnummer" in html
    assert reverse("casework:radar-registration", args=[other.pk]) in html


def test_list_of_a_registration_is_a_look_at_it(caseworker_client, caseworker):
    one, other = somebody(caseworker, PHONE), somebody(caseworker, SAME_PHONE)
    url = reverse("casework:radar-registration", args=[other.pk])

    html = caseworker_client.post(url, {"reason": "safety"}).content.decode()

    assert one.number in html
    newest = latest(caseworker.region.pk)[0]
    assert (newest.event, newest.subject) == ("radar.viewed", other.subject)


def test_draft_that_became_a_registration(caseworker_client, caseworker):
    words = posted(**TYPED)
    caseworker_client.post(SAVE, words, headers=HTMX)
    made = caseworker_client.post("/registraties/nieuw/", words).url

    answer = caseworker_client.get(reverse("casework:radar-draft", args=[words["draft"]]))

    assert answer.url.removeprefix("/registraties/radar/registratie/") in made


def test_draft_of_somebody_else(caseworker_client, focal_point_client, caseworker):
    somebody(caseworker, PHONE)
    draft = typing(caseworker_client, **TYPED)[0]["draft"]

    assert radar_page(focal_point_client, draft, reason="safety").status_code == 404
    assert radar_page(caseworker_client, uuid4(), reason="safety").status_code == 404


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.QUESTION, Kind.ANONYMOUS_SIGNAL])
def test_page_of_another_kind(caseworker_client, caseworker, kind):
    made = told(caseworker, kind=kind, subjects=())
    url = reverse("casework:radar-registration", args=[made.pk])

    answer = caseworker_client.post(url, {"reason": "safety"})

    assert answer.status_code == 409
    assert "De radar werkt alleen bij een melding." in answer.content.decode()


def test_action_checks_right_and_kind(caseworker, analyst):
    asked = {"marks": Marks(), "besides": None, "reason": RadarReason.SAFETY, "now": NOW}

    with pytest.raises(NotAllowed):
        view_radar(kind=Kind.REPORT, by=analyst, **asked)
    with pytest.raises(OnlyForReports):
        view_radar(kind=Kind.ADVICE, by=caseworker, **asked)


def test_queries_of_the_list(caseworker_client, caseworker, django_assert_max_num_queries):
    somebody(caseworker, PHONE, NAME, BORN)
    other = somebody(caseworker, SAME_PHONE, NAME, BORN)
    url = reverse("casework:radar-registration", args=[other.pk])
    caseworker_client.post(url, {"reason": "safety"})

    with django_assert_max_num_queries(16):
        caseworker_client.post(url, {"reason": "safety"})
