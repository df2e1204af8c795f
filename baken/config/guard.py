"""A guard ends a process when Baken itself disappears, also when it was killed without warning.

The guard is a shell of a few hundred kilobytes that waits on a pipe only we hold open. The
operating system closes that pipe when we die, whatever the cause; then the guard signals the
process.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_SCRIPT = 'read -r _; kill -s "$1" -- "$2"'


@dataclass
class Guard:
    """Watches one process for as long as this Python process lives."""

    shell: subprocess.Popen[bytes]

    def dismiss(self) -> None:
        """Let go without a signal; for when the process has ended."""
        self.shell.kill()
        self.shell.wait()
        if self.shell.stdin:
            self.shell.stdin.close()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back requests to stop until the block is done; for starting a process with its guard.

    An exception in the middle of that would leave a process running that nobody knows of.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python handles signals in the main thread only
        return
    held: list[int] = []
    before = {each: signal.signal(each, lambda number, _: held.append(number)) for each in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in held:
            signal.raise_signal(late)


def guard(pid: int, number: signal.Signals) -> Guard:
    """Send signal ``number`` to ``pid`` once we are gone."""
    name = number.name.removeprefix("SIG")
    shell = subprocess.Popen(
        ["sh", "-c", _SCRIPT, "baken-guard", name, str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env={"PATH": os.defpath},
    )
    return Guard(shell)
