from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jnxcyber.accounts"
    verbose_name = "利用者"
