from django.apps import AppConfig

from baken.config.logs import never_dump
from baken.config.strength import forbid_core_dumps


class ConfigConfig(AppConfig):
    name = "baken.config"
    label = "config"

    def ready(self) -> None:
        """Every process with our settings, whoever starts it."""
        forbid_core_dumps()
        never_dump()
