"""Puts an empty line between the paragraphs of a security service: until now each line was one."""

import re
from typing import Any

from django.db import migrations, models


def separate_paragraphs(apps: Any, schema_editor: Any) -> None:
    services = apps.get_model("products", "SecurityService").objects
    for service in services.filter(text__contains="\n"):
        service.text = re.sub(r"\n+", "\n\n", service.text)
        service.save(update_fields=["text"])


class Migration(migrations.Migration):
    dependencies = [("products", "0008_name_and_traits_of_files")]

    operations = [
        migrations.AlterField(
            model_name="securityservice",
            name="text",
            field=models.TextField(verbose_name="説明"),
        ),
        migrations.RunPython(separate_paragraphs, migrations.RunPython.noop),
    ]
