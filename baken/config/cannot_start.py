"""The base of every expected reason why Baken does not start.

The docstring of a subclass is the sentence its reader gets, in Dutch, with ``{facts}`` filled in.
The command line prints it on stderr and exits 1, without a traceback.
"""

# Exit code of a command that refused in one sentence, printed on stderr.
REFUSED = 3


class CannotStart(Exception):
    """Baken kan niet starten."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(" ".join((self.__doc__ or "").split()).format(**facts))
