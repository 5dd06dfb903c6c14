"""The home of the admin: for whom, in which states, and how findings are accepted."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import document_fromstring

from contacts.models import Desk
from core.clock import parse_site_clock
from editing.findings import find_all
from editing.models import AcceptedFinding
from products.models import Document, FaqEntry, Notice, PolicyTerm, PremiumRow
from tests.factories import make_fifty_times_more, make_term
from tests.html import Page
from tests.moments import IN_THE_TERM, moment, tokyo

pytestmark = pytest.mark.django_db
SECTIONS = [
    "編集する内容",
    "確認すること",
    "いまの公開状態",
    "これから自動で起こること",
    "よく使う道具",
    "最近の変更",
]


def person(*codenames: str) -> User:
    user = User.objects.create_user("person", is_staff=True, last_name="千葉", first_name="花子")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def home(client: Client, set_clock) -> Callable[..., Page]:
    def home(user: User, at: str = IN_THE_TERM) -> Page:
        set_clock(at)
        client.force_login(user)
        response = client.get("/admin/", secure=True)
        assert response.status_code == 200
        return Page(response)

    return home


def headings(page: Page) -> list[str]:
    return [text.partition("(")[0] for text in page.texts("#content-main section > h2")]


def section(page: Page, name: str) -> str:
    return page.texts(f"section[aria-labelledby={name}]")[0]


def test_what_is_edited_comes_first_then_what_is_to_be_done(home, admin_user):
    page = home(admin_user)
    assert headings(page) == SECTIONS
    before = [link.text_content() for link in page.all(".home-ways a")]
    count = len(find_all(moment(IN_THE_TERM)))
    assert before == ["公開ページを見ながら編集する", f"確認すること({count}件)", "いまの公開状態"]
    captions = page.texts("#app-list ~ .module caption")
    assert captions == ["お問い合わせ先", "商品・サービス", "ページの文", "アカウント"]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2025-01-15T10:00", ["公開中の保険期間はありません", "いま申し込める保険期間はありません"]),
        ("2025-03-01T10:00", ["開始前", "保険期間の開始(2025年4月1日(午後4時))からの補償"]),
        ("2025-03-25T10:00", ["開始前", "取扱代理店への確認を案内しています"]),
        (
            "2025-12-10T10:00",
            ["加入受付中2025年4月1日(午後4時)〜2026年4月1日(午後4時)", "2025年12月20日(土)の申込みまで、2026年1月1日(午後4時)からの補償"],
        ),
        ("2026-03-01T10:00", ["今期の受付終了", "いま申し込める保険期間はありません"]),
        ("2026-11-22T10:00", ["保険期間満了", "いま申し込める保険期間はありません"]),
    ],
)  # fmt: skip
def test_it_says_what_visitors_see(home, admin_user, at, words):
    state = "".join(section(home(admin_user, at), "public-now").split())
    for each in words:
        assert each in state


def test_every_link_of_the_home_leads_somewhere(home, admin_user):
    links = home(admin_user).attributes("#content-main a", "href")
    assert {"/insurance/", "/documents/"} <= set(links)
    assert all(links)


def test_live_notices_are_listed_the_important_ones_first_and_marked(home, admin_user):
    live = {"text": "本文", "public_from": tokyo("2025-10-01T00:00")}
    Notice.objects.create(
        title="休業", important=True, public_until=tokyo("2025-11-01T00:00"),
        text="本文", public_from=tokyo("2025-09-01T00:00"),
    )  # fmt: skip
    notice = Notice.objects.create(title="ご案内", **live)
    Notice.objects.create(title="これから", text="本文", public_from=tokyo("2025-11-01T00:00"))
    page = home(admin_user)
    rows = [row.text_content().split() for row in page.all("#public-now ~ dl li")]
    assert rows == [["重要", "休業", "(2025年10月31日の終わりまで)"], ["ご案内"]]
    assert page.all(f'#public-now ~ dl a[href="{notice.get_absolute_url()}"]')


def test_the_list_tells_the_end_of_a_publication_as_the_home_does(admin_client):
    ends = tokyo("2025-11-01T00:00")
    Notice.objects.create(title="休業", text="本文", public_until=ends)
    listed = Page(admin_client.get("/admin/products/notice/?o=-5", secure=True))
    assert listed.texts("#result_list .field-until")[0] == "2025年10月31日の終わり"


def test_a_pinned_clock_is_told(home, admin_user, settings):
    settings.SITE_CLOCK = parse_site_clock("2025-12-10T10:00")
    assert "時計を2025年12月10日(午前10時)に固定" in section(home(admin_user), "public-now")


@pytest.mark.parametrize("content", ["none", "a draft", "nothing but terms"])
def test_no_content_breaks_the_home(home, admin_user, empty_database, content):
    if content == "a draft":
        make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    if content == "nothing but terms":
        make_term("2025", "2025-04-01T16:00", "2026-04-01T16:00", public_from="2025-02-01T00:00")
    page = home(admin_user)
    assert headings(page) == SECTIONS
    assert "ありません。" in section(page, "public-now")


def test_who_may_only_look_gets_no_buttons(home):
    user = person("view_policyterm", "view_notice", "see_record")
    AcceptedFinding.objects.create(**acceptance_of("desk:secretariat"))
    page = home(user)
    assert headings(page) == SECTIONS
    assert not page.all("#content-main form[method=post]:not(.search-box)")


def test_who_keeps_the_accounts_sees_no_content(home):
    assert headings(home(person("view_user", "change_user"))) == ["管理するもの"]


def finding_of(key: str):
    return next(each for each in find_all(moment(IN_THE_TERM)) if each.key == key)


def acceptance_of(key: str, **changes) -> dict:
    return {
        "key": key,
        "fingerprint": finding_of(key).fingerprint,
        "note": "電話では受け付けない",
        "accepted_at": tokyo("2025-10-02T09:00"),
    } | changes


@pytest.fixture
def post(client: Client, set_clock) -> Callable[..., str]:
    """Send a form as an editor, and see the home that follows."""
    client.force_login(person("view_policyterm", "add_acceptedfinding", "delete_acceptedfinding"))

    def post(url: str, **data: str) -> str:
        set_clock(IN_THE_TERM)
        response = client.post(f"/admin/findings/{url}/", data, secure=True, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return post


def accept(post, **changes: str) -> str:
    key = "desk:secretariat"
    data = {"fingerprint": finding_of(key).fingerprint, "note": "電話では受け付けない"}
    return post("accept", **{"key": key} | data | changes)


def test_an_accepted_finding_is_folded_away_with_note_person_and_time(post):
    open_before = len(find_all(moment(IN_THE_TERM)))
    html = accept(post)
    assert "指摘を確認済みにしました" in html
    assert f"確認すること({open_before - 1}件)" in html
    folded = html.partition("このままでよいと確認したもの(1件)")[2]
    assert "窓口「JNX事務局」" in folded
    assert "理由:電話では受け付けない" in folded
    assert "2025年10月3日(午前10時)" in folded
    assert "千葉 花子" in folded


def test_it_is_open_again_when_what_was_found_changes(post, home, admin_user):
    accept(post)
    Desk.objects.filter(role="secretariat").update(telephone="03-1111-2222")
    page = home(admin_user)
    assert "窓口「JNX事務局」の受付時間が空欄です" in page.texts(".home-findings")[0]
    assert "確認したもの" not in section(page, "findings")


def test_what_lapsed_can_be_accepted_anew(post):
    AcceptedFinding.objects.create(**acceptance_of("desk:secretariat", fingerprint="old"))
    assert "このままでよいと確認したもの(1件)" in accept(post, note="新しい理由")
    assert AcceptedFinding.objects.get().note == "新しい理由"


def test_who_accepts_what_a_colleague_has_just_accepted_is_told_and_the_first_reason_stays(post):
    taro = User.objects.create_user("taro", last_name="事務", first_name="太郎")
    AcceptedFinding.objects.create(**acceptance_of("desk:secretariat", accepted_by=taro))
    html = accept(post, note="別の理由")
    assert "先に事務 太郎さんが確認済みにしています。理由は「電話では受け付けない」のまま" in html
    assert "指摘を確認済みにしました" not in html
    assert AcceptedFinding.objects.get().note == "電話では受け付けない"


def test_a_second_press_of_the_button_is_no_other_acceptance(post):
    accept(post)
    assert "指摘を確認済みにしました" in accept(post)


def test_an_acceptance_is_taken_back(post):
    accept(post)
    html = post("take-back", key="desk:secretariat")
    assert "「確認すること」に戻しました" in html
    assert not AcceptedFinding.objects.exists()


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("", "このままでよい理由を入力してください(300文字まで)。"),
        (" \u200b\n", "このままでよい理由を入力してください(300文字まで)。"),
        ("あ" * 301, "300文字以下で入力してください(いま301文字です)。"),
        ("髙橋\ue000さんに確認", "外字"),
    ],
)
def test_a_refused_reason_comes_back_with_its_fault_at_the_field(post, note, says):
    page = document_fromstring(accept(post, note=note))
    (field,) = page.cssselect(".home-findings details[open] textarea")
    assert field.text_content() == note
    assert says in page.get_element_by_id(field.get("aria-describedby")).text_content()
    assert field.get("maxlength") is None
    assert not AcceptedFinding.objects.exists()


@pytest.mark.parametrize("changes", [{"fingerprint": "other"}, {"key": "nothing"}])
def test_what_changed_meanwhile_is_not_accepted_and_the_reason_stays_with_it(post, changes):
    html = accept(post, **changes)
    assert "その間に内容が変わりました" in html
    assert ("電話では受け付けない</textarea>" in html) is ("fingerprint" in changes)
    assert not AcceptedFinding.objects.exists()


@pytest.mark.parametrize("action", ["accept", "take-back"])
def test_accepting_needs_the_right_and_a_form(client, action):
    path = f"/admin/findings/{action}/"
    assert client.post(path, secure=True).url.startswith("/admin/login/")
    client.force_login(person("view_policyterm", "change_policyterm"))
    assert client.post(path, secure=True).status_code == 403
    assert client.get(path, secure=True).url == "/admin/"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_superuser("root"))
    assert strict.post(path, secure=True).status_code == 403


def test_an_acceptance_outlives_the_account(home, admin_user, post):
    accept(post)
    User.objects.get(username="person").delete()
    assert "(削除された利用者)" in section(home(admin_user), "findings")


MOST_QUERIES = 147  # each check reads what it needs; some read the terms anew


def make_ten_times_more_that_lives() -> None:
    for number in range(10):
        draft = make_term(
            f"draft-{number}", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None
        )
        for row in PremiumRow.objects.filter(term__code="2025"):
            row.pk, row.term = None, draft
            row.save()
        Notice.objects.create(
            title="続く", text="2025年", public_from=tokyo("2026-01-01T00:00"),
            public_until=tokyo("2026-02-01T00:00"),
        )  # fmt: skip
        FaqEntry.objects.create(question=f"{number}つ目", answer="2025年のこと")
        AcceptedFinding.objects.create(key=f"{number}", fingerprint="", note="理由",
                                       accepted_at=tokyo("2025-10-02T09:00"))  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_content(home, admin_user):
    Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-10-01T00:00"))
    draft = make_term("draft", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    for row in PremiumRow.objects.filter(term__code="2025"):
        row.pk, row.term = None, draft
        row.save()
    document = Document(code="a", title="資料", kind="other", file="documents/a.pdf")
    document.save()

    home(admin_user)  # signing in has queries of its own

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            home(admin_user)
        return len(captured)

    before = queries()
    make_fifty_times_more()
    make_ten_times_more_that_lives()
    assert PolicyTerm.objects.count() > 60
    assert queries() == before
    assert before <= MOST_QUERIES
