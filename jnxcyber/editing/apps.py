from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "jnxcyber.editing"
    verbose_name = "編集の記録"
