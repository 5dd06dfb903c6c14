from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from core.clock import parse_site_clock
from core.moment import Moment
from tests.moments import tokyo


@pytest.mark.parametrize(
    ("at", "today"),
    [
        ("2025-05-20T23:59", date(2025, 5, 20)),
        ("2025-05-21T00:00", date(2025, 5, 21)),
        ("2025-05-21T08:59", date(2025, 5, 21)),  # still the 20th in UTC
        ("2025-05-21T09:00", date(2025, 5, 21)),
    ],
)
@pytest.mark.usefixtures("process_zone")
def test_today_is_the_day_in_tokyo_wherever_the_server_stands(set_clock, at, today):
    set_clock(at)
    assert Moment.now().today == today
    assert Moment.now().at == tokyo(at)
    assert not Moment.now().pinned


@pytest.mark.usefixtures("process_zone")
def test_dates_and_hours_are_shown_in_tokyo_time_wherever_the_server_stands():
    template = Template("{% load japanese %}{{ at|day }} {{ at|day_and_hour }}")
    html = template.render(Context({"at": parse_site_clock("2025-03-31T22:30+00:00")}))
    assert html == (
        '<time datetime="2025-04-01">2025年4月1日</time> '
        '<time datetime="2025-04-01T07:30:00+09:00">2025年4月1日(午前7時30分)</time>'
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-10-03T10:00", "2025-10-03T10:00"),
        ("2025-10-03 10:00", "2025-10-03T10:00"),
        ("2025-10-03", "2025-10-03T00:00"),
        ("2025-10-03T01:00+00:00", "2025-10-03T10:00"),
        ("2025-10-03T01:00Z", "2025-10-03T10:00"),
    ],
)
def test_the_site_clock_is_in_tokyo_time(settings, text, at):
    settings.SITE_CLOCK = parse_site_clock(text)
    assert Moment.now() == Moment(tokyo(at), pinned=True)


def test_an_empty_site_clock_is_the_present():
    assert parse_site_clock("") is None


@pytest.mark.parametrize("text", ["tomorrow", "2025-13-01", "2025-02-30T10:00", "10:00"])
def test_a_site_clock_that_is_no_moment_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="SITE_CLOCK must look like 2025-10-03T10:00"):
        parse_site_clock(text)
