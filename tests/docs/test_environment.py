"""`dotenv-sample` names every variable the code reads, with the default it has there, and no other."""

import ast
import re
from pathlib import Path

import pytest

from baken.config.embedded.roles import Urls

ROOT = Path(__file__).parents[2]
READERS = {
    *("env_flag", "env_key", "env_mail_server", "env_number", "env_path", "env_paths", "env_text"),
    "get",
}
# Written as `BAKEN_{role}_DATABASE_URL` in the code.
URLS = {f"BAKEN_{role.upper()}_DATABASE_URL" for role in Urls(*[""] * 7).as_dict()}
FLAGS = {False: "0", True: "1"}


def sample():
    """name → default, as the file says."""
    text = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    return dict(re.findall(r"^#([A-Z_]+)=(.*)$", text, re.MULTILINE))


def reads():
    """(name, default or None when it is not a plain value) of every reading of the environment."""
    for path in sorted((ROOT / "baken").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _reader(node.func) in READERS and node.args:
                yield from _read(node)


def _reader(function):
    if isinstance(function, ast.Attribute):
        return function.attr if ast.unparse(function.value) == "os.environ" else ""
    return function.id if isinstance(function, ast.Name) else ""


def _read(node):
    name, *rest = node.args
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        default = rest[0].value if rest and isinstance(rest[0], ast.Constant) else None
        yield name.value, FLAGS.get(default, default) if isinstance(default, bool) else default


def test_sample_names_every_variable_and_no_other():
    assert set(sample()) == {name for name, _default in reads()} | URLS


@pytest.mark.parametrize(("name", "default"), sorted(sample().items()))
def test_sample_has_the_default_of_the_code(name, default):
    defaults = {str(value) for read, value in reads() if read == name and value is not None}

    assert not defaults or default in defaults
