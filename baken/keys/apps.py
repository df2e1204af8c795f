from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "baken.keys"
    label = "keys"
