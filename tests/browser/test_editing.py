"""The work of the secretariat, done by what stands on the screen."""

import re

from playwright.sync_api import expect

from tests import tasks
from tests.browser.office import TODAY, faults_of
from tests.browser.screen import BrowserScreen
from tests.factories import pdf
from tests.premium_tables import SIX_ROWS

TURN = ("2026-04-01T15:59", "2026-04-01T16:00")


def follow_in_menu(screen: BrowserScreen, name: str) -> None:
    """Follow a link of the public site's menu."""
    screen.page.get_by_role("navigation").get_by_role("link", name=name).first.click()


def test_the_first_sign_in_sets_up_the_second_factor(office, computers):
    screen = computers.start(office.at(TODAY, second_factor="on"))
    page = screen.page
    tasks.sign_in(screen, "新人")
    expect(page).to_have_title(re.compile("2段階認証の設定"))
    assert faults_of(screen) == []
    expect(page.get_by_text(re.compile(r"^([A-Z2-7]{4} ?)+$"))).to_be_visible()
    key = tasks.authenticator_key(screen)
    tasks.set_up_second_factor(screen, "12345")
    screen.says("アプリにいま表示されている6桁の数字を入力してください")
    assert faults_of(screen) == []
    tasks.set_up_second_factor(screen, tasks.authenticator_code(key))
    screen.says("この画面は、もう一度表示できません")
    assert faults_of(screen) == []
    codes = tasks.finish_set_up(screen)
    assert len(codes) == 10
    screen.says("いまの公開状態")
    screen.press("ログアウト")
    assert faults_of(screen) == []
    screen.follow("もう一度ログイン")
    tasks.enter_password(screen, "新人")
    expect(page).to_have_title(re.compile("2段階認証"))
    assert faults_of(screen) == []
    tasks.enter_code(screen, codes[3])
    screen.says("回復用コードを1つ使いました。残りは9個です。")


def test_a_changed_telephone_number_is_on_the_public_page(office, hanako, visitor):
    assert "03-5422-6351" in visitor("/contact/")
    assert faults_of(hanako) == []
    tasks.open_desk(hanako, "取扱代理店")
    assert faults_of(hanako) == []
    hanako.fill({"電話番号": "03-1234-5678"}).press("保存")
    hanako.says("変更しました")
    assert faults_of(hanako) == []
    shown = visitor("/contact/")
    assert "03-1234-5678" in shown
    assert "03-5422-6351" not in shown


def test_the_next_year_is_prepared_and_changes_everything_at_its_moment(office, hanako, visitor):
    public = visitor("/insurance/")
    assert "140,230円" in public
    tasks.open_next_year(hanako)
    assert faults_of(hanako) == []
    tasks.prepare_next_year(hanako)
    hanako.says("下書きで準備しました")
    assert faults_of(hanako) == []

    hanako.follow("表計算ソフトから貼り付ける")
    tasks.compare_premiums(hanako, SIX_ROWS.replace("150,000円", "たくさん"))
    hanako.says("1行目 年間保険料の下限:「たくさん」は読み取れません")
    assert faults_of(hanako) == []
    tasks.compare_premiums(hanako, SIX_ROWS)
    hanako.says("140,230円")
    hanako.says("150,000円")
    assert faults_of(hanako) == []
    hanako.press("この内容で保存")
    hanako.says("保険料の表を保存しました(6行)")

    hanako.follow("前の保険期間と比べる", "この保険期間が始まる日時のサイトを見る")
    hanako.says("2026年4月1日(午後4時)のサイト")
    assert faults_of(hanako) == []
    tab = hanako.in_new_tab("別のタブで見る")
    follow_in_menu(tab, "保険のご案内")
    tab.says("150,000円")

    tasks.open_term(hanako, tasks.NEXT_TERM)
    tasks.publish_from(hanako, "2026年4月1日", "午後4時")
    assert faults_of(hanako) == []
    hanako.press("保存")
    hanako.says("引受保険会社の承認番号が入力されていません。")
    assert faults_of(hanako) == []
    hanako.press("保存")
    hanako.says("公開予定")
    assert faults_of(hanako) == []

    assert visitor("/insurance/") == public
    for clock in TURN:
        office.start(clock)
    before, after = (visitor("/insurance/", clock) for clock in TURN)
    assert "140,230円" in before
    assert "150,000円" not in before
    assert "150,000円" in after
    assert "140,230円" not in after


def test_a_mistake_is_undone(hanako, visitor):
    question, answer = (
        "保険料の目安と実際の保険料が違うことはありますか?",
        "保険料は告知内容によって変わります",
    )
    hanako.follow("よくあるご質問", question).fill({"回答": "間違えて貼り付けた文。"}).press("保存")
    hanako.says("変更しました")
    assert "間違えて貼り付けた文。" in visitor("/faq/")
    hanako.follow(question)
    tasks.open_history(hanako)
    assert faults_of(hanako) == []
    tasks.go_back(hanako)
    hanako.says("まだ戻していません")
    assert faults_of(hanako) == []
    hanako.press("保存")
    hanako.says("に保存した内容に戻しました")
    shown = visitor("/faq/")
    assert answer in shown
    assert "間違えて貼り付けた文。" not in shown


def test_a_deleted_notice_is_recovered(hanako, visitor):
    tasks.write_notice(hanako, {"件名": "説明会のご案内", "本文": "三月に開きます。"})
    tasks.publish_from(hanako, "2026-02-01", "")
    assert faults_of(hanako) == []
    hanako.press("保存")
    assert "説明会のご案内" in visitor("/news/")
    hanako.follow("説明会のご案内")
    tasks.open_deletion(hanako)
    assert faults_of(hanako) == []
    tasks.confirm_deletion(hanako)
    assert "説明会のご案内" not in visitor("/news/")
    tasks.open_deleted(hanako)
    assert faults_of(hanako) == []
    hanako.follow("説明会のご案内")
    assert faults_of(hanako) == []
    hanako.press("保存")
    assert "説明会のご案内" in visitor("/news/")


def test_a_second_editor_is_shown_what_the_first_has_saved(office, hanako, computers, visitor):
    taro = computers.start(office.url)
    tasks.sign_in(taro, "太郎")
    tasks.write_telephone(hanako, "引受保険会社", "03-1111-1111")
    tasks.write_telephone(taro, "引受保険会社", "03-2222-2222")
    hanako.press("保存")
    hanako.says("変更しました")
    taro.press("保存")
    conflict = taro.page.get_by_role("alert")
    expect(conflict).to_contain_text("花子さん")
    typed = conflict.get_by_role("region", name="あなたの入力")
    expect(typed.get_by_role("row", name="電話番号")).to_contain_text("03-1111-1111 03-2222-2222")
    assert faults_of(taro) == []
    assert "03-1111-1111" in visitor("/contact/")
    taro.press("保存")
    taro.says("変更しました")
    assert "03-2222-2222" in visitor("/contact/")


def test_an_edit_is_looked_at_on_the_public_page_before_it_is_saved(hanako, visitor):
    hanako.follow("よくあるご質問", "サポート機能の対応にかかる費用は、どうなりますか?")
    hanako.fill({"回答": "まだ保存していない回答。"})
    tab = hanako.in_new_tab("公開ページで確認")
    tab.says("まだ保存していない回答。")
    expect(tab.page.locator("body")).to_contain_text("まだ保存していない内容を含みます")
    assert "まだ保存していない回答。" not in visitor("/faq/")
    expect(hanako.field("回答")).to_have_value("まだ保存していない回答。")


def test_an_edit_that_cannot_be_shown_says_why_in_the_other_tab(hanako):
    tasks.write_telephone(hanako, "取扱代理店", "でんわ")
    tab = hanako.in_new_tab("公開ページで確認")
    tab.says("入力した内容は元のタブに残っています")
    assert faults_of(tab) == []


def test_the_link_of_a_day_opens_for_somebody_without_an_account(hanako, computers):
    tasks.show_site_at(hanako, "2026年4月1日", "16:00")
    link = hanako.field("送るためのリンク").input_value()
    insurer = computers.start(link).open("")
    body = insurer.page.locator("body")
    expect(body).to_contain_text("2026年4月1日(午後4時)の時点")
    follow_in_menu(insurer, "よくあるご質問")
    expect(body).to_contain_text("2026年4月1日(午後4時)の時点")
    assert insurer.page.context.cookies() == []


def test_a_refused_upload_keeps_the_form(hanako, visitor):
    fields = {
        "資料名": "ご案内",
        "コード": "guide",
        "種類": "パンフレット",
        "公開開始日時 日付": "2026-02-01",
    }
    hanako.follow("資料", "資料を追加").fill(fields)
    hanako.fill({"ファイル": tasks.File("a.pdf", b"<html>")}).press("保存")
    hanako.says("PDF として読み取れません")
    expect(hanako.field("資料名")).to_have_value("ご案内")
    assert faults_of(hanako) == []
    hanako.fill({"ファイル": tasks.File("a.pdf", pdf())}).press("保存")
    hanako.says("追加しました")
    assert "ご案内" in visitor("/documents/")


def test_who_only_looks_finds_nothing_to_press(office, computers):
    screen = computers.start(office.url)
    tasks.sign_in(screen, "監査")
    buttons = screen.main.get_by_role("button")
    for path in (("窓口", "取扱代理店"), ("保険期間", tasks.TERM)):
        screen.open()
        expect(screen.page.get_by_role("link", name="追加", exact=True)).to_have_count(0)
        screen.follow(*path).says("閉じる")
        expect(buttons.filter(visible=True)).to_have_count(0)
        assert faults_of(screen) == []
