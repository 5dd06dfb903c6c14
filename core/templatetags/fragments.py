"""Fragments: parts of pages that are rendered once for their variables and kept with the content."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MOST = 1_000  # a desk has a different fragment each time it opens or closes


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, template_name: str, **variables: Any) -> SafeString:
    """Return the template rendered with these variables alone, nothing else of the page. It is
    rendered once for them and kept as long as the content is, so it must depend on nothing else."""
    fragments: dict[Any, SafeString] = context["fragments"]
    key = (template_name, *variables.items())
    html = fragments.get(key)
    if html is None:
        if len(fragments) >= MOST:
            fragments.clear()
        html = fragments[key] = render_to_string(template_name, variables)
    return html
