"""The secretariat's guide, docs/ja/handbook.md, as a page of the admin."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown import Markdown
from markdown.extensions.toc import slugify_unicode

HANDBOOK = settings.BASE_DIR / "docs" / "ja" / "handbook.md"
# As the file names its pictures, for those who read it in the repository.
PICTURE = re.compile(r"\]\(\.\./\.\./static/([^)\s]+)\)")


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    title, _, text = HANDBOOK.read_text(encoding="utf-8").partition("\n")
    # Only collected files carry the hash of their content in their names.
    text = PICTURE.sub(lambda found: f"]({static(found[1])})", text)
    extensions = {"markdown.extensions.toc": {"slugify": slugify_unicode, "toc_depth": "2-2"}}
    converter = Markdown(extensions=list(extensions), extension_configs=extensions)
    context = {
        **admin.site.each_context(request),
        "title": title.removeprefix("# "),
        "body": mark_safe(converter.convert(text)),  # noqa: S308 (a file of our own)
        "contents": converter.toc_tokens,  # type: ignore[attr-defined]  # set by the extension
    }
    return render(request, "admin/handbook.html", context)
