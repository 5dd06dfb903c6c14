from django.apps import AppConfig, apps


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = "編集の記録"

    def ready(self) -> None:
        """Keep versions of all content, each object together with its parts."""
        import reversion

        from editing.snapshots import PARTS

        for app in ("contacts", "products"):
            for model in apps.get_app_config(app).get_models():
                reversion.register(model, follow=PARTS.get(model, ()))
