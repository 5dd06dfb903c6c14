"""A file chosen in the form of a document: looked at once, confirmed, and kept while the form comes back."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from editing.chosen_files import LIFE, MOST_OF_A_PERSON
from products import pdf as pdf_module
from products.models import Document
from tests.admin_forms import sent_by
from tests.factories import pdf
from tests.html import Page, squeezed
from tests.products.test_pdf import LAUNCH, PRINT, SCRIPT

pytestmark = pytest.mark.django_db
ADD = "/admin/products/document/add/"
FIELDS = {
    "title": "ご案内",
    "code": "guide",
    "kind": "other",
    "public_from_0": "2026-11-20",
    "order": "1",
}
ASKED = "次のことを確かめてください。まだ保存していません。"


@pytest.fixture(autouse=True)
def today(set_clock) -> None:
    set_clock("2026-11-27T10:00")


def chosen(content: bytes, name: str = "案内 最新.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def send(client, page: Page | None = None, at: str = ADD, **changes) -> Page:
    """Send the form, as the page shows it, with the changes; return the page that comes next."""
    page = page or Page(client.get(at, secure=True))
    data = {name: values[-1] for name, values in sent_by(page).items()}
    data = {name: value for name, value in data.items() if name not in ("_save", "_preview")}
    return Page(client.post(at, data | {"_save": ""} | changes, secure=True, follow=True))


def with_an_error(client, content: bytes, **changes) -> Page:
    """Choose the file in a form that comes back, because the title is missing."""
    return send(client, **FIELDS | {"title": "", "file": chosen(content)} | changes)


def at_the_file(page: Page) -> str:
    return page.texts(".field-file")[0]


def kept() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "kept"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_is_looked_at_once_a_press_before_the_transaction(admin_client, monkeypatch):
    looked = []
    base = len(connection.savepoint_ids)

    def traits(content: bytes) -> tuple[str, ...]:
        looked.append(len(connection.savepoint_ids) - base)
        return ()

    monkeypatch.setattr(pdf_module, "_traits", traits)
    page = with_an_error(admin_client, pdf())
    assert looked == [0]
    send(admin_client, page, title="ご案内")
    assert looked == [0, 0]
    assert Document.objects.filter(code="guide").exists()


def test_a_file_survives_an_error_in_another_field(admin_client):
    page = with_an_error(admin_client, pdf(pages=3))
    assert squeezed("選んだファイル:案内 最新.pdf(まだ保存していません)") in at_the_file(page)
    page = send(admin_client, page, title="ご案内", public_from_0="32日")
    assert squeezed("案内 最新.pdf") in at_the_file(page)
    page = send(admin_client, page, public_from_0="2026-11-20")
    assert "追加しました" in page.text
    document = Document.objects.get(code="guide")
    assert document.file.read() == pdf(pages=3)
    assert document.file_name == "案内 最新.pdf"


def test_a_second_press_stores_nothing_twice(admin_client):
    page = with_an_error(admin_client, pdf())
    send(admin_client, page, title="ご案内")
    assert "すでに保存されています" in send(admin_client, page, title="ご案内").text
    assert Document.objects.filter(code="guide").count() == 1


def test_a_different_file_takes_its_place(admin_client):
    page = with_an_error(admin_client, pdf(pages=3))
    page = send(admin_client, page, file=chosen(pdf(pages=4), "新しい.pdf"))
    assert "選んだファイル:新しい.pdf" in at_the_file(page)
    assert len(kept()) == 1
    send(admin_client, page, title="ご案内")
    assert Document.objects.get(code="guide").file.read() == pdf(pages=4)


def test_a_chosen_file_can_be_left_out(admin_client):
    page = with_an_error(admin_client, pdf())
    changes = {"title": "ご案内", "url": "https://example.com/", "_drop-file": "on"}
    assert "追加しました" in send(admin_client, page, **changes).text
    assert not Document.objects.get(code="guide").file


def test_a_refused_file_is_not_kept(admin_client):
    page = with_an_error(admin_client, b"<html>")
    assert squeezed("PDF として読み取れません") in page.text
    assert "選んだファイル" not in page.text
    assert kept() == []


def test_a_file_that_is_gone_is_asked_for_and_nothing_is_saved(admin_client):
    page = with_an_error(admin_client, pdf())
    kept()[0].unlink()
    page = send(admin_client, page, title="ご案内", url="https://example.com/")
    assert "時間がたったため残っていません" in page.text
    assert page.attributes("#id_title", "value") == ["ご案内"]
    assert not Document.objects.filter(code="guide").exists()


@pytest.mark.parametrize("what", ["another person", "another field", "changed"])
def test_a_kept_file_is_that_of_the_person_and_the_field(admin_client, what, monkeypatch):
    page = with_an_error(admin_client, pdf())
    token = page.attributes("input[name=_kept-file]", "value")[0]
    if what == "another person":
        admin_client.force_login(User.objects.create_superuser("jiro"))
    elif what == "another field":
        monkeypatch.setattr("django.db.models.FileField.__str__", lambda field: "other")
    else:
        token = token[:-3]
    data = FIELDS | {"_kept-file": token, "_save": "", "url": "https://example.com/"}
    answer = admin_client.post(ADD, data, secure=True)
    assert "時間がたったため残っていません" in answer.content.decode()


def test_no_url_leads_to_a_kept_file(admin_client):
    with_an_error(admin_client, pdf())
    path = kept()[0].relative_to(settings.MEDIA_ROOT)
    for url in (f"/admin/files/{path}", f"/admin/files/documents/../{path}", f"/media/{path}"):
        assert admin_client.get(url, secure=True).status_code == 404


def test_kept_files_are_few_and_gone_after_a_day(admin_client):
    for pages in range(1, MOST_OF_A_PERSON + 3):
        page = with_an_error(admin_client, pdf(pages))
    assert len(kept()) == MOST_OF_A_PERSON
    long_ago = time.time() - LIFE.total_seconds() - 1
    for path in kept():
        os.utime(path, (long_ago, long_ago))
    page = with_an_error(admin_client, pdf())
    assert len(kept()) == 1
    assert timedelta(days=1) == LIFE
    assert squeezed("選んだファイル:案内 最新.pdf") in page.text


def test_a_disk_that_takes_nothing_loses_the_file_alone(admin_client, monkeypatch):
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    page = with_an_error(admin_client, pdf())
    assert "選んだファイルは残せませんでした。もう一度選んでください。" in page.text
    assert page.attributes("#id_code", "value") == ["guide"]


def test_a_preview_leaves_the_kept_file(admin_client):
    page = with_an_error(admin_client, pdf())
    preview = {"title": "ご案内", "_preview": "1"}
    token = page.attributes("input[name=_kept-file]", "value")[0]
    seen = admin_client.post(ADD, FIELDS | {"_kept-file": token} | preview, secure=True)
    assert "ご案内" in seen.content.decode()
    assert "追加しました" in send(admin_client, page, title="ご案内").text


@pytest.mark.parametrize(
    ("content", "doubt"),
    [
        (pdf(opens=SCRIPT), "開くと動くプログラム(JavaScript)が入っています。"),
        (pdf(opens=LAUNCH), "ほかのプログラムを起動する指示が入っています。"),
        (pdf(attached=True), "ほかのファイルが添付されています。"),
    ],
)
def test_what_a_file_can_do_is_asked_about_and_confirmed_with_the_same_file(
    admin_client, content, doubt
):
    page = send(admin_client, **FIELDS, file=chosen(content))
    said = squeezed(
        f"「案内 最新.pdf」に、{doubt}資料に必要なものか、作成した人に確かめてください。"
    )
    assert ASKED in page.text
    assert said in page.text
    assert not Document.objects.filter(code="guide").exists()
    page = send(admin_client, page)
    assert f"次のことを確認のうえで保存しました。{said}" in page.text
    document = Document.objects.get(code="guide")
    assert document.file.read() == content
    change = reverse("admin:products_document_change", args=[document.pk])
    assert squeezed(f"PDF に、{doubt}") in Page(admin_client.get(change, secure=True)).text
    assert ASKED not in send(admin_client, at=change, title="新しい名前").text


def test_a_different_file_is_asked_about_again(admin_client):
    page = send(admin_client, **FIELDS, file=chosen(pdf(opens=SCRIPT)))
    page = send(admin_client, page, file=chosen(pdf(opens=SCRIPT), "別の案内.pdf"))
    assert ASKED in page.text
    assert "「別の案内.pdf」に、" in page.text


def test_the_form_and_the_message_tell_that_a_file_is_restricted(admin_client, client):
    content = pdf(rights=PRINT, algorithm="AES-256")
    said = "制限付きのPDFです(印刷だけできます)。"
    page = with_an_error(admin_client, content)
    assert said in at_the_file(page)
    page = send(admin_client, page, title="ご案内")
    assert said in page.texts(".messagelist")[0]
    document = Document.objects.get(code="guide")
    change = reverse("admin:products_document_change", args=[document.pk])
    assert said in at_the_file(Page(admin_client.get(change, secure=True)))
    served = client.get("/documents/guide.pdf", secure=True)
    assert b"".join(served) == content


def test_a_pdf_behind_a_few_bytes_is_served_from_where_it_begins(admin_client, client):
    page = send(admin_client, **FIELDS, file=chosen(b"\r\n\r\n" + pdf()))
    assert squeezed("PDF の前にあった 4 バイトの余分なデータを除きました。") in page.text
    served = client.get("/documents/guide.pdf", secure=True)
    assert b"".join(served) == pdf()
    assert served.headers["Content-Type"] == "application/pdf"


def test_a_name_that_a_disk_takes_is_kept_as_it_is(admin_client):
    page = send(admin_client, **FIELDS, file=chosen(pdf(), "a" * 251 + ".pdf"))
    assert "縮めました" not in page.text
    assert Document.objects.get(code="guide").file_name == "a" * 251 + ".pdf"


def test_a_long_name_is_cut_and_the_editor_is_told(admin_client):
    page = send(admin_client, **FIELDS, file=chosen(pdf(), "長" * 200 + ".pdf"))
    name = "長" * 83 + ".pdf"
    assert f"ファイルの名前が長すぎるため、「{name}」に縮めました。" in page.text
    assert Document.objects.get(code="guide").file_name == name


def test_a_draft_holds_the_file_that_was_chosen_before(admin_client):
    page = with_an_error(admin_client, pdf())
    data = {name: values[-1] for name, values in sent_by(page).items()}
    admin_client.post("/admin/draft/", data | {"_path": ADD, "title": "ご案内"}, secure=True)
    page = Page(admin_client.get(ADD, secure=True))
    assert "選んだファイルは、残っていないことがあります。" in page.text
    offered = page.all("form.draft")[0]
    page = Page(admin_client.post(ADD, dict(offered.form_values()) | {"_draft": ""}, secure=True))
    assert squeezed("選んだファイル:案内 最新.pdf") in at_the_file(page)
    send(admin_client, page)
    assert Document.objects.get(code="guide").file_name == "案内 最新.pdf"
