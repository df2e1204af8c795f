"""`baken people add`: a colleague, when nobody is there who can invite."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from baken.accounts.interface import AlreadyMember, Role, User, add_colleague
from baken.config.management.asking import ask_passphrase
from baken.config.management.base import BakenCommand
from baken.lib.sentences import sentence_of


class Command(BakenCommand):
    help = "Voegt een collega toe. Wie nieuw is, typt zelf een wachtwoordzin."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["add"])
        parser.add_argument("--region", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        by, name, email = self.member(options["region"]), options["name"], options["email"]
        is_known = User.objects.filter(email=email.lower()).exists()
        try:
            add_colleague(
                email=email,
                name=name,
                role=Role(options["role"]),
                # Nothing we make up becomes somebody's passphrase: it would stay, and stand on a screen.
                passphrase="" if is_known else ask_passphrase(name),
                by=by,
                now=timezone.now(),
            )
        except AlreadyMember as problem:
            raise CommandError(sentence_of(problem)) from None
        self.stdout.write("Toegevoegd.")
