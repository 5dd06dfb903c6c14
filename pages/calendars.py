"""The deadlines for joining as calendar files (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event, Timezone

from core.clock import TOKYO
from pages.page_context import PageContext
from pages.site_map import PAGES
from products.joining import Deadline
from products.models import PolicyTerm

ALARM_BEFORE = timedelta(days=5)


def answer(
    page_context: PageContext, term: PolicyTerm, deadlines: Iterable[Deadline]
) -> HttpResponse:
    """Return the deadlines as a file.

    Each is a day with an alarm some days before; the start of cover it leads to is an instant in Tokyo time.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{page_context.content.product.name}//{term.code}//JA")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", page_context.content.texts.plain("calendar-name", {"term": term}))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add_component(_tokyo())
    for deadline in deadlines:
        calendar.add_component(_deadline_event(page_context, term, deadline))
        calendar.add_component(_start_event(page_context, term, deadline))
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="deadlines.ics"'},
    )


@cache
def _tokyo() -> Timezone:
    """Return the time zone of the file. Cached: icalendar searches each day since 1970 for a change."""
    return Timezone.from_tzid(TOKYO.key)


def _deadline_event(page_context: PageContext, term: PolicyTerm, deadline: Deadline) -> Event:
    event = _event(page_context, term, deadline, "deadline")
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    texts, variables = page_context.content.texts, {"term": term, "deadline": deadline}
    event.add("description", texts.plain("calendar-deadline-text", variables))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", texts.plain("calendar-alarm", variables))
    alarm.add("trigger", -ALARM_BEFORE)
    event.add_component(alarm)
    return event


def _start_event(page_context: PageContext, term: PolicyTerm, deadline: Deadline) -> Event:
    event = _event(page_context, term, deadline, "start")
    event.add("dtstart", deadline.start)
    variables = {"term": term, "deadline": deadline}
    event.add("description", page_context.content.texts.plain("calendar-start-text", variables))
    return event


def _event(page_context: PageContext, term: PolicyTerm, deadline: Deadline, kind: str) -> Event:
    """Return an event of a kind, which is deadline or start."""
    host = urlsplit(settings.SITE_URL).hostname
    event = Event()
    event.add("uid", f"{term.code}-{deadline.day.isoformat()}-{kind}@{host}")
    # The date of publication: with the time of the request, every response would differ.
    event.add("dtstamp", (term.public_from or term.starts_at).astimezone(UTC))
    variables = {"term": term, "deadline": deadline}
    event.add("summary", page_context.content.texts.plain(f"calendar-{kind}", variables))
    event.add("url", f"{settings.SITE_URL}{PAGES['join'].path}?on={deadline.day.isoformat()}")
    event.add("transp", "TRANSPARENT")
    return event
