"""`baken mail`: does mail arrive, how much waits, and who is not mailed any more."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from baken.audit.interface import SYSTEM
from baken.config.installation import is_demo_database
from baken.config.management.base import BakenCommand
from baken.lib.sentences import sentence_of
from baken.mail.interface import (
    LANGUAGES,
    BadAddress,
    NotSuppressed,
    Problem,
    ProofMail,
    allow_address,
    deliver_mail,
    outbox,
    queue_counts,
    queue_mail,
    suppress_address,
)


class Command(BakenCommand):
    help = "Mail: proberen, de wachtrij tellen, adressen niet meer of weer mailen."

    def add_arguments(self, parser: Any) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        test = what.add_parser("test", help="een proefmail, nu")
        test.add_argument("address", metavar="ADRES")
        test.add_argument("--language", choices=LANGUAGES, default="nl")
        what.add_parser("queue", help="hoeveel mails in welke stand")
        what.add_parser("key", help="de publieke helft van de sleutel: BAKEN_MAIL_PUBLIC_KEY")
        for name, words in (
            ("suppress", "dit adres niet meer mailen"),
            ("allow", "dit adres weer mailen"),
        ):
            what.add_parser(name, help=words).add_argument("address", metavar="ADRES")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except (BadAddress, NotSuppressed) as problem:
            raise CommandError(sentence_of(problem)) from None

    def _test(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        with transaction.atomic():  # the worker finds it only when it is done
            mail_id = queue_mail(
                to=options["address"],
                context=ProofMail(at=now),
                language=options["language"],
                by=SYSTEM,
                now=now,
            )
            problem = deliver_mail(mail_id=mail_id, by=SYSTEM, now=now)
        if problem == Problem.NO_SERVER and is_demo_database():
            self.stdout.write(f"De mail wordt een bestand in {outbox()}.")
            return
        if problem:
            raise CommandError(f"{problem.label}.")
        self.stdout.write("Verzonden.")

    def _queue(self, options: dict[str, Any]) -> None:
        for state, problem, number in queue_counts():
            why = f" ({problem.label})" if problem != Problem.NONE else ""
            self.stdout.write(f"{number:>6}  {state.label}{why}")

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(settings.MAIL_PUBLIC_KEY.hex())

    def _suppress(self, options: dict[str, Any]) -> None:
        is_new = suppress_address(address=options["address"], by=SYSTEM, now=timezone.now())
        self.stdout.write("Dit adres mailen we niet meer." if is_new else "Dat was al zo.")

    def _allow(self, options: dict[str, Any]) -> None:
        allow_address(address=options["address"], by=SYSTEM, now=timezone.now())
        self.stdout.write("Dit adres mailen we weer.")
