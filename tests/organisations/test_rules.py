"""What the type-ahead offers for what somebody types."""

import pytest

from baken.organisations.queries import file_places
from baken.organisations.rules import Places, closeness, matching, named, words_of

PLACES = file_places()
UTRECHT = {"GM0307", "GM0344", "GM0310", "GM0312", "GM0342", "GM0355"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'s-Gravenhage", "s gravenhage"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("  Wijk bij  Duurstede ", "wijk bij duurstede"),
        ("...", ""),
    ],
)
def test_words_of(text, expected):
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("ede", "ede", 0),
        ("ede", "edam volendam", None),
        ("eda", "edam volendam", 1),
        ("vol", "edam volendam", 2),
        ("lend", "edam volendam", 3),
        ("sgravenhage", "s gravenhage", 3),
    ],
)
def test_closeness(typed, name, expected):
    assert closeness(typed, name) == expected


@pytest.mark.parametrize(
    ("typed", "own", "expected"),
    [
        ("utr", UTRECHT, ["Utrecht", "Utrechtse Heuvelrug"]),
        ("UTRECHT", set(), ["Utrecht", "Utrechtse Heuvelrug"]),
        ("den h", set(), ["Den Haag", "Den Helder"]),
        ("s-grav", set(), ["Den Haag"]),
        ("den bosch", set(), ["Den Bosch"]),
        ("sudwest", set(), ["Súdwest-Fryslân"]),
        ("fryslan", set(), ["Noardeast-Fryslân", "Súdwest-Fryslân"]),
        ("heuvelrug", set(), ["Utrechtse Heuvelrug"]),
        ("am", UTRECHT, ["Amersfoort", "Ameland", "Amstelveen", "Amsterdam"]),
        ("am", set(), ["Ameland", "Amersfoort", "Amstelveen", "Amsterdam"]),
        ("ede", UTRECHT, ["Ede"]),
        ("", {"GM0344", "GM0307"}, ["Amersfoort", "Utrecht"]),
        ("", set(), []),
        ("xyz", UTRECHT, []),
    ],
)
def test_matching(typed, own, expected):
    found = [place.display_name for place in matching(typed, PLACES, own)]

    assert found[: len(expected)] == expected
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utrecht", "GM0344"),
        (" utrecht ", "GM0344"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("gm0344", "GM0344"),
        ("344", "GM0344"),
        ("9999", None),
        ("Utrech", None),
        ("onbekend", "UNK"),
        ("buiten nederland", "ABR"),
        ("", None),
    ],
)
def test_named(text, expected):
    place = named(text, Places({place.code: place for place in PLACES}))

    assert (place.code if place else None) == expected


def test_label_shows_both_names_where_they_differ():
    (the_hague,) = [place for place in PLACES if place.code == "GM0518"]
    (utrecht,) = [place for place in PLACES if place.code == "GM0344"]

    assert the_hague.label == "Den Haag ('s-Gravenhage)"
    assert utrecht.label == "Utrecht"
