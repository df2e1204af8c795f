from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "baken.mail"
    label = "mail"
