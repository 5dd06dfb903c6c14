"""What a desk is doing at the moment of the page."""

from typing import Any

from django import template

from contacts.models import Desk

register = template.Library()


@register.inclusion_tag("_desk_status.html", takes_context=True)
def desk_status(context: template.Context, desk: Desk) -> dict[str, Any]:
    """Whether the desk is open now, and when it opens next. Nothing where it is read at any time: on a
    page without a moment, the error page, and in a mirror."""
    moment = context.get("moment")
    if not moment or moment.mirror:
        return {"desk": desk, "status": None, "is_now": False}
    return {"desk": desk, "status": desk.status(moment), "is_now": True}
