"""Unsaved input in a real browser: it asks before it leaves, keeps what was typed, and offers it again."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site

QUESTION = "サポート機能の対応にかかる費用は、どうなりますか?"
TYPED = "まだ保存していない、長く考えた回答。"


@pytest.fixture(autouse=True)
def no_draft_of_another_test(office) -> None:
    Site(office.checkout, office.url).execute("DELETE FROM editing_formdraft")


@pytest.fixture
def asked(hanako) -> list[str]:
    """The questions that the browser asked before it left a page; each is answered with yes."""
    kinds: list[str] = []
    hanako.page.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.accept()))
    return kinds


def open_question(hanako) -> Page:
    hanako.follow("よくあるご質問", QUESTION)
    return hanako.page


def test_leaving_unsaved_input_asks_and_the_input_is_offered_again(hanako, asked):
    page = open_question(hanako)
    url = page.url
    with page.expect_response(lambda answer: answer.url.endswith("/admin/draft/")) as kept:
        hanako.field("回答").fill(TYPED)
    assert kept.value.status == 200
    page.goto(url.partition("/admin/")[0] + "/admin/")
    assert asked == ["beforeunload"]
    page.goto(url)
    expect(page.get_by_role("heading", name="保存していない入力が残っています")).to_be_visible()
    page.get_by_role("button", name="続きから入力する").click()
    expect(hanako.field("回答")).to_have_value(TYPED)
    hanako.field("回答").click()  # browsers ask on a page that somebody has touched
    page.goto(url)
    assert asked == ["beforeunload"] * 2  # what came back is still not saved
    page.get_by_role("button", name="残っている入力を消す").click()
    expect(page.get_by_role("heading", name="保存していない入力が残っています")).to_have_count(0)


def test_two_tabs_lose_nothing_to_each_other(hanako):
    page = open_question(hanako)
    url, other = page.url, page.context.new_page()
    other.goto(url)
    for tab, text in ((page, "一つめの回答。"), (other, "二つめの回答。")):
        with tab.expect_response(lambda answer: answer.url.endswith("/admin/draft/")):
            tab.locator("#id_answer").fill(text)
    other.close(run_before_unload=False)
    page.close(run_before_unload=False)

    page = page.context.new_page()
    page.goto(url)
    expect(page.get_by_role("button", name="続きから入力する")).to_have_count(2)
    page.get_by_role("button", name="続きから入力する").first.click()
    expect(page.locator("#id_answer")).to_have_value("二つめの回答。")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(url)
    page.get_by_role("button", name="続きから入力する").click()  # one is left
    expect(page.locator("#id_answer")).to_have_value("一つめの回答。")


def test_what_is_saved_or_was_not_touched_asks_nothing(hanako, asked):
    page = open_question(hanako)
    hanako.field("回答").fill("保存する回答。")
    page.get_by_role("button", name="保存して編集を続ける").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="保存していない入力が残っています")).to_have_count(0)
    page.goto(page.url.partition("/admin/")[0] + "/admin/")
    assert asked == []


def test_what_is_typed_before_the_script_runs_counts(hanako, asked):
    page = open_question(hanako)
    url = page.url
    held: list[Route] = []
    page.route("**/form_draft*.js", lambda route: held.append(route))
    page.goto(url, wait_until="commit")
    page.locator("#id_answer").wait_for()
    page.locator("#id_answer").fill(TYPED)
    with page.expect_response(lambda answer: answer.url.endswith("/admin/draft/")):
        held[0].continue_()
        page.unroute("**/form_draft*.js")
        page.wait_for_load_state()
        page.locator("#id_answer").press("End")
        page.locator("#id_answer").type("。")
    page.goto(url.partition("/admin/")[0] + "/admin/")
    assert asked == ["beforeunload"]
