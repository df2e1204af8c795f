"""All that an installation leaves behind, as (name, bytes): what a thief of disk, database or log gets.

`places(home, database)` goes through all of it; `found(words, places)` says where words stand, also when they
are written as base64, hexadecimal, in an address or with escapes.
"""

import base64
import binascii
import json
import re
import zlib
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg
from psycopg import sql

_PACKED = re.compile(rb"\.?[A-Za-z0-9+/_-]{24,}={0,2}")


def places(home, *databases, processes=()):
    """Files of `home`, every table of each database (addresses of its superuser), and what `processes` know
    of themselves: environment and command line."""
    yield from _files(Path(home))
    for number, url in enumerate(databases):
        yield from _tables(url, number)
    for pid in processes:
        yield from _process(pid)


def _files(folder):
    for path in sorted(folder.rglob("*")):
        yield f"file name {path.relative_to(folder)}", str(path.relative_to(folder)).encode()
        try:
            if path.is_file() and not path.is_symlink():
                yield f"file {path.relative_to(folder)}", path.read_bytes()
        except FileNotFoundError:  # PostgreSQL goes on working
            continue


def _tables(url, number):
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


def _copied(connection, what):
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} TO STDOUT").format(what)) as rows,
    ):
        return b"".join(bytes(block) for block in rows)


def _unpacked(content):
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


def _process(pid):
    for name in ("environ", "cmdline"):
        try:
            yield f"process {pid} {name}", Path(f"/proc/{pid}/{name}").read_bytes()
        except OSError:
            continue


def forms(word):
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


def found(words, places):
    """{(name of the place, word)} for every word that stands somewhere."""
    needles = [(word, form) for word in words for form in forms(word)]
    return {(name, word) for name, content in places for word, form in needles if form in content}


def children_of(pid):
    """The process and everything below it."""
    own = Path(f"/proc/{pid}/task/{pid}/children")
    below = own.read_text().split() if own.exists() else []
    return [pid, *(each for child in below for each in children_of(int(child)))]


def superuser_urls(home):
    """The addresses of both clusters of a running house."""
    ports = json.loads((Path(home) / "run.json").read_text())["ports"]
    for name, database in (("main", "baken"), ("keystore", "keystore")):
        password = (Path(home) / name / "superuser.password").read_text().strip()
        yield f"postgresql://postgres:{quote(password)}@127.0.0.1:{ports[name]}/{database}"


def temporary(folder):
    """Places of a folder for temporary files, under a name of their own."""
    for name, content in _files(Path(folder)):
        yield f"temporary {name}", content
