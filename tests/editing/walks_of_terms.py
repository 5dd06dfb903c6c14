"""The walks through the chapters on policy terms: the next year, and corrections."""

from django.test import Client

from products.models import PolicyTerm
from tests import tasks
from tests.html import Page
from tests.premium_tables import TWO_ROWS


def last_draft() -> PolicyTerm:
    return PolicyTerm.objects.get(code="2026")


def walk_next_year(walk, public, settings, set_clock):
    tasks.open_next_year(walk)
    tasks.prepare_next_year(walk)
    check = walk.path
    for link in ("資料を登録する", "窓口の一覧", "保険期間の画面"):
        walk.open(check).follow(link)
    walk.follow("前の保険期間と比べる")
    assert walk.path == check

    walk.follow("表計算ソフトから貼り付ける")
    tasks.compare_premiums(walk, TWO_ROWS.replace("390,000円", "約39万円"))
    walk.says("2行目 年間保険料の下限:「約39万円」は読み取れません")
    assert last_draft().premium_rows.count() == 6
    tasks.compare_premiums(walk, TWO_ROWS)
    assert last_draft().premium_rows.count() == 6
    walk.press("この内容で保存")
    assert last_draft().premium_rows.count() == 2
    walk.open(check.replace("check", "change")).follow("保険料の表を貼り付け")

    walk.open(check).follow("この保険期間が始まる日時のサイトを見る")
    link = walk.page.one("#link-text").text.strip().removeprefix(settings.SITE_URL)
    visitor = Page(Client().get(f"{link}insurance/", secure=True))
    assert "2027年4月1日" in visitor.text
    walk.in_new_tab("別のタブで見る")
    tasks.show_site_at(walk, "2026年5月1日", "", drafts=True)
    walk.says("2026年5月1日(午後4時)のサイト")

    walk.open(check).follow("保険期間の画面")
    walk.fill({"承認番号": "SJ25-0001", "承認日": "2025年10月1日"}).press("保存")
    walk.open(check).follow("保険期間の画面")
    tasks.publish_from(walk, "2026年3月1日", "")
    walk.press("保存")
    walk.open(check).follow("保険期間の画面")
    walk.fill({"補償内容の注記": "変えた注記"}).press("保存")
    walk.open(check).follow("保険期間の画面")
    assert "承認を受けた後に変わったところがあります" in walk.words
    walk.open()
    walk.says("2026年3月1日 午後4時に、保険期間2026年4月1日〜2027年4月1日を公開します")
    assert "2027年4月1日" not in public("/insurance/", "2026-03-01T15:59")
    assert "2027年4月1日" in public("/insurance/terms/2026/", "2026-03-01T16:00")
    walk.open(check).follow("保険期間の画面")
    tasks.publish_from(walk, "", "")
    walk.press("保存")
    assert last_draft().public_from is None


def walk_correction(walk, public, settings, set_clock):
    walk.open().follow("補償", "第三者に対する賠償責任")
    tasks.correct(walk)
    tasks.open_term(walk, tasks.TERM)
    assert not walk.page.all("textarea")
    tasks.correct(walk)
    walk.fill({"補償内容の注記": "直した注記"}).press("保存")
    walk.says("訂正する理由を入力してください")
    walk.in_new_tab("公開ページで確認").says("直した注記")
    assert "直した注記" not in public("/insurance/")
    walk.fill({"訂正の理由(必須)": "写し間違いのため"}).press("保存")
    assert "直した注記" in public("/insurance/")
    assert "写し間違いのため" not in public("/insurance/")
    walk.follow(tasks.TERM)
    tasks.open_history(walk)
    walk.says("訂正の理由:写し間違いのため")
