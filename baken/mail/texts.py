"""The closed list of mails. Each has a text per language and a context with exactly these fields.

**Content of no case, ever.** A context holds a page of the office and moments; no name, no number, no
sentence. Who wants to know more logs in.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from importlib.resources import files
from re import fullmatch
from string import Template
from typing import ClassVar

from babel.dates import format_datetime
from django.conf import settings
from django.utils.timezone import get_default_timezone

LANGUAGES = ("nl", "en")
_FORMATS = {"nl": "d MMMM y 'om' HH.mm 'uur'", "en": "d MMMM y 'at' HH:mm"}
# A page of our own and nothing else: no host, no other scheme, no line break.
_PATH = r"/[A-Za-z0-9/_-]*(\?[A-Za-z0-9]+=[A-Za-z0-9_-]+)?"


@dataclass(frozen=True)
class Context:
    """What a text may say. `text` is the name of its file."""

    text: ClassVar[str]


@dataclass(frozen=True)
class InvitationMail(Context):
    """`path`: the page that opens the invitation; it works until `until`."""

    text = "invitation"
    path: str
    until: datetime


@dataclass(frozen=True)
class ResetMail(Context):
    """A new passphrase. `path`: the page where it is chosen; it works until `until`."""

    text = "reset"
    path: str
    until: datetime


@dataclass(frozen=True)
class ProofMail(Context):
    """To see whether mail arrives at all."""

    text = "proof"
    at: datetime


CONTEXTS: dict[str, type[Context]] = {
    context.text: context for context in (InvitationMail, ProofMail, ResetMail)
}


@dataclass(frozen=True)
class Text:
    """A mail as somebody reads it, without its address."""

    subject: str
    body: str


class NotOurPage(Exception):
    """Een mail verwijst alleen naar een pagina van het kantoor."""


def render(context: Context, language: str) -> Text:
    """The text of a mail. Raises `NotOurPage` for a path that is none, KeyError for a language we have
    no texts in or a field the context does not have."""
    own = {field.name: getattr(context, field.name) for field in fields(context)}
    words = dict(_word(name, value, language) for name, value in own.items())
    subject, _empty, body = _source(context.text, language).partition("\n\n")
    return Text(Template(subject).substitute(words), Template(body).substitute(words))


def _source(text: str, language: str) -> str:
    if language not in LANGUAGES:
        raise KeyError(language)
    path = files("baken.mail") / "texts" / language / f"{text}.txt"
    return path.read_text(encoding="utf-8")


def _word(name: str, value: object, language: str) -> tuple[str, str]:
    """A field as it stands in the text: a path becomes the link, a moment words."""
    if isinstance(value, datetime):
        local = value.astimezone(get_default_timezone())
        return name, format_datetime(local, _FORMATS[language], locale=language)
    if name != "path" or not isinstance(value, str) or not fullmatch(_PATH, value):
        raise NotOurPage(name)
    return "link", f"{settings.OFFICE_URL}{value}"
