"""Parts of pages that read the same at any moment."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MOST = 1_000  # a desk has another part each time it opens or closes


@register.simple_tag(takes_context=True)
def part(context: template.Context, template_name: str, **made_of: Any) -> SafeString:
    """Include a template that is made of these variables alone, and of nothing else that can change: it is
    rendered once for them, and kept as long as the content is."""
    parts: dict[Any, SafeString] = context["parts"]
    key = (template_name, *made_of.items())
    html = parts.get(key)
    if html is None:
        if len(parts) >= MOST:
            parts.clear()
        html = parts[key] = render_to_string(template_name, made_of)
    return html
