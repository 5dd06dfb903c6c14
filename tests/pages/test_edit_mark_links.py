"""The links of edit marks: their fields, the way back, the people who see them, the pages without any."""

import re
from collections import defaultdict
from urllib.parse import parse_qs, quote_plus, urlencode, urlsplit

import pytest

from accounts.roles import EDITORS
from editing.preview import Shown
from pages.models import PageText
from products.models import Notice, PolicyTerm
from products.rollover import prepare_next
from tests.admin_forms import save
from tests.html import Page
from tests.moments import IN_THE_TERM, tokyo
from tests.pages.marked_content import NOW, PATHS, TRACE, fill_content
from tests.pages.page_paths import FILE_PATHS
from tests.people import hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(client, admin_user, set_clock):
    """Return a page as an editor sees it."""
    set_clock(IN_THE_TERM)
    client.force_login(admin_user)
    return lambda path, site=NOW: Page(client.get(site + path, secure=True))


def test_each_mark_leads_to_the_field_that_holds_the_text(marked):
    fill_content()
    places = defaultdict(set)
    for path in PATHS:
        for mark in marked(path).all(".edit-mark, .editor-bar a"):
            url = urlsplit(mark.get("href"))
            places[url.path + "?correct=1" * ("correct=1" in url.query)].add(url.fragment)
    of_texts = sorted(path for path in places if "pagetext" in path)
    assert len(of_texts) > 60
    for path in places.keys() - {*of_texts[3:], "/admin/"}:
        ids = {element.get("id") for element in marked(path, site="").all("[id]")}
        assert places[path] <= ids, path


def test_saving_returns_to_the_sentence_and_says_so_there(marked, client):
    (text,) = PageText.objects.filter(slot="faq-title")
    (mark,) = marked("/faq/").all(f"h1 [id='mark-pages.pagetext-{text.pk}-text-0']")
    response = save(client, mark.get("href"), text="ご質問とお答え")
    (back,) = parse_qs(urlsplit(mark.get("href")).query)["back"]
    assert response.headers["Location"] == back
    page = marked("/faq/")
    assert "変更しました" in page.texts(".editor-bar [role=status]")[0]
    assert page.all(f"h1 [id='{urlsplit(back).fragment}']")


@pytest.mark.parametrize(
    "back",
    ["", "//elsewhere.example/admin/", "https://elsewhere.example/admin/", "/faq/", "admin/"],
)
def test_saving_returns_to_no_page_outside_the_admin(marked, client, back):
    (text,) = PageText.objects.filter(slot="faq-title")
    url = f"/admin/pages/pagetext/{text.pk}/change/?{urlencode({'back': back})}"
    response = save(client, url, text="ご質問とお答え")
    assert response.headers["Location"] == "/admin/pages/pagetext/"


@pytest.mark.parametrize(
    ("path", "selector", "says"),
    [
        ("/insurance/", "#support .edit-mark", "ページの文「保険のご案内:サポート機能の見出し」の「文」"),
        ("/contact/", "#agency .desk-title .edit-mark", "会社・団体「株式会社自動車部品会館」の「会社名」"),
        ("/contact/", "#agency .number .edit-mark", "窓口「取扱代理店(株式会社自動車部品会館)」の「電話番号」"),
    ],
)  # fmt: skip
def test_a_mark_says_what_it_leads_to(marked, path, selector, says):
    mark = marked(path).all(selector)[0]
    assert mark.get("aria-label") == mark.get("title")
    assert mark.get("title").startswith(says), mark.get("title")


def test_the_bar_leads_to_the_title_and_the_description(marked):
    (description,) = PageText.objects.filter(slot="faq-description")
    hrefs = marked("/faq/").attributes(".editor-bar a", "href")
    back = quote_plus(f"{NOW}/faq/")
    assert f"/admin/pages/pagetext/{description.pk}/change/?back={back}#id_text" in hrefs
    assert hrefs[-1] == "/admin/"


def test_links_and_forms_stay_within_the_editors_site(marked):
    page = marked("/insurance/premiums/")
    (action,) = page.attributes("form[action]", "action")
    assert action == f"{NOW}/insurance/premiums/"
    assert f"{NOW}/company/" in page.attributes("footer a", "href")


def test_a_text_in_a_link_has_its_mark_behind_the_link(marked):
    fill_content()
    page = marked("/news/")
    assert not page.all("a a, button a, label a, option a")
    assert page.all(".notices a[href$='/news/1/'] + .edit-mark")


def test_what_assistive_technology_does_not_see_has_its_mark_behind_it(marked):
    page = marked("/insurance/")
    assert not page.all("[aria-hidden=true] a")
    assert page.all(".bars-note > [aria-hidden=true] + .edit-mark")


def test_the_site_of_a_day_has_marks_too_with_its_drafts(marked):
    following = prepare_next(PolicyTerm.objects.get())
    shown = Shown(tokyo("2026-05-01T10:00"), True, tokyo("2025-10-20T00:00"))
    hrefs = marked("/", site=f"/admin/site/{shown.link}").attributes(".edit-mark", "href")
    assert any(
        re.search(rf"/policyterm/{following.pk}/change/\?correct=1&.*#id_premium_rows-0-", href)
        for href in hrefs
    )
    assert not PolicyTerm.objects.get(pk=following.pk).public_from
    assert not any(f"/policyterm/{following.pk}/" in href for href in marked("/").attributes(".edit-mark", "href"))  # fmt: skip


def test_files_are_sent_as_they_are(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    for path in FILE_PATHS:
        response = admin_client.get(f"{NOW}{path}", secure=True)
        assert response.status_code == 200
        assert not re.search(TRACE, b"".join(response).decode()), path


def test_no_trace_is_left_on_public_pages_and_previews(marked, visit):
    marked("/")
    shown = Shown(tokyo(IN_THE_TERM), True, tokyo("2025-11-01T00:00"))
    for path in ("/", shown.url):
        html = visit(path).html
        assert "edit-mark" not in html
        assert "editor-bar" not in html
        assert not re.search(TRACE, html)


def test_only_those_see_marks_who_may_see_the_content(client, set_clock):
    set_clock(IN_THE_TERM)
    assert client.get(f"{NOW}/", secure=True).status_code == 302
    client.force_login(hire("花子"))
    assert client.get(f"{NOW}/", secure=True).status_code == 403
    client.force_login(hire("太郎", EDITORS))
    assert Page(client.get(f"{NOW}/", secure=True)).all(".edit-mark")


def test_only_get_is_answered_and_only_a_link_that_was_made_here(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    assert admin_client.post(f"{NOW}/", secure=True).status_code == 405
    assert admin_client.get("/admin/site/made-up/", secure=True).status_code == 404


@pytest.mark.parametrize(
    "made_up",
    [
        "\ufdd0\ufdd2\ufdd1",
        "\ufdd0\ufdd1",
        "\ufdd0\ufddb\ufddb\ufddc\ufdd3\ufddc\ufdd3\ufdd1",  # of the 99th model
        "\ufdd0\ufdd2\ufddc\ufddb\ufddb\ufddb\ufddb\ufddc\ufdd3\ufdd1",  # of a row that is not there
        "%EF%B7%90%EF%B7%92%EF%B7%91",
    ],
)
def test_a_mark_that_was_made_up_leads_nowhere(marked, made_up):
    Notice.objects.create(
        title="件名", text=f"本文{made_up}", public_from=tokyo("2025-01-01T10:00")
    )
    page = marked(f"/insurance/join/?{urlencode({'on': made_up})}")
    assert page.all(".error-summary")
    assert page.all(".edit-mark")
    assert "件名" in marked("/news/").main


def test_a_page_has_few_queries(admin_client, set_clock, django_assert_max_num_queries):
    fill_content()
    set_clock(IN_THE_TERM)
    for path in ("/insurance/", "/contact/"):
        with django_assert_max_num_queries(60):
            admin_client.get(f"{NOW}{path}", secure=True)


def test_the_home_and_the_chosen_day_lead_to_the_editors_site(admin_client, set_clock):
    set_clock(IN_THE_TERM)
    home = Page(admin_client.get("/admin/", secure=True))
    assert f"{NOW}/" in home.attributes("main a, #content a", "href")
    asked = urlencode({"at_0": "2026-04-01", "at_1": "16:00"})
    page = Page(admin_client.get(f"/admin/preview/?{asked}", secure=True))
    (href,) = [h for h in page.attributes("#content a", "href") if h.startswith("/admin/site/")]
    shown = Page(admin_client.get(href, secure=True))
    assert "2026年4月1日(午後4時)の時点" in shown.text
    assert shown.all(".edit-mark")
