"""The roles: groups that the site itself makes, and sets right again after each `migrate`."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

EDITORS = "事務局"
VIEWERS = "閲覧"
USER_ADMINISTRATORS = "システム管理"

_CONTENT = ("products", "contacts", "editing")
_of_content = Q(content_type__app_label__in=_CONTENT)
_of_users = Q(content_type__app_label="auth", content_type__model="user")
PERMISSIONS = {
    EDITORS: _of_content,
    VIEWERS: _of_content & Q(codename__startswith="view_"),
    USER_ADMINISTRATORS: _of_users
    | Q(content_type__app_label="auth", content_type__model="group", codename="view_group"),
}


def keep_roles(using: str, apps: Apps = installed, **_: Any) -> None:
    """After migrating: each role exists and may do what PERMISSIONS says, no more and no less."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # migrated to a state in which there are no groups yet
        return
    for label in (*_CONTENT, "auth"):
        # Django makes the permissions of an app after its own post_migrate, which can follow ours.
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    for name, which in PERMISSIONS.items():
        role, _created = group.objects.using(using).get_or_create(name=name)
        role.permissions.set(permission.objects.using(using).filter(which))
