"""Recognising people: which pairs of two files share a match key, and what a person's keys cost.

The pairs are those of FEBRL4 (`bench/data/febrl4`): as it is ("lean": names, date of birth, postcode), and
a copy made harder, closer to people with aliases of whom little is known. Floors are what the first sketch
of match keys reached on the same files, before there was a line of Baken.
"""

import csv
import hmac
import itertools
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from baken.casework.rules.matching import MatchKey, MatchKind, Person, match_keys
from baken.vault.interface import blind_index
from bench.job import Bench, Measured

FOLDER = Path(__file__).parent / "data" / "febrl4"
ROUNDS = 7
# The hard copy is made this often, with seeds 0, 1, 2 …: recall differs by three hundredths between them.
COPIES = 10
KEY = bytes(32)
# Of those asked about in the hard copy, this part is known; the other part is in no list.
OVERLAP = 0.46
YEAR_ONLY, NO_SURNAME, OTHER_GIVEN_NAME, NO_POSTCODE = 0.40, 0.25, 0.15, 0.50


@dataclass(frozen=True)
class Row:
    """One line of a file; empty is left out."""

    person: int
    given_name: str
    surname: str
    date_of_birth: str
    postcode: str

    @property
    def as_person(self) -> Person:
        name = f"{self.given_name} {self.surname}".strip()
        return Person(
            names=(name,) if name else (),
            birth_date=self.date_of_birth or None,
            postcodes=(self.postcode,) if self.postcode else (),
        )


@dataclass(frozen=True)
class Found:
    """Of the pairs that share a key: how many are one person, and how many of all such pairs that is."""

    precision: float
    recall: float


def precision(bench: Bench, *, copy: str, floor: float) -> Measured:
    return Measured(_found(copy).precision, floor)


def recall(bench: Bench, *, copy: str, floor: float) -> Measured:
    return Measured(_found(copy).recall, floor)


lean_precision = partial(precision, copy="lean", floor=0.981)
lean_recall = partial(recall, copy="lean", floor=0.958)
hard_precision = partial(precision, copy="hard", floor=0.978)
hard_recall = partial(recall, copy="hard", floor=0.705)


def keys(bench: Bench) -> Measured:
    """Microseconds of all keys of one person, hashed; and of hashing as many short texts and nothing more."""
    people = [row.as_person for row in rows_of("known")]
    count = sum(len(match_keys(person)) for person in people)
    text = b"|" * 24
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_microseconds(lambda: [_indexes(person) for person in people]))
        bare.append(_microseconds(lambda: [hmac.digest(KEY, text, "sha256") for _ in range(count)]))
    return Measured(statistics.median(ours) / len(people), statistics.median(bare) / len(people))


def indexes_of_crowd(count: int, *, key: bytes) -> Iterator[tuple[int, MatchKind, bytes]]:
    """So many stored keys, of people whose names and dates are drawn from FEBRL4 apart from one another:
    number of the person, kind, index. For the look-up among a million."""
    rows, chance = rows_of("known"), random.Random(0)
    made = 0
    for number in itertools.count():
        drawn = replace(
            chance.choice(rows),
            surname=chance.choice(rows).surname,
            date_of_birth=chance.choice(rows).date_of_birth,
            postcode=chance.choice(rows).postcode,
        )
        for found in match_keys(drawn.as_person):
            if made == count:
                return
            yield number, found.kind, blind_index(found.text, key=key, field=f"match-{found.kind}")
            made += 1


def rows_of(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(int(line[0]), line[1], line[2], _iso(line[3]), line[4])
            for line in list(csv.reader(file))[1:]
        ]


def harder(known: list[Row], asked: list[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """Less overlap, and less known of those asked about."""
    chance = random.Random(seed)
    people = chance.sample(range(len(known)), len(known))
    size = round(len(known) / (2 - OVERLAP))
    given_names = [row.given_name for row in asked if row.given_name]
    return (
        [known[person] for person in people[:size]],
        [_degraded(asked[person], given_names, chance) for person in people[-size:]],
    )


def pairs_sharing(known: Iterable[Row], asked: Iterable[Row]) -> set[tuple[int, int]]:
    """Numbers of the people of any two rows with a key in common."""
    holders: dict[MatchKey, list[int]] = defaultdict(list)
    for row in known:
        for key in match_keys(row.as_person):
            holders[key].append(row.person)
    return {
        (holder, row.person)
        for row in asked
        for key in match_keys(row.as_person)
        for holder in holders.get(key, ())
    }


@cache
def _found(copy: str) -> Found:
    known, asked = rows_of("known"), rows_of("asked")
    if copy == "lean":
        return found_among(known, asked)
    several = [found_among(*harder(known, asked, seed)) for seed in range(COPIES)]
    return Found(
        statistics.mean(each.precision for each in several),
        statistics.mean(each.recall for each in several),
    )


def found_among(known: list[Row], asked: list[Row]) -> Found:
    pairs = pairs_sharing(known, asked)
    right = sum(one == other for one, other in pairs)
    all_right = len({row.person for row in known} & {row.person for row in asked})
    return Found(right / len(pairs), right / all_right)


def _degraded(row: Row, given_names: list[str], chance: random.Random) -> Row:
    if chance.random() < YEAR_ONLY:
        row = replace(row, date_of_birth=row.date_of_birth[:4])
    if chance.random() < NO_SURNAME:
        row = replace(row, surname="")
    if chance.random() < OTHER_GIVEN_NAME:
        row = replace(row, given_name=chance.choice(given_names))
    if chance.random() < NO_POSTCODE:
        row = replace(row, postcode="")
    return row


def _indexes(person: Person) -> list[bytes]:
    return [blind_index(key.text, key=KEY, field=f"match-{key.kind}") for key in match_keys(person)]


def _microseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1e6


def _iso(text: str) -> str:
    """The files write 19850302; what is no date of eight digits says nothing."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 else ""
