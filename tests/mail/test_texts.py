"""What a mail can say: nothing of a case. And its headers: nothing that was slipped in."""

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from uuid import UUID

import pytest

import baken.mail
from baken.mail.addresses import BadAddress, clean_address, compared
from baken.mail.composing import compose
from baken.mail.texts import (
    CONTEXTS,
    LANGUAGES,
    Context,
    InvitationMail,
    NotOurPage,
    ProofMail,
    ResetMail,
    Text,
    render,
)

NOW = datetime(2024, 7, 1, 22, 30, tzinfo=UTC)
FOLDER = Path(baken.mail.__file__).parent / "texts"
EXAMPLES = {
    "invitation": InvitationMail(path="/uitnodiging/?sleutel=a-B_9", until=NOW),
    "proof": ProofMail(at=NOW),
    "reset": ResetMail(path="/uitnodiging/?sleutel=a-B_9", until=NOW),
}
# Every field any context has. None of these can hold a name, a number or a sentence of a case.
ALLOWED = {"path": "str", "until": "datetime", "at": "datetime"}

everything = pytest.mark.parametrize("language", LANGUAGES)
each_text = pytest.mark.parametrize("name", sorted(CONTEXTS))


@each_text
def test_context_has_no_field_for_content(name):
    own = {
        field.name: getattr(field.type, "__name__", field.type) for field in fields(CONTEXTS[name])
    }

    assert own.items() <= ALLOWED.items()


def test_list_of_texts_is_closed():
    assert set(CONTEXTS) == set(EXAMPLES) == {kind.text for kind in Context.__subclasses__()}
    for language in LANGUAGES:
        assert {path.stem for path in (FOLDER / language).iterdir()} == set(CONTEXTS)


@each_text
@everything
def test_text_says_all_of_its_context_and_nothing_else(name, language):
    source = Template((FOLDER / language / f"{name}.txt").read_text())
    own = {field.name for field in fields(CONTEXTS[name])}

    assert source.is_valid()
    assert set(source.get_identifiers()) == {"link" if field == "path" else field for field in own}


@each_text
@everything
def test_text_links_to_the_office_only(name, language, settings):
    settings.OFFICE_URL = "https://kantoor.voorbeeld.invalid"

    text = render(EXAMPLES[name], language)

    links = re.findall(r"\S+//\S+", text.subject + text.body)
    assert links in ([], ["https://kantoor.voorbeeld.invalid/uitnodiging/?sleutel=a-B_9"])
    assert "\n" not in text.subject
    assert len(text.subject) < 60


def test_moments_are_said_in_local_time():
    assert "2 juli 2024 om 00.30 uur" in render(EXAMPLES["proof"], "nl").body
    assert "2 July 2024 at 00:30" in render(EXAMPLES["proof"], "en").body


@pytest.mark.parametrize(
    "path",
    [
        "",
        "uitnodiging/",
        "https://elders.invalid/",
        "//elders.invalid/",
        "/uitnodiging/\nBcc: x@y.z",
        "/uitnodiging/ of bel 06 12345678",
        "/@elders.invalid",
        "/x?a=b&c=d",
        "/x#y",
        None,
    ],
)
def test_path_that_is_no_page_of_ours(path):
    with pytest.raises(NotOurPage):
        render(InvitationMail(path=path, until=NOW), "nl")


def test_context_with_a_sentence_in_it():
    @dataclass(frozen=True)
    class Gossip(Context):
        text = "invitation"
        about: str

    with pytest.raises(NotOurPage):
        render(Gossip(about="een melding over …"), "nl")
    Gossip.__bases__ = (ProofMail,)  # out of the list of contexts again


def test_language_without_texts():
    with pytest.raises(KeyError):
        render(EXAMPLES["proof"], "../nl")


# --- headers ---


def message(to="iemand@voorbeeld.invalid", subject="Onderwerp"):
    return compose(UUID(int=7), to, Text(subject, "Tekst met é.\n"), created_at=NOW)


def test_headers(settings):
    settings.MAIL_FROM = "Meldpunt <baken@meldpunt.invalid>"
    settings.MAIL_REPLY_TO = "balie@meldpunt.invalid"

    assert dict(message().items()) == {
        "From": "Meldpunt <baken@meldpunt.invalid>",
        "Reply-To": "balie@meldpunt.invalid",
        "To": "iemand@voorbeeld.invalid",
        "Subject": "Onderwerp",
        "Date": "Mon, 01 Jul 2024 22:30:00 +0000",
        "Message-ID": "<00000000-0000-0000-0000-000000000007@meldpunt.invalid>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }


@pytest.mark.parametrize("slip", ["\r\nBcc: dief@elders.invalid", "\nX: y", "\r", "\r\n\r\nTekst"])
def test_line_break_in_a_header(slip):
    with pytest.raises(ValueError, match="line break"):
        message(subject=f"Onderwerp{slip}")
    with pytest.raises(ValueError, match="line break"):
        message(to=f"iemand@voorbeeld.invalid{slip}")


# --- addresses ---


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("iemand@voorbeeld.nl", "iemand@voorbeeld.nl"),
        ("Iemand.Anders+baken@Voorbeeld.NL", "Iemand.Anders+baken@Voorbeeld.NL"),
        ("iemand@bücher.example", "iemand@xn--bcher-kva.example"),
        ("o'neill@voorbeeld.nl", "o'neill@voorbeeld.nl"),
        ("a" * 64 + "@" + "b" * 60 + ".nl", "a" * 64 + "@" + "b" * 60 + ".nl"),
    ],
)
def test_address_as_it_goes_over_the_wire(text, cleaned):
    assert clean_address(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "",
        "iemand",
        "@voorbeeld.nl",
        "iemand@",
        "iemand@voorbeeld",
        "iemand@@voorbeeld.nl",
        "iemand @voorbeeld.nl",
        "iemand@voorbeeld.nl\n",
        "iemand@voorbeeld.nl\r\nBcc: x@y.nl",
        "iemand\x00@voorbeeld.nl",
        '"iemand\x07"@voorbeeld.nl',
        "iemand@voor‮beeld.nl",
        "iémand@voorbeeld.nl",
        "a@voorbeeld.nl, b@voorbeeld.nl",
        "<iemand@voorbeeld.nl>",
        "Iemand <iemand@voorbeeld.nl>",
        "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".nl",  # 312 characters
        "a" * 300 + "@voorbeeld.invalid.nl",
        "iemand@" + "ü" * 63 + ".nl",  # a label too long once it is ASCII
    ],
)
def test_bad_address(text):
    with pytest.raises(BadAddress):
        clean_address(text)


def test_addresses_that_are_the_same():
    assert compared("Iemand@BÜCHER.example") == compared("iemand@xn--bcher-kva.example")
