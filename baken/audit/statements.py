"""Checkpoints as text: what one says, how it is signed, how it is read back (docs/audit.md).

A reader knows every version there has been; the writer writes the newest.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from baken.audit.rules import moment
from baken.vault.interface import KeyPair, Refused, sign, verify

MAGIC = "baken-audit-checkpoint/1"
_LINES = re.compile(
    rf"(?P<signed>{re.escape(MAGIC)}\n"
    r"stream (?P<stream>[a-z]{1,16})\n"
    r"number (?P<number>0|[1-9][0-9]{0,17})\n"
    r"head (?P<head>[0-9a-f]{64})\n"
    r"at (?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)\n"
    r"key (?P<key>[0-9a-f]{66})\n)"
    r"signature (?P<signature>[0-9a-f]{130})\n"
)


class NotACheckpoint(Exception):
    """Dit is geen checkpoint van het logboek."""


class WrongSignature(Exception):
    """De handtekening onder dit checkpoint klopt niet."""


@dataclass(frozen=True)
class Statement:
    """The stream had this many links then, and this head covers them all."""

    stream: str
    number: int
    head: bytes
    at: datetime

    @property
    def file_name(self) -> str:
        """Never the same for two statements, so that no file is ever written over."""
        return f"{self.stream}-{self.number:012}-{self.at.astimezone(UTC):%Y%m%dT%H%M%S%f}Z.txt"

    def signed(self, key: KeyPair) -> str:
        """The whole text, its signature included."""
        body = (
            f"{MAGIC}\nstream {self.stream}\nnumber {self.number}\nhead {self.head.hex()}\n"
            f"at {moment(self.at)}\nkey {key.public.hex()}\n"
        )
        return f"{body}signature {sign(key.private, body.encode()).hex()}\n"


def read_statement(text: str, *, public_key: bytes) -> Statement:
    """A checkpoint of exactly this key; raises NotACheckpoint, WrongSignature."""
    found = _LINES.fullmatch(text)
    if found is None:
        raise NotACheckpoint
    if found["key"] != public_key.hex():
        raise WrongSignature
    try:
        verify(public_key, found["signed"].encode(), bytes.fromhex(found["signature"]))
    except Refused:
        raise WrongSignature from None
    return Statement(
        found["stream"],
        int(found["number"]),
        bytes.fromhex(found["head"]),
        datetime.fromisoformat(found["at"]),
    )
