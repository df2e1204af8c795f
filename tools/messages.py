"""Collects every text a person sees, and says which have no English yet.

`python tools/messages.py` updates the catalogues; `--check` changes nothing and fails on a text that is
missing or untranslated. Dutch is the source language: the text in the code is the Dutch text.
"""

import ast
import csv
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Apps whose exceptions are sentences for the user.
SAYS_BY_DOCSTRING = {
    "accounts",
    "casework",
    "facts",
    "figures",
    "mail",
    "keys",
    "organisations",
    "oversight",
    "taxonomy",
    "vault",
}
PROBLEMS = ("Exception", "NotInRegion", "NotImported", "Refused")
# The public site shows only what these folders hold; the office shows everything.
PUBLIC = ("baken/organisations", "baken/templates")
# Headers that change at every run, or that nobody would fill in.
SAYS_LITTLE = ("POT-", "PO-", "Generated-", "Last-", "Report-", "Language-Team", "Project-")
CODE_LISTS = "baken/taxonomy/data/*.csv"
SITES = {"office": ("baken",), "public": PUBLIC}


def catalogue(site):
    """Everything the site can say, as an empty catalogue.

    To the texts of our own code come those of allauth and Django that we say in other words: they stand
    in a Dutch catalogue, kept by hand.
    """
    found = Catalog(locale="en", project="Baken", charset="utf-8")
    for folder in SITES[site]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "/migrations/" not in str(path):
                _add(found, path)
    for path in sorted(ROOT.glob(CODE_LISTS)) if site == "office" else ():
        for definition in _definitions(path):
            found.add(definition, locations=[(str(path.relative_to(ROOT)), None)])
    for message in in_other_words(site):
        found.add(message.id, context=message.context)
    return found


def _definitions(path):
    """What the entries of a code list mean: Dutch in the file, as their labels are in two languages."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["definition_nl"] for row in csv.DictReader(file) if row.get("definition_nl")]


def in_other_words(site):
    """What allauth and Django say, in our Dutch: *u* and *wachtwoordzin*, not *je* and *wachtwoord*."""
    path = catalogue_path(site, "nl")
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


def catalogue_path(site, language):
    return ROOT / "baken" / "locale" / site / language / "LC_MESSAGES" / "django.po"


def _add(found, path):
    text = path.read_text(encoding="utf-8")
    source = text if path.suffix == ".py" else _calls(templatize(text, origin=str(path)))
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        if message and str(message).strip():
            found.add(message, locations=[(str(path.relative_to(ROOT)), None)], context=context)
    if path.suffix == ".py" and path.relative_to(ROOT).parts[1] in SAYS_BY_DOCSTRING:
        for sentence in _sentences(text):
            found.add(sentence, locations=[(str(path.relative_to(ROOT)), None)])


def _sentences(text):
    """Docstrings of exceptions: `baken.lib.sentences` shows them."""
    for node in ast.walk(ast.parse(text)):
        bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
        is_problem = any(base.endswith(PROBLEMS) for base in bases)
        if is_problem and (sentence := " ".join((ast.get_docstring(node) or "").split())):
            yield sentence


def _calls(pseudo):
    """What Django makes of a template has calls at any indentation; Python wants none."""
    return "\n".join(line.strip() for line in pseudo.splitlines())


def translated(site):
    """The site's English catalogue brought up to date; texts nobody uses any more are dropped."""
    path = catalogue_path(site, "en")
    now = catalogue(site)
    if path.exists():
        with path.open("rb") as file:
            now_with_old = read_po(file, locale="en")
        now_with_old.update(now, no_fuzzy_matching=True)
        now_with_old.obsolete.clear()
        now = now_with_old
    return path, now


def missing(found):
    """Texts without English. A fuzzy one counts: it is not compiled, and shows in Dutch."""
    return [m.id for m in found if m.id and (m.fuzzy or not _is_translated(m))]


def _is_translated(message):
    return all(message.string) if message.pluralizable else bool(message.string)


def written(found):
    found.header_comment, found.fuzzy = "# Made by tools/messages.py.", False
    buffer = io.BytesIO()
    write_po(buffer, found, omit_header=False, sort_output=True, width=100, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{h}' for h in SAYS_LITTLE))
    )


def main(arguments):
    settings.configure(USE_I18N=False)
    incomplete = []
    for site in SITES:
        path, found = translated(site)
        incomplete += [f"{site}: {text}" for text in missing(found)]
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(found), encoding="utf-8")
    for line in incomplete:
        print(line)
    print(f"{len(incomplete)} texts without English", file=sys.stderr)
    return 1 if incomplete and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
