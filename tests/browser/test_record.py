"""The record of changes on the screen and on paper, and bringing back what was deleted by mistake."""

from playwright.sync_api import expect

from tests import tasks
from tests.browser.office import faults_of


def test_an_emptied_list_is_announced_brought_back_and_recorded(hanako):
    page = hanako.page
    hanako.open("/admin/products/faqentry/")
    rows = page.locator("#result_list tbody tr")
    before = rows.all_inner_texts()
    page.check("#action-toggle")
    page.select_option("[name=action]", "delete_selected")
    hanako.press("実行").says("ページが空になります")
    assert faults_of(hanako) == []
    tasks.confirm_deletion(hanako)
    expect(page.locator(".messagelist")).to_contain_text("削除しました")
    assert faults_of(hanako) == []
    hanako.press("元に戻す")
    assert rows.all_inner_texts() == before

    hanako.open("/admin/record/?kind=added&words=元に戻しました")
    assert faults_of(hanako) == []
    controls = page.locator("#header, .record-filter, .record-link")
    told = page.locator(".history-entry .differences")
    page.emulate_media(media="print")
    for each in controls.all():
        expect(each).not_to_be_visible()
    for each in told.all():
        expect(each).to_be_visible()
    assert told.count() >= len(before)  # others may have brought something back before
    page.emulate_media(media="screen")
