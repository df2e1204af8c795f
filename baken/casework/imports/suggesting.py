"""What a column and a text probably mean: what was chosen last time, else what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baken.casework.imports.columns import FIELDS, Holds
from baken.casework.imports.mapping import ColumnMapping, fold
from baken.organisations.interface import municipality_by_text
from baken.taxonomy.interface import by_text

COLUMN = "column"  # the field under which meanings of columns are remembered
Remembered = Mapping[tuple[str, str], str]  # (field, folded text) → code, or field of a column

# What registers call their columns, folded.
_CALLED = {
    "external_number": (
        "nummer",
        "nr",
        "zaaknummer",
        "dossiernummer",
        "casusnummer",
        "kenmerk",
        "id",
    ),
    "kind": (
        "soort",
        "type",
        "soort contact",
        "melding/advies",
        "melding of advies",
        "aard contact",
    ),
    "received": (
        *("jaar", "datum", "ontvangen", "ontvangstdatum", "datum ontvangst", "datum melding"),
        *("meldingsdatum", "datum binnenkomst", "maand"),
    ),
    "origin": ("aanleiding", "herkomst"),
    "legal_frame": ("kader", "juridisch kader", "wettelijk kader", "grondslag"),
    "urgency": ("urgentie", "spoed", "prioriteit"),
    "channel": ("kanaal", "binnengekomen via", "wijze van melden"),
    "source_group": ("melder", "bron", "wie meldt", "organisatie melder", "soort melder"),
    "reporter_is_professional": ("professional", "professioneel", "beroepsmatig"),
    "anonymity": ("anoniem", "anonimiteit"),
    "reporter_municipality": ("gemeente melder", "plaats melder"),
    "primary_form": (
        *("vorm", "vorm van uitbuiting", "aard", "aard van uitbuiting", "aard uitbuiting"),
        *("uitbuiting", "uitbuitingsvorm", "soort uitbuiting", "type uitbuiting"),
    ),
    "certainty": ("zekerheid", "vermoeden"),
    "home_municipality": ("woongemeente", "woonplaats", "gemeente", "gemeente slachtoffer"),
    "exploitation_municipality": (
        "plaats uitbuiting",
        "gemeente uitbuiting",
        "pleegplaats",
        "locatie",
    ),
    "route": ("route", "binnenlands/grensoverschrijdend", "nationaal/internationaal"),
    "sector": ("sector", "branche"),
    "relation": ("relatie", "relatie uitbuiter"),
    "recruitment": ("werving", "ronselen", "wervingswijze"),
    "means": ("dwangmiddel", "dwangmiddelen", "dwang"),
    "signals": ("signaal", "signalen"),
    "concerns_minor": ("minderjarig", "minderjarige", "betreft minderjarige"),
    "concerns_several": ("meerdere slachtoffers", "meer dan een slachtoffer"),
    "age_band": ("leeftijd", "leeftijdsgroep", "leeftijdscategorie", "leeftijd slachtoffer"),
    "sex": ("geslacht", "gender", "man/vrouw", "geslacht slachtoffer"),
    "nationality_group": ("nationaliteit", "nationaliteit slachtoffer"),
}
# Words for choices that are no code list.
_SAID = {
    "kind": {
        "report": ("melding", "meldingen", "m", "melding mensenhandel"),
        "advice": ("advies", "adviezen", "a", "adviesvraag", "advies gevraagd"),
        "anonymous_signal": ("anoniem signaal", "anonieme melding", "mma", "signaal"),
        "question": ("informatievraag", "vraag", "informatie", "infovraag"),
    },
    "origin": {"own_initiative": ("ambtshalve",), "handed_over": ("overdracht", "overgedragen")},
    "urgency": {
        "1": ("gewoon", "normaal", "laag"),
        "2": ("spoed", "hoog"),
        "3": ("acuut", "crisis"),
    },
}
_YES_NO = {
    "yes": ("ja", "j", "yes", "y", "1", "waar", "true"),
    "no": ("nee", "n", "no", "0", "onwaar", "false"),
    "unknown": ("onbekend", "weet niet", "?", "unknown"),
}


def suggest_columns(headers: Iterable[str], remembered: Remembered) -> dict[str, str]:
    """Field → header; each header at most once, remembered meanings first."""
    found: dict[str, str] = {}
    headers = list(headers)
    for header in headers:
        name = remembered.get((COLUMN, fold(header)))
        if name in FIELDS:
            found.setdefault(name, header)
    for header in headers:
        if header not in found.values() and (name := _field_called(header)):
            found.setdefault(name, header)
    return found


def _field_called(header: str) -> str | None:
    text = fold(header)
    for name, field in FIELDS.items():
        if text in _CALLED[name] or text in {name, fold(str(field.label))}:
            return name
    return None


def suggest_code(name: str, text: str, remembered: Remembered) -> str:
    """The code a text probably means; "" when we do not know."""
    field = FIELDS[name]
    codes = field.codes()
    known = (
        remembered.get((name, fold(text))),
        text.strip(),
        _said(name, text),
        _looked_up(name, text),
    )
    return next((code for code in known if code in codes), "")


def _said(name: str, text: str) -> str | None:
    field = FIELDS[name]
    words = _SAID.get(name) or (_YES_NO if "yes" in field.codes() else {})
    labels = {code: (fold(label),) for code, label in field.codes().items()}
    for table in (words, labels):
        for code, texts in table.items():
            if fold(text) in texts:
                return code
    return None


def _looked_up(name: str, text: str) -> str | None:
    field = FIELDS[name]
    if field.holds == Holds.PLACE:
        return municipality_by_text(text)
    return by_text(field.code_list, text) if field.code_list else None


def to_remember(mapping: ColumnMapping) -> dict[tuple[str, str], str]:
    """What this mapping teaches for next time; what was left *leeg* is asked again."""
    learnt = {(COLUMN, fold(header)): name for name, header in mapping.columns.items() if header}
    for name, texts in mapping.values.items():
        learnt |= {(name, text): code for text, code in texts.items() if code}
    return {(name, text): value for (name, text), value in learnt.items() if len(text) <= 200}
