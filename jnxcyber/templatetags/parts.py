"""Parts of pages that read the same at any moment."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: template.Context, template_name: str, **made_of: Any) -> SafeString:
    """Include a template that is made of these variables alone, all of them of the content: it is
    rendered once and kept as long as the content is."""
    parts: dict[Any, SafeString] = context["parts"]
    key = (template_name, *made_of.items())
    if key not in parts:
        parts[key] = render_to_string(template_name, made_of)
    return parts[key]
