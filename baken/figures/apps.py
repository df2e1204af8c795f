from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "baken.figures"
    label = "figures"
