"""Filters that write figures, dates and hours the Japanese way."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import japanese
from core.clock import TOKYO

register = template.Library()

register.filter("yen", japanese.yen)
register.filter("yen_in_units", japanese.yen_in_units)
register.filter("hour", japanese.hour)
register.filter("circled", japanese.circled)
register.filter("person", japanese.person)
register.filter("weekday", japanese.weekday)


@register.filter
def day(value: date | datetime) -> SafeString:
    """Return a date, or the Tokyo date of a datetime, as a time element: 2025年4月1日."""
    if isinstance(value, datetime):
        value = value.astimezone(TOKYO).date()
    return _time(value, japanese.day(value))


@register.filter
def plain_day(value: datetime) -> str:
    """Return the Tokyo date of a datetime as text: 2025年4月1日."""
    return japanese.day(value.astimezone(TOKYO).date())


@register.filter
def clock(value: datetime) -> str:
    """Return the hour of a datetime in Tokyo: 午後5時."""
    return japanese.hour(value.astimezone(TOKYO).time())


@register.filter
def weekday_and_hour(value: datetime) -> SafeString:
    """Return a datetime in Tokyo time as a time element: 10月6日(月)午前9時."""
    value = value.astimezone(TOKYO)
    text = f"{value.month}月{value.day}日({japanese.weekday(value)}){japanese.hour(value.time())}"
    return _time(value, text)


@register.filter
def day_and_hour(value: datetime) -> SafeString:
    """Return a datetime in Tokyo time as a time element: 2025年4月1日(午後4時)."""
    value = value.astimezone(TOKYO)
    return _time(value, japanese.day_and_hour(value))


@register.filter
def end(value: datetime) -> SafeString:
    """Return when something ends, in Tokyo time, as a time element: 2025年10月31日の終わり."""
    value = value.astimezone(TOKYO)
    return _time(value, japanese.end(value))


def _time(value: date | datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def breaking(element: SafeString) -> SafeString:
    """Return a time element of the other filters in which a line may break after the year and before the hour."""
    html = element.replace("年", "年<wbr>", 1).replace("日(", "日<wbr>(", 1)
    return mark_safe(html)  # noqa: S308 (made by format_html)
