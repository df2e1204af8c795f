"""The jobs. Sizes: 200,000 registrations in 26 regions unless the name says otherwise."""

from bench.job import Job, Promise
from bench.moving import freeze, import_csv
from bench.pages import register, register_row, worklist_16, worklist_deep, worklist_first
from bench.radar import hard_precision, hard_recall, keys, lean_precision, lean_recall
from bench.sealed_search import radar_lookup, search
from bench.snapshots import figures_10m
from bench.unlocking import log_in, rewrap, sealed_record

_SKETCH = "a sketch of match keys on the same files, before Baken"
_HARD = (
    "ten harder copies of FEBRL4 (46 % known, 40 % birth year only, 25 % no surname, "
    "15 % another given name, 50 % no postcode)"
)
_FIFTY = "a bare Django page of the same 50 rows"

JOBS = (
    Job(
        "worklist-first",
        "first page of the work list, median",
        _FIFTY,
        "ms",
        Promise(most=2.0),
        worklist_first,
    ),
    Job(
        "worklist-deep",
        "a page near the end of the work list, median",
        _FIFTY,
        "ms",
        Promise(most=2.0),
        worklist_deep,
    ),
    Job(
        "worklist-16",
        "first page of the work list for 16 colleagues at once, 95th percentile",
        f"{_FIFTY}, 16 at once",
        "ms",
        Promise(most=2.0),
        worklist_16,
    ),
    Job(
        "register",
        "posting a complete report with two people, median",
        "a bare Django insert of the same report: eleven rows in four tables, nothing checked",
        "ms",
        Promise(most=4.0),
        register,
    ),
    Job(
        "register-row",
        "posting a complete report with two people, median",
        "a bare Django insert of one row with five columns told",
        "ms",
        Promise(most=4.0),
        register_row,
    ),
    Job(
        "sealed-record",
        "the page of a registration with 40 sealed fields, median",
        "the same page without a sealed word",
        "ms",
        Promise(extra=15.0),
        sealed_record,
    ),
    Job(
        "log-in-50",
        "opening the keys of 50 colleagues who log in at once",
        "Argon2id 50 times in turns on two cores",
        "s",
        Promise(most=1.5),
        log_in,
    ),
    Job(
        "rewrap",
        "sealing 10,000 container keys under the newest key of their team",
        "opening and sealing as many keys twice, in memory",
        "s",
        Promise(limit=10.0),
        rewrap,
    ),
    Job(
        "figures-10m",
        "both tables from a snapshot of 10 million registrations, median",
        "the same counts asked of DuckDB in SQL",
        "s",
        Promise(most=1.5),
        figures_10m,
    ),
    Job(
        "freeze",
        "freezing registrations and presumed victims, ten regions",
        "COPY of the rows of the same two tables",
        "rows/s",
        Promise(least=0.1),
        freeze,
    ),
    Job(
        "import-csv",
        "importing a CSV of 100,000 rows and 5 columns after upload, its process included",
        "COPY of every row the import wrote into identical tables without row-level security",
        "rows/s",
        Promise(least=0.2, enough=10_000),
        import_csv,
    ),
    Job(
        "radar-precision",
        "of the pairs of FEBRL4 that share a match key, how many are one person",
        _SKETCH,
        "of 1",
        Promise(least=1.0, enough=0.96),
        lean_precision,
    ),
    Job(
        "radar-recall",
        "of the people in both files of FEBRL4, how many share a match key",
        _SKETCH,
        "of 1",
        Promise(least=1.0, enough=0.95),
        lean_recall,
    ),
    Job(
        "radar-hard-precision",
        f"of the pairs that share a match key in {_HARD}, how many are one person",
        _SKETCH,
        "of 1",
        Promise(least=1.0),
        hard_precision,
    ),
    Job(
        "radar-hard-recall",
        f"of the people in both files of {_HARD}, how many share a match key",
        _SKETCH,
        "of 1",
        Promise(least=1.0),
        hard_recall,
    ),
    Job(
        "radar-keys",
        "the match keys of one person, hashed",
        "HMAC-SHA-256 of as many short texts",
        "µs",
        Promise(most=5.0),
        keys,
    ),
    Job(
        "radar-lookup",
        "looking one person up among a million match keys, median",
        "asking PostgreSQL for the same rows, without row-level security",
        "ms",
        Promise(limit=5.0),
        radar_lookup,
    ),
    Job(
        "search",
        "searching 50,000 sealed summaries for two words, slice after slice, median",
        "libsodium opening as many bytes: two wraps of a key and the summary, 50,000 times",
        "s",
        Promise(limit=1.5),
        search,
    ),
)


class NoSuchJob(Exception):
    """No such job."""


def jobs_named(name: str) -> tuple[Job, ...]:
    """The job of this name, or all whose name begins with it: `radar` is six. Raises `NoSuchJob`."""
    exact = tuple(each for each in JOBS if each.name == name)
    found = exact or tuple(each for each in JOBS if each.name.startswith(f"{name}-"))
    if not found:
        raise NoSuchJob(name)
    return found


def job(name: str) -> Job:
    for each in JOBS:
        if each.name == name:
            return each
    raise NoSuchJob(name)
