"""Below an input: the sentence that visitors read, word for word as the public page has it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import ClosedDay, Desk, DeskRole
from products.models import Document, Notice, PolicyTerm
from tests.admin_forms import form_data, form_url_of, sent_by
from tests.factories import make_term
from tests.html import Page, squeezed
from tests.moments import tokyo

pytestmark = pytest.mark.django_db

HOME, INSURANCE, JOIN, CONTACT = "/", "/insurance/", "/insurance/join/", "/contact/"


@pytest.fixture(autouse=True)
def _in_the_term(set_clock) -> None:
    set_clock("2025-10-03T10:00")


def sentences(page: Page, field: str) -> list[str]:
    """Return the sentences below an input, each without what stands in front."""
    said = page.texts(f"#id_{field}_read .understood")
    return [re.fullmatch(r"訪問者が読む文(?:\(.+?\))?:「(.*)」", text)[1] for text in said]


def opened(client, row) -> Page:
    return Page(client.get(form_url_of(row), secure=True))


def running_term() -> PolicyTerm:
    PolicyTerm.objects.update(approval_number="B25-1", approved_on=date(2025, 3, 3))
    return PolicyTerm.objects.get(code="2025")


def next_term() -> PolicyTerm:
    PolicyTerm.objects.all().delete()
    term = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2025-10-01T00:00")
    term.recruiting_from, term.recruiting_until = date(2025, 9, 1), date(2026, 2, 20)
    term.save()
    return term


def next_term_without_recruiting() -> PolicyTerm:
    term = next_term()
    term.recruiting_from = term.recruiting_until = None
    term.save()
    return term


def notice(until: str) -> Notice:
    return Notice.objects.create(
        title="件名", text="本文", public_from=tokyo("2025-09-01T09:00"), public_until=tokyo(until)
    )


def document(**values) -> Document:
    return Document.objects.create(
        code="pamphlet",
        title="資料",
        kind="pamphlet",
        public_from=tokyo("2025-09-01T09:00"),
        **values,
    )


def desk() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


def closed_desk() -> Desk:
    ClosedDay.objects.create(desk=desk(), date="2025-10-08", last_day="2025-10-10", reason="移転")
    return desk()


CASES = [
    (running_term, "starts_at", INSURANCE, ["保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)"]),
    (running_term, "ends_at", INSURANCE, ["保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)"]),
    (
        running_term,
        "joining_deadline_day",
        f"{INSURANCE} {JOIN}",
        [
            "(※中途加入の場合、毎月20日締切で翌月1日(午後4時)〜2026年4月1日(午後4時))",
            "申込みの締切2025年10月20日(月)補償の開始2025年11月1日(午後4時)",
        ],
    ),
    (running_term, "approved_on", INSURANCE, ["承認番号:B25-1(2025年3月3日)"]),
    (next_term, "recruiting_from", INSURANCE, ["募集期間:2025年9月1日〜2026年2月20日"]),
    (next_term, "recruiting_until", HOME, ["2026年2月20日(金)までにお申込みの場合"]),
    (
        next_term,
        "joining_deadline_day",
        f"{INSURANCE} {JOIN}",
        [
            "(※中途加入の場合、毎月20日締切で翌月1日(午後4時)〜2027年4月1日(午後4時))",
            "申込みの締切2026年2月20日(金)補償の開始2026年4月1日(午後4時)(保険期間の開始)",
        ],
    ),
    (
        next_term_without_recruiting,
        "recruiting_until",
        HOME,
        [
            "2026年3月20日(金)までにお申込みの場合",
            "締切は、毎月20日の決まりによるものです。募集期間は、取扱代理店へご確認ください。",
        ],
    ),
    (next_term_without_recruiting, "recruiting_from", HOME, []),
    (lambda: notice("2025-12-01T00:00"), "public_from", "/news/", ["2025年9月1日"]),
    (
        lambda: notice("2025-10-01T00:00"),
        "public_until",
        "own",
        ["このお知らせの掲載は終了しています。内容は掲載当時のものです。"],
    ),
    (
        lambda: document(url="https://example.com/", issued_on=date(2025, 8, 1)),
        "issued_on",
        "/documents/",
        ["作成日:2025年8月1日"],
    ),
    (lambda: document(file="a.pdf"), "public_from", "/documents/", ["掲載日:2025年9月1日"]),
    (lambda: document(url="https://example.com/"), "public_from", "/documents/", []),
    (desk, "opens_at", CONTACT, ["平日:午前9時から午後5時まで"]),
    (
        desk,
        "year_end_first_day",
        CONTACT,
        ["土・日・祝日・年末年始は、お休みとさせていただきます。"],
    ),
    (closed_desk, "closed_days-0-date", CONTACT, ["休業日:2025年10月8日〜10月10日(移転)"]),
]  # fmt: skip


@pytest.mark.parametrize(("make", "field", "path", "says"), CASES)
def test_the_form_shows_the_sentence_that_the_page_has(
    admin_client, client, make, field, path, says
):
    row = make()
    assert sentences(opened(admin_client, row), field) == says
    paths = [row.get_absolute_url()] if path == "own" else path.split()
    public = "".join(squeezed(Page(client.get(each, secure=True)).text) for each in paths)
    for sentence in says:
        assert sentence in public


def shown_again(client, row, **changes) -> Page:
    """Return the form as it comes back, once sent with a mistake elsewhere."""
    data = form_data(client, form_url_of(row), **changes)
    page = Page(client.post(form_url_of(row), data, secure=True))
    assert page.all(".errorlist")
    return page


def test_a_form_that_comes_back_shows_the_sentence_of_what_was_typed(admin_client):
    page = shown_again(
        admin_client,
        running_term(),
        joining_deadline_day="10",
        joining_start_day="5",
        premium_notes="",
    )
    assert sentences(page, "joining_deadline_day") == [
        "(※中途加入の場合、毎月10日締切で翌月5日(午後4時)〜2026年4月1日(午後4時))",
        "申込みの締切2025年10月10日(金)補償の開始2025年11月5日(午後4時)",
    ]


def test_a_row_that_comes_back_shows_the_sentence_of_what_was_typed(admin_client):
    changes = {"closed_days-0-last_day": "10月14日まで", "closed_days-0-reason": "移転作業"}
    page = shown_again(admin_client, closed_desk(), **changes)
    assert sentences(page, "closed_days-0-date") == []
    changes |= {"closed_days-0-last_day": "2025/10/14", "telephone": ""}
    page = shown_again(admin_client, desk(), **changes)
    assert sentences(page, "closed_days-0-date") == ["休業日:2025年10月8日〜10月14日(移転作業)"]


def test_a_row_of_what_is_closed_on_no_day_has_no_sentence(admin_client):
    page = shown_again(admin_client, closed_desk(), always_open="on", telephone="")
    assert sentences(page, "closed_days-0-date") == []


@pytest.mark.parametrize("typed", ["31", "", "二十日"])
def test_a_value_that_cannot_be_read_has_no_sentence_of_the_stored_one(admin_client, typed):
    page = shown_again(admin_client, running_term(), joining_deadline_day=typed)
    assert sentences(page, "joining_deadline_day") == []
    assert len(sentences(page, "starts_at")) == 1


@pytest.mark.parametrize("model", ["policyterm", "notice", "document"])
def test_an_empty_form_shows_no_sentence(admin_client, model):
    page = Page(admin_client.get(f"/admin/products/{model}/add/", secure=True))
    assert "訪問者が読む文" not in page.html


def test_inputs_with_sentences_send_what_they_hold(admin_client):
    term = running_term()
    data = sent_by(opened(admin_client, term)) | {"_reason": "確認"}
    admin_client.post(form_url_of(term), data, secure=True)
    after = PolicyTerm.objects.get(pk=term.pk)
    for name in ("starts_at", "ends_at", "joining_deadline_day", "approved_on"):
        assert getattr(after, name) == getattr(term, name)


def test_more_rows_cost_no_more_queries(admin_client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            opened(admin_client, desk())
        return len(captured)

    closed_desk()
    queries()  # the first form also reads what Django remembers
    few = queries()
    for day in range(1, 21):
        ClosedDay.objects.create(desk=desk(), date=date(2025, 11, day))
    assert queries() == few
