"""The work of the secretariat, done by what stands on the screen."""

import re
from base64 import b32decode
from collections.abc import Callable, Iterator

import pytest
from django_otp.oath import totp
from playwright.sync_api import Locator, Page, expect

from tests.browser.office import (
    PASSWORD,
    TODAY,
    Computers,
    Office,
    faults_of,
    follow,
    in_another_tab,
    press,
    press_enter,
    says,
    sign_in,
)
from tests.products.test_pdf import pdf
from tests.serving import copy_checkout, making

PREMIUMS = "\n".join(
    f"{number}\t{turnover}億円\t10億円\t1億円\t{profit}\t{low:,}円〜{low + 99_000:,}円\t{low // 12:,}円〜{low // 12 + 8_250:,}円"
    for number, turnover, profit, low in (
        (1, 10, "-\t-", 151_200),
        (2, 10, "1億円\t1カ月", 392_400),
        (3, 50, "-\t-", 283_200),
        (4, 50, "1億円\t1カ月", 494_400),
        (5, 100, "-\t-", 404_400),
        (6, 100, "1億円\t1カ月", 615_600),
    )
)
TURN = ("2026-04-01T15:59", "2026-04-01T16:00")


@pytest.fixture(scope="session")
def office(tmp_path_factory, browser) -> Iterator[Office]:
    checkout = copy_checkout(tmp_path_factory.mktemp("office"))
    with making(checkout) as make:
        yield Office(checkout, make)


@pytest.fixture
def computers(browser, browser_context_args) -> Iterator[Computers]:
    computers = Computers(browser, browser_context_args)
    yield computers
    for context in computers.contexts:
        context.close()
    assert [each for each in computers.complaints if each] == []


@pytest.fixture
def hanako(office, computers) -> Page:
    return sign_in(computers.start(), office.url)


@pytest.fixture
def visitor(office, computers) -> Callable[..., str]:
    """What somebody without an account reads on a page."""

    def visitor(path: str, clock: str = "") -> str:
        page = computers.start()
        page.goto((office.at(clock) if clock else office.url) + path)
        assert page.context.cookies() == []
        return page.get_by_role("main").inner_text()

    return visitor


def open_desk(page: Page, role: str) -> None:
    follow(page, "窓口", role)


def test_the_first_sign_in_sets_up_the_second_factor(office, computers):
    page = sign_in(computers.start(), office.at(TODAY, second_factor="on"), "新人")
    expect(page).to_have_title(re.compile("2段階認証の設定"))
    assert faults_of(page) == []
    key = page.get_by_text(re.compile(r"^([A-Z2-7]{4} ?)+$")).inner_text()
    page.get_by_label("アプリに表示された6桁の数字").fill("12345")
    press(page, "設定する")
    says(page, "アプリにいま表示されている6桁の数字を入力してください")
    assert faults_of(page) == []
    page.get_by_label("アプリに表示された6桁の数字").fill(
        f"{totp(b32decode(key.replace(' ', ''))):06}"
    )
    press(page, "設定する")
    says(page, "この画面は、もう一度表示できません")
    assert faults_of(page) == []
    codes = page.get_by_role("listitem").all_inner_texts()
    assert len(codes) == 10
    follow(page, "控えました。編集をはじめる")
    says(page, "いまの公開状態")
    page.get_by_role("button", name="ログアウト").click()
    assert faults_of(page) == []
    page.get_by_role("link", name="もう一度ログイン").click()
    page.get_by_label("ユーザー名").fill("新人")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン").click()
    expect(page).to_have_title(re.compile("2段階認証"))
    assert faults_of(page) == []
    page.get_by_label("6桁の数字、または回復用コード").fill(codes[3])
    press(page, "確認する")
    says(page, "回復用コードを1つ使いました。残りは9個です。")


def test_a_changed_telephone_number_is_on_the_public_page(office, hanako, visitor):
    assert "03-5422-6351" in visitor("/contact/")
    assert faults_of(hanako) == []
    open_desk(hanako, "取扱代理店")
    assert faults_of(hanako) == []
    hanako.get_by_label("電話番号").fill("03-1234-5678")
    press(hanako, "保存")
    says(hanako, "変更しました")
    assert faults_of(hanako) == []
    shown = visitor("/contact/")
    assert "03-1234-5678" in shown
    assert "03-5422-6351" not in shown


def test_the_next_year_is_prepared_and_changes_everything_at_its_moment(office, hanako, visitor):
    public = visitor("/insurance/")
    assert "140,230円" in public
    follow(hanako, "次年度の保険期間を準備")
    assert faults_of(hanako) == []
    press(hanako, "下書きを作る")
    says(hanako, "下書きで準備しました")
    assert faults_of(hanako) == []

    follow(hanako, "表計算ソフトから貼り付ける")
    table = hanako.get_by_role("textbox", name="貼り付ける表")
    table.fill(PREMIUMS.replace("151,200円", "たくさん"))
    press(hanako, "違いを確かめる")
    says(hanako, "1行目 年間保険料の下限:「たくさん」は読み取れません")
    assert faults_of(hanako) == []
    table.fill(PREMIUMS)
    press(hanako, "違いを確かめる")
    says(hanako, "140,230円")
    says(hanako, "151,200円")
    assert faults_of(hanako) == []
    press(hanako, "この内容で保存")
    says(hanako, "保険料の表を保存しました(6行)")

    follow(hanako, "前の保険期間と比べる", "この保険期間が始まる日時のサイトを見る")
    says(hanako, "2026年4月1日(午後4時)のサイト")
    assert faults_of(hanako) == []
    tab = in_another_tab(hanako, "link", "別のタブで見る")
    tab.get_by_role("navigation").get_by_role("link", name="保険のご案内").first.click()
    says(tab, "151,200円")

    hanako.goto(f"{office.url}/admin/")
    follow(hanako, "保険期間", "2026年4月1日〜2027年4月1日")
    hanako.get_by_label("公開開始日時 日付").fill("2026年4月1日")
    hanako.get_by_label("公開開始日時 時刻").fill("午後4時")
    assert faults_of(hanako) == []
    press(hanako, "保存")
    says(hanako, "公開予定")
    assert faults_of(hanako) == []

    assert visitor("/insurance/") == public
    for clock in TURN:
        office.start(clock)
    before, after = (visitor("/insurance/", clock) for clock in TURN)
    assert "140,230円" in before
    assert "151,200円" not in before
    assert "151,200円" in after
    assert "140,230円" not in after


def test_a_mistake_is_undone(hanako, visitor):
    question, answer = (
        "保険料の目安と実際の保険料が違うことはありますか?",
        "保険料は告知内容によって変わります",
    )
    follow(hanako, "よくあるご質問", question)
    hanako.get_by_label("回答").fill("間違えて貼り付けた文。")
    press(hanako, "保存")
    says(hanako, "変更しました")
    assert "間違えて貼り付けた文。" in visitor("/faq/")
    follow(hanako, question, "変更の記録")
    assert faults_of(hanako) == []
    follow(hanako, "このときの内容に戻す")
    says(hanako, "まだ戻していません")
    assert faults_of(hanako) == []
    press(hanako, "保存")
    says(hanako, "変更しました")
    shown = visitor("/faq/")
    assert answer in shown
    assert "間違えて貼り付けた文。" not in shown


def test_a_deleted_notice_is_recovered(hanako, visitor):
    follow(hanako, "お知らせ", "お知らせ を追加")
    hanako.get_by_label("件名").fill("説明会のご案内")
    hanako.get_by_label("本文").fill("三月に開きます。")
    hanako.get_by_label("公開開始日時 日付").fill("2026-02-01")
    assert faults_of(hanako) == []
    press(hanako, "保存")
    assert "説明会のご案内" in visitor("/news/")
    follow(hanako, "説明会のご案内", "削除")
    assert faults_of(hanako) == []
    press(hanako, "はい、大丈夫です")
    assert "説明会のご案内" not in visitor("/news/")
    follow(hanako, "削除したものを元に戻す")
    assert faults_of(hanako) == []
    follow(hanako, "説明会のご案内")
    assert faults_of(hanako) == []
    press(hanako, "保存")
    assert "説明会のご案内" in visitor("/news/")


def test_a_second_editor_is_shown_what_the_first_has_saved(office, hanako, computers, visitor):
    taro = sign_in(computers.start(), office.url, "太郎")
    for page, telephone in ((hanako, "03-1111-1111"), (taro, "03-2222-2222")):
        open_desk(page, "引受保険会社")
        page.get_by_label("電話番号").fill(telephone)
    press(hanako, "保存")
    says(hanako, "変更しました")
    press(taro, "保存")
    conflict = taro.get_by_role("alert")
    expect(conflict).to_contain_text("花子さん")
    expect(conflict.get_by_role("row", name="電話番号")).to_contain_text(
        "03-1111-1111 03-2222-2222"
    )
    assert faults_of(taro) == []
    assert "03-1111-1111" in visitor("/contact/")
    press(taro, "保存")
    says(taro, "変更しました")
    assert "03-2222-2222" in visitor("/contact/")


def test_an_edit_is_looked_at_on_the_public_page_before_it_is_saved(hanako, visitor):
    follow(hanako, "よくあるご質問", "サポート機能の対応にかかる費用は、どうなりますか?")
    hanako.get_by_label("回答").fill("まだ保存していない回答。")
    tab = in_another_tab(hanako, "button", "公開ページで確認")
    says(tab, "まだ保存していない回答。")
    expect(tab.locator("body")).to_contain_text("まだ保存していない内容を含みます")
    assert "まだ保存していない回答。" not in visitor("/faq/")
    expect(hanako.get_by_label("回答")).to_have_value("まだ保存していない回答。")


def test_an_edit_that_cannot_be_shown_says_why_in_the_other_tab(hanako):
    open_desk(hanako, "取扱代理店")
    hanako.get_by_label("電話番号").fill("でんわ")
    tab = in_another_tab(hanako, "button", "公開ページで確認")
    says(tab, "入力した内容は元のタブに残っています")
    assert faults_of(tab) == []


def test_the_link_of_a_day_opens_for_somebody_without_an_account(hanako, computers):
    follow(hanako, "日時を選んで公開サイトを見る")
    hanako.get_by_label("表示する日時 日付").fill("2026年4月1日")
    hanako.get_by_label("表示する日時 時刻").fill("16:00")
    press(hanako, "この日時のサイトを見る")
    link = hanako.get_by_label("送るためのリンク").input_value()
    insurer = computers.start()
    insurer.goto(link)
    expect(insurer.locator("body")).to_contain_text("2026年4月1日(午後4時)の時点")
    insurer.get_by_role("navigation").get_by_role("link", name="よくあるご質問").first.click()
    expect(insurer.locator("body")).to_contain_text("2026年4月1日(午後4時)の時点")
    assert insurer.context.cookies() == []


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the Tab key until the focus is there."""
    expect(wanted).to_be_visible()
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not reach {wanted}.")


def test_a_telephone_number_is_changed_with_the_keyboard_alone(office, computers, visitor):
    page = computers.start()
    page.goto(f"{office.url}/admin/")
    expect(page.get_by_label("ユーザー名")).to_be_focused()  # which can come after the load
    page.keyboard.type("花子")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    press_enter(page)
    says(page, "いまの公開状態")
    tab_to(page, page.get_by_role("link", name="スキップしてメインコンテンツへ", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="窓口", exact=True))
    press_enter(page)
    tab_to(
        page,
        page.get_by_role("main").get_by_role("link", name="サイバーインシデント対応", exact=True),
    )
    press_enter(page)
    tab_to(page, page.get_by_role("main").get_by_role("textbox", name="電話番号"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("0120-111-222")
    tab_to(page, page.get_by_role("main").get_by_role("button", name="保存", exact=True))
    press_enter(page)
    says(page, "変更しました")
    assert "0120-111-222" in visitor("/contact/")


def questions(shown: str) -> list[str]:
    return re.findall(r"^.+?[??]$", shown, re.MULTILINE)[:2]


def test_a_row_of_a_list_is_moved_with_the_keyboard_alone(hanako, visitor):
    first, second = questions(visitor("/faq/"))
    follow(hanako, "よくあるご質問")
    for way, order in (("下へ", [second, first]), ("上へ", [first, second])):
        tab_to(
            hanako,
            hanako.get_by_role("main").get_by_role(
                "button", name=f"「{first}」を{way}", exact=True
            ),
        )
        press_enter(hanako)
        says(hanako, "並び順を変えました")
        assert questions(visitor("/faq/")) == order
    assert faults_of(hanako) == []


def test_a_row_of_a_form_is_moved_without_scripts(office, computers, visitor):
    page = sign_in(computers.start(java_script_enabled=False), office.url)
    follow(page, "サポートデスク", "サポートデスク")
    rows = page.get_by_role("group", name="特長")
    first, second = (rows.get_by_label("見出し").nth(each).input_value() for each in (0, 1))
    rows.get_by_role("button", name="下へ").first.click()
    says(page, "まだ保存していません")
    shown = visitor("/support-desk/")
    assert shown.index(first) < shown.index(second)
    press(page, "保存")
    says(page, "変更しました")
    shown = visitor("/support-desk/")
    assert shown.index(second) < shown.index(first)


def test_the_enter_key_in_a_text_saves_and_moves_nothing(hanako, visitor):
    follow(hanako, "サポートデスク", "サポートデスク")
    heading = hanako.get_by_role("group", name="特長").get_by_label("見出し").first
    heading.fill("いつでもつながる安心")
    press_enter(hanako)
    says(hanako, "変更しました")
    assert "いつでもつながる安心" in visitor("/support-desk/")


def test_a_refused_upload_keeps_the_form(hanako, visitor):
    follow(hanako, "資料", "資料 を追加")
    hanako.get_by_label("資料名").fill("ご案内")
    hanako.get_by_label("コード").fill("guide")
    hanako.get_by_label("種類").select_option("パンフレット")
    hanako.get_by_label("公開開始日時 日付").fill("2026-02-01")
    file = hanako.get_by_label("ファイル")
    file.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"<html>"})
    press(hanako, "保存")
    says(hanako, "PDF として読み取れません")
    expect(hanako.get_by_label("資料名")).to_have_value("ご案内")
    assert faults_of(hanako) == []
    file.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    press(hanako, "保存")
    says(hanako, "追加しました")
    assert "ご案内" in visitor("/documents/")


def test_who_only_looks_finds_nothing_to_press(office, computers):
    page = sign_in(computers.start(), office.url, "監査")
    buttons = page.get_by_role("main").get_by_role("button")
    for path in (
        ("窓口", "取扱代理店"),
        ("保険期間", "2025年4月1日〜2026年4月1日"),
    ):
        page.goto(f"{office.url}/admin/")
        expect(page.get_by_role("link", name="追加", exact=True)).to_have_count(0)
        follow(page, *path)
        says(page, "閉じる")
        expect(buttons.filter(visible=True)).to_have_count(0)
        assert faults_of(page) == []
