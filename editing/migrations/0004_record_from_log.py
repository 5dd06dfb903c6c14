"""Fill the record of changes from what was logged before there was one: Django's log, and the revisions
whose account was deleted, with which Django deletes its lines. What changed stays in the versions of each object.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.apps import apps as todays_apps
from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import migrations
from django.utils import translation

KINDS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}
OF_NO_EDIT = ("", "Initial version.", "記録の始まり")  # comments of revisions that no edit made


def fill_record(apps: Any, schema_editor: Any) -> None:
    entries = [*_from_log(apps), *_from_revisions(apps)]
    entries.sort(key=lambda entry: entry.at)
    apps.get_model("editing", "RecordedChange").objects.bulk_create(entries, batch_size=500)


def _from_log(apps: Any) -> Iterator[Any]:
    lines = apps.get_model("admin", "LogEntry").objects.select_related("user", "content_type")
    for line in lines.filter(content_type__app_label__in=[*settings.CONTENT_APPS, "auth"]):
        with translation.override("ja"):
            message = LogEntry(change_message=line.change_message).get_change_message()
        name = f"{line.user.last_name} {line.user.first_name}".strip() or line.user.username
        by = {"account": line.user.pk, "by": name}
        yield _entry(apps, line, KINDS[line.action_flag], message, at=line.action_time, **by)


def _from_revisions(apps: Any) -> Iterator[Any]:
    revisions = apps.get_model("reversion", "Revision").objects.filter(user=None)
    for revision in revisions.exclude(comment__in=OF_NO_EDIT):
        versions = revision.version_set.select_related("content_type")
        if version := versions.order_by("pk").first():
            yield _entry(
                apps, version, "changed", revision.comment,
                at=revision.date_created, by="削除された利用者",
            )  # fmt: skip


def _entry(apps: Any, logged: Any, kind: str, says: str, **values: Any) -> Any:
    model, row_id, name = logged.content_type, logged.object_id, logged.object_repr
    key = f"{model.app_label}.{model.model} {row_id}"
    model_name = _name_of(model)
    words = "\n".join([values["by"], model_name, name, says])
    return apps.get_model("editing", "RecordedChange")(
        kind=kind, key=key, model_name=model_name, name=name, whole_key=key,
        says=says, words=words, step=uuid4(), **values,
    )  # fmt: skip


def _name_of(content_type: Any) -> str:
    """Return what the admin calls the model; its technical name where there is none any more."""
    try:
        model = todays_apps.get_model(content_type.app_label, content_type.model)
    except LookupError:
        return content_type.model
    with translation.override("ja"):
        return str(model._meta.verbose_name)


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0003_record_of_changes"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
    ]
    operations = [migrations.RunPython(fill_record, migrations.RunPython.noop)]
