import pytest
from django.conf import settings as django_settings

from baken.lib.mail_server import MailServer
from tests.mail.servers import Mailbox, mail_server
from tests.own_database import own_database

__all__ = ["own_database"]


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def smtp(mailbox, settings):
    """A mail server that runs, and that the house is told of."""
    with mail_server(mailbox) as port:
        settings.SMTP_SERVER = MailServer("127.0.0.1", port, "none")
        yield mailbox


@pytest.fixture
def secret_of_the_worker():
    return django_settings.MAIL_KEY
