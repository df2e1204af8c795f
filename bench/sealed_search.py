"""Searching what is sealed, and looking people up among many."""

from bench.job import Bench, Measured
from bench.say import step

SUMMARIES, KEYS = 50_000, 1_000_000


def search(bench: Bench) -> Measured:
    database = bench.house.filled(0)
    with step(f"{SUMMARIES:,} sealed summaries"):
        keys = database.inside("fill-sealed", str(SUMMARIES))
    database.vacuum()
    found = database.inside("search", keys["private"], keys["signing"])
    return Measured(found["ours"], found["bare"])


def radar_lookup(bench: Bench) -> Measured:
    database = bench.house.filled(0)
    with step(f"{KEYS:,} match keys"):
        database.inside("crowd", str(KEYS), database.superuser_url)
    found = database.inside("radar", database.superuser_url)
    return Measured(found["ours"], found["bare"])
