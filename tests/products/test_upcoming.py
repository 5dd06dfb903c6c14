"""Tests of the upcoming events on the admin's home."""

import pytest

from editing.events import MOST_EVENTS, upcoming_events
from products.models import Document, Notice, PolicyTerm
from tests.factories import make_term
from tests.moments import IN_THE_TERM, moment, tokyo

pytestmark = pytest.mark.django_db
TERM = "保険期間2025年4月1日〜2026年4月1日"


def said(at: str = IN_THE_TERM) -> list[str]:
    return [event.says for event in upcoming_events(moment(at))]


INTAKE_ENDS = f"2026年2月21日 午前0時に、{TERM}の申込みの受付が終わります。"
TERM_ENDS = f"2026年4月1日 午後4時に、{TERM}が終わります。"


@pytest.mark.parametrize(
    ("at", "events"),
    [
        (
            "2025-01-15T00:00",
            [
                f"2025年2月1日 午前0時に、{TERM}を公開します。",
                f"2025年4月1日 午後4時に、{TERM}が始まります。",
                INTAKE_ENDS,
                TERM_ENDS,
            ],
        ),
        (
            "2025-12-20T23:59",
            [
                "2025年12月20日は、中途加入の締切日です(2026年1月1日 午後4時からの補償)。",
                INTAKE_ENDS,
                TERM_ENDS,
            ],
        ),
        (
            "2025-12-21T00:00",
            [
                "2026年1月20日は、中途加入の締切日です(2026年2月1日 午後4時からの補償)。",
                INTAKE_ENDS,
                TERM_ENDS,
            ],
        ),
        ("2026-02-21T00:00", [TERM_ENDS]),
        ("2026-04-01T15:59", [TERM_ENDS]),
        ("2026-04-01T16:00", []),
    ],
)
def test_the_events_of_the_term_in_order(at, events):
    Document.objects.filter(public_from__gt=tokyo(at)).update(public_from=tokyo("2024-01-01T00:00"))
    assert said(at) == events


def test_a_draft_does_nothing_by_itself():
    before = said()
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    Notice.objects.create(title="下書き", text="本文", public_until=tokyo("2026-01-01T00:00"))
    assert said() == before


def test_a_term_that_appears_only_after_its_start_is_told():
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-04-10T09:00")
    assert "2026年4月10日 午前9時に、保険期間2026年4月1日〜2027年4月1日を公開します。" in said(
        "2026-04-05T00:00"
    )


def test_notices_and_documents_come_and_go():
    Notice.objects.create(
        title="休業", text="本文",
        public_from=tokyo("2025-10-04T09:30"), public_until=tokyo("2025-10-06T00:00"),
    )  # fmt: skip
    Document.objects.update(public_until=tokyo("2025-10-05T00:00"))
    assert said()[:3] == [
        "2025年10月4日 午前9時30分に、お知らせ「休業」を公開します。",
        "2025年10月4日の終わりに、資料「サービス利用規約」の公開が終わります。",
        "2025年10月5日の終わりに、お知らせ「休業」の公開が終わります。",
    ]


def test_only_the_next_ones_are_told():
    for minute in range(30):
        Notice.objects.create(
            title=f"件名{minute}", text="本文", public_from=tokyo(f"2025-10-04T09:{59 - minute}")
        )
    told = said()
    assert len(told) == MOST_EVENTS
    assert (told[0], told[-1]) == (
        "2025年10月4日 午前9時30分に、お知らせ「件名29」を公開します。",
        "2025年10月4日 午前9時39分に、お知らせ「件名20」を公開します。",
    )


def test_every_event_leads_to_where_it_is_decided(admin_client):
    Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-10-04T09:00"))
    for event in upcoming_events(moment(IN_THE_TERM)):
        assert admin_client.get(event.url, secure=True).status_code == 200


def test_without_any_content_nothing_comes(empty_database):
    assert PolicyTerm.objects.count() == 0
    assert said() == []
