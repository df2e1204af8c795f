"""Mail servers on the loopback that behave as the real ones do: they greylist, refuse, and go away."""

import contextlib
import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Mailbox:
    """Accepts everything, unless `answers` holds another answer for the next recipients or messages."""

    def __init__(self):
        self.received = []
        self.recipients = []
        self.answers_to_recipient = []
        self.answers_to_message = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.recipients.append(address)
        if self.answers_to_recipient:
            return self.answers_to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answers_to_message:
            return self.answers_to_message.pop(0)
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextlib.contextmanager
def mail_server(mailbox, port=0, **options):
    """A running server; yields its port."""
    port = port or free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
