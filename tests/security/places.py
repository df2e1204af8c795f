"""What a running house knows of itself besides what a thief gets: its processes and temporary files."""

from pathlib import Path

from baken.config.demo.theft import files_in, forms, found, loot, superuser_urls

__all__ = ["children_of", "forms", "found", "places", "superuser_urls", "temporary"]


def places(home, *databases, processes=()):
    """What a thief gets, and what `processes` know of themselves: environment and command line."""
    yield from loot(Path(home), *databases)
    for pid in processes:
        yield from _process(pid)


def _process(pid):
    for name in ("environ", "cmdline"):
        try:
            yield f"process {pid} {name}", Path(f"/proc/{pid}/{name}").read_bytes()
        except OSError:
            continue


def children_of(pid):
    """The process and everything below it."""
    own = Path(f"/proc/{pid}/task/{pid}/children")
    below = own.read_text().split() if own.exists() else []
    return [pid, *(each for child in below for each in children_of(int(child)))]


def temporary(folder):
    """Places of a folder for temporary files, under a name of their own."""
    for name, content in files_in(Path(folder)):
        yield f"temporary {name}", content
