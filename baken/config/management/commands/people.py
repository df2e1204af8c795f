"""`baken people add`: a first colleague, before there are invitations."""

import secrets
from typing import Any

from django.utils import timezone

from baken.accounts.interface import Role, add_colleague
from baken.config.management.base import BakenCommand


class Command(BakenCommand):
    help = "Voegt een collega toe en toont een eenmalige wachtwoordzin."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["add"])
        parser.add_argument("--region", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        passphrase = secrets.token_urlsafe(16)
        add_colleague(
            email=options["email"],
            name=options["name"],
            role=Role(options["role"]),
            passphrase=passphrase,
            by=self.member(options["region"]),
            now=timezone.now(),
        )
        self.stdout.write(f"Toegevoegd. Eenmalige wachtwoordzin: {passphrase}")
