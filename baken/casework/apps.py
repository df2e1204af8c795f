from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "baken.casework"
    label = "casework"

    def ready(self) -> None:
        """Figures count what casework registers, and nothing it does not; the log calls a registration
        by its number."""
        from baken.casework.facts import REGISTRATIONS, VICTIMS
        from baken.casework.subjects import find_registration_id, names_of_registrations
        from baken.facts.interface import register
        from baken.oversight.interface import name_subjects

        register(REGISTRATIONS)
        register(VICTIMS)
        name_subjects("registration", names_of_registrations, find_registration_id)
