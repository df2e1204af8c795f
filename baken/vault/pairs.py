"""Key pairs: seal to who is not here. HPKE one-shot (RFC 9180). Keys are raw bytes behind their algorithm.

Format 1: "BS" | version | algorithm | encapsulated key and ciphertext.
"""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from baken.vault.derivation import derive, packed
from baken.vault.formats import MLKEM768_X25519, SEALED, X25519
from baken.vault.refusals import Altered, UnknownFormat, WrongKey

_SUITES = {
    X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
    MLKEM768_X25519: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
}
_SEED = 64  # of ML-KEM-768; the rest of a private key is that of X25519
_ENCAPSULATION = 1184  # the public half of ML-KEM-768


@dataclass(frozen=True, slots=True)
class KeyPair:
    public: bytes
    private: bytes = field(repr=False)


def new_key_pair() -> KeyPair:
    return _pair(secrets.token_bytes(_SEED + 32))


def derived_key_pair(seed: bytes) -> KeyPair:
    """The same pair for the same seed: for who has a code and stores no key."""
    return _pair(derive(seed, "baken/key-pair/v1", _SEED + 32))


def _pair(body: bytes) -> KeyPair:
    private = bytes((MLKEM768_X25519,)) + body
    return KeyPair(public_of(private), private)


def public_of(private: bytes) -> bytes:
    """The public half; raises `UnknownFormat`."""
    key = _private(private)
    if isinstance(key, X25519PrivateKey):
        return private[:1] + key.public_key().public_bytes_raw()
    encapsulation = MLKEM768PrivateKey.from_seed_bytes(private[1 : 1 + _SEED]).public_key()
    exchange = X25519PrivateKey.from_private_bytes(private[1 + _SEED :]).public_key()
    return private[:1] + encapsulation.public_bytes_raw() + exchange.public_bytes_raw()


def seal_to(public: bytes, secret: bytes, *, info: bytes) -> bytes:
    """`secret` for who has the private half; raises `UnknownFormat` for a key writers no longer use."""
    key, head = _public(public), SEALED.start
    return head + _SUITES[MLKEM768_X25519].encrypt(secret, key, _info(head, info))


def open_with(private: bytes, sealed: bytes, *, info: bytes) -> bytes:
    """The secret; raises a `Refused`."""
    _, algorithm = SEALED.read(sealed)
    key = _private(private)
    if private[0] != algorithm:
        raise WrongKey
    try:
        return _SUITES[algorithm].decrypt(sealed[4:], key, _info(sealed[:4], info))
    except (InvalidTag, ValueError):
        raise Altered from None


def _info(head: bytes, info: bytes) -> bytes:
    return packed(b"baken/seal/v1", head, info)


def _public(raw: bytes) -> MLKEM768X25519PublicKey:
    body = raw[1:]
    if raw[:1] != bytes((MLKEM768_X25519,)) or len(body) != _ENCAPSULATION + 32:
        raise UnknownFormat
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(body[:_ENCAPSULATION]),
            X25519PublicKey.from_public_bytes(body[_ENCAPSULATION:]),
        )
    except ValueError:
        raise UnknownFormat from None


def _private(raw: bytes) -> MLKEM768X25519PrivateKey | X25519PrivateKey:
    body = raw[1:]
    if raw[:1] == bytes((X25519,)) and len(body) == 32:
        return X25519PrivateKey.from_private_bytes(body)
    if raw[:1] != bytes((MLKEM768_X25519,)) or len(body) != _SEED + 32:
        raise UnknownFormat
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(body[:_SEED]),
        X25519PrivateKey.from_private_bytes(body[_SEED:]),
    )
