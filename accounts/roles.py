"""The roles: groups that the site makes itself, and restores after each `migrate`."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

EDITORS = "事務局"
VIEWERS = "閲覧"
USER_ADMINISTRATORS = "システム管理"

_editable_apps: list[str] = []


def register_editable_apps(*labels: str) -> None:
    """Let editors edit the models of these apps, and viewers view them."""
    _editable_apps.extend(labels)


def permissions_by_role() -> dict[str, Q]:
    """Return which permissions each role has, as conditions on Permission."""
    of_content = Q(content_type__app_label__in=_editable_apps)
    of_users = Q(content_type__app_label="auth", content_type__model="user")
    of_groups = Q(content_type__app_label="auth", content_type__model="group")
    to_see = Q(codename__in=["see_record", "see_sign_ins"])
    return {
        EDITORS: of_content,
        VIEWERS: of_content & Q(codename__startswith="view_"),
        USER_ADMINISTRATORS: of_users | of_groups & Q(codename="view_group") | to_see,
    }


def keep_roles(using: str, apps: Apps = installed, **_: Any) -> None:
    """Make each role after migrating, with the permissions of `permissions_by_role` and no others."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # migrated to a state in which there are no groups yet
        return
    for label in (*_editable_apps, "accounts", "auth"):
        # Django makes the permissions of an app after its own post_migrate, which can follow ours.
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    for name, which in permissions_by_role().items():
        role, _created = group.objects.using(using).get_or_create(name=name)
        role.permissions.set(permission.objects.using(using).filter(which))
