"""Counting a snapshot of ten million registrations."""

from pathlib import Path

from baken.config.embedded import Urls
from baken.config.processes import Installation, environment
from bench.facts import write_facts
from bench.house import run_inside
from bench.job import Bench, Measured
from bench.say import say, step

FACTS = 10_000_000


def figures_10m(bench: Bench) -> Measured:
    return count(bench.folder, FACTS)


def count(folder: Path, rows: int, rounds: int = 7) -> Measured:
    """Seconds of both tables through the measures, and asked of DuckDB directly."""
    path = folder / f"facts_{rows}.parquet"
    with step(f"{rows:,} facts"):
        write_facts(path, rows)
    say(f"  {path.stat().st_size / 1e6:.0f} MB")
    # Counting needs the settings of the house but no database.
    nowhere = Urls(*(f"postgresql://nobody@127.0.0.1:1/{role}" for role in "opqwabc"))
    env = environment("office", Installation(folder, nowhere, 8000, 8001))
    found = run_inside("figures", str(path), str(rounds), env=env)
    say(f"  opening it for the first time: {found['opening']:.2f} s")
    path.unlink()
    return Measured(found["value"], found["floor"])
