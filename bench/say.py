"""Progress goes to stderr; stdout carries nothing but the lines of the jobs."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce what takes long, and how long it took."""
    began = time.monotonic()
    say(f"  {title} …")
    yield
    say(f"  {title}: {time.monotonic() - began:.1f} s")
