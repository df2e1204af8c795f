"""Ed25519. Keys and signatures are raw bytes behind their algorithm."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baken.vault.derivation import derive
from baken.vault.formats import ED25519
from baken.vault.pairs import KeyPair
from baken.vault.refusals import Altered, UnknownFormat

_PREFIX = bytes((ED25519,))


def new_signing_key() -> KeyPair:
    return _pair(Ed25519PrivateKey.generate())


def derived_signing_key(seed: bytes) -> KeyPair:
    """The same pair for the same seed: for an installation that keeps one secret of 32 bytes."""
    return _pair(Ed25519PrivateKey.from_private_bytes(derive(seed, "baken/signing-key/v1", 32)))


def _pair(key: Ed25519PrivateKey) -> KeyPair:
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    return KeyPair(_PREFIX + public, _PREFIX + private)


def sign(private: bytes, message: bytes) -> bytes:
    return _PREFIX + Ed25519PrivateKey.from_private_bytes(_body(private, 32)).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Returns if the signature is good; raises a `Refused` otherwise."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_body(public, 32))
        key.verify(_body(signature, 64), message)
    except (InvalidSignature, ValueError):
        raise Altered from None


def _body(raw: bytes, length: int) -> bytes:
    if raw[:1] != _PREFIX or len(raw) != 1 + length:
        raise UnknownFormat
    return raw[1:]
