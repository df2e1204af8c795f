"""Asking for work later. A job is a row in the caller's transaction: no change without it, no job
without the change."""

from procrastinate.contrib.django import app


def later(name: str, /, **arguments: str) -> None:
    """Queue the task of this name. Named by string, so that tasks import actions and not the reverse."""
    app.configure_task(name).defer(**arguments)
