"""Match keys: which spellings of a person meet, and which people do not."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from baken.casework.rules.matching import (
    COMBINATIONS,
    LABELS,
    MatchKind,
    Part,
    Person,
    explain,
    match_keys,
    person_of,
)
from baken.casework.rules.names import sound_of, words_of

NAME = {Part.SURNAME, Part.GIVEN, Part.NAMES, Part.INITIALS, Part.BEGINNINGS}
BIRTH = {Part.DATE, Part.TURNED, Part.MONTH, Part.DAY, Part.ANNIVERSARY, Part.YEAR}
MARIA = Person(names=("Maria Fictief",), birth_date="1985-03-02", postcodes=("3511AB",))
KINDS = set(MatchKind)

WORDS = st.sampled_from(["Maria", "Mohammed", "van", "der", "Fictief", "Verzonnen", "d'", "", "É"])
PEOPLE = st.builds(
    Person,
    names=st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=3).map(tuple),
    birth_date=st.sampled_from([None, "1985", "1985-03", "1985-03-02"]),
    postcodes=st.sampled_from([(), ("3511AB",), ("3511AB", "1012ZZ")]),
)


def shared(one, other):
    return {key.kind for key in match_keys(one) & match_keys(other)}


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed Muhammad Mohamed Mohamad",
        "Youssef Yusuf Jousef",
        "Achmed Ahmed Ahmet",
        "Rachid Rashid",
        "Fatima Fatma",
        "Dijkstra Dykstra",
        "Kowalski Kovalski",
        "Sjoukje Shoukje",
        "Łukasz Lukas",
        "Ionescu Jonescu",
        "Sophie Sofie",
        "Verzonnen Versonnen",
        "Öztürk Osturk",
    ],
)
def test_spellings_of_one_sound(spellings):
    assert len({sound_of(*words_of(name)) for name in spellings.split()}) == 1


def test_sounds_that_differ():
    names = ["Maria", "Mohammed", "Fictief", "Verzonnen", "Voorbeeld", "Jansen", "Fatima", "Anna"]

    assert len({sound_of(*words_of(name)) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Maria van der Verzonnen", ("maria", "verzonnen")),
        ("Youssef el-Fictief", ("youssef", "fictief")),
        ("José Fictief-Voorbeeld", ("jose", "fictief", "voorbeeld")),
        ("De", ("de",)),
        (" - ", ()),
    ],
)
def test_words_of_a_name(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        (MARIA, KINDS),
        (
            Person(
                names=("MARÍA  van der Fictief",), birth_date="1985-03-02", postcodes=("3511AB",)
            ),
            KINDS,
        ),
        (Person(names=("Fictief, Maria",), birth_date="1985-03-02", postcodes=("3511AB",)), KINDS),
        (
            Person(names=("Maria Voorbeeld",), birth_date="1985-03-02"),
            {"given_date", "given_turned"},
        ),
        (
            Person(names=("Anna Fictief",), birth_date="1985-03-02"),
            {"surname_date", "surname_turned"},
        ),
        (Person(names=("Maria",), birth_date="1985-03-02"), {"given_date", "given_turned"}),
        (Person(names=("Fictief",), birth_date="1985-03-02"), {"surname_date", "surname_turned"}),
        (Person(names=("Fictief Maria",), birth_date="1985"), {"names_year"}),
        (Person(names=("Maria Fictief",), birth_date="1958-03-02"), {"names_anniversary"}),
        (Person(names=("Maria",), birth_date="1985-02-03"), {"given_turned"}),
        (
            Person(names=("Maria",), birth_date="1985", postcodes=("3511AB",)),
            {"given_year_postcode"},
        ),
        (Person(birth_date="1985-03-02", postcodes=("3511AB",)), {"date_postcode"}),
        (Person(names=("Miep Fietsbel",), birth_date="1985-03-02"), {"initials_date"}),
        (Person(names=("Mariska Ficus",), birth_date="1985-03"), {"beginnings_month"}),
        (Person(names=("Maria Fictief",)), set()),
        (Person(birth_date="1985-03-02"), set()),
        (Person(postcodes=("3511AB",)), set()),
        (Person(names=("Anna Voorbeeld",), birth_date="1985", postcodes=("3511AB",)), set()),
    ],
)
def test_what_two_people_share(other, kinds):
    assert shared(MARIA, other) == kinds


def test_alias_meets_the_name():
    known = Person(names=("Anna Verzonnen", "Mimi Voorbeeld"), birth_date="1990")

    assert shared(known, Person(names=("Mimi Voorbeeld",), birth_date="1990")) == {"names_year"}


def test_first_of_january_says_only_the_year():
    one = Person(names=("Mohammed Fictief",), birth_date="1990-01-01", postcodes=("3511AB",))

    assert shared(one, Person(names=("Muhammad",), birth_date="1990-01-01")) == set()
    assert shared(one, Person(names=("Muhammad Fictief",), birth_date="1990-06-30")) == {
        "names_year"
    }


def test_nothing_is_keyed_by_one_attribute():
    for parts in COMBINATIONS.values():
        told = {"name" if p in NAME else "birth" if p in BIRTH else "place" for p in parts}
        assert len(told) >= 2


def test_every_kind_is_a_combination_of_its_own_and_fits_its_column():
    assert set(COMBINATIONS) == KINDS
    assert len(set(COMBINATIONS.values())) == len(KINDS) == 19
    assert max(len(kind) for kind in MatchKind) <= 24
    assert {part for parts in COMBINATIONS.values() for part in parts} - {Part.NAMES} == set(LABELS)


def test_nobody_has_no_keys():
    assert match_keys(Person()) == frozenset()


@given(PEOPLE)
def test_order_of_names_and_postcodes_does_not_matter(person):
    turned = Person(
        names=person.names[::-1],
        birth_date=person.birth_date,
        postcodes=person.postcodes[::-1],
    )

    assert match_keys(turned) == match_keys(person)


@given(PEOPLE)
def test_one_attribute_alone_has_no_key(person):
    assert match_keys(Person(names=person.names)) == frozenset()
    assert match_keys(Person(birth_date=person.birth_date)) == frozenset()
    assert match_keys(Person(postcodes=person.postcodes)) == frozenset()


@given(PEOPLE, PEOPLE)
def test_more_known_of_a_person_is_more_keys(one, other):
    both = Person(names=one.names + other.names, birth_date=one.birth_date, postcodes=one.postcodes)

    assert match_keys(one) <= match_keys(both)


def test_person_of_what_was_typed():
    typed = [
        ("name", "Maria Fictief"),
        ("birth_date", "onbekend"),
        ("birth_date", "2-3-1985"),
        ("alias", "Mimi"),
        ("phone", "0612345678"),
        ("address", "Voorbeeldstraat 12, 3511 ab Utrecht"),
    ]

    assert person_of(typed) == Person(
        names=("Maria Fictief", "Mimi"), birth_date="1985-03-02", postcodes=("3511AB",)
    )


@pytest.mark.parametrize(
    ("typed", "date"),
    [("1985", "1985"), ("maart 1985", "1985-03"), ("2 mrt 1985", "1985-03-02"), ("1785", None)],
)
def test_birth_date_as_far_as_it_is_known(typed, date):
    assert person_of([("birth_date", typed)]).birth_date == date


@pytest.mark.parametrize(
    ("kinds", "dutch", "english"),
    [
        (["surname_date"], "achternaam en geboortedatum", "surname and date of birth"),
        (
            ["surname_date", "given_turned", "initials_date"],
            "achternaam, voornaam en geboortedatum",
            "surname, given name and date of birth",
        ),
        (
            ["given_turned"],
            "voornaam en geboortedatum met dag en maand verwisseld",
            "given name and date of birth with day and month swapped",
        ),
        (
            ["names_year"],
            "achternaam, voornaam en geboortejaar",
            "surname, given name and year of birth",
        ),
        (["date_postcode"], "geboortedatum en postcode", "date of birth and postcode"),
    ],
)
def test_explained(kinds, dutch, english):
    with override("nl"):
        assert explain(kinds) == dutch
    with override("en"):
        assert explain(kinds).replace(", and", " and") == english


def test_kind_that_does_not_exist():
    with pytest.raises(ValueError, match="shoe_size"):
        explain(["shoe_size"])
