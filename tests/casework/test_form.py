"""The registration form: bad input first, then what it offers to whom."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.casework.models import Draft, Registration, Subject
from baken.casework.queries.drafts import answers_in
from baken.casework.queries.registrations import answers_of
from baken.casework.states import Kind, State
from baken.taxonomy.models import Entry
from baken.taxonomy.queries import forget_book
from tests.factories import SEX, full_answers, posted, registration, registration_at

pytestmark = pytest.mark.django_db
NEW = "/registraties/nieuw/"


def _errors(response):
    return {**response.context["screen"].form.errors}


def _switch_off(entry_id):
    Entry.objects.filter(pk=entry_id).update(valid_to=timezone.localdate())
    forget_book()


@pytest.fixture(autouse=True)
def _read_lists_again():
    yield
    forget_book()


# --- bad input ---


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "klacht"),
        ("urgency", "9"),
        ("urgency", "hoog"),
        ("received", "31-02-2023"),
        ("received", "01-01-2999"),
        ("received", "gisteren"),
        ("channel", "TELEPATHIE"),
        ("origin", "zomaar"),
        ("legal_frame", "geen"),
        ("source_group", "JUST"),  # a heading
        ("reporter_is_professional", "misschien"),
        ("anonymity", "beetje"),
        ("reporter_municipality", "Atlantis"),
        ("home_municipality", "Jan woont in Utrecht"),
        ("exploitation_municipality", "U"),
        ("forms", ["SEX", "FOUT"]),
        ("primary_form", "FOUT"),
        ("primary_form", "LAB"),  # not among the chosen forms
        ("sub_forms", ["SEX.MAAN"]),
        ("certainty_SEX", "HEEL"),
        ("route", "LANGS"),
        ("sector", "Z"),
        ("relation", "BUUR"),
        ("recruitment", ["X"]),
        ("means", ["X"]),
        ("signals", ["X"]),
        ("concerns_minor", "soms"),
        ("concerns_several", "soms"),
        ("external_number", "Jan Jansen belt morgen terug op 1"),
        ("external_number", "Jansen"),
        ("external_number", "1" * 41),
        ("external_number", "=1+1"),
        ("channel", "TEL\x00"),
        ("external_number", "1\x00"),
    ],
)
def test_nonsense_in_a_field_is_named_there(caseworker_client, field, value):
    response = caseworker_client.post(NEW, posted(**{field: value}))

    assert response.status_code == 422
    assert field in _errors(response)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "forms", [["UNK", "SEX"], ["NVS", "LAB"], ["UNK", "NVS"]], ids=lambda codes: "+".join(codes)
)
def test_unknown_form_beside_another(caseworker_client, forms):
    response = caseworker_client.post(NEW, posted(forms=forms, primary_form=forms[0]))

    assert "kan niet samen met een andere vorm" in str(_errors(response)["forms"])


def test_several_forms_and_no_main_one(caseworker_client):
    response = caseworker_client.post(NEW, posted(forms=["SEX", "LAB"]))

    assert list(_errors(response)) == ["primary_form"]


@pytest.mark.parametrize(
    "missing",
    [
        "kind",
        "received",
        "legal_frame",
        "channel",
        "source_group",
        "anonymity",
        "exploitation_municipality",
        "forms",
    ],
)
def test_missing_answer_of_a_report(caseworker_client, missing):
    response = caseworker_client.post(NEW, posted(**{missing: None}))

    assert response.status_code == 422
    assert list(_errors(response)) == [missing]


def test_empty_request(caseworker_client):
    response = caseworker_client.post(NEW)

    assert response.status_code == 422
    assert list(_errors(response)) == ["kind"]


@pytest.mark.parametrize("total", ["", "x", "22", "99999999999", None])
def test_number_of_people_tampered_with(caseworker_client, total):
    response = caseworker_client.post(NEW, posted(**{"subjects-TOTAL_FORMS": total}))

    assert response.status_code == 422
    assert "SEX" in response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        {"subjects-0-sex": "V"},  # no role
        {"subjects-0-role": "KONING"},
        {"subjects-0-role": "MSO", "subjects-0-age_band": "OUD"},
        {"subjects-0-role": "MSO", "subjects-0-minor_at_report": "bijna"},
    ],
)
def test_nonsense_about_a_person(caseworker_client, words):
    response = caseworker_client.post(NEW, posted(**words))

    assert response.status_code == 422
    assert response.context["screen"].subjects.total_error_count() == 1


def test_everything_typed_comes_back_with_the_error(caseworker_client):
    words = posted(
        received="31-02-2023", home_municipality="Atlantis", external_number="een zin",
        signals=["ALG.01"], sub_forms=["SEX.HOTEL"], **{"subjects-0-role": "VUB"},
    )  # fmt: skip

    page = caseworker_client.post(NEW, words).content.decode()

    for value in ("31-02-2023", "Atlantis", "een zin", words["draft"]):
        assert f'value="{value}"' in page
    for code in ("ALG.01", "SEX.HOTEL"):
        assert re.search(rf'value="{code}"[^>]*checked', page)
    assert re.search(r'value="VUB"[^>]*selected', page)


def test_markup_typed_in_a_field_stays_text(caseworker_client):
    words = posted(home_municipality='"><script>alert(1)</script>')

    page = caseworker_client.post(NEW, words).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_draft_id_tampered_with(caseworker_client):
    response = caseworker_client.post(NEW, posted(draft="'; DROP TABLE"))

    assert response.status_code == 302
    assert Registration.objects.count() == 1


def test_external_number_in_use_is_told_at_the_field(caseworker, caseworker_client):
    registration(caseworker, external_number="A-1")

    response = caseworker_client.post(NEW, posted(external_number="A-1"))

    assert response.status_code == 422
    assert list(_errors(response)) == ["external_number"]


@pytest.mark.parametrize("kind", ["", *Kind])
def test_links_to_what_is_needed_and_wrong_go_somewhere(caseworker_client, kind):
    looked = caseworker_client.get(NEW, {"soort": kind})
    sent = caseworker_client.post(NEW, {"kind": kind, "subjects-TOTAL_FORMS": "x"})

    for page in (looked.content.decode(), sent.content.decode()):
        main = page[page.index("<main") :]
        links = set(re.findall(r'href="#([^"]*)"', main))
        assert links <= set(re.findall(r'id="([^"]+)"', page))
        assert links


# --- registering ---


def test_register_the_smallest_report(caseworker_client):
    response = caseworker_client.post(NEW, posted(), follow=True)

    made = Registration.objects.get()
    assert response.redirect_chain == [
        (reverse("casework:registration-detail", args=[made.pk]), 302)
    ]
    assert f"Geregistreerd als {made.number}." in response.content.decode()
    assert (made.exploitation_municipality_id, made.primary_form_id) == ("GM0344", "form.SEX")


def test_register_everything(caseworker_client):
    whole = full_answers()
    people = {
        "subjects-TOTAL_FORMS": "2", "subjects-0-role": "MSO", "subjects-0-age_band": "L16_17",
        "subjects-0-minor_at_start": "yes", "subjects-0-minor_at_report": "yes",
        "subjects-0-sex": "V", "subjects-0-nationality_group": "NL", "subjects-1-role": "VUB",
    }  # fmt: skip
    same = ("origin", "route", "sector", "relation", "recruitment", "means", "signals")

    caseworker_client.post(
        NEW,
        posted(
            reporter_is_professional="yes", home_municipality="GM0344",
            reporter_municipality="utrecht", sub_forms=["SEX.HOTEL"], certainty_SEX="STERK",
            external_number="U-2024-1", **{name: getattr(whole, name) for name in same}, **people,
        ),
    )  # fmt: skip

    assert answers_of(Registration.objects.get()) == whole


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        (Kind.ANONYMOUS_SIGNAL, ["anonymity"]),
        (Kind.ADVICE, ["anonymity", "exploitation_municipality"]),
        (Kind.QUESTION, ["anonymity", "exploitation_municipality", "forms"]),
    ],
)
def test_other_kinds_need_less(caseworker_client, kind, left_out):
    words = posted(kind=kind.value, concerns_minor="no", **dict.fromkeys(left_out))

    assert caseworker_client.post(NEW, words).status_code == 302
    assert Registration.objects.get().kind == kind


def test_advice_drops_the_people(caseworker_client):
    words = posted(kind="advice", concerns_minor="", **{"subjects-0-role": "MSO"})
    missing = caseworker_client.post(NEW, words)
    assert list(_errors(missing)) == ["concerns_minor"]

    caseworker_client.post(NEW, {**words, "concerns_minor": "no"})

    made = Registration.objects.get()
    assert not Subject.objects.exists()
    assert (made.concerns_minor, made.concerns_several) == ("no", "no")
    assert made.exploitation_municipality_id is None


def test_anonymous_signal_forces_an_unknown_reporter(caseworker_client):
    caseworker_client.post(NEW, posted(kind="anonymous_signal", anonymity="open"))

    assert Registration.objects.get().anonymity == "unknown"


def test_sub_form_alone_says_its_form(caseworker_client):
    caseworker_client.post(NEW, posted(forms=None, sub_forms=["LAB.BOUW"]))

    made = answers_of(Registration.objects.get())
    assert [(form.form, form.sub_forms) for form in made.forms] == [("LAB", ("LAB.BOUW",))]
    assert made.primary_form == "LAB"


def test_unknown_is_an_answer(caseworker_client):
    words = posted(forms=["UNK"], exploitation_municipality="Onbekend", channel="UNK")

    assert caseworker_client.post(NEW, words).status_code == 302


def test_rows_left_empty_and_rows_taken_away_are_nobody(caseworker_client):
    words = {
        "subjects-TOTAL_FORMS": "3", "subjects-0-role": "VUB", "subjects-0-DELETE": "on",
        "subjects-2-role": "GET",
    }  # fmt: skip

    caseworker_client.post(NEW, posted(**words))

    assert [row.role_id for row in Subject.objects.all()] == ["subject_role.GET"]


# --- sent twice ---


def test_double_submit_registers_once(caseworker_client):
    words = posted()

    first = caseworker_client.post(NEW, words)
    second = caseworker_client.post(NEW, words, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "Geregistreerd als MH-" in second.content.decode()
    assert Registration.objects.count() == 1


def test_back_button_with_something_changed_says_it_was_not_kept(caseworker_client):
    words = posted()
    caseworker_client.post(NEW, words)

    page = caseworker_client.post(NEW, {**words, "urgency": "3"}, follow=True).content.decode()

    assert "Wat u daarna veranderde, is niet bewaard." in page
    assert Registration.objects.get().urgency == 1


# --- without JavaScript ---


def test_one_more_person_without_javascript(caseworker_client):
    words = posted(add_subject="1", received="onzin", **{"subjects-0-role": "VUB"})

    response = caseworker_client.post(NEW, words)

    subjects = response.context["screen"].subjects
    assert response.status_code == 200
    assert len(subjects.forms) == 2
    assert 'value="onzin"' in response.content.decode()
    assert not Registration.objects.exists()


def test_one_more_person_beyond_the_most(caseworker_client):
    words = posted(add_subject="1", **{"subjects-TOTAL_FORMS": "9999"})

    assert len(caseworker_client.post(NEW, words).context["screen"].subjects.forms) == 21


# --- what is offered ---


def test_kind_from_the_address(caseworker_client):
    page = caseworker_client.get(NEW, {"soort": "advice"}).content.decode()

    assert re.search(r'value="advice"[^>]*checked', page)


@pytest.mark.parametrize("kind", ["onzin", "<script>", ""])
def test_kind_from_the_address_that_does_not_exist(caseworker_client, kind):
    assert caseworker_client.get(NEW, {"soort": kind}).status_code == 200


def test_legal_frames_are_those_of_the_region(utrecht, caseworker_client):
    utrecht.legal_frames = ["wmo_task"]
    utrecht.save()

    page = caseworker_client.get(NEW).content.decode()
    refused = caseworker_client.post(NEW, posted(legal_frame="outside_wmo"))

    assert 'value="wmo_task"' in page
    assert 'value="outside_wmo"' not in page
    assert list(_errors(refused)) == ["legal_frame"]


OFF = [
    ("channel", "channel.TEL", "TEL"),
    ("legal_frame", "legal_frame.wmo_task", "wmo_task"),
    ("forms", "form.SEX", "SEX"),
    ("sub_forms", "form.SEX.HOTEL", "SEX.HOTEL"),
    ("certainty_SEX", "certainty.STERK", "STERK"),
    ("signals", "signal.ALG.01", "ALG.01"),
    ("subjects-0-age_band", "age_band.L16_17", "L16_17"),
]


@pytest.mark.parametrize(("field", "entry_id", "code"), OFF)
def test_what_is_switched_off_is_not_accepted_for_something_new(
    caseworker_client, field, entry_id, code
):
    _switch_off(entry_id)
    several = field in {"forms", "sub_forms", "signals"}

    words = posted(**{"subjects-0-role": "MSO", field: [code] if several else code})

    assert caseworker_client.post(NEW, words).status_code == 422


@pytest.mark.parametrize(("field", "entry_id", "code"), OFF)
def test_what_is_switched_off_stays_with_what_has_it(
    caseworker, caseworker_client, field, entry_id, code
):
    whole = full_answers().__dict__
    made = registration(caseworker, **{n: v for n, v in whole.items() if n != "received"})
    _switch_off(entry_id)
    url = reverse("casework:registration-edit", args=[made.pk])

    form = caseworker_client.get(url)
    page = form.content.decode()

    assert re.search(rf'value="{re.escape(code)}"[^>]*(checked|selected)', page)
    response = caseworker_client.post(url, _as_sent(form))
    assert response.status_code == 302
    assert answers_of(Registration.objects.get()) == full_answers()


def _as_sent(response):
    """What a browser sends when somebody changes nothing."""
    screen = response.context["screen"]
    rows = screen.subjects.forms
    shown = [(field.html_name, field.value()) for form in [screen.form, *rows] for field in form]
    words = {name: value for name, value in shown if value not in (None, "", False)}
    management = {f"subjects-{name}_FORMS": len(rows) for name in ("TOTAL", "INITIAL")}
    ids = {"draft": screen.draft_id, "version": screen.version}
    return {**words, **management, **ids}


def test_edit_without_changing_anything(caseworker, caseworker_client):
    whole = full_answers().__dict__
    made = registration(caseworker, **{n: v for n, v in whole.items() if n != "received"})
    url = reverse("casework:registration-edit", args=[made.pk])

    caseworker_client.post(url, _as_sent(caseworker_client.get(url)))

    assert answers_of(Registration.objects.get()) == full_answers()


def test_edit_cannot_change_the_kind(caseworker, caseworker_client):
    made = registration(caseworker, forms=(SEX,), primary_form="SEX")
    url = reverse("casework:registration-edit", args=[made.pk])

    caseworker_client.post(url, posted(kind="advice", version="1", concerns_minor="no"))

    assert Registration.objects.get().kind == Kind.REPORT


def test_edit_what_is_closed(caseworker, caseworker_client):
    made = registration_at(State.CLOSED, caseworker)
    url = reverse("casework:registration-edit", args=[made.pk])

    looked = caseworker_client.get(url, follow=True)
    sent = caseworker_client.post(url, posted(version=made.version, external_number="N-1"))

    assert "Deze registratie is afgesloten" in looked.content.decode()
    assert sent.status_code == 422
    assert 'value="N-1"' in sent.content.decode()


# --- the session ended, or the proof is stale ---


def _hidden(response):
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode()
    )
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def test_log_in_ended_and_the_form_is_sent(client, caseworker_client):
    words = posted(forms=["SEX", "LAB"], primary_form="LAB", external_number="N-1")
    sent = [(n, v) for n, vs in words.items() for v in (vs if isinstance(vs, list) else [vs])]

    page = client.post(NEW, words)

    assert page.status_code == 401
    assert sorted(_hidden(page)) == sorted(sent)
    again = {}
    for name, value in _hidden(page):
        again.setdefault(name, []).append(value)
    assert caseworker_client.post(NEW, again).status_code == 302
    assert Registration.objects.get().external_number == "N-1"


def test_log_in_ended_while_typing(client):
    response = client.post("/registraties/concept/", posted(), headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert 'id="needed"' in response.content.decode()
    assert "U bent uitgelogd" in response.content.decode()


def test_page_for_sending_again_holds_no_secrets(client):
    words = posted(password="geheim", csrfmiddlewaretoken="oud", code="123456")

    names = {name for name, _value in _hidden(client.post(NEW, words))}

    assert names.isdisjoint({"password", "csrfmiddlewaretoken", "code"})


def test_stale_proof_may_be_sent_again(caseworker_client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = caseworker_client.cookies

    page = strict.post(NEW, posted(external_number="N-1"), headers={"Origin": "http://testserver"})

    assert page.status_code == 403
    assert ("external_number", "N-1") in _hidden(page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    again = strict.post(NEW, {**dict(_hidden(page)), "csrfmiddlewaretoken": token})
    assert again.status_code == 302


def test_form_from_another_site_is_not_echoed(caseworker_client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = caseworker_client.cookies

    page = strict.post(NEW, posted(), headers={"Origin": "http://elders.invalid"})

    assert page.status_code == 403
    assert _hidden(page) == []


# --- limits of queries ---


def test_queries_of_the_empty_form(caseworker_client, django_assert_max_num_queries):
    caseworker_client.get(NEW)

    with django_assert_max_num_queries(6):
        caseworker_client.get(NEW)


def test_queries_of_registering(caseworker_client, django_assert_max_num_queries):
    caseworker_client.get(NEW)
    words = posted(**{"subjects-0-role": "MSO", "signals": ["ALG.01"]})

    with django_assert_max_num_queries(19):
        caseworker_client.post(NEW, words)


def test_queries_of_changing(caseworker, caseworker_client, django_assert_max_num_queries):
    made = registration(caseworker, forms=(SEX,), primary_form="SEX")
    url = reverse("casework:registration-edit", args=[made.pk])
    caseworker_client.get(url)

    with django_assert_max_num_queries(23):
        caseworker_client.post(url, posted(version="1", draft=str(uuid4())))


@pytest.mark.parametrize("place", ["UNK", "ABR"])
def test_place_that_is_no_municipality_survives_a_change(caseworker, caseworker_client, place):
    made = registration(caseworker, exploitation_municipality=place, home_municipality=place)
    shown = caseworker_client.get(f"/registraties/{made.pk}/wijzigen/").context["screen"].form

    data = posted(
        version=made.version,
        registration=made.pk,
        exploitation_municipality=shown["exploitation_municipality"].value(),
        home_municipality=shown["home_municipality"].value(),
    )
    response = caseworker_client.post(f"/registraties/{made.pk}/wijzigen/", data)

    made.refresh_from_db()
    assert response.status_code == 302
    assert (made.exploitation_municipality_id, made.home_municipality_id) == (place, place)


def test_draft_of_an_advice_keeps_no_people(caseworker, caseworker_client):
    data = posted(kind="advice") | {"subjects-0-role": "MSO", "subjects-0-sex": "V", "sector": "A"}

    html = caseworker_client.post(
        "/registraties/concept/", data, headers={"HX-Request": "true"}
    ).content.decode()

    kept = answers_in(Draft.objects.get(), by=caseworker)
    assert not [name for name in kept if name.startswith("subjects-0") or name == "sector"]
    assert "Dit wordt niet bewaard" in html


def test_age_that_contradicts_minor_now(caseworker_client):
    data = posted() | {
        "subjects-0-role": "MSO",
        "subjects-0-age_band": "L00_11",
        "subjects-0-minor_at_report": "no",
    }

    response = caseworker_client.post("/registraties/nieuw/", data)

    assert response.status_code == 422
    assert "Dit klopt niet met de leeftijd" in response.content.decode()


def test_age_answers_minor_now(caseworker_client):
    data = posted() | {"subjects-0-role": "MSO", "subjects-0-age_band": "L16_17"}

    caseworker_client.post("/registraties/nieuw/", data)

    assert Registration.objects.get().concerns_minor == "yes"


def test_date_that_nobody_knows(caseworker_client):
    caseworker_client.post("/registraties/nieuw/", posted(received="onbekend"))

    made = Registration.objects.get()
    assert made.received_precision == "unknown"
    shown = caseworker_client.get(f"/registraties/{made.pk}/wijzigen/").context["screen"].form
    assert shown["received"].value() == "onbekend"


def test_a_person_with_two_roles_is_one_person_and_a_victim(caseworker_client):
    data = posted() | {
        "subjects-0-role": "VUB",
        "subjects-0-also_role": "MSO",
        "subjects-0-minor_at_report": "yes",
    }

    caseworker_client.post("/registraties/nieuw/", data)

    made = Registration.objects.get()
    assert (made.concerns_minor, made.concerns_several) == ("yes", "no")
    assert (
        "tegelijk mogelijk slachtoffer"
        in caseworker_client.get(f"/registraties/{made.pk}/").content.decode()
    )


def test_a_person_with_the_same_role_twice(caseworker_client):
    data = posted() | {"subjects-0-role": "VUB", "subjects-0-also_role": "VUB"}

    assert caseworker_client.post("/registraties/nieuw/", data).status_code == 422


# --- what stands filled in ---


def test_nothing_that_counts_stands_filled_in(caseworker_client):
    html = caseworker_client.get(NEW).content.decode()

    screen = caseworker_client.get(NEW).context["screen"]
    shown = {name: screen.form[name].value() for name in screen.form.fields}
    given = {name: value for name, value in shown.items() if value not in (None, "", [])}
    assert set(given) == {"urgency", "received"}
    assert re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', html) == [("urgency", "1")]


def test_what_nobody_chose_is_empty(caseworker_client):
    caseworker_client.post(NEW, posted(origin=None, urgency=None))

    kept = Registration.objects.get()
    assert (kept.origin, kept.urgency) == ("", 1)


def test_skip_links_lead_to_the_button_that_keeps(caseworker_client):
    html = caseworker_client.get(NEW).content.decode()

    assert html.count('<a class="utrecht-skip-link" href="#registreren">') == 2
    assert re.search(r'<button type="submit" id="registreren"[^>]*>Registreren</button>', html)
    assert "accesskey" not in html
