"""The deadlines for joining as calendar files (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event, Timezone, vText

from core.clock import TOKYO, end_of_day
from core.formatted_text import plain
from pages.page_context import PageContext
from pages.site_map import PAGES
from products.joining import Deadline
from products.models import PolicyTerm

# At 9:00 on the fifth day before: the day of a deadline begins at midnight.
ALARM_BEFORE = timedelta(days=4, hours=15)


def answer(
    page_context: PageContext, deadlines: Iterable[tuple[PolicyTerm, Deadline]]
) -> HttpResponse:
    """Return the deadlines as a file: each is a day, with an alarm some days before until it has passed."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{page_context.content.product.name}//deadlines//JA")
    calendar.add("method", "PUBLISH")
    # As text: a value of an unknown kind would be sent without escapes.
    calendar.add("x-wr-calname", vText(page_context.content.texts.plain("calendar-name", {})))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add_component(_tokyo())
    for term, deadline in deadlines:
        calendar.add_component(_event(page_context, term, deadline))
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="deadlines.ics"'},
    )


@cache
def _tokyo() -> Timezone:
    """Return the time zone of the file. Cached: icalendar searches each day since 1970 for a change."""
    return Timezone.from_tzid(TOKYO.key)


def _event(page_context: PageContext, term: PolicyTerm, deadline: Deadline) -> Event:
    """Return the day of the deadline. Who imported the file is told of changes by their date and number."""
    content, moment = page_context.content, page_context.moment
    variables = {"term": term, "deadline": deadline, **page_context.deadline_context(deadline)}
    host = urlsplit(settings.SITE_URL).hostname
    changed_at = (content.last_change.at or term.public_from or term.starts_at).astimezone(UTC)
    event = Event()
    event.add("uid", f"{term.code}-{deadline.day.isoformat()}-deadline@{host}")
    # Not the time of the request, with which every response would differ.
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", content.last_change.number)
    event.add("summary", content.texts.plain("calendar-deadline", variables))
    event.add("description", _description(page_context, term, variables))
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("url", f"{settings.SITE_URL}{PAGES['join'].path}?on={deadline.day.isoformat()}")
    event.add("transp", "TRANSPARENT")
    moment.will_change(end_of_day(deadline.day))
    if moment.at < end_of_day(deadline.day):
        event.add_component(_alarm(content.texts.plain("calendar-alarm", variables)))
    return event


def _description(page_context: PageContext, term: PolicyTerm, variables: dict[str, object]) -> str:
    """Return what the day is, and what holds where the agency is closed on it."""
    texts = page_context.content.texts
    lines = [texts.plain("calendar-deadline-text", variables)]
    if variables["why_closed"]:
        rule = plain(term.closed_day_rule) or texts.plain("join-closed-day-rule", variables)
        lines.append(texts.plain("join-closed-day", variables) + rule)
    return "\n".join(lines)


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
