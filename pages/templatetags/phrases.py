"""The filter that marks the phrases of a name outside headings, which have the marks by themselves."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from pages.phrases import mark_phrases

register = template.Library()


@register.filter
def phrases(value: str) -> SafeString:
    """Return the name with a line break allowed after each phrase."""
    return mark_safe(mark_phrases(conditional_escape(value)))  # noqa: S308 (escaped)
