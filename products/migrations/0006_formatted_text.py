"""Makes the line breaks of answers empty lines: until now each line was a paragraph of its own."""

import re
from typing import Any

from django.db import migrations, models


def separate_paragraphs(apps: Any, schema_editor: Any) -> None:
    for entry in apps.get_model("products", "FaqEntry").objects.filter(answer__contains="\n"):
        entry.answer = re.sub(r"\n+", "\n\n", entry.answer)
        entry.save(update_fields=["answer"])


class Migration(migrations.Migration):
    dependencies = [("products", "0005_more_gaps")]

    operations = [
        migrations.AlterField(
            model_name="faqentry",
            name="answer",
            field=models.TextField(verbose_name="回答"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="text",
            field=models.TextField(verbose_name="本文"),
        ),
        migrations.RunPython(separate_paragraphs, migrations.RunPython.noop),
    ]
