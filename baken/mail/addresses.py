"""E-mail addresses: what we accept, and the one form in which we compare them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# RFC 5321 §4.5.3.1.3: a path is 256 characters with its brackets.
LONGEST = 254


class BadAddress(Exception):
    """Dit is geen e-mailadres waar we naartoe kunnen mailen."""


def clean_address(text: str) -> str:
    """The address as it goes over the wire: an international domain in its ASCII form.

    Raises `BadAddress`, also for what would break out of a header, and for a name before the @ outside
    ASCII, which most servers refuse.
    """
    if not text.isprintable() or len(text) > LONGEST:
        raise BadAddress
    try:
        validate_email(text)
        name, _at, domain = text.rpartition("@")
        cleaned = f"{name}@{domain.encode('idna').decode('ascii')}"
    except (ValidationError, UnicodeError):
        raise BadAddress from None
    if len(cleaned) > LONGEST:
        raise BadAddress
    return cleaned


def compared(address: str) -> str:
    """Two addresses are the same when this is: hardly any server tells capitals apart."""
    return clean_address(address).lower()
