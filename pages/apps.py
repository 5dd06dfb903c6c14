from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from editing.public_pages import register_public_pages
        from pages.site_map import PAGES

        register_public_pages(PAGES)
