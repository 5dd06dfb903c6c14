"""Looking at an edit before it is saved, and at a day before it comes."""

from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from reversion.models import Version

from accounts.roles import EDITORS, VIEWERS
from contacts.models import Desk, DeskRole
from editing.content_files import export_content
from editing.models import SavedForm
from editing.preview import Shown
from products.models import Notice, PolicyTerm
from products.rollover import prepare_next
from tests import tasks
from tests.admin_forms import form_data, form_url_of
from tests.client_screen import ClientScreen
from tests.html import Page
from tests.moments import tokyo
from tests.people import hire

pytestmark = pytest.mark.django_db
RECORDS = (Version, LogEntry, SavedForm)  # of edits


@pytest.fixture
def preview(admin_client, set_clock):
    """Press 「公開ページで確認」 on the form of a row, with changes."""
    set_clock("2025-10-03T10:00")

    def preview(row, path: str, **changes):
        url = form_url_of(row)
        data = form_data(admin_client, url, _preview="1", _page=path, **changes)
        return admin_client.post(url, data, secure=True)

    return preview


@pytest.mark.parametrize(
    ("path", "changes", "shown"),
    [
        ("/insurance/", {"premium_rows-0-annual_low": "123,450"}, "123,450円"),
        ("/insurance/premiums/", {"premium_rows-0-annual_low": "123,450"}, "123,450円"),
        ("/", {"reasons-0-title": "見出しの案"}, "見出しの案"),
        ("/insurance/terms/2025/", {"eligibility": "条件の案"}, "条件の案"),
    ],
)
def test_the_real_page_shows_the_edit_with_its_rows(preview, path, changes, shown):
    response = preview(PolicyTerm.objects.get(), path, **changes)
    page = Page(response)
    assert shown in page.main
    assert "確認用の表示です。まだ保存していない内容を含みます" in page.text
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert page.attributes('meta[name="robots"]', "content") == ["noindex"]


def test_a_preview_leaves_nothing_behind(preview, admin_client, tmp_path, visit):
    export_content(tmp_path / "before")
    counted = [model.objects.count() for model in RECORDS]
    preview(PolicyTerm.objects.get(), "/", **{"reasons-0-title": "見出しの案"})
    preview(Desk.objects.get(role=DeskRole.AGENCY), "/contact/", telephone="でんわ")
    preview(Desk.objects.get(role=DeskRole.AGENCY), "/contact/", telephone="03-1111-1111")
    assert not Page(admin_client.get("/admin/", secure=True)).all(".messagelist")
    export_content(tmp_path / "after")
    for path in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / path.name).read_text() == path.read_text()
    assert [model.objects.count() for model in RECORDS] == counted
    assert "03-1111-1111" not in visit("/contact/").text


def test_what_is_not_added_yet_is_shown_as_if_it_were_public(admin_client, set_clock):
    set_clock("2025-10-03T10:00")
    data = {"title": "件名の案", "text": "本文の案", "_preview": "1", "_page": "/news/"}
    response = admin_client.post(reverse("admin:products_notice_add"), data, secure=True)
    assert "件名の案" in Page(response).main
    assert not Notice.objects.exists()


def test_the_page_offered_first_for_a_new_notice_is_its_own(admin_client, set_clock):
    set_clock("2025-10-03T10:00")
    screen = ClientScreen(admin_client)
    tasks.write_notice(screen, {"件名": "件名の案", "本文": "本文の案"})
    tab = screen.in_new_tab("公開ページで確認")
    assert tab.page.texts("main h1") == ["件名の案"]
    assert "本文の案" in tab.page.main


def test_the_page_offered_first_is_its_own_where_the_edit_moves_it(admin_client, set_clock):
    set_clock("2025-10-03T10:00")
    screen = ClientScreen(admin_client)
    screen.open(form_url_of(prepare_next(PolicyTerm.objects.get())))
    screen.fill({"コード": "new-code", "補償内容の注記": "注記の案"})
    assert "注記の案" in screen.in_new_tab("公開ページで確認").page.main


def test_a_file_of_a_preview_does_not_stay_on_the_disk(admin_client, settings, set_clock):
    set_clock("2025-10-03T10:00")
    data = {
        "code": "pamphlet",
        "title": "パンフレット",
        "kind": "pamphlet",
        "order": "",
        "file": SimpleUploadedFile("a.pdf", one_page_pdf()),
        "_preview": "1",
        "_page": "/documents/",
    }
    response = admin_client.post(reverse("admin:products_document_add"), data, secure=True)
    assert "パンフレット" in Page(response).main
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def one_page_pdf() -> bytes:
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_an_edit_of_what_is_to_come_is_shown_as_of_then(preview):
    term = prepare_next(PolicyTerm.objects.get())
    term.public_from = tokyo("2026-03-01T09:00")
    term.save()
    page = Page(preview(term, term.get_absolute_url(), **{"premium_rows-0-annual_low": "123,450"}))
    assert "123,450円" in page.main
    assert "2026年3月1日(午前9時)の時点" in page.text


def test_input_that_cannot_be_saved_says_what_to_mend(preview):
    page = Page(preview(PolicyTerm.objects.get(), "/", **{"premium_rows-0-annual_low": "たくさん"}))
    assert "まだ公開ページで確認できません" in page.text
    assert "金額として読み取れません" in page.text


@pytest.mark.parametrize("path", ["/admin/", "/preview/x/", "/nowhere/", "//example.com"])
def test_only_public_pages_are_shown(preview, path):
    response = preview(Desk.objects.get(role=DeskRole.AGENCY), path)
    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "path", "is_there"),
    [
        (EDITORS, "contacts/desk/1/change/", True),
        (EDITORS, "products/notice/add/", True),
        (EDITORS, "products/policyterm/1/change/", False),
        (EDITORS, "products/policyterm/1/change/?correct=1", True),
        (VIEWERS, "contacts/desk/1/change/", False),
    ],
)
def test_the_pane_is_hidden_beside_a_form_that_can_be_saved(
    client, set_clock, role, path, is_there
):
    set_clock("2025-10-03T10:00")
    client.force_login(hire("花子", role))
    page = Page(client.get(f"/admin/{path}", secure=True))
    pane = page.all("section.preview-pane")
    assert [each.get("hidden") for each in pane] == [""] * is_there
    assert len(page.all("script[src$='preview_pane.js']")) == is_there
    offered = page.texts("#preview-page option")
    assert page.texts("#preview-pane-page option") == offered
    assert not is_there or offered[0] == "このページ"


def link(at: str, drafts: bool = False, until: str = "2025-11-01T00:00") -> str:
    return Shown(tokyo(at), drafts, tokyo(until)).url


def test_a_day_is_shown_as_it_will_be_without_an_account(visit):
    page = visit(link("2026-04-01T16:00"))
    assert "満了" in page.main
    assert "確認用の表示です" in page.text
    assert "2026年4月1日(午後4時)の時点" in page.text
    response = page.response
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_links_and_forms_of_a_preview_stay_within_it(visit):
    url = link("2026-04-01T15:59")
    page = visit(url + "insurance/premiums/")
    hrefs = page.attributes("main a, header a, footer a", "href")
    own = [href for href in hrefs if href.startswith("/")]
    assert own
    assert all(href.startswith(url) for href in own)
    actions = page.attributes("form[action]", "action")
    assert actions
    assert all(action.startswith(url) for action in actions)
    answer = visit(url + "insurance/premiums/?turnover=5000000000&profit=yes")
    assert "987,190円" in answer.main


def test_a_draft_is_shown_only_where_that_was_asked_for(visit):
    prepare_next(PolicyTerm.objects.get())
    assert "加入受付中" not in visit(link("2026-05-01T10:00")).main
    page = visit(link("2026-05-01T10:00", drafts=True))
    assert "加入受付中" in page.main
    assert "2027年4月1日" in page.main
    assert "下書きも、公開したものとして表示しています" in page.text
    assert PolicyTerm.objects.exclude(public_from=None).count() == 1
    assert "加入受付中" not in visit("/", at="2026-05-01T10:00").main


def test_a_link_ends(visit):
    url = link("2026-04-01T16:00", until="2025-10-03T10:00")
    assert "期限が切れました" in visit(url, at="2025-10-03T10:00", status=410).text
    visit(url, at="2025-10-03T09:59")


def test_a_link_that_was_changed_is_no_link(visit):
    url = link("2026-04-01T16:00")
    visit(url[:-5] + "AAAA/", status=404)
    visit("/preview/x/", status=404)


def test_a_preview_has_no_page_of_the_admin(visit):
    visit(link("2026-04-01T16:00") + "admin/", status=404)


def test_the_admin_makes_a_link_of_a_day(admin_client, client, set_clock):
    set_clock("2025-10-03T10:00")
    url = reverse("admin:preview")
    query = {"at_0": "2026年4月1日", "at_1": "", "days": "7"}
    page = Page(admin_client.get(url, query, secure=True))
    assert "2026年4月1日(午後4時)のサイト" in page.text
    assert "2025年10月10日(午前10時)まで有効" in page.text
    path = urlsplit(page.one("#link-text").text).path
    assert "満了" in Page(client.get(path, secure=True)).main
    wrong = Page(admin_client.get(url, query | {"at_0": "四月"}, secure=True))
    assert "日付として読み取れません" in wrong.text
    assert wrong.attributes("#id_at_0", "value") == ["四月"]
