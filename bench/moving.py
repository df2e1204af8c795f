"""Rows in and out: importing a register, and freezing the facts."""

import csv
import statistics
import subprocess
import sys
import time
from importlib.resources import as_file, files
from pathlib import Path

import psycopg
from psycopg import sql

from baken.config.processes import environment
from bench.house import Database
from bench.job import Bench, Measured
from bench.say import say

IMPORTED_ROWS = 100_000
MOST_ROWS = 250_000  # what one file may hold
_HEADER = ("Nummer", "Soort", "Jaar", "Regio", "Aard van uitbuiting")
_FORMS = ("Seksuele uitbuiting", "Criminele uitbuiting", "Arbeidsuitbuiting", "")
_TABLES = (
    "casework_registration",
    "casework_classification",
    "casework_codedfact",
    "casework_subject",
)


def import_csv(bench: Bench) -> Measured:
    """Three imports, each into another region, and each followed by the COPY of what it wrote."""
    database = bench.house.filled(bench.rows)
    found = [
        import_once(database, bench.folder, f"r{number}", IMPORTED_ROWS) for number in (20, 21, 22)
    ]
    return Measured(
        statistics.median(each.value for each in found),
        statistics.median(each.floor for each in found),
    )


def import_all(database: Database, folder: Path, region: str, rows: int) -> Measured:
    """Seconds of importing so many rows in as many files as that takes, and of COPY."""
    parts = [min(MOST_ROWS, rows - start) for start in range(0, rows, MOST_ROWS)]
    found = [
        (part, import_once(database, folder, region, part, first=number * MOST_ROWS))
        for number, part in enumerate(parts)
    ]
    return Measured(
        sum(part / rates.value for part, rates in found),
        sum(part / rates.floor for part, rates in found),
    )


def import_once(
    database: Database, folder: Path, region: str, rows: int, *, first: int = 0
) -> Measured:
    """Rows per second of a whole import after upload, its process included, and of plain COPY."""
    register = _write_register(folder / f"{region}-{first}.csv", range(first, first + rows), region)
    mapping = files("baken.config.demo") / "data" / "utrecht.toml"
    with as_file(mapping) as path:
        argv = [sys.executable, "-m", "django", "import_register", "registrations", str(register)]
        argv += ["--region", region, "--mapping", str(path), "--quiet", "--no-freeze"]
        began = time.perf_counter()
        subprocess.run(
            argv, env=environment("office", database.installation), stdout=sys.stderr, check=True
        )
        taken = time.perf_counter() - began
    copied = _copy_again(database.superuser_url, rows)
    say(f"  import of {rows:,} rows: {taken:.2f} s, COPY of what it wrote: {copied:.2f} s")
    return Measured(rows / taken, rows / copied)


def _write_register(path: Path, numbers: range, region: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        for number in numbers:
            kind = "advies" if number % 3 == 0 else "melding"
            year, form = 2018 + number % 7, _FORMS[number * 7 // 5 % 4]
            writer.writerow((f"{region}-{year}-{number:07}", kind, year, region, form))
    return path


def _copy_again(superuser_url: str, rows: int) -> float:
    """Seconds to COPY all rows of the newest import, in every table, into identical tables without
    row-level security, foreign keys or triggers, and to commit."""
    with psycopg.connect(superuser_url) as connection:
        written = {table: _rows_of_newest_import(connection, table) for table in _TABLES}
        if written[_TABLES[0]].count(b"\n") != rows:
            raise ValueError("The import did not write every row.")
        for table in _TABLES:
            statement = "CREATE TABLE {} (LIKE {} INCLUDING ALL)"
            connection.execute(
                sql.SQL(statement).format(sql.Identifier(f"bench_{table}"), sql.Identifier(table))
            )
        connection.commit()
        began = time.perf_counter()
        for table, content in written.items():
            statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(f"bench_{table}"))
            with connection.cursor().copy(statement) as copy:
                copy.write(content)
        connection.commit()
        taken = time.perf_counter() - began
        for table in _TABLES:
            connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(f"bench_{table}")))
    return taken


def _rows_of_newest_import(connection: psycopg.Connection, table: str) -> bytes:
    key = "id" if table == _TABLES[0] else "registration_id"
    query = sql.SQL(
        "COPY (SELECT t.* FROM {table} t WHERE t.{key} IN (SELECT id FROM casework_registration"
        " WHERE imported_by_id = (SELECT id FROM casework_registerimport"
        " ORDER BY created_at DESC LIMIT 1))) TO STDOUT"
    ).format(table=sql.Identifier(table), key=sql.Identifier(key))
    with connection.cursor().copy(query) as copy:
        return b"".join(copy)


def freeze(bench: Bench) -> Measured:
    """Facts per second of freezing the ten largest regions, and of COPY of the same regions' rows out of
    the two tables of which a fact is a row."""
    database = bench.house.filled(bench.rows)
    regions = [f"r{number:02}" for number in range(1, 11)]
    frozen = database.inside("freeze", *regions)
    seconds, rows = _copy_out(database.superuser_url, regions)
    say(f"  froze {frozen['rows']:,} facts in {frozen['seconds']:.2f} s; COPY {seconds:.2f} s")
    return Measured(frozen["rows"] / frozen["seconds"], rows / seconds)


def _copy_out(superuser_url: str, regions: list[str]) -> tuple[float, int]:
    rows, seconds = 0, 0.0
    with psycopg.connect(superuser_url) as connection:
        for region in regions:
            for table in ("casework_registration", "casework_subject"):
                query = sql.SQL(
                    "COPY (SELECT t.* FROM {} t JOIN organisations_region r ON r.id = t.region_id"
                    " WHERE r.code = {}) TO STDOUT (FORMAT csv)"
                ).format(sql.Identifier(table), sql.Literal(region))
                began = time.perf_counter()
                cursor = connection.cursor()
                with cursor.copy(query) as copy:
                    for _block in copy:
                        pass
                seconds += time.perf_counter() - began
                rows += cursor.rowcount
    return seconds, rows
