"""What was ever sealed opens for ever. These files are added to and never made again."""

import hashlib
import json
from uuid import UUID

import pytest

from baken.vault.interface import (
    About,
    Header,
    PassphraseCost,
    blind_index,
    combine,
    derive,
    derived_key_pair,
    derived_signing_key,
    header_of,
    open_field,
    open_file,
    open_with,
    passphrase_key,
    public_of,
    share_from_text,
    share_to_text,
    sign,
    unwrap_key,
    verify,
)
from tests.vault.samples import DATA


def golden(name):
    """The facts of one file: hex as bytes, ids as ids."""
    facts = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    words = {"plaintext", "about", "passphrase", "value", "field", "purpose", "texts"}
    return {name: fact if name in words else _read(fact) for name, fact in facts.items()}


def _read(fact):
    if isinstance(fact, str):
        return UUID(fact) if "-" in fact else bytes.fromhex(fact)
    return [bytes.fromhex(each) for each in fact] if isinstance(fact, list) else fact


def about(facts):
    ids = {name: UUID(facts["about"][name]) for name in ("row", "region", "container")}
    return About(**{**facts["about"], **ids})


def test_field():
    facts = golden("field_v1_a1")
    place = {name: facts[name] for name in ("key", "key_id", "epoch")}

    assert open_field(facts["sealed"], **place, about=about(facts)).decode() == facts["plaintext"]
    assert header_of(facts["sealed"]) == Header(1, 1, facts["key_id"], 3)


def test_file():
    facts = golden("file_v1_a1")
    place = {name: facts[name] for name in ("key", "key_id", "epoch")}
    sealed = (DATA / "file_v1_a1.bin").read_bytes()

    content = b"".join(open_file([sealed], **place, about=about(facts)))

    assert hashlib.sha256(content).digest() == facts["plaintext_sha256"]


def test_wrapped_key():
    facts = golden("wrapped_v1_a1")

    secret = unwrap_key(facts["sealed"], under=facts["key"], context=facts["context"])

    assert secret == bytes.fromhex(facts["plaintext"])


@pytest.mark.parametrize("algorithm", [1, 2])
def test_sealed_to_a_key_pair(algorithm):
    facts = golden(f"sealed_v1_a{algorithm}")

    secret = open_with(facts["private"], facts["sealed"], info=facts["info"])

    assert secret == bytes.fromhex(facts["plaintext"])
    assert public_of(facts["private"]) == facts["public"]


@pytest.mark.parametrize("derived", [derived_key_pair, derived_signing_key])
def test_derived_pair(derived):
    facts = golden(f"{derived.__name__}_v1")

    pair = derived(facts["seed"])

    assert (pair.private, pair.public) == (facts["private"], facts["public"])


def test_signature():
    facts = golden("signature_a3")

    verify(facts["public"], facts["message"], facts["signature"])

    assert sign(facts["private"], facts["message"]) == facts["signature"]


def test_passphrase():
    facts = golden("passphrase_v1_a1")
    cost = PassphraseCost.from_bytes(facts["cost"])

    key = passphrase_key(facts["passphrase"], salt=facts["salt"], pepper=facts["pepper"], cost=cost)

    assert key == facts["key"]
    assert (cost.memory_kib, cost.passes) == (facts["memory_kib"], facts["passes"])
    assert cost.to_bytes() == facts["cost"]


def test_blind_index():
    facts = golden("index_v1")

    assert blind_index(facts["value"], key=facts["key"], field=facts["field"]) == facts["index"]


def test_derived_key():
    facts = golden("derived_v1")

    assert derive(facts["key"], facts["purpose"], facts["length"]) == facts["derived"]


@pytest.mark.parametrize("pair", [(1, 2), (3, 1), (2, 3)])
def test_recovery(pair):
    facts = golden("recovery_v1")
    sealed = {(int(key[0]), int(key[1])): bytes.fromhex(v) for key, v in facts["sealed"].items()}
    (a, first), (b, second) = (
        share_from_text(facts["texts"][number - 1], of=facts["of"]) for number in pair
    )

    assert combine(a, first, b, second, sealed) == facts["secret"]
    assert (first, second) == tuple(facts["shares"][number - 1] for number in pair)
    assert " ".join(share_to_text(a, first, of=facts["of"])) == facts["texts"][a - 1]
