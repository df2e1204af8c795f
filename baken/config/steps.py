"""What the terminal shows while Baken starts: numbered steps with their time, and lines in between.

On a terminal a step redraws its own line to show progress; in a file or pipe every line is written
once. Everything is flushed at once, and a terminal that has gone away is no reason to stop.
"""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from typing import TextIO

_ERASE = "\r\x1b[K"


class Steps:
    """Counts the steps of one start. Safe to use from several threads."""

    def __init__(self, total: int, out: TextIO | None = None) -> None:
        self.total = total
        self._out = sys.stdout if out is None else out
        self._terminal = self._out.isatty()
        self._number = 0
        self._open = ""  # the unfinished line of the step under way
        self._alone = False  # whether that line is still the last thing written
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator["Step"]:
        """Show ``title`` while the block runs, then its seconds: ``  1/9  Title … 0.9 s``."""
        self._number += 1
        width = len(str(self.total))
        self._begin(f"  {self._number:>{width}}/{self.total}  {title} … ")
        began = time.monotonic()
        step = Step(self)
        try:
            yield step
        except BaseException as error:
            word = "mislukt" if isinstance(error, Exception) else "afgebroken"
            self._finish(f"{word} na {time.monotonic() - began:.1f} s")
            raise
        note = f" ({step.remark})" if step.remark else ""
        self._finish(f"{time.monotonic() - began:.1f} s{note}")

    def say(self, line: str = "") -> None:
        """Write a whole line, also in the middle of a step."""
        with self._lock:
            if not self._open:
                self._write(f"{line}\n")
            elif self._terminal:
                self._write(f"{_ERASE}{line}\n{self._open}")
            else:
                self._write(f"\n{line}\n" if self._alone else f"{line}\n")
                self._alone = False

    def show(self, progress: str) -> None:
        """Replace what stands behind the step's title; only a terminal shows this."""
        with self._lock:
            if self._terminal and self._open:
                self._write(f"{_ERASE}{self._open}{progress}")

    def _begin(self, line: str) -> None:
        with self._lock:
            self._open, self._alone = line, True
            self._write(line)

    def _finish(self, outcome: str) -> None:
        with self._lock:
            if self._terminal:
                self._write(f"{_ERASE}{self._open}{outcome}\n")
            else:
                self._write(f"{outcome}\n" if self._alone else f"{self._open}{outcome}\n")
            self._open = ""

    def _write(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.replace("…", "...").encode(encoding, "replace").decode(encoding)
        with contextlib.suppress(OSError, ValueError):
            self._out.write(text)
            self._out.flush()


class Step:
    """The step under way, for the code that does its work."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self.remark = ""

    def progress(self, done: int, total: int) -> None:
        """Show how much of the work is done, in whole percents and numbers."""
        self._steps.show(f"{100 * done // max(total, 1)}% ({done}/{total})")

    def note(self, remark: str) -> None:
        """Say something about the outcome, shown behind the time."""
        self.remark = remark
