"""The secretariat's guide: its page, its pictures, and that each of its tasks goes as it says.

Each chapter is walked: links, buttons and fields are found on the screens by the words that the guide
quotes in 「」, and what it quotes has to stand on a screen of the walk.
"""

import re
from base64 import b32decode
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django_otp.oath import totp
from lxml.html import HtmlElement

from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from contacts.models import Desk, DeskRole
from editing import handbook
from editing.findings import content_checks
from editing.history import FIRST
from products.models import Document, Notice, PolicyTerm
from tests.conftest import tokyo
from tests.html import Page, squeezed
from tests.products.test_pdf import pdf

pytestmark = pytest.mark.django_db
GUIDE = handbook.HANDBOOK.read_text(encoding="utf-8")
PASSWORD = "a phrase nobody else would use"  # noqa: S105
NOW = "2025-12-10T10:00"


# The page


def member(name: str, *roles: str) -> User:
    user = User.objects.create_user(
        name, password=PASSWORD, last_name="事務", first_name=name, is_staff=True
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def guide(client, admin_user) -> Page:
    client.force_login(admin_user)
    return Page(client.get("/admin/handbook/", secure=True))


@pytest.mark.parametrize("role", [EDITORS, VIEWERS, USER_ADMINISTRATORS])
def test_everybody_who_signs_in_can_read_it(client, role):
    assert client.get("/admin/handbook/", secure=True).url.startswith("/admin/login/")
    client.force_login(member("hanako", role))
    page = Page(client.get("/admin/handbook/", secure=True))
    assert page.texts("h1") == ["編集の手引き"]
    home = Page(client.get("/admin/", secure=True))
    assert "手引き" in home.texts("#user-tools a[href='/admin/handbook/']")


def test_the_home_leads_to_it(client, admin_user):
    client.force_login(admin_user)
    home = Page(client.get("/admin/", secure=True))
    assert "編集の手引き" in home.texts(".home a[href='/admin/handbook/']")
    assert home.all(".home a[href='/admin/handbook/#checks']")


def test_all_links_within_it_lead_somewhere(guide):
    links = [href[1:] for href in guide.attributes(".handbook a[href^='#']", "href")]
    identified = guide.attributes(".handbook [id]", "id")
    assert set(links) <= set(identified)
    assert len(set(identified)) == len(identified)
    assert guide.texts("nav[aria-labelledby=contents] a") == [
        squeezed(re.sub(r"<.*?>", "", title)) for title in CHAPTERS
    ]


def test_nothing_in_it_needs_a_laxer_policy(guide):
    assert not guide.all(".handbook :is(script, style, [style], [onclick], iframe)")
    assert "'unsafe-inline'" not in guide.response.headers["Content-Security-Policy"]


def test_every_picture_is_there_and_says_what_it_shows(guide):
    pictures = guide.all(".handbook img")
    shown = {each.get("src").removeprefix("/static/") for each in pictures}
    folder = site.BASE_DIR / "static" / "handbook"
    assert shown == {f"handbook/{path.name}" for path in folder.iterdir()}
    assert all(finders.find(name) for name in shown)
    assert all(re.search("[ぁ-ん]", each.get("alt")) for each in pictures)
    total = sum(path.stat().st_size for path in folder.iterdir())
    assert total < 500_000


def test_pictures_have_the_names_that_collected_files_have(client, admin_user, monkeypatch):
    monkeypatch.setattr(handbook, "static", lambda name: f"/static/hashed/{name}")
    client.force_login(admin_user)
    page = Page(client.get("/admin/handbook/", secure=True))
    sources = page.attributes(".handbook img", "src")
    assert sources
    assert all(source.startswith("/static/hashed/handbook/") for source in sources)


def test_every_check_has_its_paragraph(guide):
    explained = {
        heading.cssselect("a")[0].get("id"): squeezed(heading.getnext().text_content())
        for heading in guide.all(".handbook h3")
        if heading.cssselect("a[id^=check-]")
    }
    assert explained.keys() == {f"check-{check.__name__}" for check in content_checks()}
    assert all(len(text) > 40 for text in explained.values())


# What it says, chapter by chapter


def chapters_of(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


CHAPTERS = chapters_of(GUIDE)
LABELS = ("a", "button", "label", "legend", "summary", "option", "th", "td", "dt", "h1", "h2",
          "strong", "textarea")  # fmt: skip


def quoted(text: str) -> set[str]:
    """What stands in 「」, the outer ones of nested pairs; not in the descriptions of pictures."""
    text = re.sub(r"!\[[^\]]*\]", "", text)
    found, start, depth = set(), 0, 0
    for place, character in enumerate(text):
        if character == "「":
            start = start if depth else place + 1
            depth += 1
        elif character == "」":
            depth -= 1
            if not depth:
                found.add(squeezed(text[start:place]))
    return found - {""}


def said(element: HtmlElement) -> str:
    """The words of a button, link, label or heading, without what only parts or counts."""
    words = element.get("value") if element.tag == "input" else element.text_content()
    return re.sub(r"(:|\(\d+件\))$", "", squeezed(words or ""))


class Walk:
    """What a person does who knows the words of the guide alone: follows links, fills in fields by
    their labels and presses buttons. It keeps the words of all screens that were seen."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.words: set[str] = set()
        self.page: Page
        self.url = ""

    def open(self, url: str = "/admin/", status: int = 200) -> "Walk":
        return self._see(self.client.get(url, secure=True, follow=True), url, status)

    def follow(self, words: str, within: str = "", status: int = 200) -> "Walk":
        """Press the first link with these words; `within` is what stands in its row."""
        links = [
            link
            for link in self.page.all("a[href]")
            if said(link) == squeezed(words)
            and (not within or within in link.xpath("string(ancestor::tr)"))
        ]
        assert links, f"{words}: no such link on {self.url}"
        return self.open(urljoin(self.url, links[0].get("href")), status)

    def press(self, words: str, fields: dict | None = None, status: int = 200) -> "Walk":
        """Press a button after filling in fields, each by its label."""
        buttons = [
            button
            for button in self.page.all("button, input[type=submit]")
            if said(button) == words and "first-button" not in (button.get("class") or "")
        ]
        assert buttons, f"{words}: no such button on {self.url}"
        button = buttons[0]
        form = next(button.iterancestors("form"))
        data: dict = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        for label, value in (fields or {}).items():
            name = self._field(form, label).name
            data.pop(name, None) if value is False else data.update({name: value})
        if button.get("name"):
            data[button.get("name")] = button.get("value") or ""
        action = urljoin(self.url, form.get("action") or "")
        send = self.client.get if form.method == "GET" else self.client.post
        return self._see(send(action, data, secure=True, follow=True), action, status)

    def _field(self, form: HtmlElement, label: str) -> HtmlElement:
        if label.startswith(
            "id_"
        ):  # one of the cells of a table, whose labels are those of columns
            return self.page.document.get_element_by_id(label)
        for each in form.cssselect("label"):
            if said(each) == squeezed(label):
                return self.page.document.get_element_by_id(each.get("for"))
        named = [each for each in form.cssselect("[aria-label]") if each.get("aria-label") == label]
        assert named, f"{label}: no such field on {self.url}"
        return named[0]

    def _see(self, response, url: str, status: int) -> "Walk":
        assert response.status_code == status, f"{url}: {response.status_code}"
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.page = Page(response)
        for element in self.page.all(", ".join(LABELS)) + self.page.all("input[type=submit]"):
            self.words.add(said(element))
        self.words |= {squeezed(link.get("title")) for link in self.page.all("a[title]")}
        # Django writes these two buttons at the fields of days and hours by script.
        if self.page.all(".vDateField"):
            self.words |= {"今日", "現在"}
        return self

    def says(self, words: str) -> bool:
        return squeezed(words) in self.page.text


@pytest.fixture
def walk(client, set_clock) -> Walk:
    set_clock(NOW)
    call_command("createinitialrevisions", comment=FIRST, verbosity=0)
    client.force_login(member("花子", EDITORS))
    return Walk(client)


@pytest.fixture
def public(visit, set_clock) -> Callable[..., str]:
    """What visitors read, now or at another time."""

    def public(path: str, at: str = NOW) -> str:
        text = visit(path, at).text
        set_clock(NOW)
        return text

    return public


def desk() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


def last_draft() -> PolicyTerm:
    return PolicyTerm.objects.get(code="2026")


def names_of_roles() -> set[str]:
    """Who manages users sees them all, at the form of a new one."""
    manager = Walk(Client())
    manager.client.force_login(member("管理", USER_ADMINISTRATORS))
    return manager.open().follow("追加").words


def walk_signing_in(walk, public, settings, set_clock):
    settings.SECOND_FACTOR = True
    name = {"ユーザー名": "花子", "パスワード": PASSWORD}
    walk.client.logout()
    walk.open().press("ログイン", name)
    key = b32decode(walk.page.one(".secret").text.replace(" ", ""))
    walk.press("設定する", {"アプリに表示された6桁の数字": f"{totp(key):06}"})
    code = walk.page.texts(".recovery-codes code")[0]
    walk.follow("控えました。編集をはじめる").follow("アカウント")
    assert "認証アプリを登録し直す" in walk.words
    walk.follow("ホーム").press("ログアウト")
    set_clock("2025-12-10T10:01")  # an app's figures are good for once
    walk.open().press("ログイン", name)
    walk.press("確認する", {"6桁の数字、または回復用コード": f"{totp(key):06}"})
    walk.press("ログアウト")
    walk.open().press("ログイン", name)
    walk.press("確認する", {"6桁の数字、または回復用コード": code})

    # The session ends while somebody types.
    settings.SECOND_FACTOR = False
    walk.words |= names_of_roles()
    walk.follow("窓口").follow("取扱代理店")
    walk.client.logout()
    walk.press("保存", {"電話番号": "03-0000-1234"}, status=403)
    walk.client.force_login(User.objects.get(username="花子"))
    walk.press("入力した内容で続ける")
    assert desk().telephone == "03-0000-1234"


def walk_telephone(walk, public, settings, set_clock):
    walk.open().follow("窓口").follow("取扱代理店")
    new = {"電話番号": "03-0000-1234"}
    form, url = walk.page, walk.url
    walk.press("公開ページで確認", new)
    assert walk.says("03-0000-1234")
    assert "03-0000-1234" not in public("/contact/")
    walk.page, walk.url = form, url
    walk.press("保存", new)
    for path in ("/contact/", "/insurance/", "/faq/"):
        assert "03-0000-1234" in public(path)
    walk.follow("取扱代理店").press("下へ")
    walk.press("保存")
    assert "千葉・飯島" in public("/contact/")
    walk.follow("取扱代理店").press("保存", {"id_persons-0-DELETE": "on"})
    assert "担当:飯島" in public("/contact/")


def walk_notice(walk, public, settings, set_clock):
    """Without a script, 今日 and 現在 are not there: the fields are filled in."""
    words = {"件名": "年末年始の受付について", "本文": "休みます。\n\nご不便をおかけします。"}
    begins = {"公開開始日時 日付": "2025年12月15日", "公開開始日時 時刻": ""}
    walk.open().follow("追加", within="お知らせ")
    form, url = walk.page, walk.url
    walk.press("公開ページで確認", words | begins)
    assert walk.says("年末年始の受付について")
    walk.page, walk.url = form, url
    walk.press("保存", words | begins | {"重要": "on"})
    assert walk.says("重要なお知らせには、公開終了日時を入力してください")
    walk.press("保存", {"公開終了日時 日付": "2026年1月5日", "公開終了日時 時刻": "午前9時"})
    assert Notice.objects.get().public_from == tokyo("2025-12-15T09:00")
    for at, is_public in (
        ("2025-12-15T08:59", False), ("2025-12-15T09:00", True),
        ("2026-01-05T08:59", True), ("2026-01-05T09:00", False),
    ):  # fmt: skip
        assert ("年末年始の受付について" in public("/faq/", at)) == is_public
    assert "公開予定" in walk.words

    walk.follow("年末年始の受付について")
    walk.press("保存", {"公開開始日時 日付": "2025-12-01"})
    assert "年末年始の受付について" in public("/news/")
    walk.follow("年末年始の受付について")
    walk.press("保存", {"公開終了日時 日付": "2025-12-10", "公開終了日時 時刻": "10:00"})
    assert "年末年始の受付について" not in public("/news/")
    walk.follow("年末年始の受付について")
    emptied = ("公開開始日時 日付", "公開開始日時 時刻", "公開終了日時 日付", "公開終了日時 時刻")
    walk.press("保存", dict.fromkeys(emptied, "") | {"重要": False})
    assert "下書き" in walk.words
    assert "年末年始の受付について" not in public("/news/")


TABLE = (
    "1\t10億円\t10億円\t1億円\t-\t-\t150,000円〜310,000円\t12,500円〜25,830円\n"
    "2\t10億円\t10億円\t1億円\t1億円\t1カ月\t390,000円〜840,000円\t32,500円〜70,000円\n"
)


def walk_next_year(walk, public, settings, set_clock):
    walk.open().follow("次年度の保険期間を準備").press("下書きを作る")
    check = walk.url
    for link in ("資料を登録する", "窓口の一覧", "保険期間の画面"):
        walk.open(check).follow(link)
    walk.follow("前の保険期間と比べる")
    assert walk.url == check

    walk.follow("表計算ソフトから貼り付ける")
    walk.press("違いを確かめる", {"貼り付ける表": TABLE.replace("390,000円", "約39万円")})
    assert walk.says("2行目 年間保険料の下限:「約39万円」は読み取れません")
    assert last_draft().premium_rows.count() == 6
    walk.press("違いを確かめる", {"貼り付ける表": TABLE})
    assert last_draft().premium_rows.count() == 6
    walk.press("この内容で保存")
    assert last_draft().premium_rows.count() == 2
    walk.open(check.replace("check", "change")).follow("保険料の表を貼り付け")

    walk.open(check).follow("この保険期間が始まる日時のサイトを見る")
    link = walk.page.one("#link-text").text.strip().removeprefix(settings.SITE_URL)
    visitor = Page(Client().get(f"{link}insurance/", secure=True))
    assert "2027年4月1日" in visitor.text
    form, url = walk.page, walk.url
    walk.follow("別のタブで見る")
    walk.page, walk.url = form, url
    walk.open().follow("日時を選んで公開サイトを見る")
    drafts = "下書きも、公開したものとして表示する"
    walk.press(
        "この日時のサイトを見る",
        {"表示する日時 日付": "2026年5月1日", "表示する日時 時刻": "", drafts: "on"},
    )
    assert walk.says("2026年5月1日(午後4時)のサイト")

    walk.open(check).follow("保険期間の画面")
    number = {"承認番号": "SJ25-0001", "承認日": "2026年2月1日"}
    walk.press("保存", number)
    walk.open(check).follow("保険期間の画面")
    begins = {"公開開始日時 日付": "2026年3月1日", "公開開始日時 時刻": ""}
    walk.press("保存", begins | {"補償内容の注記": "変えた注記"})
    walk.open(check).follow("保険期間の画面")
    assert "承認を受けた後に変わったところがあります" in walk.words
    walk.open()
    assert walk.says("2026年3月1日 午後4時に、保険期間2026年4月1日〜2027年4月1日を公開します")
    assert "2027年4月1日" not in public("/insurance/", "2026-03-01T15:59")
    assert "2027年4月1日" in public("/insurance/terms/2026/", "2026-03-01T16:00")
    walk.open(check).follow("保険期間の画面")
    walk.press("保存", dict.fromkeys(begins, ""))
    assert last_draft().public_from is None


def walk_correction(walk, public, settings, set_clock):
    walk.open().follow("補償").follow("第三者に対する賠償責任").follow("公開した内容を訂正する")
    walk.open().follow("保険期間").follow("2025年4月1日〜2026年4月1日")
    assert not walk.page.all("textarea")
    walk.follow("公開した内容を訂正する")
    walk.press("保存", {"補償内容の注記": "直した注記"})
    assert walk.says("訂正する理由を入力してください")
    form, url = walk.page, walk.url
    walk.press("公開ページで確認")
    assert walk.says("直した注記")
    assert "直した注記" not in public("/insurance/")
    walk.page, walk.url = form, url
    walk.press("保存", {"訂正の理由(必須)": "写し間違いのため"})
    assert "直した注記" in public("/insurance/")
    assert "写し間違いのため" not in public("/insurance/")
    walk.follow("2025年4月1日〜2026年4月1日").follow("変更の記録")
    assert walk.says("訂正の理由:写し間違いのため")


def walk_document(walk, public, settings, set_clock):
    def file(pages: int) -> SimpleUploadedFile:
        return SimpleUploadedFile("新しい.pdf", pdf(pages), "application/pdf")

    walk.open().follow("追加", within="資料")
    fields = {
        "資料名": "パンフレット", "種類": "pamphlet", "公開開始日時 日付": "2025/12/1",
        "コード": "pamphlet-2026", "ファイル": file(1),
    }  # fmt: skip
    walk.press("保存", fields | {"リンク先": "https://example.jp/"})
    assert walk.says("ファイルとリンク先の、どちらか一つだけを入力してください")
    walk.press("保存", {"リンク先": "", "ファイル": file(1)})
    assert "/documents/pamphlet-2026.pdf" in public("/documents/")
    before = Document.objects.get(code="pamphlet-2026").file.name
    walk.follow("パンフレット")
    walk.press("保存", {"ファイル": file(2), "作成日": "令和7年12月1日"})
    assert Document.objects.get(code="pamphlet-2026").file.name != before
    assert "/documents/pamphlet-2026.pdf" in public("/documents/")
    walk.follow("パンフレット").follow("変更の記録").follow("このときの内容に戻す").press("保存")
    assert Document.objects.get(code="pamphlet-2026").file.name == before
    first = walk.page.texts("#result_list tbody th")[0]
    walk.press("下へ")
    assert walk.page.texts("#result_list tbody th")[1] == first


def walk_undoing(walk, public, settings, set_clock):
    before = desk().telephone
    walk.open().follow("窓口").follow("取扱代理店").press("保存", {"電話番号": "03-0000-1234"})
    walk.follow("取扱代理店").follow("変更の記録")
    assert walk.says("事務 花子さん")
    walk.follow("このときの内容に戻す")
    assert desk().telephone == "03-0000-1234"
    walk.press("保存")
    assert desk().telephone == before

    walk.open().follow("追加", within="お知らせ").press("保存", {"件名": "件名", "本文": "本文"})
    walk.follow("件名", within="下書き").follow("削除").press("はい、大丈夫です")
    assert not Notice.objects.exists()
    walk.follow("削除したものを元に戻す").follow("件名").press("保存")
    assert Notice.objects.get().text == "本文"

    walk.open().follow("次年度の保険期間を準備").press("下書きを作る")
    walk.follow("保険期間の画面").follow("削除").press("はい、大丈夫です")
    assert PolicyTerm.objects.count() == 1
    walk.follow("2025年4月1日〜2026年4月1日").follow("公開した内容を訂正する")
    assert "削除" not in {said(link) for link in walk.page.all("a")}
    walk.press("保存", {"補償内容の注記": "直した注記", "訂正の理由(必須)": "誤字"})
    walk.follow("2025年4月1日〜2026年4月1日").follow("変更の記録").follow("このときの内容に戻す")
    walk.press("保存")
    assert walk.says("訂正する理由を入力してください")


def walk_two_at_once(walk, public, settings, set_clock):
    colleague = Walk(Client())
    colleague.client.force_login(member("太郎", EDITORS))
    colleague.open().follow("窓口").follow("取扱代理店")
    walk.open().follow("窓口").follow("取扱代理店")
    form, url = walk.page, walk.url
    walk.press("保存", {"電話番号": "03-0000-1234"})
    walk.page, walk.url = form, url
    walk.press("保存", {"電話番号": "03-0000-1234"})
    assert walk.says("すでに保存されています")

    colleague.press("保存", {"電話番号": "03-0000-5678"})
    assert colleague.says("事務 花子さんが保存しました")
    assert desk().telephone == "03-0000-1234"
    walk.words |= colleague.words
    form, url = colleague.page, colleague.url
    colleague.follow("保存されている内容を別のタブで開く")
    colleague.page, colleague.url = form, url
    colleague.press("保存")
    assert desk().telephone == "03-0000-5678"


def walk_checks(walk, public, settings, set_clock):
    walk.open().follow("編集する場所を開く")
    walk.open().press("確認済みにする", {"このままでよい理由(必須)": "資料のとおり"})
    assert walk.says("このままでよいと確認したもの(1件)")
    walk.press("「確認すること」に戻す")
    assert not walk.says("このままでよいと確認したもの")
    for model in ("窓口", "保険期間", "サポートデスク", "資料"):
        walk.open().follow(model)
        row = walk.page.all("#result_list tbody th a")[0]
        walk.open(row.get("href"))
    walk.open().follow("保険期間").follow("2025年4月1日〜2026年4月1日")
    walk.open().follow("追加", within="お知らせ").press("保存", {"件名": "件名", "本文": "本文"})
    walk.follow("件名", within="下書き")


def walk_trouble(walk, public, settings, set_clock):
    walk.words |= names_of_roles()
    locked = Walk(Client())
    for status in (200, 200, 200, 200, 429):
        locked.open().press("ログイン", {"ユーザー名": "x", "パスワード": "y"}, status)
    walk.words |= locked.words

    walk.open().follow("追加", within="お知らせ")
    walk.press("保存", {"件名": "件名"})
    assert walk.says("件名")
    walk.press("保存", {"本文": "本文", "公開開始日時 日付": "令和8年4月1日"})
    walk.open().follow("お知らせ")
    walk.follow("件名", within="公開予定").press(
        "保存", {"公開開始日時 日付": "", "公開開始日時 時刻": ""}
    )
    walk.open().follow("保険期間").follow("2025年4月1日〜2026年4月1日")
    walk.follow("公開した内容を訂正する")
    row = {"訂正の理由(必須)": "誤字", "id_premium_rows-0-annual_high": "31万円"}
    walk.press("保存", row)
    assert "310,000円" in public("/insurance/premiums/")
    walk.open().follow("パスワードの変更")
    walk.open().follow("アカウント").press("すべての端末からログアウトする")


WALKS = {
    "はじめに": walk_signing_in,
    "電話番号を変える": walk_telephone,
    "お知らせを出す": walk_notice,
    "次の年度を準備する": walk_next_year,
    "公開した内容を訂正する": walk_correction,
    "資料を登録・差し替える": walk_document,
    "間違いを元に戻す": walk_undoing,
    "二人で同時に編集したとき": walk_two_at_once,
    "「確認すること」の意味": walk_checks,
    "困ったとき": walk_trouble,
}


@pytest.mark.parametrize("title", CHAPTERS)
def test_a_chapter_goes_as_it_says_and_quotes_what_stands_on_the_screens(
    title, walk, public, settings, set_clock
):
    WALKS[re.sub(r"<.*?>", "", title)](walk, public, settings, set_clock)
    assert quoted(CHAPTERS[title]) - walk.words == set()
