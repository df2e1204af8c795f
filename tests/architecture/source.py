"""The house as a set of files, for the tests that read it."""

import ast
import tomllib
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "baken"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
APPS = sorted(
    path.parent.name for path in PACKAGE.glob("*/apps.py") if path.parent.name != "config"
)


def name_of(path):
    return str(path.relative_to(REPOSITORY))


@cache
def modules():
    """Path → syntax tree, of everything but migrations."""
    paths = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    return {path: ast.parse(path.read_text(), str(path)) for path in sorted(paths)}


def app_of(path):
    """The app a module belongs to; empty for the package itself."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports_of(tree):
    """Every imported module as (dotted name, imported name, line)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "", node.lineno) for alias in node.names)


def functions_of(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def templates():
    return sorted(PACKAGE.rglob("templates/**/*.html"))
