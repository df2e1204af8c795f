"""Compiles the translations into the wheel, so that nobody needs gettext."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_translations(root: Path) -> None:
    """Write a .mo file beside every .po file."""
    for source in root.glob("baken/locale/*/*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


class CompileTranslations(BuildHookInterface):
    """Runs before each build, also when a checkout is linked."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_translations(Path(self.root))


if __name__ == "__main__":
    compile_translations(Path(__file__).parent)
