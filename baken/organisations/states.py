"""What a region may be allowed to do, and places that are no municipality."""

from django.utils.translation import gettext_noop

# The codes of the list `legal_frame`; that list lies above this app, a test keeps them equal.
LEGAL_FRAMES = ("wmo_task", "outside_wmo", "signal_only")


def all_legal_frames() -> list[str]:
    """What a new region starts with."""
    return list(LEGAL_FRAMES)


# Answers to "which municipality?" that are no municipality. *Leeg* is neither of them.
ELSEWHERE = {"UNK": gettext_noop("Onbekend"), "ABR": gettext_noop("Buiten Nederland")}
