"""The office day of the guide with the mistakes of an office, made on purpose.

After each mistake what was typed is still there, the site says at the field what is wrong, and visitors read what was
typed or what they read before.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests import tasks
from tests.browser.office import TODAY, Office, faults_of, paste, refused
from tests.browser.screen import BrowserScreen
from tests.factories import pdf
from tests.serving import making
from tests.tasks import File

AGENCY, INSURER = "取扱代理店", "引受保険会社"
PRINT = 4  # the bit of PDF
UNCONFIRMED = "次のことを確かめてください。まだ保存していません。"
CELLS = "売上高10億円\t140,230円\t305,380円\n売上高50億円\t270,190円\t588,420円"
IN_THOUSANDS = (
    "No\t売上高(百万円)\t賠償(百万円)\t費用(百万円)\t利益\t利益てん補期間"
    "\t年間保険料の下限(千円)\t上限(千円)\t月額の下限(千円)\t上限(千円)\n"
    "1\t1,000\t1,000\t100\t-\t-\t144\t313\t12\t26\n"
    "2\t5,000\t1,000\t100\t-\t-\t276\t601\t23\t50"
)
WITH_LINE_ENDS = (
    '1\t10億円\t10億円\t1億円\t-\t-\t"140,230円〜\n305,380円"\t"11,690円〜\n25,450円"\n'
    '2\t\t\t\t1億円\t1カ月\t"384,230円〜\n837,380円"\t"32,020円〜\n69,780円"'
)


@pytest.fixture(scope="module")
def office(tmp_path_factory, copy_prepared, browser) -> Iterator[Office]:
    """An office of its own: what these days leave behind is in the way of others."""
    checkout = copy_prepared(tmp_path_factory.mktemp("office_day"))
    with making(checkout) as make:
        yield Office(checkout, make, TODAY)


@pytest.fixture
def taro(office, computers) -> BrowserScreen:
    screen = computers.start(office.url)
    tasks.sign_in(screen, "太郎")
    return screen


@pytest.fixture
def draft(hanako) -> str:
    """Prepare the year after the last one; return the name of the term. Its form is open."""
    tasks.open_next_year(hanako)
    tasks.prepare_next_year(hanako)
    told = hanako.page.locator(".messagelist").inner_text()
    hanako.follow("保険期間の画面")
    return re.findall("「(.+?)」", told)[0]


@pytest.fixture
def read_notice(office, computers) -> Callable[[str], str]:
    """Return the text of a notice as a visitor finds and reads it."""

    def read_notice(title: str) -> str:
        return computers.start(office.url).open("/news/").follow(title).main.inner_text()

    return read_notice


def publish_notice(screen: BrowserScreen, title: str, text: str) -> None:
    tasks.write_notice(screen, {"件名": title, "本文": text})
    tasks.publish_from(screen, "2026-02-01", "")
    screen.press("保存")


def add_person(screen: BrowserScreen, desk: str, name: str) -> None:
    """Type a name into a new row of a desk, without saving it."""
    tasks.open_desk(screen, desk)
    screen.page.get_by_role("button", name="担当者を追加").click()
    screen.field("氏名").filter(visible=True).last.fill(name)


# What is pasted and typed


def test_cells_from_excel_stay_apart_on_the_public_page(hanako, read_notice):
    tasks.write_notice(hanako, {"件名": "保険料の目安"})
    paste(hanako.field("本文"), CELLS)
    tasks.publish_from(hanako, "2026-02-01", "")
    hanako.press("保存").says("追加しました")
    public = read_notice("保険料の目安")
    for line in CELLS.splitlines():
        assert line.replace("\t", " ") in public


def test_a_name_is_shown_as_typed_or_refused_where_it_stands(hanako, visitor):
    private = "担当 \ue000島"  # 外字
    add_person(hanako, AGENCY, private)
    hanako.press("保存")
    row = hanako.field("氏名").filter(visible=True).last
    refused(row, "4文字目(「担当 」の次)に、外字などの、ほかの機器では表示できない文字があります")
    expect(row).to_have_value(private)
    assert faults_of(hanako) == []
    names = "𱍐田・𮯰・飯\ufa2a・揺れ🫨"  # CJK extensions H and I, a compatibility ideograph, a new emoji
    row.fill(names)
    hanako.press("保存").says("変更しました")
    assert names in visitor("/contact/")


def test_a_telephone_number_gets_its_hyphens_and_a_wrong_one_stays_in_the_form(hanako, visitor):
    tasks.write_telephone(hanako, INSURER, "0312345678")
    hanako.press("保存").says("変更しました")
    assert "03-1234-5678" in visitor("/contact/")
    tasks.write_telephone(hanako, INSURER, "03-1234-567")
    hanako.press("保存")
    refused(hanako.field("電話番号"), "電話番号の数字が9桁です。「03」で始まる番号は10桁です。")
    expect(hanako.field("電話番号")).to_have_value("03-1234-567")
    assert "03-1234-5678" in visitor("/contact/")


def test_hours_and_days_are_read_as_meant_or_asked_for(hanako, visitor):
    tasks.write_notice(hanako, {"件名": "受付の時刻", "本文": "時刻について。"})
    tasks.publish_from(hanako, "2026年2月1日(月)", "午前12時")
    hanako.press("保存")
    refused(hanako.field("公開開始日時 日付"), "2026年2月1日は日曜日です")
    refused(
        hanako.field("公開開始日時 時刻"), "昼は「正午」か「12:00」、夜は「午前0時」か「24:00」"
    )
    expect(hanako.field("公開開始日時 日付")).to_have_value("2026年2月1日(月)")
    expect(hanako.field("公開開始日時 時刻")).to_have_value("午前12時")
    assert faults_of(hanako) == []
    assert "受付の時刻" not in visitor("/news/")
    for day, hour, understood in (
        ("令和8年2月9日(月曜日)", "正午", "公開開始日時:2026年2月9日(令和8年・月曜日)午後0時"),
        ("2026/2/9", "24:00", "公開開始日時:2026年2月10日(令和8年・火曜日)午前0時"),
    ):
        tasks.publish_from(hanako, day, hour)
        hanako.press("保存").says(understood)
        assert "受付の時刻" in visitor("/news/")
        hanako.follow("受付の時刻")
    hanako.fill({"公開終了日時 日付": "2026-02-10"}).press("保存")
    hanako.says("公開終了日時:2026年2月10日(令和8年・火曜日)の終わり")
    assert "受付の時刻" in visitor("/news/")  # at ten in the morning of that day


# What is added, deleted and ordered


def test_what_was_deleted_is_added_again_and_stands_last(hanako, visitor):
    question = "説明会はありますか?"
    for _ in range(2):
        hanako.open().follow("追加", within="よくあるご質問")
        hanako.fill({"質問": question, "回答": "はい、ございます。"}).press("保存")
        hanako.says("追加しました")
        shown = re.findall(r"^(.+[??])$", visitor("/faq/"), re.MULTILINE)
        assert shown[-1] == question
        hanako.follow(question)
        tasks.open_deletion(hanako)
        tasks.confirm_deletion(hanako)
        assert question not in visitor("/faq/")


def test_a_new_row_stands_last(hanako, visitor):
    add_person(hanako, INSURER, "青井")
    hanako.press("保存").says("変更しました")
    assert "担当:荒木・木村・青井" in visitor("/contact/")


def test_many_that_were_deleted_at_once_come_back_in_their_order(hanako, visitor):
    titles = ("一つ目の案内", "二つ目の案内")
    for title in titles:
        publish_notice(hanako, title, "本文。")
    before = visitor("/news/")
    for title in titles:
        hanako.page.get_by_role("row").filter(has_text=title).get_by_role("checkbox").check()
    hanako.page.locator("[name=action]").select_option(label="選んだお知らせを削除")
    hanako.press("実行")
    expect(hanako.main).to_contain_text(re.compile("2件(すべて)?が消え"))
    assert faults_of(hanako) == []
    assert visitor("/news/") == before
    tasks.confirm_deletion(hanako)
    assert not set(titles) & set(visitor("/news/").splitlines())
    hanako.press("元に戻す").says("元に戻しました")
    assert visitor("/news/") == before


def test_what_is_typed_outlives_the_deletion_by_a_colleague(hanako, taro, visitor, read_notice):
    title, typed = "休業のご案内", "三日から休業します。"
    publish_notice(hanako, title, "本文。")
    hanako.follow(title)
    with hanako.page.expect_response("**/admin/draft/"):
        hanako.fill({"本文": typed})
    taro.open().follow("お知らせ", title)
    expect(taro.page.locator("#colleagues")).to_contain_text("花子さん")
    tasks.open_deletion(taro)
    tasks.confirm_deletion(taro)
    assert title not in visitor("/news/")
    hanako.press("保存")
    expect(hanako.page.locator(".messagelist")).to_contain_text(
        "太郎さんがこのお知らせを削除しました"
    )
    expect(hanako.field("本文")).to_have_value(typed)
    assert title not in visitor("/news/")
    hanako.press("保存").says("追加しました")
    assert typed in read_notice(title)


def test_leaving_a_form_asks_and_the_input_is_offered_again(hanako, visitor):
    kinds: list[str] = []
    hanako.page.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.accept()))
    question, typed = "保険料は月払いですか?", "書きかけの回答です。"
    hanako.follow("よくあるご質問", question)
    with hanako.page.expect_response("**/admin/draft/"):
        hanako.fill({"回答": typed})
    hanako.open()
    assert kinds == ["beforeunload"]
    hanako.follow("よくあるご質問", question)
    hanako.says("保存していない入力が残っています")
    assert faults_of(hanako) == []
    assert typed not in visitor("/faq/")
    hanako.press("続きから入力する")
    expect(hanako.field("回答")).to_have_value(typed)
    hanako.press("保存").says("変更しました")
    assert typed in visitor("/faq/")
    hanako.follow(question)
    expect(hanako.main).not_to_contain_text("保存していない入力が残っています")
    assert kinds == ["beforeunload"]


# Policy terms


def test_a_term_goes_public_by_a_slip_only_after_it_was_asked(hanako, draft, visitor):
    hanako.fill({"承認番号": "SJ26-001", "承認日": "2026年2月11日"})
    tasks.publish_from(hanako, "2020年4月1日", "")
    hanako.press("保存")
    refused(hanako.field("承認日"), "承認日が今日より後の日です。")
    hanako.fill({"承認番号": "", "承認日": ""}).press("保存")
    doubts = (
        "公開開始(2020年4月1日(午後4時))を過ぎているため、すぐに公開されます。",
        "公開開始(2020年4月1日(午後4時))が、保険期間の開始より1年以上前です。",
        "保険料の例の金額が、すべて前の保険期間と同じです。",
        "引受保険会社の承認番号が入力されていません。",
    )
    for each in (UNCONFIRMED, *doubts):
        hanako.says(each)
    expect(hanako.field("公開開始日時 日付")).to_have_value("2020年4月1日")
    path, end = f"/insurance/terms/{draft[:4]}/", draft.partition("〜")[2]
    assert end not in visitor(path)
    hanako.press("保存")
    for each in doubts:
        hanako.says(each)
    assert end in visitor(path)
    hanako.open()
    for each in doubts[1:]:
        hanako.says(f"保険期間{draft}:{each}")


def test_a_pasted_table_is_read_in_its_units_or_refused_at_the_cell(hanako, draft, visitor):
    public = visitor("/insurance/premiums/")
    hanako.follow("保険料の表を貼り付け")
    field = hanako.field("貼り付ける表")
    wrong = IN_THOUSANDS.replace("313", "約313")
    paste(field, wrong)
    hanako.press("違いを確かめる")
    refused(field, "2行目 年間保険料の上限:「約313」は読み取れません")
    expect(field).to_have_value(wrong)
    assert faults_of(hanako) == []
    paste(field, IN_THOUSANDS)
    hanako.press("違いを確かめる")
    for figure in ("144,000円", "601,000円", "5,000,000,000円"):
        hanako.says(figure)
    paste(field, WITH_LINE_ENDS)
    hanako.press("違いを確かめる")
    hanako.says("全部で2行になります。貼り付けた表にない No の行は削除されます。")
    tab = hanako.in_new_tab("公開ページで確認")
    tab.says("837,380円")
    expect(tab.main).not_to_contain_text("1,448,220円")
    hanako.press("この内容で保存").says("保険料の表を保存しました(2行)")
    assert visitor("/insurance/premiums/") == public


def test_a_figure_with_a_mark_is_refused_and_one_ten_times_too_large_is_asked(hanako, draft):
    low = hanako.page.locator("#id_premium_rows-0-annual_low")
    high = hanako.page.locator("#id_premium_rows-0-annual_high")
    was = high.input_value()
    low.fill("140230¹")
    hanako.press("保存")
    refused(low, "金額として読み取れません")
    expect(low).to_have_value("140230¹")
    low.fill("140,230")
    high.fill("3,053,800")
    hanako.press("保存")
    hanako.says(UNCONFIRMED)
    hanako.says("10倍以上です")
    expect(high).to_have_value("3,053,800")
    high.fill(was)
    hanako.press("保存").says("変更しました")


# Documents


def test_a_pdf_is_taken_as_insurers_send_it_and_survives_an_error_beside_it(hanako, visitor):
    long_name = "重要事項のご説明" * 12 + ".pdf"
    tasks.write_document(
        hanako,
        {
            "資料名": "重要事項のご説明", "種類": "重要事項説明書", "コード": "important",
            "公開開始日時 日付": "2026年2月30日", "ファイル": File(long_name, pdf(rights=PRINT, algorithm="AES-256")),
        },
    )  # fmt: skip
    hanako.press("保存")
    refused(hanako.field("公開開始日時 日付"), "実際にある日付を入力してください")
    hanako.says("制限付きの PDF です(印刷だけできます)。")
    hanako.says("ファイルの名前が長すぎるため")
    assert faults_of(hanako) == []
    tasks.publish_from(hanako, "2026年2月1日", "")
    hanako.press("保存").says("追加しました")
    assert "重要事項のご説明" in visitor("/documents/")


def test_a_pdf_that_is_too_large_or_locked_is_refused_and_the_form_stays(hanako, visitor, tmp_path):
    large = tmp_path / "大きい.pdf"
    large.write_bytes(pdf() + b"0" * (21 * 1024 * 1024))
    fields = {
        "資料名": "ご案内",
        "種類": "パンフレット",
        "コード": "large",
        "公開開始日時 日付": "2026-02-01",
    }
    tasks.write_document(hanako, fields)
    hanako.field("ファイル").set_input_files(large)
    hanako.press("保存")
    refused(hanako.field("ファイル"), "20MBまでの PDF を選んでください")
    expect(hanako.field("資料名")).to_have_value("ご案内")
    hanako.fill({"ファイル": File("鍵.pdf", pdf(password="secret"))}).press("保存")
    refused(hanako.field("ファイル"), "パスワードなしで開ける PDF を選んでください")
    expect(hanako.field("資料名")).to_have_value("ご案内")
    assert "ご案内" not in visitor("/documents/")
    hanako.fill({"ファイル": File("新しい.pdf", b"junk" + pdf())}).press("保存")
    hanako.says("余分なデータを除きました")
    assert "ご案内" in visitor("/documents/")


# Accounts


def test_a_wrong_old_password_is_refused_and_the_sign_in_says_whom_to_ask(office, computers):
    screen = computers.start(office.url).open()
    screen.says("「システム管理」の担当者に連絡してください")
    tasks.enter_password(screen, "新人")
    screen.page.get_by_role("link", name="パスワードの変更").click()
    new = "関係のない言葉をいくつか並べたもの"
    screen.fill(
        {"元のパスワード": "x" * 20, "新しいパスワード": new, "新しいパスワード(確認用)": new}
    )
    screen.press("パスワードの変更")
    refused(screen.field("元のパスワード"), "元のパスワードが間違っています")
    assert faults_of(screen) == []
