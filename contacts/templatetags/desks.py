"""What a desk is doing at the moment of the page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contacts.models import Desk
from core.templatetags.parts import part

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_part(
    context: template.Context, template_name: str, desk: Desk, **made_of: Any
) -> SafeString:
    """A part that shows a desk, and whether it is open now and when it opens next. Nothing of that where
    it is read at any time: on a page without a moment, the error page, and in a mirror."""
    moment = context["moment"]
    is_now = bool(moment and not moment.mirror)
    status = desk.status(moment) if is_now else None
    return part(context, template_name, desk=desk, status=status, is_now=is_now, **made_of)
