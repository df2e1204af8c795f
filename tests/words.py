"""The words of a page: what somebody reads or hears, and none of its markup."""

from html.parser import HTMLParser

SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
SILENT = {"script", "style"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts = []
        self._silent = False

    def handle_starttag(self, tag, attributes):
        self._silent = tag in SILENT
        self.texts += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self._silent = False

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)


def texts_of(response):
    """Each text of a page on its own, white space joined."""
    reader = _Reader()
    reader.feed(response.content.decode())
    joined = (" ".join(text.split()) for text in reader.texts)
    return [text for text in joined if text]
