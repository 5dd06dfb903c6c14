"""The page with the record of changes: who may read what, and how an entry is found."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import Desk
from editing.differences import Difference
from editing.models import ChangeKind, RecordedChange, key_of
from editing.record_page import ENTRIES_ON_A_PAGE
from products.models import FaqEntry
from tests.html import Page
from tests.people import hire

pytestmark = pytest.mark.django_db
ENTRIES = ("質問一", "質問二", "窓口", "利用者")


@pytest.fixture
def faq() -> FaqEntry:
    return FaqEntry.objects.first()


@pytest.fixture
def four_entries(faq, set_clock) -> None:
    """An entry of each kind, at four times, by four people."""
    desk, user = Desk.objects.first(), hire("次郎")
    rows = (
        ("2026-04-01T23:59", "花子", ChangeKind.ADDED, faq, "円", ""),
        ("2026-04-02T00:00", "太郎", ChangeKind.DELETED, FaqEntry.objects.last(), "ドル", ""),
        ("2026-05-01T10:00", "花子", ChangeKind.CHANGED, desk, "03-1111", "<b>移転</b>"),
        ("2026-06-01T10:00", None, ChangeKind.RIGHTS, user, "事務局", ""),
    )
    for name, (at, by, kind, row, new, reason) in zip(ENTRIES, rows, strict=True):
        set_clock(at)
        person = by and (User.objects.filter(username=by).first() or hire(by))
        told = [Difference(key_of(row), "x", "行", "項目", "古い", new)]
        RecordedChange.write(person, kind, row, name=name, differences=told, reason=reason)


@pytest.fixture
def record(client: Client, admin_user, four_entries) -> Callable[..., Page]:
    client.force_login(admin_user)

    def record(**query: str) -> Page:
        response = client.get("/admin/record/", query, secure=True)
        assert response.status_code == 200
        return Page(response)

    return record


def found(page: Page) -> list[str]:
    names = [*page.texts(".history-entry > p:first-of-type")]
    return [name for text in names for name in ENTRIES if name in text]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["利用者", "窓口", "質問二", "質問一"]),
        ({"by": "事務 花子"}, ["窓口", "質問一"]),
        ({"by": "(コマンド)"}, ["利用者"]),
        ({"kind": "deleted"}, ["質問二"]),
        ({"kind": "rights"}, ["利用者"]),
        ({"model_name": "よくあるご質問"}, ["質問二", "質問一"]),
        ({"since": "2026年4月2日"}, ["利用者", "窓口", "質問二"]),
        ({"until": "令和8年4月1日"}, ["質問一"]),
        ({"since": "2026/4/2", "until": "2026-05-01"}, ["窓口", "質問二"]),
        ({"words": "03-1111"}, ["窓口"]),
        ({"words": "花子　円"}, ["質問一"]),
        ({"words": "円 ドル"}, []),
        ({"words": "100%"}, []),
        ({"words": "移転", "by": "事務 花子", "kind": "changed"}, ["窓口"]),
        ({"record": "products.faqentry {pk}"}, ["質問一"]),
        ({"record": "products.faqentry 0"}, []),
        ({"p": "なし"}, ["利用者", "窓口", "質問二", "質問一"]),
    ],
)
def test_entries_are_found_by_who_what_where_when_and_words(record, faq, query, names):
    assert (
        found(record(**{name: value.format(pk=faq.pk) for name, value in query.items()})) == names
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "きのう"}, "日付として読み取れません"),
        ({"since": "0001-01-01"}, "2000年から2100年まで"),
        ({"since": "2026-04-02", "until": "2026-04-01"}, "後の日を入力してください"),
        ({"kind": "nothing"}, "選べません。一覧から選び直してください。"),
        ({"words": "長" * 201}, "200"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_stays_in_the_field(record, query, message):
    page = record(**query)
    assert message in "".join(page.texts(".errorlist"))
    (name, value), *_ = list(query.items())[-1:]
    assert value in page.html or name == "kind"


def test_an_entry_says_all_in_words(record):
    (entry,) = record(kind="changed").all(".history-entry")
    words = "".join(entry.text_content().split())
    for each in (
        "2026年5月1日10:00事務花子さん",
        "変更窓口",
        "訂正の理由:<b>移転</b>",
        "古い03-1111",
    ):
        assert each in words


@pytest.mark.parametrize(
    ("roles", "status", "names"),
    [
        (["事務局"], 200, ["窓口", "質問二", "質問一"]),
        (["システム管理"], 200, ["利用者"]),
        (["事務局", "システム管理"], 200, ["利用者", "窓口", "質問二", "質問一"]),
        (["閲覧"], 403, []),
    ],
)
def test_each_role_reads_what_it_may_see_elsewhere(client, four_entries, roles, status, names):
    client.force_login(hire("誰か", *roles))
    response = client.get("/admin/record/", secure=True)
    assert response.status_code == status
    assert (found(Page(response)) if status == 200 else []) == names
    home = Page(client.get("/admin/", secure=True))
    shown = [
        name
        for name in reversed(ENTRIES)
        if name in "".join(home.texts("[aria-labelledby=recent-changes] li"))
    ]
    assert shown == names
    offered = "".join(home.texts("[aria-labelledby=recent-changes] h2"))
    assert offered == ("最近の変更" if status == 200 else "")


@pytest.mark.usefixtures("four_entries")
def test_a_filter_offers_no_name_from_entries_that_one_may_not_see(client):
    client.force_login(hire("管理", "システム管理"))
    page = Page(client.get("/admin/record/", secure=True))
    assert "事務 花子" not in page.html
    assert "よくあるご質問" not in "".join(page.texts("#id_model_name"))


@pytest.mark.usefixtures("four_entries")
def test_who_is_not_signed_in_sees_nothing(client):
    response = client.get("/admin/record/", secure=True)
    assert response.status_code == 302
    assert "login" in response.headers["Location"]


def test_it_is_paged_keeps_the_filter_and_asks_the_database_as_often(record, faq, admin_user):
    with CaptureQueriesContext(connection) as few:
        record(kind="changed")
    for number in range(ENTRIES_ON_A_PAGE + 1):
        RecordedChange.write(admin_user, ChangeKind.CHANGED, faq, name=f"n{number}")
    with CaptureQueriesContext(connection) as many:
        page = record(kind="changed")
    assert len(page.all(".history-entry")) == ENTRIES_ON_A_PAGE
    assert len(many) == len(few)
    older = page.all(".history-pages a")[0].get("href")
    assert older == "?kind=changed&p=2"
    assert len(record(kind="changed", p="2").all(".history-entry")) == 2
    assert len(record(kind="changed", print="1").all(".history-entry")) == ENTRIES_ON_A_PAGE + 2


def test_an_entry_about_a_model_that_is_gone_stays_readable(record):
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO editing_recordedchange (at, "by", kind, key, model_name, name, whole_key, whole_name,'
            " says, reason, differences, words, step)"
            " VALUES ('2026-01-01', 'だれか', 'changed', 'products.badge 3', '認定', '古い認定', '', '', '', '',"
            " '[]', '', '00000000000000000000000000000001')"
        )
    page = record(by="だれか")
    assert "古い認定" in page.texts(".history-entry")[0]


def test_no_page_changes_the_record(record, client):
    assert client.post("/admin/record/", {}, secure=True).status_code == 405
