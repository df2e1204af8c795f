"""Addresses of static files, worked out once a process: every page names ten of them."""

from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage


class RememberingStorage(StaticFilesStorage):
    """Static files whose address depends on their name alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str | None) -> str:
        """The address of a file of the package."""
        known = self._known.get(name or "")
        if known is None:
            known = self._known[name or ""] = super().url(name)
        return known
