"""What a site refuses to serve with, because it would hold nobody off."""

import resource
from collections.abc import Sequence
from typing import Protocol

from baken.config.environment import BadEnvironment

LEAST_SECRET = 43  # characters: 32 random bytes in base64


class Chosen(Protocol):
    """The settings this looks at."""

    ON_LOOPBACK: bool
    DEBUG: bool
    SECRET_KEY: str
    ALLOWED_HOSTS: Sequence[str]


def check_strength(chosen: Chosen) -> None:
    """Raises BadEnvironment, for a site that others than this machine can reach."""
    if chosen.ON_LOOPBACK:
        return
    if chosen.DEBUG:
        raise BadEnvironment(
            "BAKEN_DEBUG=1 kan alleen met BAKEN_LOOPBACK=1: foutpagina's tellen te veel."
        )
    if len(chosen.SECRET_KEY) < LEAST_SECRET or len(set(chosen.SECRET_KEY)) < 12:
        raise BadEnvironment("BAKEN_SECRET_KEY is te kort of te eenvoudig: 32 willekeurige bytes.")
    if any("*" in host or not host.strip(" .") for host in chosen.ALLOWED_HOSTS):
        raise BadEnvironment("BAKEN_ALLOWED_HOSTS: noem elke naam voluit, zonder *.")


def forbid_core_dumps() -> None:
    """Neither this process nor what it starts leaves its memory on disk when it crashes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
