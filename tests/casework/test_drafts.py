"""Drafts: kept while typing, everything as it was typed, sealed to their author."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import NotAllowed, User
from baken.casework.actions.drafts import NotYourDraft, discard_draft, save_draft
from baken.casework.models import Draft, Registration
from baken.casework.queries.drafts import LostDraft, answers_in, draft_of, find_draft, own_drafts
from baken.lib.tenancy import set_region
from tests.factories import NOW, SEX, member, posted, registration
from tests.keyrings import keyring_of

pytestmark = pytest.mark.django_db
NEW, SAVE = "/registraties/nieuw/", "/registraties/concept/"
HTMX = {"HX-Request": "true"}


def _save(by, **words):
    return save_draft(draft_id=uuid4(), answers={}, by=by, now=NOW, **words)


def _kept(words, slug="noor"):
    user = User.objects.get(email=f"{slug}@demo.invalid")
    draft = Draft.objects.get(pk=words["draft"])
    return answers_in(draft, by=member(keyring=keyring_of(user), region=draft.region))


# --- everything as it was typed ---


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("home_municipality", "Bij oma in de Dorpsstraat"),
        ("exploitation_municipality", "Utrecht, Jan Jansen"),
        ("reporter_municipality", "onbekend adres"),
        ("external_number", "Jan Jansen, 06 12345678"),
        ("external_number", "Jansen"),
        ("received", "vorige week dinsdag"),
        ("channel", "Jan belde"),
        ("kind", "Jan"),
        ("forms", "Jan"),
        ("signals", "Jan"),
        ("subjects-0-role", "Jan"),
        ("subjects-0-sex", "Jan"),
        ("certainty_SEX", "Jan"),
        ("summary", "Jan Jansen belde, 06 12345678"),
        ("reporter_name", "Jan Jansen"),
        ("subjects-0-name", "Jan Jansen"),
    ],
)
def test_not_a_word_is_lost_and_none_can_be_read(caseworker_client, field, text):
    words = posted(**{field: text})

    response = caseworker_client.post(SAVE, words, headers=HTMX)

    assert response.status_code == 200
    assert _kept(words)[field] == [text]
    assert text.encode() not in bytes(Draft.objects.get(pk=words["draft"]).sealed)


def test_what_is_no_field_of_ours_is_not_kept(caseworker_client):
    words = posted(notes="Jan Jansen", version="Jan Jansen")

    caseworker_client.post(SAVE, words, headers=HTMX)

    assert "Jan" not in str(_kept(words))


def test_colleague_cannot_open_a_draft(caseworker_client, focal_point):
    words = posted(summary="Een zin.")
    caseworker_client.post(SAVE, words, headers=HTMX)

    with pytest.raises(LostDraft):
        answers_in(Draft.objects.get(pk=words["draft"]), by=focal_point)


def test_valid_answers_are_kept_as_typed(caseworker_client):
    words = posted(
        forms=["SEX", "LAB"], external_number="A-1", home_municipality="den haag", kind=None,
        **{"subjects-TOTAL_FORMS": "2", "subjects-1-role": "MSO", "subjects-1-sex": "V"},
    )  # fmt: skip

    caseworker_client.post(SAVE, words, headers=HTMX)

    left_out = {"draft", "subjects-INITIAL_FORMS"}
    expected = {n: v if isinstance(v, list) else [v] for n, v in words.items() if n not in left_out}
    assert _kept(words) == {**expected, "version": ["0"]}


def test_answer_with_what_is_still_needed(caseworker_client):
    words = posted(legal_frame=None, exploitation_municipality="Atlantis")

    page = caseworker_client.post(SAVE, words, headers=HTMX)

    text = page.content.decode()
    assert re.findall(r'<li><a href="#[^"]+">([^<]+)', text) == [
        "Juridisch kader",
        "Plaats van uitbuiting",
    ]
    assert text.strip().startswith('<div id="needed"')
    assert "Concept bewaard om" in text


def test_answer_warns_of_what_an_advice_drops(caseworker_client):
    words = posted(kind="advice", concerns_minor="no", **{"subjects-0-role": "MSO"})

    page = caseworker_client.post(SAVE, words, headers=HTMX).content.decode()

    assert "Dit wordt niet bewaard:" in page
    assert "Plaats van uitbuiting, Mensen" in page


def test_go_on_with_a_draft(caseworker_client):
    words = posted(forms=["LAB"], signals=["ALG.01"], **{"subjects-0-role": "VUB"})
    caseworker_client.post(SAVE, words)

    screen = caseworker_client.get(NEW, {"concept": words["draft"]}).context["screen"]

    assert str(screen.draft_id) == words["draft"]
    assert screen.form["forms"].value() == ["LAB"]
    assert screen.form["exploitation_municipality"].value() == "Utrecht"
    assert screen.subjects.forms[0]["role"].value() == "VUB"


def test_saving_without_javascript_goes_to_the_work_list(caseworker_client):
    response = caseworker_client.post(SAVE, posted())

    assert response.url == reverse("casework:registration-list")


def test_draft_that_was_registered_shows_the_registration(caseworker_client):
    words = posted()
    caseworker_client.post(NEW, words)
    made = Registration.objects.get()

    late = caseworker_client.post(SAVE, {**words, "urgency": "3"}, headers=HTMX)

    assert late.status_code == 200
    assert _kept(words) == {}
    shown = caseworker_client.get(NEW, {"concept": words["draft"]})
    assert shown.url == reverse("casework:registration-detail", args=[made.pk])


# --- whose ---


@pytest.mark.parametrize("who", ["focal_point_client", "stranger_client"])
def test_draft_of_somebody_else(request, caseworker_client, who):
    other = request.getfixturevalue(who)
    words = posted(external_number="A-1")
    caseworker_client.post(SAVE, words)

    shown = other.get(NEW, {"concept": words["draft"]})
    saved = other.post(SAVE, {**words, "external_number": "B-2"}, headers=HTMX)
    thrown = other.post(reverse("casework:draft-discard", args=[words["draft"]]))

    assert b"A-1" not in shown.content
    assert (saved.status_code, thrown.status_code) == (404, 404)
    caseworker_client.get(NEW)
    assert caseworker_client.get(NEW, {"concept": words["draft"]}).context["screen"].form[
        "external_number"
    ].value() == "A-1"  # fmt: skip


def test_registering_the_draft_of_a_colleague_keeps_what_was_typed(
    caseworker_client, focal_point_client
):
    """A colleague logs in where somebody's session ended, and sends the form that stood there."""
    words = posted(external_number="A-1")
    caseworker_client.post(SAVE, words)

    page = focal_point_client.post(NEW, words)

    assert page.status_code == 422
    assert "Dit concept is van iemand anders." in page.content.decode()
    fresh = page.context["screen"].draft_id
    assert focal_point_client.post(NEW, {**words, "draft": str(fresh)}).status_code == 302


def test_drafts_of_the_author_only(caseworker, focal_point):
    draft = _save(caseworker)

    assert own_drafts(caseworker) == [draft]
    assert own_drafts(focal_point) == []
    assert find_draft(draft.pk, by=focal_point) is None


def test_drafts_of_the_region_only(caseworker, stranger):
    draft = _save(caseworker)
    elsewhere = replace(caseworker, region=stranger.region)

    assert find_draft(draft.pk, by=elsewhere) is None
    assert own_drafts(elsewhere) == []
    set_region(stranger.region.pk)
    with pytest.raises(NotYourDraft):
        save_draft(draft_id=draft.pk, answers={}, by=elsewhere, now=NOW)


@pytest.mark.parametrize("who", ["analyst", "auditor", "administrator"])
def test_draft_without_permission(request, who):
    by = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        _save(by)
    with pytest.raises(NotAllowed):
        discard_draft(draft_id=uuid4(), by=by)


def test_drafts_last_touched_first(caseworker):
    older = _save(caseworker)
    newer = save_draft(draft_id=uuid4(), answers={}, by=caseworker, now=timezone.now())

    assert own_drafts(caseworker) == [newer, older]


# --- thrown away ---


def test_discard(caseworker_client):
    words = posted()
    caseworker_client.post(SAVE, words)
    url = reverse("casework:draft-discard", args=[words["draft"]])

    assert caseworker_client.post(url).url == reverse("casework:registration-list")
    assert not Draft.objects.exists()
    assert caseworker_client.post(url).status_code == 404


def test_discard_what_was_registered(caseworker):
    made = registration(caseworker, draft_id=UUID(int=7))

    with pytest.raises(NotYourDraft):
        discard_draft(draft_id=UUID(int=7), by=caseworker)

    assert Draft.objects.get().became == made


# --- of an existing registration ---


@pytest.fixture
def made(caseworker):
    return registration(caseworker, forms=(SEX,), primary_form="SEX")


def _change_of(made, **words):
    return posted(kind=None, registration=str(made.pk), version=str(made.version), **words)


def test_unfinished_change_comes_back(made, caseworker_client):
    words = _change_of(made, urgency="3", signals=["ALG.01"])
    caseworker_client.post(SAVE, words, headers=HTMX)

    url = reverse("casework:registration-edit", args=[made.pk])
    screen = caseworker_client.get(url).context["screen"]

    assert (screen.form["urgency"].value(), screen.form["kind"].value()) == ("3", "report")
    assert (str(screen.draft_id), screen.version) == (words["draft"], 1)


def test_two_tabs_of_one_author_share_the_draft(made, caseworker, caseworker_client):
    caseworker_client.post(SAVE, _change_of(made, urgency="2"), headers=HTMX)

    second = caseworker_client.post(SAVE, _change_of(made, urgency="3"), headers=HTMX)

    assert second.status_code == 200
    assert answers_in(draft_of(made.pk, by=caseworker), by=caseworker)["urgency"] == ["3"]


def test_draft_of_a_change_is_not_opened_as_something_new(made, caseworker_client):
    words = _change_of(made)
    caseworker_client.post(SAVE, words, headers=HTMX)

    response = caseworker_client.get(NEW, {"concept": words["draft"]})

    assert response.url == reverse("casework:registration-edit", args=[made.pk])


@pytest.mark.parametrize("registration_id", ["onzin", str(UUID(int=9))])
def test_draft_of_a_registration_that_does_not_exist(caseworker_client, registration_id):
    response = caseworker_client.post(SAVE, posted(registration=registration_id), headers=HTMX)

    assert response.status_code == 404
    assert not Draft.objects.exists()


def test_queries_of_saving_a_draft(caseworker_client, django_assert_max_num_queries):
    words = posted()
    caseworker_client.post(SAVE, words, headers=HTMX)

    with django_assert_max_num_queries(10):
        caseworker_client.post(SAVE, words, headers=HTMX)
