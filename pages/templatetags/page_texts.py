"""The tag that shows the text of a slot: see `pages/texts`."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def text(context: Context, slot: str) -> SafeString:
    """Return the text of the slot as HTML."""
    return context["texts"].html(slot, context)
