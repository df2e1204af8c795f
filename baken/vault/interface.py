"""The door of the vault."""

from baken.vault.derivation import derive, new_key, packed
from baken.vault.fields import About, FieldKey, Header, header_of, open_field, seal_field
from baken.vault.files import open_file, seal_file
from baken.vault.indexes import blind_index
from baken.vault.many import Column, NestedKeys
from baken.vault.pairs import (
    KeyPair,
    derived_key_pair,
    new_key_pair,
    open_with,
    public_of,
    seal_to,
)
from baken.vault.passphrases import STANDARD, PassphraseCost, new_salt, passphrase_key
from baken.vault.recovery import (
    Recovery,
    combine,
    share_from_text,
    share_to_text,
    split_secret,
)
from baken.vault.refusals import (
    Altered,
    MistypedShare,
    Refused,
    SameShare,
    ShareOfAnother,
    UnknownFormat,
    WrongKey,
)
from baken.vault.signatures import derived_signing_key, new_signing_key, sign, verify
from baken.vault.wrapping import WrappingKey, unwrap_key, wrap_key

__all__ = [
    "STANDARD",
    "About",
    "Altered",
    "Column",
    "FieldKey",
    "Header",
    "KeyPair",
    "MistypedShare",
    "NestedKeys",
    "PassphraseCost",
    "Recovery",
    "Refused",
    "SameShare",
    "ShareOfAnother",
    "UnknownFormat",
    "WrappingKey",
    "WrongKey",
    "blind_index",
    "combine",
    "derive",
    "derived_key_pair",
    "derived_signing_key",
    "header_of",
    "new_key",
    "new_key_pair",
    "new_salt",
    "new_signing_key",
    "open_field",
    "open_file",
    "open_with",
    "packed",
    "passphrase_key",
    "public_of",
    "seal_field",
    "seal_file",
    "seal_to",
    "share_from_text",
    "share_to_text",
    "sign",
    "split_secret",
    "unwrap_key",
    "verify",
    "wrap_key",
]
