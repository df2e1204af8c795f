"""The words of a page: what somebody reads or hears, and none of its markup."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
SILENT = {"script", "style"}
CATALOGUE = Path(__file__).parents[1] / "baken/locale/office/en/LC_MESSAGES/django.po"
# Lower case only: municipalities are called De Bilt and Het Hogeland.
DUTCH_WORDS = re.compile(r"\b(de|het|een|niet|wordt|voor|naar)\b")
# The language switch says the name of each language in that language.
IN_THEIR_OWN_LANGUAGE = {"Nederlands"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts = []
        self._silent = False
        self._foreign = []  # the tags open inside an element in another language

    def handle_starttag(self, tag, attributes):
        self._silent = tag in SILENT
        if self._foreign or ("lang" in dict(attributes) and tag != "html"):
            self._foreign.append(tag)
            return
        self.texts += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self._silent = False
        if tag in self._foreign:
            while self._foreign.pop() != tag:
                pass

    def handle_data(self, data):
        if not self._silent and not self._foreign:
            self.texts.append(data)


def texts_of(response):
    """Each text of a page on its own, white space joined; without what is marked as another language."""
    reader = _Reader()
    reader.feed(response.content.decode())
    joined = (" ".join(text.split()) for text in reader.texts)
    return [text for text in joined if text]


@cache
def dutch():
    """Texts of which the English is different, and that are no English of another text."""
    with CATALOGUE.open("rb") as file:
        messages = [m for m in read_po(file, locale="en") if m.id and m.id != m.string]
    ids = (text for m in messages for text in (m.id if m.pluralizable else (m.id,)))
    english = (text for m in messages for text in (m.string if m.pluralizable else (m.string,)))
    return frozenset(ids) - frozenset(english) - IN_THEIR_OWN_LANGUAGE


def left_in_dutch(response):
    """The Dutch texts on a page in English."""
    return [t for t in texts_of(response) if t in dutch() or DUTCH_WORDS.search(t)]
