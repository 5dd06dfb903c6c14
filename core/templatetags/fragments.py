"""Fragments: pieces of pages that are rendered once for their variables and cached with the content."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MOST_FRAGMENTS = 1_000  # what changes with the time has a different fragment each time


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, template_name: str, **variables: Any) -> SafeString:
    """Return the template rendered with these variables alone.

    It is rendered once for them and cached as long as the content is, so that it must depend on nothing
    else. Under DEBUG it is rendered each time: an edit of the template shows at once.
    """
    fragments: dict[Any, SafeString] = context["fragments"]
    key = (template_name, *variables.items())
    html = fragments.get(key)
    if html is None or settings.DEBUG:
        if len(fragments) >= MOST_FRAGMENTS:
            fragments.clear()
        html = fragments[key] = render_to_string(template_name, variables)
    return html
