"""XChaCha20-Poly1305 that also commits to its key.

The cipher alone lets one ciphertext open under two keys. A commitment, derived beside the key and kept
with the ciphertext, is compared before anything is decrypted.
"""

import hmac
import secrets

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from baken.vault.derivation import two_keys
from baken.vault.refusals import Altered, WrongKey

NONCE = 24
COMMITMENT = 32
TAG = 16


def check_commitment(found: bytes, expected: bytes) -> None:
    if not hmac.compare_digest(found, expected):
        raise WrongKey


class CommittedKey:
    """A derived key, kept to seal and open many times: deriving takes a third of the time."""

    __slots__ = ("_commitment", "_key")

    def __init__(self, key: bytes, info: bytes) -> None:
        self._key, self._commitment = two_keys(key, info)

    def seal(self, plaintext: bytes, *, head: bytes, about: bytes) -> bytes:
        """head | nonce | commitment | ciphertext and tag. Head and `about` are bound to it."""
        nonce = secrets.token_bytes(NONCE)
        ciphertext = crypto_aead_xchacha20poly1305_ietf_encrypt(
            plaintext, head + about, nonce, self._key
        )
        return b"".join((head, nonce, self._commitment, ciphertext))

    def open(self, sealed: bytes, *, head: bytes, about: bytes) -> bytes:
        """What was sealed; raises `WrongKey` or `Altered`."""
        return opened(sealed, head, about, self._key, self._commitment)


def opened(sealed: bytes, head: bytes, about: bytes, key: bytes, commitment: bytes) -> bytes:
    """What was sealed under a key that is derived already; raises `WrongKey` or `Altered`."""
    nonce, body = len(head), len(head) + NONCE + COMMITMENT
    if len(sealed) < body + TAG:
        raise Altered
    check_commitment(sealed[nonce + NONCE : body], commitment)
    return decrypted(sealed[body:], head + about, sealed[nonce : nonce + NONCE], key)


def decrypted(sealed: bytes, about: bytes, nonce: bytes, key: bytes) -> bytes:
    """Raises `Altered`."""
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, about, nonce, key)
    except CryptoError:
        raise Altered from None
