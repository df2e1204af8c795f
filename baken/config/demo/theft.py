"""What a thief of disk and databases carries off, and whether a sentence stands in it."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg
from psycopg import sql

Place = tuple[str, bytes]
_PACKED = re.compile(rb"\.?[A-Za-z0-9+/_-]{24,}={0,2}")


def loot(home: Path, *databases: str) -> Iterator[Place]:
    """Everything, as (name, content): files of `home` and their names, every table of each database
    (addresses of its superuser), with cells unpacked, and the queries that are remembered."""
    yield from files_in(home)
    for number, url in enumerate(databases):
        yield from tables_of(url, number)


def files_in(folder: Path) -> Iterator[Place]:
    for path in sorted(folder.rglob("*")):
        yield f"file name {path.relative_to(folder)}", str(path.relative_to(folder)).encode()
        try:
            if path.is_file() and not path.is_symlink():
                yield f"file {path.relative_to(folder)}", path.read_bytes()
        except FileNotFoundError:  # PostgreSQL goes on working
            continue


def tables_of(url: str, number: int) -> Iterator[Place]:
    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg_%' AND n.nspname <>"
            " 'information_schema' ORDER BY 1, 2"
        ).fetchall()
        for schema, table in names:
            content = _copied(connection, sql.Identifier(schema, table))
            yield f"table {number} {table}", content
            yield f"table {number} {table} unpacked", b"\n".join(_unpacked(content))
        statistics = sql.SQL("(SELECT query FROM pg_stat_activity)")
        yield f"queries {number}", _copied(connection, statistics)


def _copied(connection: psycopg.Connection, what: sql.Composable) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} TO STDOUT").format(what)) as rows,
    ):
        return b"".join(bytes(block) for block in rows)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What stands in cells as base64, compressed or not: sessions, caches."""
    for cell in set(_PACKED.findall(content)):
        body = cell.lstrip(b".").rstrip(b"=").replace(b"+", b"-").replace(b"/", b"_")
        try:
            raw = base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))
        except binascii.Error:
            continue
        yield raw
        try:
            yield zlib.decompress(raw)
        except zlib.error:
            continue


def forms(word: str) -> list[bytes]:
    """The ways in which a word may be written down."""
    plain = word.encode()
    inside = {base64.b64encode(b"x" * shift + plain)[shift * 2 : -4] for shift in range(3)}
    written = {
        *(plain, plain.hex().encode(), plain.hex().upper().encode()),
        *(quote(word).encode(), quote_plus(word).encode(), json.dumps(word)[1:-1].encode()),
        *(
            word.encode("utf-16-le"),
            word.encode("utf-16-be"),
            word.lower().encode(),
            word.upper().encode(),
        ),
        *inside,
        *(each.replace(b"+", b"-").replace(b"/", b"_") for each in inside),
    }
    return sorted(written)


def found(words: Iterable[str], places: Iterable[Place]) -> set[tuple[str, str]]:
    """{(name of the place, word)} for every word that stands somewhere."""
    needles = [(word, form) for word in words for form in forms(word)]
    return {(name, word) for name, content in places for word, form in needles if form in content}


def superuser_urls(home: Path) -> list[str]:
    """The addresses of both clusters of a running house."""
    ports = json.loads((home / "run.json").read_text())["ports"]
    return [
        f"postgresql://postgres:{quote((home / name / 'superuser.password').read_text().strip())}"
        f"@127.0.0.1:{ports[name]}/{database}"
        for name, database in (("main", "baken"), ("keystore", "keystore"))
    ]
