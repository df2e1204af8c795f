"""Another app is entered through its `interface.py` only. import-linter guards the layers; this the doors."""

import pytest

from tests.architecture.source import APPS, app_of, imports_of, modules, name_of

# Urls name the view modules of an app; and these stand open, each with its reason.
OPEN_DOORS = {
    "baken.organisations.views": "the public site's pages: baken.config.urls_public",
    "baken.accounts.middleware": "named in settings",
    "baken.accounts.invitations.actions": "needs allauth, and the public site loads the interface",
}


def _entered(module, name):
    """The other app's module that an import enters, or None."""
    if not module.startswith("baken."):
        return None
    parts = module.split(".")
    if parts[1] not in APPS:
        return None
    if len(parts) == 2:  # from baken.app import module
        return f"{module}.{name}" if name else module
    return module


def _trespasses():
    for path, tree in modules().items():
        for module, name, line in imports_of(tree):
            entered = _entered(module, name)
            if entered is None or entered.split(".")[1] == app_of(path):
                continue
            if entered.split(".")[2:3] != ["interface"] and entered not in OPEN_DOORS:
                yield f"{name_of(path)}:{line} enters {entered}"


def test_apps_are_entered_through_their_door():
    assert list(_trespasses()) == []


@pytest.mark.parametrize(
    ("module", "name", "entered"),
    [
        ("baken.casework.states", "Kind", "baken.casework.states"),
        ("baken.casework", "states", "baken.casework.states"),
        ("baken.casework.interface", "register", "baken.casework.interface"),
        ("baken.lib.dates", "PartialDate", None),  # no app: open to all
        ("django.db", "models", None),
    ],
)
def test_what_counts_as_entering(module, name, entered):
    assert _entered(module, name) == entered


def test_every_app_has_a_docstring_that_says_what_it_owns():
    said = {app_of(path): tree for path, tree in modules().items() if path.name == "__init__.py"}
    texts = {path: tree.body for path, tree in said.items() if path in APPS}

    assert {app for app in APPS if app not in texts} == set()


def test_interfaces_list_what_they_offer():
    for path, tree in modules().items():
        if path.name == "interface.py":
            names = [n.targets[0].id for n in tree.body if hasattr(n, "targets")]
            assert "__all__" in names, name_of(path)
