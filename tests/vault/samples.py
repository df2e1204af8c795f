"""One sealed thing of every format, and ways to spoil it."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from baken.vault.interface import (
    About,
    derived_key_pair,
    open_field,
    open_file,
    open_with,
    seal_field,
    seal_file,
    seal_to,
    unwrap_key,
    wrap_key,
)

DATA = Path(__file__).parent / "data"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
KEY_ID = UUID("6b1f7d2e-4c83-4d0a-9d55-0a3b1c2d4e5f")
OTHER = UUID("99999999-2222-4333-8444-555555555555")
PLACE = {"key": KEY, "key_id": KEY_ID, "epoch": 3}
ABOUT = About(
    table="casework_registration",
    column="story",
    row=UUID("11111111-2222-4333-8444-555555555555"),
    region=UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
    container=UUID("01234567-89ab-4cde-8f01-23456789abcd"),
    compartment="work",
    version=7,
)
PAIR = derived_key_pair(b"samples")
OTHER_PAIR = derived_key_pair(b"other samples")
SECRET = bytes(range(100, 132))


def whole_file(sealed, **place):
    """What `open_file` gives, put together."""
    return b"".join(open_file([sealed], **place))


def with_about(**changes):
    return {"about": replace(ABOUT, **changes)}


OTHER_PLACES = [
    *({"key": OTHER_KEY}, {"key": b""}, {"key_id": OTHER}, {"epoch": 4}, {"epoch": 0}),
    *(with_about(table="casework_dossier"), with_about(column="remarks")),
    *(with_about(row=OTHER), with_about(region=OTHER), with_about(container=OTHER)),
    *(with_about(compartment="identity"), with_about(version=6), with_about(version=8)),
    # The same letters, divided otherwise.
    with_about(table="casework_registrations", column="tory"),
    with_about(row=ABOUT.region, region=ABOUT.row),
]


@dataclass(frozen=True)
class Sample:
    """`open(sealed, **place)` gives the plaintext; with any of `elsewhere` in place of its own it refuses."""

    name: str
    seal: object
    open: object
    place: dict
    elsewhere: list = field(repr=False)


SAMPLES = [
    Sample(
        "field",
        partial(seal_field, b"Zij werkt zes dagen per week."),
        open_field,
        {**PLACE, "about": ABOUT},
        OTHER_PLACES,
    ),
    Sample(
        "wrapped",
        partial(wrap_key, SECRET),
        unwrap_key,
        {"under": KEY, "context": b"team"},
        [{"under": OTHER_KEY}, {"under": b""}, {"context": b"shred"}, {"context": b""}],
    ),
    Sample(
        "sealed",
        lambda private, info: seal_to(PAIR.public, SECRET, info=info),
        lambda sealed, private, info: open_with(private, sealed, info=info),
        {"private": PAIR.private, "info": b"grant"},
        [
            *({"private": OTHER_PAIR.private}, {"private": b""}, {"private": b"\x02short"}),
            *({"private": b"\x01" + KEY}, {"info": b"grants"}, {"info": b""}),
        ],
    ),
    Sample(
        "file",
        lambda **place: b"".join(seal_file([b"regel\n" * 15_000], **place)),
        whole_file,
        {**PLACE, "about": ABOUT},
        OTHER_PLACES,
    ),
]
