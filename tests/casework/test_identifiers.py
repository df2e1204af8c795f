"""What identifies somebody: one spelling of each, and where it stands in text. Every value is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.casework.rules.identifiers import Found, identifiers_in, normal_form
from baken.casework.states import IdentityKind

SAME = [
    ("phone", "0612345678", "+31612345678"),
    ("phone", "06-12345678", "+31612345678"),
    ("phone", "06 12 34 56 78", "+31612345678"),
    ("phone", "(06) 12345678", "+31612345678"),
    ("phone", "+31 (0)6 12345678", "+31612345678"),
    ("phone", "0031 6 12345678", "+31612345678"),
    ("phone", "+31 06 12345678", "+31612345678"),
    ("phone", "０６１２３４５６７８", "+31612345678"),
    ("phone", "030 - 123 45 67", "+31301234567"),
    ("phone", "+32 (0)470 12 34 56", "+32470123456"),
    ("phone", "0040 721 234 567", "+40721234567"),
    ("phone", "+49 0170 1234567", "+491701234567"),
    ("phone", "+39 06 12345678", "+390612345678"),
    ("email", "Voorbeeld@Provider.EXAMPLE", "voorbeeld@provider.example"),
    ("email", "mailto:voorbeeld@provider.example", "voorbeeld@provider.example"),
    ("email", " <voorbeeld@provider.example> ", "voorbeeld@provider.example"),
    ("email", "ｖoorbeeld@provider.example", "voorbeeld@provider.example"),
    ("email", "voor.beeld+x@provider.example", "voor.beeld+x@provider.example"),
    ("plate", "gk-123-b", "GK123B"),
    ("plate", "GK 123 B", "GK123B"),
    ("plate", "GK123B", "GK123B"),
    ("plate", "KÖ-AB 123", "KOAB123"),
    ("document", "nx 12.34.567", "NX1234567"),
    ("document", "NX-1234567", "NX1234567"),
    ("handle", "@Voorbeeld_1", "voorbeeld_1"),
    ("handle", "https://www.instagram.com/Voorbeeld_1/?hl=nl", "voorbeeld_1"),
    ("handle", "t.me/voorbeeld_1", "voorbeeld_1"),
    ("handle", "https://www.tiktok.com/@voorbeeld_1", "voorbeeld_1"),
    ("handle", "snapchat.com/add/Voorbeeld_1", "voorbeeld_1"),
    ("handle", "https://www.facebook.com/profile.php?id=1000123", "1000123"),
    ("birth_date", "5-2-1985", "1985-02-05"),
    ("birth_date", "05/02/1985", "1985-02-05"),
    ("birth_date", "1985-02-05", "1985-02-05"),
    ("birth_date", "5 februari 1985", "1985-02-05"),
    ("name", "  José   VERZONNEN ", "jose verzonnen"),
    ("name", "Łukasz Fictief-Voorbeeld", "lukasz fictief voorbeeld"),
    ("alias", "De Lange", "de lange"),
    ("address", "Voorbeeldstraat 12-A, 3511 AB Utrecht", "voorbeeldstraat 12a 3511ab utrecht"),
    ("address", "voorbeeldstraat 12a 3511ab UTRECHT", "voorbeeldstraat 12a 3511ab utrecht"),
]

NOT_ONE = [
    ("phone", "112"),
    ("phone", "06-123"),
    ("phone", "geen"),
    ("phone", "0900-TELEFOON"),
    ("phone", "+999 12345678"),
    ("phone", "06-12345678 of 06-87654321"),
    ("email", "voorbeeld"),
    ("email", "voorbeeld@provider"),
    ("email", "een twee@provider.example"),
    ("plate", "onbekend"),
    ("plate", "12"),
    ("document", "paspoort"),
    ("document", "123"),
    ("handle", "@"),
    ("handle", "https://x.com/"),
    ("birth_date", "1985"),
    ("birth_date", "02-1985"),
    ("birth_date", "31120"),
    ("birth_date", "31-2-1985"),
    ("birth_date", "5-2-1885"),
    ("birth_date", "onbekend"),
    ("name", " - "),
    ("address", ","),
]


@pytest.mark.parametrize(("kind", "value", "normal"), SAME)
def test_normal_form(kind, value, normal):
    assert normal_form(kind, value) == normal


@pytest.mark.parametrize(("kind", "value"), NOT_ONE)
def test_what_cannot_be_one(kind, value):
    assert normal_form(kind, value) is None


@given(st.sampled_from(IdentityKind.values), st.text(max_size=40))
def test_normal_form_of_any_text_is_its_own(kind, text):
    normal = normal_form(kind, text)

    assert normal is None or normal_form(kind, normal) == normal


@given(st.sampled_from(SAME), st.sampled_from(["", " ", "\u00a0", "\n"]))
def test_normal_form_does_not_mind_space_around(row, space):
    kind, value, normal = row

    assert normal_form(kind, f"{space}{value}{space}") == normal


FOUND = [
    ("phone", "bel [06-12345678] na zes uur"),
    ("phone", "bel [06 12 34 56 78]"),
    ("phone", "haar nummer is [0612345678]."),
    ("phone", "[+31 (0)6 12345678] is van hem"),
    ("phone", "[0031612345678]"),
    ("phone", "tel:[06.12.34.56.78]"),
    ("phone", "[06/12345678]"),
    ("phone", "vast nummer [(030) 123 45 67]"),
    ("phone", "[0346-123456]"),
    ("phone", "[085-1234567] is een nummer als elk ander"),
    ("phone", "Roemeens nummer [+40 721 234 567]"),
    ("phone", "[0032 470 12 34 56] (België)"),
    ("phone", "[+49 (0)170 1234567]"),
    ("phone", "[0 6 1 2 3 4 5 6 7 8]"),
    ("email", "mail naar [voorbeeld@provider.example]."),
    ("email", "([voor.beeld+x@mail.provider.example])"),
    ("email", "[voorbeeld (at) provider.example]"),
    ("email", "[voorbeeld[at]provider.example]"),
    ("plate", "een busje, [GK-123-B], wit"),
    ("plate", "[gk-123-b]"),
    ("plate", "[GK–123–B]"),
    ("plate", "[GK123B]"),
    ("plate", "[GK 123 B]"),
    ("plate", "[12-AB-34]"),
    ("plate", "[AB-12-34] (oud)"),
    ("plate", "[12-34-AB]"),
    ("plate", "[AB-12-CD]"),
    ("plate", "[KX-BD-12]"),
    ("plate", "[KXBD12]"),
    ("plate", "[12-KX-BD]"),
    ("plate", "[12-KXB-3]"),
    ("plate", "[1-KXB-23]"),
    ("plate", "[K-123-XB]"),
    ("plate", "[KXB-12-D]"),
    ("plate", "[K-12-XBD]"),
    ("plate", "[1-KX-234]"),
    ("plate", "[123-KX-4]"),
    ("plate", "Belg: [1-KXB-234]"),
    ("plate", "Fransman [AB-123-CD]"),
    ("plate", "Duits [HH-XY 123]"),
    ("plate", "[B-AB 1234]"),
    ("plate", "Brits [AB12 CDE]"),
    ("plate", "Bulgaars [CB 1234 AB]"),
    ("plate", "Roemeens [CJ 12 ABC]"),
    ("plate", "Pools kenteken: [WA 12345], rood"),
    ("plate", "kenteken is [1234 BCD]"),
    ("plate", "kenteken [abc-123]."),
]

NOTHING = [
    "",
    "op 24-11-2026 gezien",
    "op 24 11 2026",
    "24.11.2026 of 2026-11-24 14:05",
    "5-mrt-23 en 24-mei-2 en 2-3 MEI 24",
    "geboren 01-02-1999",
    "tussen 09:00-17:30",
    "tegen 2.05 uur, in 2020-2023",
    "€ 12.500,- en 1.250.000,00",
    "0,5 tot 0,75",
    "3511 AB",
    "3511AB Utrecht",
    "Voorbeeldstraat 12-B, 3511 AB",
    "3511 AB 12-B",
    "Voorbeeldlaan 123 a 2e verdieping",
    "MH-7K3M-2QXF",
    "MH-1234-5678",
    "U-2023-A089",
    "zaak 2023-0123456, dossier 12-345",
    "zaaknummer 0123456789",
    "bel 112 of 0800-2000",
    "0800-0101 of 0900-8844",
    "het nummer van het meldpunt: 088-1234567",
    "088 123 45 67",
    "gemeente 14 030",
    "KvK 01234567",
    "een bsn als 123456782",
    "NL91 ABNA 0417 1643 00",
    "NL91ABNA0417164300",
    "art. 273f lid 1 Sr",
    "de A27, N201, E19 en B12",
    "COVID-19, HAVO-5, VWO6",
    "SEX.HOTEL, CRI.DRUGS",
    "kenteken onbekend in 2023",
    "kenteken van de auto 12 keer gezien",
    "kenteken in mei 24 gewijzigd",
    "een meisje van 16, drie jongens van 12 en 14",
    "@voorbeeld_1 op Instagram",
    "in 3 a 4 weken, op 100 m afstand",
    "10-12 uur per dag, 6-7 dagen per week",
    "vraag 3-a-12, versie 1.2.3",
]


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_found(kind, marked):
    start, end = marked.index("["), marked.rindex("]") - 1
    text = marked[:start] + marked[start + 1 : end + 1] + marked[end + 2 :]

    assert identifiers_in(text) == [Found(kind, start, end)]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_found(text):
    assert identifiers_in(text) == []


def test_found_in_the_order_of_the_text():
    text = "GK-123-B, voorbeeld@provider.example, 06-12345678/06-87654321"

    kinds = [found.kind for found in identifiers_in(text)]

    assert kinds == ["plate", "email", "phone", "phone"]


@pytest.mark.parametrize(
    "text", ["a." * 30_000, "0-" * 30_000, "kenteken " * 7_000, "A1-" * 20_000]
)
def test_hostile_text_takes_no_longer_than_its_length(text):
    assert identifiers_in(text) == []


@given(st.text(max_size=200))
def test_what_is_found_lies_in_the_text_and_apart(text):
    found = identifiers_in(text)

    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
