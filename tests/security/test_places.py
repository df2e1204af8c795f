"""The search finds what is there, however it is written. A search that never finds proves nothing."""

import base64
import json
import os
import zlib
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core import signing

from tests.security.places import found, places

WORD = "kanarie in de mijn é/+"


@pytest.mark.parametrize(
    "written",
    [
        WORD.encode(),
        WORD.upper().encode(),
        WORD.encode().hex().encode(),
        WORD.encode("utf-16-le"),
        json.dumps({"x": WORD}).encode(),
        b"/zoek/?q=kanarie+in+de+mijn+%C3%A9%2F%2B",
        base64.b64encode(b"a" + WORD.encode() + b"bc"),
        base64.urlsafe_b64encode(b"ab" + WORD.encode() + b"bc"),
    ],
    ids=range(8),
)
def test_file_with_a_word(written, tmp_path):
    (tmp_path / "x").write_bytes(b"voor " + written + b" na")

    assert found([WORD, "iets anders"], places(tmp_path)) == {("file x", WORD)}


def test_name_of_a_file(tmp_path):
    (tmp_path / "kanarie").touch()

    assert found(["kanarie"], places(tmp_path)) == {("file name kanarie", "kanarie")}


CELLS = {
    "plain": WORD,
    "session": signing.dumps({"zoek": WORD}, compress=True, key="x"),
    "packed": base64.b64encode(zlib.compress(WORD.encode())).decode(),
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_table_with_a_word(cell, tmp_path):
    url = urlsplit(os.environ["BAKEN_TEST_URL_SUPERUSER"])._replace(path="/postgres").geturl()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kanarie (cell text)")
        connection.execute("INSERT INTO kanarie VALUES (%s)", [cell])
        try:
            where = {name for name, _ in found([WORD], places(tmp_path, url))}
        finally:
            connection.execute("DROP TABLE kanarie")

    assert where & {"table 0 kanarie", "table 0 kanarie unpacked"}


def test_environment_of_a_process(monkeypatch):
    assert found(["PATH="], places("/nergens", processes=[os.getpid()])) == {
        (f"process {os.getpid()} environ", "PATH=")
    }
