"""The house rules that a machine can read: budgets, imports, actions, templates, dependencies."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from baken.casework.models import Registration
from tests.architecture.source import (
    APPS,
    PACKAGE,
    PROJECT,
    REPOSITORY,
    app_of,
    functions_of,
    modules,
    name_of,
    templates,
)
from tests.factories import registration

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 40, 300, 150


# --- budgets ---


def _length(node):
    """Lines of a function without its decorators and docstring."""
    first = node.body[0]
    has_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    words = first.end_lineno - first.lineno + 1 if has_words else 0
    return node.end_lineno - node.lineno + 1 - words


def test_functions_are_short():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} {_length(node)}"
        for path, tree in modules().items()
        for node in functions_of(tree)
        if _length(node) > LONGEST_FUNCTION
    ]

    assert long == []


def test_files_are_short():
    lines = {name_of(path): len(path.read_text().splitlines()) for path in modules()}

    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_templates_are_short():
    lines = {name_of(path): len(path.read_text().splitlines()) for path in templates()}

    assert {name: count for name, count in lines.items() if count > LONGEST_TEMPLATE} == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "managers", "misc", "common"])
def test_no_module_with_a_name_that_says_nothing(name):
    assert [name_of(path) for path in modules() if path.stem == name] == []


def test_modules_say_what_they_are():
    """Empty `__init__.py` and Django's `apps.py` explain themselves."""
    silent = [
        name_of(path)
        for path, tree in modules().items()
        if tree.body and ast.get_docstring(tree) is None and path.name != "apps.py"
    ]

    assert silent == []


# --- imports ---


def _imports_inside(tree):
    for function in functions_of(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield function.name, node.lineno


def test_imports_stand_at_the_top():
    inside = [
        f"{name_of(path)}:{line} in {function}"
        for path, tree in modules().items()
        for function, line in _imports_inside(tree)
        if (path.name, function) != ("apps.py", "ready")  # Django forbids models before that
    ]

    assert inside == []


# --- actions ---


def _actions():
    for path, tree in modules().items():
        is_action = path.stem == "actions" or "actions" in path.parts
        if is_action and app_of(path) not in {"audit"}:
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield path, node


def _is_action(node):
    """A public function that opens a transaction is an action; others are parts of one."""
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_every_action_takes_who_does_it():
    careless = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path, node in _actions()
        if _is_action(node) and "by" not in {arg.arg for arg in node.args.kwonlyargs}
    ]

    assert careless == []


def test_actions_take_words_not_positions():
    loose = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path, node in _actions()
        if _is_action(node) and node.args.args
    ]

    assert loose == []


def test_there_are_actions():
    assert len([node for _path, node in _actions() if _is_action(node)]) > 10


def test_views_never_write():
    """`save`, `delete`, `create` belong to actions."""
    writes = {"save", "delete", "create", "bulk_create", "update_or_create", "get_or_create"}
    found = [
        f"{name_of(path)}:{node.lineno} .{node.func.attr}()"
        for path, tree in modules().items()
        if "actions" not in path.parts and "views" in {path.stem, *path.parts}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and ast.unparse(node.func.value) != "form"  # allauth's form of the second factor
    ]

    assert found == []


# --- what reaches the browser ---

CODE = {name_of(path): path.read_text() for path in modules()}
PAGES = {name_of(path): path.read_text() for path in templates()}


# Files that may declare their own markup safe, each with its reason and a test that tries it.
TRUSTED = {
    # Fifty rows a page, the hottest template of the house; test_markup_in_a_row_stays_text.
    "baken/casework/views/worklist_rows.py",
}


@pytest.mark.parametrize("word", [r"\bmark_safe\(", r"\bSafeString\(", r"\bformat_html_join\("])
def test_code_declares_no_text_safe(word):
    assert {name for name, text in CODE.items() if re.search(word, text)} <= TRUSTED


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a&b"])
def test_markup_in_a_row_stays_text(caseworker, caseworker_client, text):
    """No form lets this in; a row that got in some other way must not run either."""
    made = registration(caseworker)
    Registration.objects.filter(pk=made.pk).update(external_number=text)

    page = caseworker_client.get(reverse("casework:registration-list")).content.decode()

    assert made.number in page
    assert escape(text) in page
    assert text not in page


@pytest.mark.parametrize(
    "pattern",
    [
        r"{%\s*autoescape\s+off",
        r"\|\s*safeseq\b",
        r"<[^>]+\sstyle\s*=",
        r"<[^>]+\son[a-z]+\s*=",
        r"""<script(?![^>]*(?:\ssrc=|type="application/json"))[^>]*>""",
        r"<style\b",
        r"javascript:",
        r"""(?:src|href|action)=["'](?:https?:)?//""",  # nobody else's server is asked for anything
    ],
)
def test_templates_hold_no(pattern):
    found = [name for name, text in PAGES.items() if re.search(pattern, text, re.IGNORECASE)]

    assert found == []


def test_templates_trust_no_text():
    """But the drawing of a QR code, which allauth makes from our own secret."""
    trusting = {name for name, text in PAGES.items() if re.search(r"\|\s*safe\b", text)}

    assert trusting == {"baken/templates/mfa/totp/activate_form.html"}


def test_forms_that_post_carry_their_proof():
    for name, text in PAGES.items():
        forms = re.findall(r"<form\b[^>]*method=.post.*?</form>", text, re.DOTALL | re.IGNORECASE)
        assert all("{% csrf_token %}" in f or "{{ csrf_token }}" in f for f in forms), name


# --- dependencies ---


def test_locks_name_no_address():
    for name in ("requirements.lock", "dev.lock"):
        text = (REPOSITORY / name).read_text()
        assert "http://" not in text
        assert "https://" not in text
        assert "--hash=sha256:" in text


def test_every_dependency_says_why():
    lines = (REPOSITORY / "pyproject.toml").read_text().splitlines()
    lists = [PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"]]

    for dependency in [name for names in lists for name in names]:
        line = next(line for line in lines if line.strip().startswith(f'"{dependency}"'))
        assert re.search(r'",?\s+# \S', line), line


def test_locks_hold_every_dependency():
    text = (REPOSITORY / "requirements.lock").read_text().lower()

    for dependency in PROJECT["project"]["dependencies"]:
        name = re.match(r"[a-z0-9-]+", dependency)[0]
        assert re.search(rf"^{name}(\[|==| )", text, re.MULTILINE), name


# --- migrations ---


def test_migrations_have_names():
    names = [path.stem for path in PACKAGE.glob("*/migrations/0*.py")]

    assert names
    assert [name for name in names if "auto" in name or not name[5:]] == []


def test_migrations_go_back():
    """Every RunSQL and RunPython has a reverse."""
    for path in PACKAGE.glob("*/migrations/0*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("RunSQL", "RunPython")
            ):
                assert len(node.args) + len(node.keywords) >= 2, name_of(path)


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_foreign_keys_point_down():
    layers = [
        *("casework", "facts", "oversight", "accounts", "mail", "keys"),
        *("taxonomy", "organisations", "audit"),
    ]
    for model in apps.get_models():
        own = model._meta.app_label
        if own not in layers:
            continue
        targets = {
            field.related_model._meta.app_label
            for field in model._meta.concrete_fields
            if field.is_relation
        }
        assert targets <= set(layers[layers.index(own) :]), model


def test_every_app_is_in_the_settings():
    assert {f"baken.{app}" for app in APPS} <= set(settings.INSTALLED_APPS)
