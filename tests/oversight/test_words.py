"""Every event the code records has words, and so has every kind of subject."""

import ast
import re

import pytest
from django.utils import translation

from baken.audit.interface import detail_words, event_words, subject_words
from baken.audit.words import _modules
from tests.architecture.source import PACKAGE, modules

EVENT = re.compile(r"[a-z_]+\.[a-z_]+")


def _constants(tree):
    """Every text of a module that looks like an event, but names of jobs."""
    jobs = {
        keyword.value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".task")
        for keyword in call.keywords
        if keyword.arg == "name"
    }
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    yield from (
        text
        for text in texts
        if isinstance(text, str) and EVENT.fullmatch(text) and text not in jobs
    )


JOBS = re.compile(r"[a-z_]+\.(tasks|deliver|sweep|freeze\w*|watch|csv)")


def _recorded():
    """What is written out in the call that records it."""
    for tree in modules().values():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if ast.unparse(call.func).rpartition(".")[2].lstrip("_") in RECORDERS:
                yield from _constants(call)


# Functions that hand an event on to the log.
RECORDERS = {"record", "record_for", "record_look", "finish", "log", "look", "record_reading"}
# An event may be chosen before it is recorded: what begins as an event does counts too.
CHOSEN = {"invitation", "second_factor", "reveal", "export", "identities"}
BEGINNINGS = {event.partition(".")[0] for event in _recorded()} | CHOSEN
EVENTS = sorted({
    text
    for path, tree in modules().items()
    if path.name not in {"events.py", "settings.py"}
    for text in _constants(tree)
    if text.partition(".")[0] in BEGINNINGS and not JOBS.fullmatch(text)
})  # fmt: skip
SUBJECT = re.compile(r"""f["']([a-z_]+):\{""")
SUBJECTS = sorted({kind for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts
                   for line in path.read_text().splitlines() if "subject" in line
                   for kind in SUBJECT.findall(line)})  # fmt: skip


def test_events_are_found():
    assert {"registration.opened", "member.added", "log.seen", "glass.broken"} <= set(EVENTS)
    assert len(EVENTS) > 30


@pytest.mark.parametrize("event", EVENTS)
def test_event_has_words(event):
    assert event_words(event) != event


@pytest.mark.parametrize("event", EVENTS)
def test_event_has_words_in_english(event):
    with translation.override("nl"):
        dutch = event_words(event)
    with translation.override("en"):
        assert event_words(event) != dutch


@pytest.mark.parametrize("kind", SUBJECTS)
def test_subject_has_words(kind):
    assert subject_words(f"{kind}:1") != kind


def test_words_are_of_events_that_exist():
    described = {event for module in _modules() for event in module.WORDS}

    # Entries of earlier versions keep their words.
    assert described - set(EVENTS) <= {"registration.imported"}


def test_unknown_event_keeps_its_name():
    assert event_words("thing.done") == "thing.done"
    assert detail_words("thing.done", {"rows": 3}) == ""


@pytest.mark.parametrize(
    ("event", "detail", "words"),
    [
        ("registration.opened", {"page": "edit", "relation": "none"}, "bij het wijzigen, zonder relatie"),
        ("registration.opened", {"page": "detail", "relation": "handler"}, ""),
        ("registration.changed", {"fields": ["urgency", "channel"]}, "Urgentie, Kanaal"),
        ("registration.converted", {"to": "advice", "dropped": ["route"]}, "Advies, Route"),
        ("registration.closed", {"outcome": "BEEINDIGD", "reason": "DOEL"},
         "Bemoeienis beëindigd, Doel bereikt"),
        ("registration.closed", {"outcome": "ZZZ"}, "ZZZ"),
        ("registrations.listed", {"rows": 50, "sha256": "00"}, "50 registraties"),
        ("member.added", {"role": "caseworker"}, "Casusbehandelaar"),
        ("invitation.sent", {"roles": "caseworker, analyst"}, "Casusbehandelaar, Analist"),
        ("invitation.wrong_code", {"tries": 3}, "3 keer"),
        ("code.switched_off", {"from": "2024-07-01"}, "vanaf 1 juli 2024"),
        ("code_lists.loaded", {"added": 3, "changed": 1}, "3 toegevoegd, 1 gewijzigd"),
        ("snapshot.ready", {"rows": 12}, "12 registraties"),
        ("region.opened", {"municipalities": 26}, "26 gemeenten"),
        ("alert.reviewed", {"kind": "night", "outcome": "work"}, "'s Nachts bekeken, Hoorde bij het werk"),
        ("glass.broken", {"reason": "danger"}, "Direct gevaar"),
        ("log.taken", {"rows": 9, "van": "2024-01-01"}, "9 regels"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_codes_and_counts_in_words(event, detail, words):
    assert detail_words(event, detail) == words
