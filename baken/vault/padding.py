"""Lengths tell too: what is sealed is made as long as its neighbours."""

from baken.vault.refusals import Altered

SMALLEST, LARGEST = 256, 8192


def bucket(length: int) -> int:
    """256, 512, … 8192; beyond that Padmé."""
    if length > LARGEST:
        return padme(length)
    return max(SMALLEST, 1 << (length - 1).bit_length())


def padme(length: int) -> int:
    """Rounded up by 12 % at most, so that a length of n bits tells log n of them (PURBs, 2019, §4)."""
    exponent = length.bit_length() - 1
    loose = (1 << max(0, exponent - exponent.bit_length())) - 1
    return (length + loose) & ~loose


def pad(plaintext: bytes) -> bytes:
    return (plaintext + b"\x80").ljust(bucket(len(plaintext) + 1), b"\0")


def unpad(padded: bytes) -> bytes:
    found = padded.rstrip(b"\0")
    if found[-1:] != b"\x80":
        raise Altered
    return found[:-1]
