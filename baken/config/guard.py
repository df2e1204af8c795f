"""A guard ends a process when Baken itself disappears, also when it was killed without warning.

The guard is a shell of a few hundred kilobytes that waits on a pipe only we hold open. The
operating system closes that pipe when we die, whatever the cause; then the guard signals the
process.
"""

import signal
import subprocess
from dataclasses import dataclass

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


def guard(pid: int, number: signal.Signals) -> Guard:
    """Send signal ``number`` to ``pid`` (to a process group when negative) once we are gone."""
    name = number.name.removeprefix("SIG")
    shell = subprocess.Popen(
        ["sh", "-c", _SCRIPT, "baken-guard", name, str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )
    return Guard(shell)
