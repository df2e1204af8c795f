"""The words of a page: what somebody reads or hears, and none of its markup."""

from html.parser import HTMLParser

SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
SILENT = {"script", "style"}


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
