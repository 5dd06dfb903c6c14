from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    name = "jnxcyber"

    def ready(self) -> None:
        from jnxcyber.pages.errors import keep_error_page_fresh

        keep_error_page_fresh()


class SecretariatAdminConfig(AdminConfig):
    """Django's admin with this site's own AdminSite."""

    default_site = "jnxcyber.admin.SecretariatAdminSite"
