"""`baken people add`: a first colleague, before there are invitations."""

import secrets
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from baken.accounts.interface import AlreadyMember, Role, add_colleague
from baken.config.management.base import BakenCommand
from baken.lib.sentences import sentence_of


class Command(BakenCommand):
    help = "Voegt een collega toe en toont een eerste wachtwoordzin."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["add"])
        parser.add_argument("--region", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        passphrase = secrets.token_urlsafe(16)
        try:
            add_colleague(
                email=options["email"],
                name=options["name"],
                role=Role(options["role"]),
                passphrase=passphrase,
                by=self.member(options["region"]),
                now=timezone.now(),
            )
        except AlreadyMember as problem:
            raise CommandError(sentence_of(problem)) from None
        self.stdout.write(f"Toegevoegd. Wachtwoordzin, te wijzigen na het inloggen: {passphrase}")
