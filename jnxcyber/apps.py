from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    name = "jnxcyber"

    def ready(self) -> None:
        from publishing.revision import watch_content

        post_migrate.connect(
            watch_content("contacts", "products"),
            sender=apps.get_app_config("publishing"),
            weak=False,
        )


class SecretariatAdminConfig(AdminConfig):
    """Django's admin with this site's own AdminSite."""

    default_site = "jnxcyber.admin.SecretariatAdminSite"
