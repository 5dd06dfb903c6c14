"""The targets of redirects: what an editor may enter, and whether anything is there."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.urls import is_valid_path

from core.fields import refuse_invisible_characters
from core.moment import Moment
from core.paths import ADMIN, PREVIEW
from publishing.page_as_of import page_as_of
from publishing.rendering import leads_to_a_slash

NO_PAGE = "このアドレスのページは、ありません。"
NOT_PUBLIC = "このアドレスには、公開しているページや資料がありません。"
FOR_EDITORS = "管理画面や、公開前の確認のためのアドレスには転送できません。"
NO_URL = "/ か https:// で始まるアドレスを入力してください。"


def plain_target(target: str) -> str:
    """Return the target as it is stored: on this site without its host, and with the last slash that pages have."""
    if _is_of_this_site(target):
        parts = urlsplit(target)
        target = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    path = path_of(target)
    return target.replace(path, f"{path}/", 1) if path and leads_to_a_slash(path) else target


def path_of(target: str) -> str:
    """Return the path on this site; "" for a URL of a different one."""
    is_path = target.startswith("/") and not target.startswith("//")
    return re.split("[?#]", target)[0] if is_path else ""


def require_target(target: str) -> None:
    """Refuse what no redirect can lead to. Raises ValidationError."""
    refuse_invisible_characters(target)
    path = path_of(target)
    if path.startswith((ADMIN, PREVIEW)):
        raise ValidationError(FOR_EDITORS)
    if path and not is_valid_path(path):
        raise ValidationError(NO_PAGE)
    if not path:
        try:
            URLValidator(schemes=["https"])(target)
        except ValidationError:
            raise ValidationError(NO_URL) from None


def require_public(target: str) -> None:
    """Refuse a path of this site at which visitors find nothing now. Raises ValidationError.

    For a form: while content is loaded, the page may not be there yet.
    """
    path = path_of(target)
    if path and page_as_of(path, QueryDict(), Moment.now()).status_code != 200:
        raise ValidationError(NOT_PUBLIC)


def _is_of_this_site(url: str) -> bool:
    try:
        given, own = urlsplit(url), urlsplit(settings.SITE_URL)
        return given.scheme == "https" and _host_of(given) == _host_of(own)
    except ValueError:  # a port that is none
        return False


def _host_of(url: SplitResult) -> tuple[str, int]:
    return (url.hostname or "").rstrip("."), url.port or 443
