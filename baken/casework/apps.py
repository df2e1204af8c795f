from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "baken.casework"
    label = "casework"

    def ready(self) -> None:
        """Figures count what casework registers, and nothing it does not."""
        from baken.casework.facts import REGISTRATIONS, VICTIMS
        from baken.facts.interface import register

        register(REGISTRATIONS)
        register(VICTIMS)
