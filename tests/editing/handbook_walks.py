"""The walks through the chapters of the guide, on a ClientScreen: each does the tasks as described.

`public(path, at)` returns what visitors read; tests/editing/test_handbook_walk.py provides it.
"""

from django.test import Client

from accounts.roles import EDITORS
from contacts.models import Desk, DeskRole
from pages.models import Redirect
from products.models import Document, Notice, PolicyTerm
from tests import tasks
from tests.client_screen import ClientScreen, said
from tests.editing.walk_of_record import walk_emptied_list, walk_record
from tests.editing.walks_of_accounts import walk_signing_in, walk_trouble
from tests.editing.walks_of_terms import walk_correction, walk_next_year
from tests.factories import pdf
from tests.moments import tokyo
from tests.people import hire


def desk() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


def walk_telephone(walk, public, settings, set_clock):
    tasks.write_telephone(walk, "取扱代理店", "03-0000-1234")
    walk.in_new_tab("公開ページで確認").says("03-0000-1234")
    assert "03-0000-1234" not in public("/contact/")
    walk.press("保存")
    for path in ("/contact/", "/insurance/", "/faq/"):
        assert "03-0000-1234" in public(path)
    walk.follow("取扱代理店").press("下へ").press("保存")
    assert "千葉・飯島" in public("/contact/")
    walk.follow("取扱代理店").fill({"id_persons-0-DELETE": True}).press("保存")
    assert "担当:飯島" in public("/contact/")


def walk_edit_marks(walk, public, settings, set_clock):
    def follow_mark(title: str) -> None:
        (mark,) = {mark.get("href") for mark in walk.page.all(f'.edit-mark[title="{title}"]')}
        walk.open(mark)

    walk.open().follow("公開ページを見ながら編集する")
    walk.follow("よくあるご質問", around="header")
    follow_mark("ページの文「よくあるご質問:見出しとページの題」の「文」を開く")
    walk.fill({"文": "ご質問と答え"}).press("保存")
    assert "ご質問と答え" in public("/faq/")
    tasks.open_next_year(walk)
    tasks.prepare_next_year(walk)
    tasks.show_site_at(walk, "2026-05-01", "10:00", drafts=True)
    walk.follow("見ながら編集する(別のタブ)")
    assert "2026年5月1日" in walk.page.text
    assert "edit-mark" not in public("/faq/")


def walk_public_desks(walk, public, settings, set_clock):
    walk.open().follow("公的な相談窓口", "公的な相談窓口を追加")
    walk.fill({"窓口の名称": "窓口", "電話番号": "03-0000-0000", "受付時間": "平日"}).press("保存")
    assert "03-0000-0000" in public("/incident/")


def walk_redirects(walk, public, settings, set_clock):
    walk.open().follow("アドレスの転送", "アドレスの転送を追加")
    walk.fill({"これまでのアドレス": "/old/page", "いまのアドレス": "/faq/"}).press("保存")
    assert Redirect.objects.get(path="/old/page").target == "/faq/"


def walk_page_texts(walk, public, settings, set_clock):
    walk.open().follow("ページの文")
    walk.follow("よくあるご質問", around="#changelist-filter")
    walk.follow("見出しとページの題").fill({"文": "{商品名}へのご質問"})
    walk.says("差し込めるもの:{商品名}")
    assert walk.in_new_tab("公開ページで確認").texts("h1") == ["JNX団体サイバー保険へのご質問"]
    walk.press("保存")
    assert "JNX団体サイバー保険へのご質問" in public("/faq/")
    walk.open().follow("お知らせ").follow("お知らせを追加")
    walk.says("文に差し込めるもの")
    walk.fill({"件名": "{商品名}のご案内", "本文": "{保険商品}"}).press("保存")
    walk.says("「{保険商品}」は、この文では使えません")
    walk.fill({"本文": "本文", "公開開始日時 日付": "2025-12-01"}).press("保存")
    walk.open().follow("保険商品").follow("JNX団体サイバー保険")
    walk.fill({"商品名": "例の保険"}).press("保存")
    assert "例の保険のご案内" in public("/news/")
    walk.open().follow("ページの文").follow("検索結果に出る説明", within="ホーム")
    walk.says("公開中の保険期間がないときの文")


def walk_notice(walk, public, settings, set_clock):
    """Without a script, 今日 and 現在 are not there: the fields are filled in."""
    words = {"件名": "年末年始の受付について", "本文": "休みます。\n\nご不便をおかけします。"}
    tasks.write_notice(walk, words)
    tasks.publish_from(walk, "2025年12月15日", "")
    tab = walk.in_new_tab("公開ページで確認")
    assert tab.texts("main h1") == ["年末年始の受付について"]
    walk.fill({"重要": True}).press("保存")
    walk.says("重要なお知らせには、公開終了日時を入力してください")
    walk.fill({"公開終了日時 日付": "2026年1月5日", "公開終了日時 時刻": "午前9時"}).press("保存")
    assert Notice.objects.get().public_from == tokyo("2025-12-15T09:00")
    for at, is_public in (
        ("2025-12-15T08:59", False), ("2025-12-15T09:00", True),
        ("2026-01-05T08:59", True), ("2026-01-05T09:00", False),
    ):  # fmt: skip
        assert ("年末年始の受付について" in public("/faq/", at)) == is_public
    assert "公開予定" in walk.words

    walk.follow("年末年始の受付について").fill({"公開開始日時 日付": "2025-12-01"}).press("保存")
    assert "年末年始の受付について" in public("/news/")
    ends = {"公開終了日時 日付": "2025-12-10", "公開終了日時 時刻": "10:00"}
    walk.follow("年末年始の受付について").fill(ends).press("保存")
    assert "年末年始の受付について" not in public("/news/")
    walk.follow("年末年始の受付について")
    tasks.publish_from(walk, "", "")
    walk.fill(dict.fromkeys(ends, "") | {"重要": False}).press("保存")
    assert "下書き" in walk.words
    assert "年末年始の受付について" not in public("/news/")
    walk.open().follow("お知らせ").follow("年末年始の受付について")
    walk.fill({"本文": "**休業**します。\n- 12月29日から"})
    tab = walk.in_new_tab("公開ページで確認")
    assert (tab.texts("article strong")[-1], tab.texts("article li")) == ("休業", ["12月29日から"])
    walk.open().follow("よくあるご質問").follow("よくあるご質問を追加")
    walk.open().follow("保険期間").follow("2025年4月1日〜2026年4月1日")


def walk_document(walk, public, settings, set_clock):
    def stored_name() -> str:
        return Document.objects.get(code="pamphlet-2026").file.name

    fields = {
        "資料名": "パンフレット", "種類": "パンフレット", "公開開始日時 日付": "2025/12/1",
        "コード": "pamphlet-2026", "ファイル": tasks.File("新しい.pdf", pdf(1)),
    }  # fmt: skip
    tasks.write_document(walk, fields | {"リンク先": "https://example.jp/"})
    walk.press("保存")
    walk.says("ファイルとリンク先の、どちらか一つだけを入力してください")
    walk.fill({"リンク先": ""}).press("保存")  # the file is still there
    assert "/documents/pamphlet-2026.pdf" in public("/documents/")
    before = stored_name()
    new = {"ファイル": tasks.File("新しい.pdf", pdf(2)), "作成日": "令和7年12月1日"}
    walk.follow("パンフレット", within="公開中").fill(new).press("保存")
    assert stored_name() != before
    assert "/documents/pamphlet-2026.pdf" in public("/documents/")
    walk.follow("パンフレット", within="公開中")
    tasks.open_history(walk)
    tasks.go_back(walk)
    walk.press("保存")
    assert stored_name() == before
    first = walk.texts("#result_list tbody th")[0]
    walk.press("下へ")
    second, *_ = walk.texts("#result_list tbody th")
    assert walk.texts("#result_list tbody th")[1] == first
    walk.follow("並び順を変える").fill({first: "1"}).press("保存")
    assert walk.texts("#result_list tbody th")[:2] == [first, second]
    walk.press("元に戻す").follow("資料")
    assert walk.texts("#result_list tbody th")[:2] == [second, first]
    walk.open().follow("法令上の文").open().follow("よくあるご質問")


def walk_searching(walk, public, settings, set_clock):
    tasks.write_notice(walk, {"件名": "飯島の休み", "本文": "本文"})
    walk.press("保存")
    tasks.search(walk, "0120318258")
    walk.says("0120-318-258")
    walk.open().follow("窓口")
    walk.fill({"文章を探す": "飯島"}).press("探す")
    walk.says("「飯島」がある場所(3件)")
    walk.follow("窓口「取扱代理店(株式会社自動車部品会館)」›担当者「飯島」氏名")
    walk.fill({"id_persons-0-name": "青井"}).press("保存")
    assert "青井" in public("/contact/")


def walk_replacing(walk, public, settings, set_clock):
    def both_say(name: str) -> bool:
        return public("/contact/").count(f"担当:{name}") == 2

    tasks.search(walk, "飯島")
    tasks.show_replacement(walk, "青井")
    assert both_say("飯島")
    walk.press("印を付けた場所を置き換える")
    assert both_say("青井")
    walk.press("元に戻す")
    assert both_say("飯島")

    tasks.search(walk, "飯島")
    tasks.show_replacement(walk, "青井")
    walk.press("印を付けた場所を置き換える")
    tasks.open_desk(walk, "取扱代理店")
    tasks.open_history(walk)
    walk.follow("まとめて元に戻す").press("元に戻す")
    assert both_say("飯島")

    tasks.search(walk, "緊急時サポート総合サービス")
    tasks.show_replacement(walk, "緊急時サポートサービス")
    walk.fill({"訂正の理由(必須)": "誤字"})
    assert len(walk.page.all("[name=place]:not(:checked)")) == 1


def walk_undoing(walk, public, settings, set_clock):
    before = desk().telephone
    tasks.write_telephone(walk, "取扱代理店", "03-0000-1234")
    walk.press("保存").follow("取扱代理店")
    tasks.open_history(walk)
    walk.says("事務 花子さん")
    tasks.go_back(walk)
    assert desk().telephone == "03-0000-1234"
    walk.press("保存")
    assert desk().telephone == before

    tasks.write_notice(walk, {"件名": "件名", "本文": "本文"})
    walk.press("保存").follow("件名", within="下書き")
    tasks.open_deletion(walk)
    tasks.confirm_deletion(walk)
    assert not Notice.objects.exists()
    walk.press("元に戻す").follow("件名", within="下書き")
    tasks.open_deletion(walk)
    tasks.confirm_deletion(walk)
    tasks.open_deleted(walk)
    walk.follow("件名").press("保存")
    assert Notice.objects.get().text == "本文"
    walk_emptied_list(walk)

    tasks.open_next_year(walk)
    tasks.prepare_next_year(walk)
    walk.follow("保険期間の画面")
    tasks.open_deletion(walk)
    tasks.confirm_deletion(walk)
    assert PolicyTerm.objects.count() == 1
    walk.follow(tasks.TERM)
    tasks.correct(walk)
    assert "削除" not in {said(link) for link in walk.page.all("a")}
    walk.fill({"補償内容の注記": "直した注記", "訂正の理由(必須)": "誤字"}).press("保存")
    walk.follow(tasks.TERM)
    tasks.open_history(walk)
    tasks.go_back(walk)
    walk.press("保存")
    walk.says("訂正する理由を入力してください")


def walk_two_at_once(walk, public, settings, set_clock):
    client = Client()
    client.force_login(hire("太郎", EDITORS))
    colleague = ClientScreen(client)
    tasks.write_telephone(colleague, "取扱代理店", "03-0000-5678")
    tasks.write_telephone(walk, "取扱代理店", "03-0000-1234")
    walk.in_new_tab("保存")  # the form stays, to be sent once more
    walk.press("保存")
    walk.says("すでに保存されています")

    colleague.press("保存")
    colleague.says("事務 花子さんが保存しました")
    assert desk().telephone == "03-0000-1234"
    walk.words |= colleague.words
    colleague.in_new_tab("保存されている内容を別のタブで開く")
    colleague.press("保存")
    assert desk().telephone == "03-0000-5678"


def walk_checks(walk, public, settings, set_clock):
    walk.open().follow("編集する場所を開く")
    walk.open().fill({"このままでよい理由(必須)": "資料のとおり"}).press("確認済みにする")
    walk.says("このままでよいと確認したもの(1件)")
    walk.press("「確認すること」に戻す")
    assert "このままでよいと確認したもの" not in walk.text
    for model in ("窓口", "保険期間", "サポートデスク", "資料"):
        walk.open().follow(model)
        row = walk.page.all("#result_list tbody th a")[0]
        walk.open(row.get("href"))
    tasks.open_term(walk, tasks.TERM)
    tasks.write_notice(walk, {"件名": "件名", "本文": "本文"})
    walk.press("保存").follow("件名", within="下書き")


WALKS = {
    "はじめに": walk_signing_in,
    "ページを見ながら編集する": walk_edit_marks,
    "電話番号を変える": walk_telephone,
    "ページの見出しや文を直す": walk_page_texts,
    "お知らせを出す": walk_notice,
    "次の年度を準備する": walk_next_year,
    "公開した内容を訂正する": walk_correction,
    "資料を登録・差し替える": walk_document,
    "文章を探す": walk_searching,
    "公的な相談窓口を載せる": walk_public_desks,
    "前のアドレスから案内する": walk_redirects,
    "まとめて置き換える": walk_replacing,
    "間違いを元に戻す": walk_undoing,
    "変更の記録を見る": walk_record,
    "二人で同時に編集したとき": walk_two_at_once,
    "「確認すること」の意味": walk_checks,
    "困ったとき": walk_trouble,
}
