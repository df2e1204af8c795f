from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "baken.oversight"
    label = "oversight"
