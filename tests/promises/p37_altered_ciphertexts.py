"""P37: any changed bit, swapped row or replayed older version is refused."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from nacl.exceptions import CryptoError

from baken.vault import committed, fields, files
from baken.vault.interface import (
    About,
    Altered,
    Refused,
    new_key,
    new_key_pair,
    new_signing_key,
    open_field,
    open_file,
    open_with,
    seal_field,
    seal_file,
    seal_to,
    sign,
    unwrap_key,
    verify,
    wrap_key,
)
from tests.promises.harness import Mutant, Promise

# Not one with a flipped bit: X25519 ignores five, and half of an ML-KEM seed serves refusals only.
OTHER_PAIR = new_key_pair()


@dataclass(frozen=True)
class Sealed:
    """Sealed bytes, how they open, and the place they open in."""

    data: bytes
    open: object
    place: dict
    # Where the format divides, for cuts that leave whole parts.
    borders: tuple = ()


def _open_file(data, **place):
    return b"".join(open_file([data], **place))


def _verify(data, message, public):
    verify(public, message, data)


def _field(key, about):
    place = {"key": key, "key_id": UUID(int=7), "epoch": 3, "about": about}
    return Sealed(seal_field(str(about.version).encode() * 100, **place), open_field, place)


def _file(key, about):
    place = {"key": key, "key_id": UUID(int=7), "epoch": 3, "about": about}
    pieces = list(seal_file([b"regel\n" * 15_000], **place))
    borders = tuple(sum(map(len, pieces[:end])) for end in range(1, len(pieces)))
    return Sealed(b"".join(pieces), _open_file, place, borders)


def _wrapped(under, context):
    place = {"under": under, "context": context}
    return Sealed(wrap_key(new_key(), **place), unwrap_key, place)


def _open_grant(data, private, info):
    return open_with(private, data, info=info)


def _granted(info):
    pair = new_key_pair()
    data = seal_to(pair.public, new_key(), info=info)
    return Sealed(data, _open_grant, {"private": pair.private, "info": info})


def _signed(message):
    pair = new_signing_key()
    return Sealed(sign(pair.private, message), _verify, {"message": message, "public": pair.public})


@contextmanager
def world():
    """Two of each under the same key, so that one can stand where the other belongs."""
    key = new_key()
    about = About("registration", "story", UUID(int=1), UUID(int=2), UUID(int=3), "work", 5)
    other = replace(about, row=UUID(int=4), version=6)
    yield (
        *([_field(key, about), _field(key, other)] for _ in range(6)),
        [_wrapped(key, b"team"), _wrapped(key, b"shred")],
        [_granted(b"grant 1"), _granted(b"grant 2")],
        [_signed(b"checkpoint 1"), _signed(b"checkpoint 2")],
        [_file(key, about), _file(key, other)],
    )


def refuses(world, dice):
    """One thing is altered, in one way; it must not open."""
    pair = dice.choice(world)
    dice.shuffle(pair)
    sealed, other = pair
    data, place = dice.choice((_flipped, _flipped, _cut, _longer, _spliced, _swapped, _moved))(
        sealed, other, dice
    )
    try:
        sealed.open(data, **place)
    except Refused:
        return True
    return False


def _flipped(sealed, other, dice):
    at = dice.randrange(len(sealed.data))
    if dice.random() < 0.5:
        at = dice.randrange(min(100, len(sealed.data)))
    flipped = bytes((sealed.data[at] ^ 1 << dice.randrange(8),))
    return sealed.data[:at] + flipped + sealed.data[at + 1 :], sealed.place


def _cut(sealed, other, dice):
    at = dice.choice((dice.randrange(len(sealed.data)), *sealed.borders))
    return sealed.data[:at], sealed.place


def _longer(sealed, other, dice):
    return sealed.data + dice.choice((b"\0", dice.randbytes(16), other.data)), sealed.place


def _spliced(sealed, other, dice):
    """The beginning of one and the end of the other."""
    at = dice.choice((dice.randrange(1, 24), *sealed.borders))
    tail = dice.choice((other.data[at:], b"\xff" + other.data[at + 1 :]))
    data = sealed.data[:at] + tail
    return (other.data if data == sealed.data else data), sealed.place


def _swapped(sealed, other, dice):
    """The other row, or the older version, in this place."""
    return other.data, sealed.place


def _moved(sealed, other, dice):
    """One thing about the place is different."""
    name = dice.choice(sorted(sealed.place))
    value = sealed.place[name]
    if name == "about":
        return sealed.data, {**sealed.place, "about": _elsewhere(value, dice)}
    if name == "epoch":
        return sealed.data, {**sealed.place, "epoch": value + 1}
    if name == "key_id":
        return sealed.data, {**sealed.place, "key_id": UUID(int=8)}
    if name == "private":
        return sealed.data, {**sealed.place, "private": OTHER_PAIR.private}
    changed = bytearray(value)
    changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return sealed.data, {**sealed.place, name: bytes(changed)}


def _elsewhere(about, dice):
    name = dice.choice(About.__slots__)
    value = getattr(about, name)
    if isinstance(value, UUID):
        return replace(about, **{name: UUID(int=dice.getrandbits(128))})
    return replace(about, **{name: value + 1 if isinstance(value, int) else value + "x"})


def _without_associated_data(cipher):
    return lambda text, _about, nonce, key: cipher(text, b"", nonce, key)


def _without_end(state, block, bound, *, is_last):
    try:
        chunk, _ = files.sodium.crypto_secretstream_xchacha20poly1305_pull(state, block, bound)
    except CryptoError:
        raise Altered from None
    return chunk


CIPHERS = ("crypto_aead_xchacha20poly1305_ietf_encrypt", "decrypted")
PROMISE = Promise(
    name="P37",
    says="Any changed bit, swapped row or replayed older version is refused",
    proven_by="fields, files, wrapped keys, grants and signatures, each flipped, cut, made longer, spliced, "
    "swapped or opened in another place",
    trials={"ci": 5_000, "default": 100_000, "long": 5_000_000},
    trial=refuses,
    world=world,
    mutants=(
        Mutant(
            "the associated data is empty",
            tuple((committed, n, _without_associated_data(getattr(committed, n))) for n in CIPHERS),
        ),
        Mutant(
            "the associated data leaves out the version",
            ((fields, "_version", lambda version: b""),),
        ),
        Mutant(
            "the key commitment is not compared",
            ((committed, "check_commitment", lambda found, expected: None),),
        ),
        Mutant("the end of a file is not asked for", ((files, "_pull", _without_end),)),
    ),
)
