"""Fragments that show a desk."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contacts.models import ClosedDay, Desk
from core.templatetags.fragments import fragment

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_fragment(
    context: template.Context, template_name: str, desk: Desk, **variables: Any
) -> SafeString:
    """Return the fragment for a desk, with its closed days, whether it is open now and when it opens next. Without
    that on a page that is read at any time: the error page, which has no moment, and a mirror."""
    moment = context["moment"]
    is_now = bool(moment and not moment.mirror)
    if is_now:
        variables |= {"status": desk.status(moment), "closed_soon": _closed_soon(context, desk)}
    return fragment(context, template_name, desk=desk, is_now=is_now, **variables)


def _closed_soon(context: template.Context, desk: Desk) -> tuple[tuple[ClosedDay, SafeString], ...]:
    """Return the closed days of the next weeks, each with the sentence about it."""
    told = []
    for closed in desk.closed_soon(context["moment"]):
        with context.push(closed=closed):
            told.append((closed, context["texts"].html("desk-closed-days", context)))
    return tuple(told)
