"""What a desk is doing at the moment of the page."""

from typing import Any

from django import template

from contacts.models import Desk

register = template.Library()


@register.inclusion_tag("_desk_status.html", takes_context=True)
def desk_status(context: template.Context, desk: Desk) -> dict[str, Any]:
    """Whether the desk is open now, and when it opens next. Nothing on a page without a moment: the
    error page is kept in a file."""
    moment = context.get("moment")
    status = desk.status(moment) if moment else None
    return {"desk": desk, "status": status, "is_now": bool(moment)}
