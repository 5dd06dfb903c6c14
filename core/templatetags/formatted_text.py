"""The filter that shows formatted text: see `core/formatted_text.py`."""

from django import template

from core.formatted_text import formatted

register = template.Library()

register.filter("formatted", formatted)
