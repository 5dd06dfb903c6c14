"""Fragments that show a desk."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contacts.models import Desk
from core.templatetags.fragments import fragment

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_fragment(
    context: template.Context, template_name: str, desk: Desk, **variables: Any
) -> SafeString:
    """Return the fragment for a desk, with whether it is open now and when it opens next. Without
    that on a page that is read at any time: the error page, which has no moment, and a mirror."""
    moment = context["moment"]
    is_now = bool(moment and not moment.mirror)
    status = desk.status(moment) if is_now else None
    return fragment(context, template_name, desk=desk, status=status, is_now=is_now, **variables)
