from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "baken.accounts"
    label = "accounts"

    def ready(self) -> None:
        """The public site has no log-in to listen to."""
        if apps.is_installed("allauth.account"):
            from baken.accounts.log_ins import listen

            listen()
