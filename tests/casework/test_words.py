"""What was typed about a registration: sealed, opened by the team, gone where an advies may not keep it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from baken.casework.actions.registrations import (
    change_registration,
    convert_registration,
    register,
)
from baken.casework.actions.words import EmptyNote, add_note
from baken.casework.models import Identity, MatchKey, Note, Subject, Summary
from baken.casework.queries.registrations import answers_of, find_registration
from baken.casework.queries.words import identities_by_subject, open_values, words_of
from baken.casework.rules.answers import IdentityAnswer, SubjectAnswer, Words
from baken.casework.rules.words import NamesSomebody
from baken.casework.states import IdentityKind, Kind
from baken.keys.interface import KeystoreAway, NoSeat, Shredded
from baken.keys.models import Container
from tests.factories import NOW, SEX, answers
from tests.keys.test_containers import again

SENTENCE = "Zij slaapt boven de zaak en mag niet naar buiten."
PHONE = IdentityAnswer(kind=IdentityKind.PHONE, value="06 - 12 34 56 78")
NAME = IdentityAnswer(kind=IdentityKind.NAME, value="Mina Verzonnen")
GIRL = SubjectAnswer(role="MSO", identities=(NAME, PHONE))


def told(by, *, words=None, **changes):
    """A melding in which somebody told who it is about."""
    values = {"subjects": (GIRL,), "forms": (SEX,), "primary_form": "SEX", **changes}
    return register(
        draft_id=uuid4(),
        answers=answers(**values),
        words=words or Words(summary=SENTENCE),
        by=by,
        now=NOW,
    )


def fresh(member):
    """The same colleague in another request."""
    return replace(member, keyring=again(member.keys))


def test_team_reads_what_was_typed(caseworker, focal_point):
    made = told(caseworker)

    assert words_of(made, by=focal_point).summary == SENTENCE


def test_nothing_typed_is_in_the_tables(caseworker):
    made = told(caseworker)
    rows = [*Summary.objects.filter(registration=made), *Identity.objects.filter(registration=made)]

    stored = b"".join(bytes(row.sealed) for row in rows)
    assert len(rows) == 3
    for secret in (SENTENCE, NAME.value, PHONE.value, "Mina", "612345678"):
        assert secret.encode() not in stored


def test_without_a_word_no_container_is_made(caseworker):
    before = Container.objects.count()

    told(caseworker, words=Words(summary="  "), subjects=(SubjectAnswer(role="MSO"),))

    assert Container.objects.count() == before


def test_colleague_without_a_seat_sees_that_there_is_something(caseworker, analyst):
    made = told(caseworker)

    with pytest.raises(NoSeat):
        words_of(made, by=analyst)


def test_same_phone_written_otherwise_has_the_same_index(caseworker):
    one, other = (
        told(caseworker),
        told(
            caseworker,
            subjects=(
                SubjectAnswer(role="MSO", identities=(replace(PHONE, value="+31 6 12345678"),)),
            ),
        ),
    )

    indexes = {bytes(row.index) for row in Identity.objects.filter(kind=IdentityKind.PHONE)}
    assert len(indexes) == 1
    assert Identity.objects.filter(registration__in=[one, other], kind="phone").count() == 2


def test_reporter_is_never_indexed(caseworker):
    made = told(caseworker, words=Words(reporter=(PHONE,)), anonymity="shielded", subjects=())

    row = Identity.objects.get(registration=made)
    assert (row.subject_id, row.index) == (None, None)
    assert MatchKey.objects.filter(registration=made).count() == 0


def test_reporter_of_an_anonymous_signal_is_not_kept(caseworker):
    made = told(caseworker, kind=Kind.ANONYMOUS_SIGNAL, words=Words(reporter=(NAME,)), subjects=())

    assert Identity.objects.filter(registration=made).count() == 0


def test_person_who_stays_keeps_what_is_known(caseworker):
    made = told(caseworker)
    (girl,) = answers_of(find_registration(made.pk, by=caseworker)).subjects
    boy = SubjectAnswer(role="VUB")

    changed = change_registration(
        registration_id=made.pk,
        answers=answers(subjects=(boy, replace(girl, sex="V", identities=())), forms=(SEX,)),
        version=1,
        by=caseworker,
        now=NOW,
    )

    rows = identities_by_subject(changed, by=caseworker)
    assert [each.value for each in open_values(rows[girl.id], changed, by=caseworker)] == [
        NAME.value,
        PHONE.value,
    ]
    assert [row.pk for row in Subject.objects.order_by("position")][1] == girl.id


def test_person_who_is_taken_away_takes_it_along(caseworker):
    made = told(caseworker)

    change_registration(
        registration_id=made.pk,
        answers=answers(subjects=(), forms=(SEX,)),
        version=1,
        by=caseworker,
        now=NOW,
    )

    assert Identity.objects.count() == MatchKey.objects.count() == 0


def test_row_of_somebody_elses_subject_counts_for_nothing(caseworker):
    other = told(caseworker)
    foreign = Subject.objects.get(registration=other).pk

    made = told(caseworker, subjects=(replace(GIRL, id=foreign),))

    assert Subject.objects.get(registration=made).pk != foreign


# --- an advies ---


@pytest.mark.parametrize(
    "text", ["Bel haar op 06 12345678.", "mina@example.org", "Een busje, 12-ABC-3."]
)
def test_advies_that_names_somebody_is_not_saved(caseworker, text):
    with pytest.raises(NamesSomebody):
        told(caseworker, kind=Kind.ADVICE, words=Words(summary=text))


def test_advies_keeps_no_identity(caseworker):
    made = told(caseworker, kind=Kind.ADVICE, words=Words(summary="Wat kan ik doen?"))

    assert Identity.objects.filter(registration=made).count() == 0
    assert words_of(made, by=caseworker).summary == "Wat kan ik doen?"


def test_converting_to_advies_shreds_what_was_told(caseworker, django_capture_on_commit_callbacks):
    made = told(caseworker)
    add_note(registration_id=made.pk, text="Gebeld met de school.", by=caseworker, now=NOW)
    backup = list(Container.objects.filter(owner_id=made.pk))

    with django_capture_on_commit_callbacks(execute=True):
        advice = convert_registration(
            registration_id=made.pk,
            to_kind=Kind.ADVICE,
            reason="WIL_ADVIES",
            version=1,
            words=Words(summary="Aangeraden met de school te praten."),
            by=caseworker,
            now=NOW,
        )

    assert words_of(advice, by=fresh(caseworker)).summary.startswith("Aangeraden")
    assert Note.objects.count() == Identity.objects.count() == MatchKey.objects.count() == 0
    with pytest.raises(Shredded):
        again(caseworker.keys).open_many(backup)


# --- notes, and a keystore that is away ---


def test_note(caseworker, focal_point):
    made = told(caseworker)
    add_note(registration_id=made.pk, text="Gebeld.", by=focal_point, now=NOW)

    (note,) = words_of(made, by=caseworker).notes

    assert (note.text, note.author_id, note.at) == ("Gebeld.", focal_point.user_id, NOW)


def test_empty_note(caseworker):
    with pytest.raises(EmptyNote):
        add_note(registration_id=told(caseworker).pk, text=" \n", by=caseworker, now=NOW)


def test_keystore_away_registers_nothing_half(caseworker, settings):
    settings.KEYSTORE_URL = "postgresql://baken_office:x@127.0.0.1:1/keystore"

    with pytest.raises(KeystoreAway):
        told(caseworker)

    assert Summary.objects.count() == Subject.objects.count() == 0
