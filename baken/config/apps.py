from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "baken.config"
    label = "config"
