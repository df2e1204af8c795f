"""The conversation with the mail server is private, or there is none."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from uuid import UUID

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from baken.config.environment import BadEnvironment, env_mail_server
from baken.lib.mail_server import BadMailServer, MailServer, mail_server
from baken.mail.composing import compose
from baken.mail.delivery import send
from baken.mail.states import Problem
from baken.mail.texts import Text
from tests.mail import servers


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody knows, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.invalid")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def context(certificate):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


def check_log_in(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"baken", b"geheim/woord")
    return AuthResult(success=right, handled=False)


def try_sending(server):
    words = Text("Onderwerp", "Tekst\n")
    message = compose(UUID(int=1), "iemand@voorbeeld.invalid", words, created_at=datetime.now(UTC))
    return send(message, server)


@pytest.mark.parametrize(
    ("password", "problem"), [("geheim/woord", Problem.NONE), ("fout", Problem.NOT_WELCOME)]
)
def test_logging_in_after_starttls(mailbox, certificate, password, problem):
    options = {
        "tls_context": context(certificate),
        "require_starttls": True,
        "authenticator": check_log_in,
        "auth_required": True,
    }
    with servers.mail_server(mailbox, **options) as port:
        server = MailServer("127.0.0.1", port, "starttls", "baken", password, str(certificate))

        assert try_sending(server) == problem

    assert len(mailbox.received) == (problem == Problem.NONE)


def test_server_with_a_certificate_nobody_knows(mailbox, certificate):
    with servers.mail_server(mailbox, tls_context=context(certificate)) as port:
        assert try_sending(MailServer("127.0.0.1", port)) == Problem.NOT_SECURE

    assert mailbox.recipients == []


def test_server_without_starttls_gets_nothing(mailbox):
    """Somebody in between may have taken the offer away."""
    with servers.mail_server(mailbox) as port:
        assert try_sending(MailServer("127.0.0.1", port)) == Problem.NOT_SECURE

    assert mailbox.recipients == []


def test_tls_from_the_first_byte(mailbox, certificate):
    with servers.mail_server(mailbox, ssl_context=context(certificate)) as port:
        server = MailServer("127.0.0.1", port, "tls", authorities=str(certificate))

        assert try_sending(server) == Problem.NONE


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.voorbeeld.nl", MailServer("mail.voorbeeld.nl", 587)),
        ("smtp://mail.voorbeeld.nl?tls=tls", MailServer("mail.voorbeeld.nl", 465, "tls")),
        ("smtp://localhost:2525?tls=none", MailServer("localhost", 2525, "none")),
        (
            "smtp://ik%40hier:a%2Fb@mail.voorbeeld.nl:25?tls=starttls&ca=/etc/ca.pem",
            MailServer("mail.voorbeeld.nl", 25, "starttls", "ik@hier", "a/b", "/etc/ca.pem"),
        ),
    ],
)
def test_address_of_a_server(url, server):
    assert mail_server(url) == server
    assert "a/b" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.voorbeeld.nl:587",
        "http://mail.voorbeeld.nl",
        "smtp://",
        "smtp://mail.voorbeeld.nl:vijf",
        "smtp://mail.voorbeeld.nl:99999",
        "smtp://mail.voorbeeld.nl?tls=maybe",
        "smtp://mail.voorbeeld.nl?tls=none",  # in the clear over somebody's network
        "smtp://mail.voorbeeld.nl?verify=no",
    ],
)
def test_bad_address_of_a_server(url, monkeypatch):
    with pytest.raises(BadMailServer):
        mail_server(url)

    monkeypatch.setenv("BAKEN_SMTP_URL", url)
    with pytest.raises(BadEnvironment, match="BAKEN_SMTP_URL: Een mailserver ziet er zo uit"):
        env_mail_server("BAKEN_SMTP_URL")
