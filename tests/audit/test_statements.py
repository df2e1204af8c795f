"""Checkpoints as text, pinned: one signed today must be readable in twenty years."""

from datetime import UTC, datetime

import pytest

from baken.audit.statements import NotACheckpoint, Statement, WrongSignature, read_statement
from baken.vault.interface import new_signing_key
from tests.audit.logs import KEY, script

STATEMENT = Statement(
    "access", 1204331, bytes(range(32)), datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
)
GOLDEN = (
    "baken-audit-checkpoint/1\n"
    "stream access\n"
    "number 1204331\n"
    "head 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
    "at 2026-01-02T03:04:05.678901Z\n"
    "key 031374df8d5fef5f482375ed816e1fd647752e7777f641749e12a796496cb9f3bd\n"
    "signature 0346b78287ba0aa654047d7ab1678cf56d138354e9b67e7a7fa96158e749723126"
    "e3b46ba94698d717b7eec7590679efed01bdec0838093f983a8bb678b0e8370a\n"
)


def test_text_of_a_known_checkpoint():
    assert STATEMENT.signed(KEY) == GOLDEN


def test_what_is_signed_reads_back():
    assert read_statement(GOLDEN, public_key=KEY.public) == STATEMENT


def test_names_of_files_differ_with_the_moment():
    assert STATEMENT.file_name == "access-000001204331-20260102T030405678901Z.txt"


@pytest.mark.parametrize("place", range(len(GOLDEN)))
def test_one_character_changed(place):
    other = "0" if GOLDEN[place] != "0" else "1"

    with pytest.raises((NotACheckpoint, WrongSignature)):
        read_statement(GOLDEN[:place] + other + GOLDEN[place + 1 :], public_key=KEY.public)


@pytest.mark.parametrize(
    "text", ["", "\n", GOLDEN[:-1], GOLDEN + "\n", GOLDEN.replace("\n", "\r\n"), "x" + GOLDEN]
)
def test_what_is_no_checkpoint(text):
    with pytest.raises(NotACheckpoint):
        read_statement(text, public_key=KEY.public)


def test_signed_with_another_key():
    with pytest.raises(WrongSignature):
        read_statement(STATEMENT.signed(new_signing_key()), public_key=KEY.public)


# --- the script's own signature check, beside the one of the library ---


def test_script_knows_a_good_signature():
    key, signed = KEY.public[1:], STATEMENT.signed(KEY)
    body, signature = signed.rsplit("signature 03", 1)

    assert script.is_signed(key, body.encode(), bytes.fromhex(signature))
    assert not script.is_signed(key, body.encode() + b" ", bytes.fromhex(signature))
    assert not script.is_signed(key, body.encode(), bytes(64))
    assert not script.is_signed(key, body.encode(), b"\xff" * 64)


def test_script_agrees_with_rfc_8032():
    """Test 2 of §7.1."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )

    assert script.is_signed(key, b"\x72", signature)
    assert not script.is_signed(key, b"\x73", signature)


def test_script_is_short_and_needs_nothing():
    lines = script.__loader__.get_source("verify_audit").splitlines()
    imports = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}

    assert len(lines) <= 100
    assert imports == {"hashlib", "itertools", "json", "pathlib", "re", "sys"}
