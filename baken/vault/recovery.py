"""A secret that any two of three printed shares open, and one share does not.

Without arithmetic on secrets: it is sealed three times, once under each pair of shares.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from baken.vault.derivation import derive, packed
from baken.vault.refusals import MistypedShare, SameShare, ShareOfAnother, UnknownFormat
from baken.vault.wrapping import unwrap_key, wrap_key

PAIRS = ((1, 2), (1, 3), (2, 3))
SHARE = 16
# number 1 | share 16 | edition 4 | checksum 4: forty characters of five bits in ten groups.
GROUPS, _DIGITS, _EDITION = 10, 4, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ = {letter: value for value, letter in enumerate(_ALPHABET)} | {"I": 1, "L": 1, "O": 0}


@dataclass(frozen=True, slots=True)
class Recovery:
    """Three shares to print, and what two of them open, to keep."""

    shares: tuple[bytes, bytes, bytes] = field(repr=False)
    sealed: Mapping[tuple[int, int], bytes]


def split_secret(secret: bytes) -> Recovery:
    shares = (secrets.token_bytes(SHARE), secrets.token_bytes(SHARE), secrets.token_bytes(SHARE))
    sealed = {
        (a, b): wrap_key(secret, under=_under(shares[a - 1], shares[b - 1]), context=bytes((a, b)))
        for a, b in PAIRS
    }
    return Recovery(shares, sealed)


def combine(
    number_a: int,
    share_a: bytes,
    number_b: int,
    share_b: bytes,
    sealed: Mapping[tuple[int, int], bytes],
) -> bytes:
    """The secret, from two shares in either order; raises a `Refused`."""
    if number_a == number_b:
        raise SameShare
    (a, first), (b, second) = sorted(((number_a, share_a), (number_b, share_b)))
    if (a, b) not in sealed:
        raise UnknownFormat
    return unwrap_key(sealed[a, b], under=_under(first, second), context=bytes((a, b)))


def _under(first: bytes, second: bytes) -> bytes:
    return derive(packed(first, second), "baken/recovery/v1")


def share_to_text(number: int, share: bytes, *, of: UUID) -> list[str]:
    """Ten groups of five characters to print; `of` is the id of the recovery key pair."""
    whole = bytes((number,)) + share + _edition(of) + _checksum(number, share, of)
    value = int.from_bytes(whole, "big")
    digits = [value >> 5 * place & 31 for place in reversed(range(GROUPS * _DIGITS))]
    groups = [digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]
    return [
        "".join(_ALPHABET[digit] for digit in [*group, _check(group, at)])
        for at, group in enumerate(groups, 1)
    ]


def share_from_text(text: str, *, of: UUID) -> tuple[int, bytes]:
    """Number and share; raises `MistypedShare` with the group, or `ShareOfAnother` with the number."""
    groups = text.upper().replace("-", " ").split()
    if len(groups) != GROUPS:
        joined = "".join(groups)
        groups = [joined[at : at + _DIGITS + 1] for at in range(0, len(joined), _DIGITS + 1)]
    value = 0
    for at, group in enumerate(groups[:GROUPS], 1):
        value = value << 5 * _DIGITS | _read_group(group, at)
    if len(groups) != GROUPS:
        raise MistypedShare(min(len(groups), GROUPS) + (len(groups) < GROUPS))
    whole = value.to_bytes(GROUPS * _DIGITS * 5 // 8, "big")
    number, share = whole[0], whole[1 : 1 + SHARE]
    if whole[1 + SHARE : 1 + SHARE + _EDITION] != _edition(of):
        raise ShareOfAnother(number)
    if whole[1 + SHARE + _EDITION :] != _checksum(number, share, of):
        raise MistypedShare
    return number, share


def _read_group(group: str, at: int) -> int:
    digits = [_READ.get(letter, -1) for letter in group]
    if len(digits) != _DIGITS + 1 or -1 in digits or _check(digits[:-1], at) != digits[-1]:
        raise MistypedShare(at)
    return sum(digit << 5 * (_DIGITS - 1 - place) for place, digit in enumerate(digits[:-1]))


def _check(digits: list[int], at: int) -> int:
    """Odd weights: every single wrong character shows, and so do groups that changed places."""
    return (7 * at + sum((2 * place + 1) * digit for place, digit in enumerate(digits))) % 32


def _edition(of: UUID) -> bytes:
    return hashlib.sha256(packed(b"baken/edition/v1", of.bytes)).digest()[:_EDITION]


def _checksum(number: int, share: bytes, of: UUID) -> bytes:
    message = packed(b"baken/share/v1", of.bytes, bytes((number,)), share)
    return hashlib.sha256(message).digest()[:4]
