from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "利用者"

    def ready(self) -> None:
        from accounts.roles import keep_roles
        from accounts.sessions import begin

        # Not from this app: Django sends it for apps with models only.
        post_migrate.connect(keep_roles, sender=apps.get_app_config("auth"))
        user_logged_in.connect(begin)
