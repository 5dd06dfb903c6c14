from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "ページの文"

    def ready(self) -> None:
        from editing.placeholders import register_facts
        from editing.public_pages import register_public_pages
        from editing.visitor_sentences import register_sentences
        from pages import system_checks  # noqa: F401 (registers its checks)
        from pages.site_map import PAGES
        from pages.texts.in_content import allowed, facts_now
        from pages.texts.reading import texts_now
        from pages.visitor_sentences import SENTENCES

        register_public_pages(PAGES)
        register_facts(allowed, facts_now)
        register_sentences(SENTENCES, texts_now)
