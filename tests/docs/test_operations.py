"""Every sentence with which Baken can refuse to start stands in the handbook of who keeps it."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import baken.config
from baken.config.cannot_start import CannotStart

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
NOT_MODULES_OF_OURS = ("migrations", "management", "wsgi", "urls", "demo")


def _load_all():
    for module in pkgutil.walk_packages(baken.config.__path__, "baken.config."):
        if not any(word in module.name for word in NOT_MODULES_OF_OURS):
            importlib.import_module(module.name)


def _below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def refusals():
    _load_all()
    return sorted(
        (
            kind
            for kind in _below(CannotStart)
            if kind.__module__.startswith("baken.")
            and kind.__name__ != "Refused"  # passes on another's
        ),
        key=lambda kind: kind.__name__,
    )


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.__name__)
def test_sentence_is_explained(refusal):
    sentence = re.sub(r"\{\w+\}", "…", " ".join(refusal.__doc__.split()))

    assert f"| {sentence} |" in TEXT
