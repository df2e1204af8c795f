from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "baken.casework"
    label = "casework"
