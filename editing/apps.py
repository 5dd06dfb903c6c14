from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class EditingConfig(AppConfig):
    """The toolkit of the admin."""

    name = "editing"
    verbose_name = "編集の記録"

    def ready(self) -> None:
        """Keep versions of all content; find the content checks and upcoming events of all apps."""
        import reversion

        from editing import system_checks  # noqa: F401 (registers)
        from editing.content_models import content_models, parts_of
        from editing.record_triggers import protect_record

        for model in content_models():
            reversion.register(model, follow=parts_of(model))
        post_migrate.connect(protect_record, sender=self)
        autodiscover_modules("checks", "upcoming")
