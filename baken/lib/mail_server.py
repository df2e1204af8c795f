"""The address of a mail server: ``smtp://user:password@host:587?tls=starttls``."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class BadMailServer(Exception):
    """Een mailserver ziet er zo uit: smtp://gebruiker:wachtwoord@host:587?tls=starttls (of tls=tls; tls=none
    alleen op deze machine)."""


@dataclass(frozen=True)
class MailServer:
    """`tls`: starttls, tls (from the first byte) or none; `authorities`: a file with certificates to trust
    besides those of the system."""

    host: str
    port: int
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""


def mail_server(url: str) -> MailServer:
    """Raises `BadMailServer`; never lets mail leave the machine in the clear."""
    try:
        parts = urlsplit(url)
        host, port, options = parts.hostname or "", parts.port, parse_qs(parts.query)
    except ValueError:
        raise BadMailServer from None
    tls = options.get("tls", ["starttls"])[-1]
    known = parts.scheme == "smtp" and tls in _PORTS and options.keys() <= {"tls", "ca"}
    if not host or not known or (tls == "none" and host not in THIS_MACHINE):
        raise BadMailServer
    return MailServer(
        host=host,
        port=port or _PORTS[tls],
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        authorities=options.get("ca", [""])[-1],
    )
