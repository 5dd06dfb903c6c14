from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    name = "jnxcyber"

    def ready(self) -> None:
        """Tell the lower floors which apps hold content, and connect the accounts with the record of changes."""
        from accounts.changes import account_changed, keep_accounts
        from accounts.roles import register_editable_apps
        from jnxcyber.record_of_accounts import has_changed_something, record_account_change
        from publishing.revision import install_triggers_for

        register_editable_apps(*settings.CONTENT_APPS, "editing")
        account_changed.connect(record_account_change)
        keep_accounts(has_changed_something)
        post_migrate.connect(
            install_triggers_for(*settings.CONTENT_APPS),
            sender=apps.get_app_config("publishing"),
            weak=False,
        )


class SecretariatAdminConfig(AdminConfig):
    """Django's admin with this site's own AdminSite."""

    default_site = "jnxcyber.admin.SecretariatAdminSite"
