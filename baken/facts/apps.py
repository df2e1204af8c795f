from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "baken.facts"
    label = "facts"
