"""Answers for what went wrong. The page for a fault of the server needs neither database nor code
that could fail: it is rendered beforehand, whenever the content changes, and read from a file."""

import logging
import os
import tempfile
from typing import Any

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from contacts.models import Desk, Organisation, PersonInCharge
from jnxcyber.pages.rendering import Frame
from jnxcyber.publishing.moment import Moment, moment_of
from products.models import Product

logger = logging.getLogger(__name__)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = Frame.at(moment_of(request)).context | {"page": None, "trail": [], "canonical": None}
    return HttpResponse(render_to_string("404.html", context), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        html = settings.ERROR_PAGE.read_text(encoding="utf-8")
    except OSError:
        html = render_to_string("500.html")
    return HttpResponse(html, status=500)


def refresh_error_page() -> None:
    """Write the error page anew from the contact desks as they are now; where the database does not
    answer, or holds no content yet, the one that was written last stays."""
    try:
        html = render_to_string("500.html", Frame.at(Moment.now()).context)
    except (DatabaseError, Product.DoesNotExist) as error:
        logger.warning("The error page could not be refreshed: %s", error)
        return
    settings.ERROR_PAGE.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=settings.ERROR_PAGE.parent, prefix="500-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(html)
    os.replace(name, settings.ERROR_PAGE)  # whoever reads it meets the old page or the new, whole


def keep_error_page_fresh() -> None:
    """Have the error page written anew after each change to what it shows."""

    def refresh(sender: type[models.Model], **kwargs: Any) -> None:
        transaction.on_commit(refresh_error_page)

    for model in (Organisation, Desk, PersonInCharge, Product):
        for signal in (post_save, post_delete):
            signal.connect(refresh, sender=model, weak=False, dispatch_uid="error page")
