"""The deadlines for joining as calendar files (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event, Timezone

from contacts.models import DeskRole
from core.clock import TOKYO
from core.japanese import day_and_hour
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
    calendar.add("x-wr-calname", f"{page_context.content.product.name} 中途加入の締切")
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
    event = _event(page_context, term, deadline, "deadline", "中途加入の申込み締切")
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    agency = page_context.content.desks.get(DeskRole.AGENCY)
    description = [
        f"この日までのお申込みで、補償の開始は{day_and_hour(deadline.start)}です。",
        "締切日が休業日にあたる場合など、くわしくは取扱代理店へお問い合わせください。",
    ]
    if agency:
        description += [f"{agency.organisation.name} TEL:{agency.telephone}", agency.hours.in_words]
    event.add("description", "\n".join(description))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add(
        "description", f"{page_context.content.product.name} 中途加入の申込み締切が近づいています"
    )
    alarm.add("trigger", -ALARM_BEFORE)
    event.add_component(alarm)
    return event


def _start_event(page_context: PageContext, term: PolicyTerm, deadline: Deadline) -> Event:
    event = _event(page_context, term, deadline, "start", "補償の開始")
    event.add("dtstart", deadline.start)
    ends_at = day_and_hour(term.ends_at.astimezone(TOKYO))
    event.add("description", f"保険期間の終了は{ends_at}です。")
    return event


def _event(
    page_context: PageContext, term: PolicyTerm, deadline: Deadline, kind: str, title: str
) -> Event:
    host = urlsplit(settings.SITE_URL).hostname
    event = Event()
    event.add("uid", f"{term.code}-{deadline.day.isoformat()}-{kind}@{host}")
    # The date of publication: with the time of the request, every response would differ.
    event.add("dtstamp", (term.public_from or term.starts_at).astimezone(UTC))
    event.add("summary", f"{page_context.content.product.name} {title}")
    event.add("url", f"{settings.SITE_URL}{PAGES['join'].path}?on={deadline.day.isoformat()}")
    event.add("transp", "TRANSPARENT")
    return event
