"""Documents point at what is there, and name no machine and no registry."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "publiccode.yml"])
# The pictures are taken by the browser tests.
NOT_OURS = re.compile(r"pypi|pythonhosted|index-url|/root/|/home/\w|/work/", re.IGNORECASE)


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    ours = {link for link in links if "://" not in link}
    targets = {(document.parent / link).resolve() for link in ours}

    assert [str(t) for t in targets if not t.exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_document_names_no_machine_and_no_registry(document):
    assert NOT_OURS.findall(document.read_text(encoding="utf-8")) == []


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in folder.glob("0*.md"))

    assert re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", index) == pages


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "adr").glob("0*.md")), ids=lambda p: p.stem
)
def test_decision_has_its_three_parts(page):
    text = page.read_text(encoding="utf-8")

    assert text.startswith(f"# {page.name[:4]} ")
    assert [
        part for part in ("**Context.**", "**Decision.**", "**Consequences.**") if part not in text
    ] == []
