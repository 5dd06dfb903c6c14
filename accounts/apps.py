from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "利用者"

    def ready(self) -> None:
        from accounts.roles import keep_roles
        from accounts.sessions import begin
        from accounts.sign_ins import note_failure, note_password

        post_migrate.connect(keep_roles, sender=apps.get_app_config("auth"))
        user_logged_in.connect(begin)
        user_logged_in.connect(note_password)
        user_login_failed.connect(note_failure)
