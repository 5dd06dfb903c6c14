"""Answers for what went wrong. The page for a fault of the server needs neither database nor code
that could fail: it is rendered beforehand, whenever the content changes, and read from a file."""

import logging
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from contacts.models import Desk, Organisation, PersonInCharge
from jnxcyber.pages.rendering import Frame, to_html
from jnxcyber.publishing.moment import Moment, moment_of
from jnxcyber.publishing.public import compress, limit_life
from products.models import Product

logger = logging.getLogger(__name__)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    moment = moment_of(request)
    context = Frame.at(moment).context | {
        "page": None,
        "section": None,
        "trail": [],
        "canonical": None,
    }
    response = HttpResponse(to_html("404.html", context), status=404)
    return compress(request, limit_life(response, moment))


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        html = settings.ERROR_PAGE.read_text(encoding="utf-8")
    except OSError:
        html = render_to_string("500.html")
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})


def refresh_error_page() -> None:
    """Write the error page anew from the contact desks as they are now. Where the database does not
    answer, holds no content yet, or the disk takes no file, the page that was written last stays."""
    try:
        context = Frame.at(Moment.now()).context | {"moment": None}  # it is kept: nothing of now
        _replace(settings.ERROR_PAGE, render_to_string("500.html", context))
    except (DatabaseError, Product.DoesNotExist, OSError) as error:
        logger.warning("The error page could not be refreshed: %s", error)


def _replace(path: Path, text: str) -> None:
    """Write the file so that whoever reads it meets the old text or the new one, whole."""
    path.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise


def keep_error_page_fresh() -> None:
    """Have the error page written anew after each change to what it shows."""

    def refresh(sender: type[models.Model], **kwargs: Any) -> None:
        transaction.on_commit(refresh_error_page)

    for model in (Organisation, Desk, PersonInCharge, Product):
        for signal in (post_save, post_delete):
            signal.connect(refresh, sender=model, weak=False, dispatch_uid="error page")
