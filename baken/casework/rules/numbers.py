"""Public numbers: random, so that they tell nothing about how many there are; short, to read aloud."""

import secrets

# Crockford's base 32: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_number() -> str:
    """A number such as ``MH-7K3F-92QD``: 32⁸ ≈ 10¹² of them; unique per region in the database."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"MH-{text[:4]}-{text[4:]}"
