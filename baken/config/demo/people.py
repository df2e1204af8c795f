"""The people of the demo. All invented, one per role; anybody may know their passphrase."""

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from baken.accounts.interface import Role

PASSPHRASE = "oefenen met een baken"
# The same for all: a second factor that is printed on the screen protects nothing but the habit.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Person:
    """One log-in of the demo: `slug` names it in addresses."""

    slug: str
    name: str
    role: Role
    region: str
    does: str  # what to try, in one sentence
    other_regions: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.slug}@demo.invalid"


PEOPLE = (
    Person(
        "noor", "Noor Fictief", Role.CASEWORKER, "utrecht", "Registreert een telefonische melding."
    ),
    Person(
        "sam", "Sam Verzonnen", Role.FOCAL_POINT, "utrecht", "Zet een melding om in een advies."
    ),
    Person(
        "robin",
        "Robin Denkbeeld",
        Role.COORDINATOR,
        "utrecht",
        "Leest een register in en deelt weergaven.",
    ),
    Person(
        "kim",
        "Kim Oefening",
        Role.ANALYST,
        "utrecht",
        "Legt een peildatum vast en leest de cijfers.",
    ),
    Person(
        "lou", "Lou Voorbeeld", Role.ADMINISTRATOR, "utrecht", "Zet een keuze in een codelijst uit."
    ),
    Person("jip", "Jip Proef", Role.PRIVACY_OFFICER, "utrecht", "Ziet wie wat bekeek."),
    Person("wil", "Wil Schets", Role.AUDITOR, "utrecht", "Leest het logboek."),
    Person(
        "bo", "Bo Anderland", Role.CASEWORKER, "flevoland", "Ziet alleen de eigen regio Flevoland."
    ),
    Person(
        "max",
        "Max Tweeling",
        Role.CARE_COORDINATOR,
        "flevoland",
        "Werkt voor twee regio's en wisselt daartussen, in het menu onder de naam.",
        other_regions=("utrecht",),
    ),
)


def person_by_slug(slug: str) -> Person | None:
    return next((person for person in PEOPLE if person.slug == slug), None)


def one_time_codes() -> list[str]:
    """The codes that are accepted now: the one before, the current one, the next."""
    counters = yield_hotp_counters_from_time()
    return [format_hotp_value(hotp_value(TOTP_SECRET, counter)) for counter in counters]
