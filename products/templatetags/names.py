"""The filter that writes the long names of the product, its desks and its services."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

WORDS = re.compile(
    "(?<=.)(?=サイバー|インシデント|サポート|セキュリティ|サービス|リスク|SECURITY|「)"
)


@register.filter
def phrases(value: str) -> SafeString:
    """Return a name with line breaks allowed between its words: browsers find none in a run of katakana."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in WORDS.split(value)))
