"""The search over all content: what it finds, what it tells of each place, for whom, and how fast."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from contacts.models import Desk, Organisation, PersonInCharge
from editing.content_models import content_models
from editing.search_page import PLACES_ON_A_PAGE
from products.models import CoverageCategory, FaqEntry, LegalText, Notice, PolicyTerm
from tests.factories import make_fifty_times_more, make_term
from tests.html import Page, squeezed
from tests.moments import IN_THE_TERM, tokyo
from tests.people import hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client: Client, set_clock) -> Callable[..., Page]:
    client.force_login(hire("花子", EDITORS))

    def search(words: str, **parameters: str) -> Page:
        set_clock(IN_THE_TERM)
        query = {"q": words} | parameters
        return Page(client.get("/admin/search/", query, secure=True))

    return search


def names(page: Page) -> list[str]:
    """Return the name of each row and field that was found."""
    return page.texts(".search-hits li > p:first-child")


@pytest.mark.parametrize(
    ("copied", "name", "mark"),
    [
        (
            "*実際には年額でのお支払いとなる為、月額保険料はご参考用として記載しております",
            "保険料の注記",
            "実際には年額でのお支払いとなる為、月額保険料はご参考用として記載しております",
        ),
        (
            "(※中途加入の場合、毎月20日締切で翌月1日(午後4時)〜2026年4月1日(午後4時))",
            "文",
            "※中途加入の場合、毎月",
        ),
        ("〜179,200円", "月額保険料・上限(円)", "179,200円"),
    ],
)
def test_what_was_copied_off_a_page_with_what_stands_beside_it_is_found(search, copied, name, mark):
    page = search(copied)
    assert page.texts("#found") == [f"「{squeezed(copied)}」がある場所はありません"]
    assert "その一部がある場所が" in page.main
    assert any(each.endswith(name) for each in names(page)), names(page)
    assert mark in page.texts(".search-hits mark")
    assert not page.all("[name=new]")  # nothing is replaced by words that do not stand there


def test_words_of_which_little_is_found_are_not_found(search):
    assert not names(search("飯島と千葉と損害保険ジャパンと、どこにもない長い言葉"))


def test_a_person_is_found_at_every_desk(search):
    page = search("飯島")
    assert [name.partition("(")[0] for name in names(page)] == ["窓口「取扱代理店", "窓口「事務局"]
    assert all(name.endswith("›担当者「飯島」氏名") for name in names(page))
    assert page.texts("#found") == ["「飯島」がある場所(2件)"]


@pytest.mark.parametrize(
    ("words", "name", "sentence"),
    [
        ("0120318258", "電話番号", "0120-318-258"),
        ("５４２２ー６３５１", "電話番号", "03-5422-6351"),
        ("ｼﾞｬﾊﾟﾝ株式会社", "会社名", "損害保険ジャパン株式会社"),
        ("WWW.SOMPO-JAPAN", "URL", "https://www.sompo-japan.co.jp/"),
        ("@jnx", "メールアドレス", "@"),
        ("140,230", "年間保険料・下限(円)", "140,230円"),
        ("140230", "年間保険料・下限(円)", "140,230円"),
        ("100億円", "売上高(円)", "10,000,000,000円(100億円)"),
        ("2026年4月1日", "保険期間の終了", "2026年4月1日(午後4時)"),
        ("365日受付", "24時間365日受付", "24時間365日受付(年中無休)"),
        ("平日:午前9時から", "受付開始時刻", "平日:午前9時から午後5時まで"),
        (
            "年末年始は、お休み",
            "土曜日は休み",
            "土・日・祝日・年末年始は、お休みとさせていただきます。",
        ),
        ("保険料は2023年4月", "保険料の注記", "2023年4月"),
    ],
)
def test_fields_of_every_kind_are_searched(search, words, name, sentence):
    Desk.objects.filter(role="secretariat").update(email="office@jnx.example.jp")
    PolicyTerm.objects.update(premium_notes="一つ目\n保険料は2023年4月のものです。")
    page = search(words)
    assert any(each.endswith(name) for each in names(page))
    assert any(squeezed(sentence) in each for each in page.texts(".search-sentence"))


def test_the_code_of_a_choice_is_no_text(search):
    assert Desk.objects.filter(role="agency").exists()
    assert not names(search("agency"))


def test_the_words_are_marked_as_they_are_written(search):
    FaqEntry.objects.create(question="何ですか?", answer="前です。<b>ｻﾎﾟｰﾄ</b>とサポート。後です。")
    page = search("さぽーと")
    (sentence,) = [each for each in page.all(".search-sentence") if "<b>" in each.text_content()]
    assert sentence.text_content() == "<b>ｻﾎﾟｰﾄ</b>とサポート。"
    assert [mark.text_content() for mark in sentence.cssselect("mark")] == ["ｻﾎﾟｰﾄ", "サポート"]


def test_each_place_leads_to_its_field_in_the_form(search, client):
    desk = Desk.objects.get(role="agency")
    PersonInCharge.objects.create(desk=desk, name="青井", order=9)
    category = CoverageCategory.objects.first()
    CoverageCategory.objects.filter(pk=category.pk).update(text="青井の説明")
    category.events.create(title="青井", text="説明", order=99)
    number = category.events.count() - 1
    links = search("青井").attributes(".search-hits li > p:first-child a", "href")
    own = reverse("admin:products_coveragecategory_change", args=[category.pk])
    assert links == [
        reverse("admin:contacts_desk_change", args=[desk.pk]) + "#id_persons-2-name",
        f"{own}?correct=1#id_text",
        f"{own}?correct=1#id_events-{number}-title",
    ]
    for link in links[:1] + links[2:]:
        form = Page(client.get(link, secure=True))
        assert form.document.get_element_by_id(link.partition("#")[2]).get("value") == "青井"


STATES = [
    ({}, "下書き"),
    ({"public_from": "2025-11-01T00:00"}, "公開予定"),
    ({"public_from": "2025-09-01T00:00"}, "公開中"),
    ({"public_from": "2025-08-01T00:00", "public_until": "2025-09-01T00:00"}, "公開終了"),
]


@pytest.mark.parametrize(("period", "state"), STATES)
def test_each_place_says_whether_it_is_public(search, period, state):
    instants = {name: tokyo(at) for name, at in period.items()}
    Notice.objects.create(title="青井のお知らせ", text="本文", **instants)
    (told,) = search("青井").texts(".search-state")
    assert told.startswith(f"{state}掲載するページ:お知らせ")


def test_a_part_is_as_public_as_its_whole(search):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    category = draft.coverage_categories.create(
        kind="liability", short_name="名", title="見出し", text="説明"
    )
    category.events.create(title="青井", text="説明")
    page = search("青井")
    assert page.texts(".search-state")[0].startswith("下書き")
    assert names(page) == [
        "保険期間「2026年4月1日〜2027年4月1日」›補償「見出し」›対象となる事故「青井」見出し"
    ]


def test_each_place_says_on_which_pages_it_stands(search):
    LegalText.objects.create(kind="privacy", text="青井の段落")
    Organisation.objects.create(code="aoi", name="青井", short_name="青井")
    links = search("青井").attributes(".search-state a", "href")
    assert links == ["/company/", "/contact/", "/company/", "/contact/", "/privacy/"]


@pytest.mark.parametrize("words", ["", "  "])
def test_without_words_it_explains_what_to_type(search, words):
    page = search(words)
    assert "電話番号、メールアドレス、金額などを入力してください" in page.text
    assert not page.all(".errornote, .search-hits")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--", "文字か数字を入力してください。"),
        ("あ" * 501, "500文字以下"),
        ("\u200b", "文字か数字を入力してください。"),
    ],
)
def test_words_that_cannot_be_searched_are_told_and_kept(search, words, message):
    page = search(words)
    (error,) = page.texts("#search-error")
    assert squeezed(message) in error
    (box,) = page.all("#search-words")
    assert box.get("aria-describedby") == "search-error"
    assert box.get("value") == words


def test_invisible_characters_of_a_paste_do_not_count(search):
    assert len(names(search("飯\u200b\x00島"))) == 2


def test_nothing_found_says_what_was_searched(search):
    page = search("どこにもない言葉")
    assert page.texts("#found") == ["「どこにもない言葉」がある場所はありません"]
    for model in content_models():
        assert squeezed(str(model._meta.verbose_name)) in page.text


def test_many_places_are_shown_by_pages(search):
    FaqEntry.objects.bulk_create(
        FaqEntry(question=f"青井{number}", answer="答え", order=number) for number in range(120)
    )
    pages = [search("青井", p=number) for number in ("1", "2", "3", "9", "x")]
    assert [len(names(page)) for page in pages] == [50, 50, 20, 20, 50]
    assert "120件のうち51〜100件目" in pages[1].text
    assert pages[1].attributes(".history-pages a", "href") == [
        "?q=%E9%9D%92%E4%BA%95&p=1", "?q=%E9%9D%92%E4%BA%95&p=3",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [EDITORS, VIEWERS])
def test_whoever_edits_or_views_the_content_searches_it(client, role):
    client.force_login(hire("監査", role))
    assert len(names(Page(client.get("/admin/search/?q=飯島", secure=True)))) == 2
    for path in ("/admin/", "/admin/contacts/desk/"):
        page = Page(client.get(path, secure=True))
        assert page.attributes("form[role=search]", "action") == ["/admin/search/"]


def test_who_keeps_the_accounts_does_not_search_the_content(client):
    client.force_login(hire("管理", USER_ADMINISTRATORS))
    assert client.get("/admin/search/?q=飯島", secure=True).status_code == 403
    assert not Page(client.get("/admin/", secure=True)).all("form[role=search]")


@pytest.mark.parametrize(
    ("codenames", "count"),
    [
        (["view_desk", "view_personincharge"], 2),
        (["change_desk", "change_personincharge"], 2),
        (["view_desk"], 0),
        (["view_personincharge", "view_notice"], 0),
        (["view_notice"], 0),
    ],
)
def test_nobody_finds_what_they_may_not_view(client, codenames, count):
    user = User.objects.create_user("person", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    page = Page(client.get("/admin/search/?q=飯島", secure=True))
    assert len(names(page)) == count
    if not count:
        assert "担当者" not in page.text


def test_what_the_box_sends_has_a_url_of_its_own(search, client):
    page = search("")
    assert page.attributes("form[role=search]", "method") == ["post"]
    for sent, url in (
        ("飯\u200b島\n", "/admin/search/?q=%E9%A3%AF%E5%B3%B6"),
        (" ", "/admin/search/"),
    ):
        assert client.post("/admin/search/", {"q": sent}, secure=True).url == url


def test_the_url_of_the_longest_words_is_one_that_the_server_takes(search, client):
    url = client.post("/admin/search/", {"q": "🏳" * 500}, secure=True).url
    (limit,) = re.findall(r"limit_request_line = (\d+)", Path("gunicorn.conf.py").read_text())
    assert len(f"GET {url} HTTP/1.1") < int(limit)


@pytest.mark.parametrize("words", ["貼" * 5000, "--"])
def test_a_text_that_is_too_long_or_empty_is_told_and_kept(search, client, words):
    search("")  # signs in
    response = client.post("/admin/search/", {"q": words}, secure=True)
    assert response.status_code == 200
    page = Page(response)
    assert page.texts("#search-error")
    assert page.attributes("#search-words", "value") == [words]


def test_after_the_session_has_ended_the_words_are_kept(client):
    page = Page(client.post("/admin/search/", {"q": "飯島"}, secure=True))
    assert page.attributes("[name=q]", "value") == ["飯島"]


def test_it_needs_a_sign_in(client):
    assert client.get("/admin/search/?q=飯島", secure=True).url.startswith("/admin/login/")


MOST_QUERIES = 45  # one for each model, and one more for each of those on the page


@pytest.mark.parametrize("words", ["明", "担当", "事故"])
def test_a_search_has_few_queries_with_fifty_times_the_content(search, words):
    make_fifty_times_more()
    search("")  # signing in has queries of its own
    with CaptureQueriesContext(connection) as captured:
        began = time.process_time()
        assert len(names(search(words))) == PLACES_ON_A_PAGE
    assert len(captured) <= MOST_QUERIES
    assert time.process_time() - began < 1
