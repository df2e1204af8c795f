"""Whatever is done to something sealed, it is refused: by name, and never by an error of a library."""

from itertools import chain

import pytest

from baken.vault.formats import FIELD, FILE, PASSPHRASE, SEALED, WRAPPED
from baken.vault.interface import (
    Altered,
    PassphraseCost,
    Refused,
    UnknownFormat,
    WrongKey,
    header_of,
    new_signing_key,
    sign,
    verify,
)
from tests.vault.samples import OTHER_KEY, SAMPLES

ANY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def refusal(sample, sealed, **elsewhere):
    """What refuses these bytes; None if they open."""
    try:
        sample.open(sealed, **{**sample.place, **elsewhere})
    except Refused as refused:
        return type(refused)
    return None


def positions(sealed):
    """Every byte of a short text; of a long one both ends, and some between."""
    length = len(sealed)
    return chain(
        range(min(length, 400)), range(400, length, 997), range(max(400, length - 40), length)
    )


@ANY
def test_opens_in_its_place(sample):
    assert refusal(sample, sample.seal(**sample.place)) is None


@ANY
def test_refuses_every_flipped_bit(sample):
    sealed = sample.seal(**sample.place)

    opened = [
        (at, bit)
        for at in positions(sealed)
        for bit in range(8)
        if refusal(sample, sealed[:at] + bytes((sealed[at] ^ 1 << bit,)) + sealed[at + 1 :]) is None
    ]

    assert opened == []


@ANY
def test_refuses_every_shorter_text(sample):
    sealed = sample.seal(**sample.place)

    assert [at for at in positions(sealed) if refusal(sample, sealed[:at]) is None] == []


@ANY
def test_refuses_a_longer_text(sample):
    sealed = sample.seal(**sample.place)

    assert {refusal(sample, sealed + more) for more in (b"\0", b"x" * 16, sealed)} == {Altered}


@ANY
def test_refuses_every_other_place(sample):
    sealed = sample.seal(**sample.place)

    assert [other for other in sample.elsewhere if refusal(sample, sealed, **other) is None] == []


@ANY
def test_refuses_what_it_does_not_know(sample):
    sealed = sample.seal(**sample.place)
    unknown = [b"", b"B", b"XX" + sealed[2:], sealed[:2] + b"\x02" + sealed[3:]]
    unknown += [sealed[:3] + bytes((algorithm,)) + sealed[4:] for algorithm in (0, 9, 255)]
    unknown += [other.seal(**other.place) for other in SAMPLES if other.name != sample.name]

    assert {refusal(sample, each) for each in unknown} <= {UnknownFormat}


def test_wrong_key_is_told_from_altered_content():
    field = SAMPLES[0]
    sealed = field.seal(**field.place)

    assert refusal(field, sealed, key=OTHER_KEY) is WrongKey
    assert refusal(field, sealed[:-1] + bytes((sealed[-1] ^ 1,))) is Altered


def test_header_of_a_cut_field():
    with pytest.raises(Altered):
        header_of(b"BK\x01\x01" + bytes(19))


def test_formats_differ_in_their_first_bytes():
    forms = [FIELD, WRAPPED, FILE, SEALED, PASSPHRASE]

    assert len({form.magic for form in forms}) == 5
    assert all(form.newest[1] in form.known[form.newest[0]] for form in forms)
    assert all(form.newest[0] == max(form.known) for form in forms)


def test_signature_refuses_every_flipped_bit():
    pair = new_signing_key()
    signature = sign(pair.private, b"checkpoint 1")

    for at in range(len(signature) * 8):
        flipped = bytearray(signature)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises(Refused):
            verify(pair.public, b"checkpoint 1", bytes(flipped))


@pytest.mark.parametrize(
    "public",
    [b"", b"\x03", b"\x02" + bytes(32), new_signing_key().public],
    ids=["empty", "head only", "another kind", "another key"],
)
def test_signature_of_another(public):
    signature = sign(new_signing_key().private, b"checkpoint 1")

    with pytest.raises(Refused):
        verify(public, b"checkpoint 1", signature)


@pytest.mark.parametrize("stored", [b"", b"BP\x01\x01", b"BP\x02\x01" + bytes(8), b"BK\x01\x01"])
def test_cost_of_another_format(stored):
    with pytest.raises(UnknownFormat):
        PassphraseCost.from_bytes(stored)
