"""The three parts of a recovery key as one PDF to print: each on a sheet of its own."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.lib.documents import NotMade, made_pdf, qr_svg

_TEMPLATE = files("baken.accounts.teams") / "documents" / "recovery_sheets.typ"


class NotPrinted(Exception):
    """De PDF kon niet worden gemaakt, en er is niets veranderd. Probeer het zo opnieuw."""


def recovery_sheets(shares: Sequence[Sequence[str]], *, region_name: str, now: datetime) -> bytes:
    """Raises `NotPrinted`. Nothing of it is kept: who loses the answer has lost the shares."""
    title = _("Herstelsleutel van %(region)s") % {"region": region_name}
    made = _("Gemaakt op %(day)s") % {"day": date_format(localtime(now), "j F Y")}
    content = {
        "lang": get_language() or "nl",
        "title": title,
        "made": made,
        "words": _words(region_name),
        "parts": [_part(number, groups) for number, groups in enumerate(shares, 1)],
    }
    try:
        return made_pdf(_TEMPLATE.read_text(encoding="utf-8"), content)
    except NotMade:
        raise NotPrinted from None


def _part(number: int, groups: Sequence[str]) -> dict[str, object]:
    heading = _("Deel %(number)s van 3") % {"number": number}
    return {"heading": heading, "groups": list(groups), "qr": qr_svg("-".join(groups))}


def _words(region_name: str) -> dict[str, object]:
    return {
        "what": _(
            "Dit blad is een deel van de herstelsleutel van %(region)s. Met twee van de drie delen gaan de "
            "gegevens weer open als niemand van een team er meer bij kan. Met één deel kan niemand iets."
        )
        % {"region": region_name},
        "groups": _("De tien groepen"),
        "groups_help": _(
            "In de QR-code staat dezelfde tekst. Tussen de groepen mag een spatie of een streepje. "
            "U ziet geen O en geen I: dat zijn altijd een nul en een een."
        ),
        "qr_alt": _("QR-code met de tien groepen van dit deel"),
        "keeper": _("Wie bewaart dit deel"),
        "name": _("Naam en functie"),
        "place": _("Bewaard in"),
        "since": _("Sinds"),
        "rules_heading": _("Hoe u het bewaart"),
        "rules": [
            _("Doe dit blad in een envelop, plak die dicht en leg hem in een kluis."),
            _("Drie delen, drie mensen, drie plaatsen. Bewaar nooit twee delen bij elkaar."),
            _("Maak geen foto en geen kopie. Stuur het niet per mail of app."),
            _("Gaat u weg? Geef de envelop zelf aan uw opvolger, en meld dat."),
            _(
                "Is de envelop open, of het blad weg? Meld het meteen. Met de andere twee delen maakt u een "
                "nieuwe herstelsleutel; dan werkt dit deel niet meer."
            ),
        ],
        "use_heading": _("Wanneer u het gebruikt"),
        "use": _(
            "Vraagt iemand om dit deel? Bel dan eerst zelf de functioneel beheerder of de functionaris "
            "gegevensbescherming. Kom met twee mensen: ieder typt het eigen deel in. Baken schrijft in het "
            "logboek wie het deed en voor wie."
        ),
        "empty": _("Deze bladzijde is met opzet leeg."),
    }
