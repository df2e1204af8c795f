"""The file of municipalities, and the legal frames that taxonomy has too."""

import re

from baken.organisations.queries import file_places
from baken.organisations.rules import Places, named
from baken.organisations.states import LEGAL_FRAMES
from baken.taxonomy.queries import file_entries


def test_all_municipalities_of_2023_are_there():
    codes = [place.code for place in file_places()]
    real = {code for code in codes if re.fullmatch(r"GM\d{4}", code)}

    assert len(real) == 342
    assert sorted(codes) == sorted(real | {"ABR", "UNK"})


def test_every_municipality_is_found_by_its_names():
    places = file_places()
    whole = Places({place.code: place for place in places})

    assert [p for p in places if named(p.name, whole) != p] == []
    assert [p for p in places if named(p.display_name, whole) != p] == []


def test_legal_frames_are_those_of_the_code_list():
    assert [entry.code for entry in file_entries("legal_frame")] == list(LEGAL_FRAMES)
