"""The public page that stands beside a form, in a wide window."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect

from tests import tasks
from tests.browser.office import Office, faults_of
from tests.browser.screen import BrowserScreen
from tests.factories import pdf

QUESTION = "サポート機能の対応にかかる費用は、どうなりますか?"
ANSWER = "まだ保存していない回答。"
TABLES = (
    "products_faqentry",
    "products_notice",
    "reversion_version",
    "django_admin_log",
    "editing_savedform",
    "publishing_contentrevision",
)


def shown_in(page: Page) -> FrameLocator:
    """Return the public page in the pane."""
    return page.frame_locator(".preview-pane iframe")


def open_question(screen: BrowserScreen) -> Page:
    screen.follow("よくあるご質問", QUESTION)
    expect(shown_in(screen.page).get_by_role("heading", name=QUESTION)).to_be_in_viewport()
    return screen.page


def rows_of(office: Office) -> list[list[tuple]]:
    with closing(sqlite3.connect(office.checkout / "var" / "db.sqlite3")) as database:
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]  # noqa: S608


@pytest.fixture
def previews(hanako) -> list[str]:
    """The forms that were sent for the pane."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and not request.url.endswith("/admin/draft/"):
            sent.append(request.post_data)

    hanako.page.on("request", note)
    return sent


def test_what_is_typed_shows_beside_the_form_and_is_stored_nowhere(office, hanako, visitor):
    page = open_question(hanako)
    before = rows_of(office)
    hanako.field("回答").select_text()
    page.keyboard.type(ANSWER, delay=20)
    typed = shown_in(page).get_by_text(ANSWER)
    expect(typed).to_be_in_viewport()
    expect(typed).to_have_attribute("data-changed", "")
    expect(hanako.field("回答")).to_be_focused()
    page.keyboard.type("続き。")
    expect(shown_in(page).get_by_text(f"{ANSWER}続き。")).to_be_visible()
    expect(hanako.field("回答")).to_have_value(f"{ANSWER}続き。")
    assert rows_of(office) == before
    assert ANSWER not in visitor("/faq/")


def test_the_page_follows_the_change_and_otherwise_stays_where_it_is(hanako):
    page = open_question(hanako)
    hanako.page.get_by_label("表示するページ").select_option(label="お問い合わせ")
    contact = shown_in(page)
    expect(contact.get_by_role("heading", name="お問い合わせ", level=1)).to_be_attached()
    contact.locator("footer").scroll_into_view_if_needed()
    hanako.fill({"回答": ANSWER})  # which is not on this page
    with page.expect_response(lambda each: each.request.method == "POST"):
        page.get_by_role("button", name="表示を更新").click()
    expect(contact.locator("footer")).to_be_in_viewport()
    page.get_by_label("表示するページ").select_option(label="このページ")
    expect(shown_in(page).get_by_text(ANSWER)).to_be_attached()
    expect(shown_in(page).get_by_role("heading", name=QUESTION)).to_be_in_viewport()


def test_input_that_cannot_be_shown_keeps_the_last_page(hanako):
    tasks.open_desk(hanako, "取扱代理店")
    pane = hanako.page.get_by_role("region", name="公開ページの見え方")
    expect(shown_in(hanako.page).get_by_role("heading", level=1)).to_be_attached()
    hanako.fill({"電話番号": "03-9999-9999"})
    expect(shown_in(hanako.page).get_by_text("03-9999-9999").first).to_be_visible()
    hanako.fill({"電話番号": "でんわ"})
    expect(pane.get_by_role("status")).to_have_text("入力に誤りがあるため、表示を更新できません。")
    expect(shown_in(hanako.page).get_by_text("03-9999-9999").first).to_be_visible()
    assert faults_of(hanako) == []
    hanako.page.set_viewport_size({"width": 1280, "height": 800})
    hanako.fill({"電話番号": "03-8888-8888"})
    expect(shown_in(hanako.page).get_by_text("03-8888-8888").first).to_be_visible()
    expect(pane.get_by_role("status")).to_be_empty()


def test_a_new_notice_has_its_own_page_beside_it(office, hanako):
    before = rows_of(office)
    tasks.write_notice(hanako, {"件名": "説明会のご案内"})
    expect(hanako.page.get_by_role("status")).to_contain_text("公開ページがここに出ます")
    hanako.fill({"本文": "三月に開きます。"})
    shown = shown_in(hanako.page)
    expect(shown.get_by_role("heading", name="説明会のご案内", level=1)).to_be_visible()
    expect(shown.get_by_text("三月に開きます。")).to_be_visible()
    assert rows_of(office) == before


def test_a_day_that_is_picked_is_shown_although_it_is_not_typed(hanako):
    tasks.write_notice(hanako, {"件名": "説明会のご案内", "本文": "三月に開きます。"})
    expect(shown_in(hanako.page).get_by_text("2026年2月10日").first).to_be_attached()
    hanako.fill({"公開開始日時 日付": "2026-02-01"})
    hanako.page.keyboard.press("Tab")  # leaving the field later would be a change too
    expect(shown_in(hanako.page).locator("main")).to_contain_text("2026年2月1日")
    hanako.page.get_by_role("link", name="今日").first.click()
    expect(shown_in(hanako.page).locator("main")).not_to_contain_text("2026年2月1日")


def test_refreshes_do_not_pile_up(hanako, previews):
    page = open_question(hanako)
    del previews[:]
    hanako.field("回答").fill(ANSWER)
    button = page.get_by_role("button", name="表示を更新")
    button.evaluate("button => { for (let times = 0; times < 5; times++) button.click(); }")
    expect(shown_in(page).get_by_text(ANSWER)).to_be_visible()
    page.wait_for_timeout(2000)  # in which nothing more may be sent
    assert len(previews) == 2


def test_a_chosen_file_is_sent_only_when_the_button_is_pressed(hanako, previews):
    fields = {"資料名": "ご案内", "コード": "guide-of-the-pane", "種類": "パンフレット"}
    hanako.follow("資料", "資料を追加").fill(fields)
    hanako.fill({"ファイル": tasks.File("a.pdf", pdf())})
    status = hanako.page.get_by_role("status")
    expect(status).to_contain_text("選んだファイルは")
    sent = len(previews)
    hanako.fill({"資料名": "新しいご案内"})
    hanako.page.wait_for_timeout(2000)  # in which nothing may be sent
    assert len(previews) == sent
    hanako.page.get_by_role("button", name="表示を更新").click()
    expect(shown_in(hanako.page).get_by_text("新しいご案内")).to_be_visible()
    expect(status).to_be_empty()


def test_nothing_in_it_leads_away_or_runs(hanako):
    page = open_question(hanako)
    pane = page.locator(".preview-pane iframe")
    assert pane.get_attribute("sandbox") == "allow-same-origin"
    shown = shown_in(page)
    expect(shown.locator("script, a[href]")).to_have_count(0)
    expect(shown.get_by_text("サイトマップ").first).to_be_attached()
    shown.get_by_text("サイトマップ").first.click()
    page.get_by_label("表示するページ").select_option(label="保険料")
    expect(shown.get_by_role("heading", name="保険料", level=1)).to_be_attached()
    expect(shown.locator(":is(form, button):not([inert])")).to_have_count(0)
    assert len(page.context.pages) == 1


def test_it_is_hidden_until_it_is_wanted_again(hanako, previews):
    page = open_question(hanako)
    page.get_by_role("button", name="表示を隠す").click()
    again = page.get_by_role("button", name="公開ページの見え方を表示")
    expect(again).to_be_focused()
    page.reload()
    expect(again).to_be_visible()
    del previews[:]
    hanako.fill({"回答": ANSWER})
    page.wait_for_timeout(2000)  # in which nothing may be sent
    assert previews == []
    again.press("Enter")
    expect(page.get_by_role("button", name="表示を隠す")).to_be_focused()
    expect(shown_in(page).get_by_text(ANSWER)).to_be_visible()


def test_in_a_narrower_window_it_is_not_there(hanako, previews):
    hanako.page.set_viewport_size({"width": 1199, "height": 800})
    hanako.follow("よくあるご質問", QUESTION).fill({"回答": ANSWER})
    hanako.page.wait_for_timeout(2000)  # in which nothing may be sent
    expect(hanako.page.locator(".preview-pane")).not_to_be_visible()
    assert previews == []
    hanako.page.set_viewport_size({"width": 1200, "height": 800})
    expect(shown_in(hanako.page).get_by_text(ANSWER)).to_be_visible()


def test_without_scripts_the_button_is_all_there_is(office, computers):
    screen = computers.start(office.url, java_script_enabled=False)
    tasks.sign_in(screen, "花子")
    screen.follow("よくあるご質問", QUESTION).fill({"回答": ANSWER})
    expect(screen.page.locator(".preview-pane")).not_to_be_visible()
    screen.in_new_tab("公開ページで確認").says(ANSWER)


def test_an_ended_session_is_told_and_the_input_stays(hanako, computers):
    page = open_question(hanako)
    page.context.clear_cookies(name="sessionid")
    hanako.fill({"回答": ANSWER})
    expect(page.get_by_role("status")).to_contain_text("ログインの時間が切れた")
    expect(hanako.field("回答")).to_have_value(ANSWER)
    (complaints,) = [each for each in computers.complaints if each]
    assert all("403" in each for each in complaints)  # Chromium's own line for the answer
    complaints.clear()


def test_the_keyboard_passes_it_and_scrolls_it(hanako):
    page = open_question(hanako)
    page.get_by_role("button", name="表示を更新").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".preview-pane iframe")).to_be_focused()
    shown = shown_in(page)
    expect(shown.locator("main")).to_be_focused()
    page.keyboard.press("End")
    expect(shown.locator("footer")).to_be_in_viewport()
