from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "baken.organisations"
    label = "organisations"
