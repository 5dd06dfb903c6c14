"""The mirror: the whole site as files, as somebody reads it who gets them from any server of files."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse

from contacts.models import Desk, DeskRole
from core.clock import parse_site_clock
from pages.site_map import whole_site
from products.models import Document, Notice
from publishing.mirror import file_name, write_mirror
from tests.factories import pdf
from tests.html import Page
from tests.moments import tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("collected")]

AT = "2025-10-19T23:05"
AS_OF = "これは2025年10月19日(午後11時5分)の時点で作られた控えのページです。"


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "out" / "mirror"


@pytest.fixture
def export(target, set_clock) -> Callable[..., Path]:
    def export(at: str = AT) -> Path:
        set_clock(at)
        call_command("export_site", str(target))
        return target

    return export


@pytest.fixture
def notice() -> Notice:
    return Notice.objects.create(
        title="保険料表を更新しました", text="本文", public_from=tokyo("2025-09-01T10:00")
    )


@pytest.fixture
def document() -> Document:
    file = ContentFile(pdf(pages=1), "pamphlet.pdf")
    return Document.objects.create(
        code="pamphlet", title="パンフレット", kind="pamphlet", file=file,
        public_from=tokyo("2025-06-01T12:00"),
    )  # fmt: skip


def read(path: Path) -> Page:
    return Page(HttpResponse(path.read_bytes()))


def test_all_that_is_public_is_a_file_where_servers_look_for_it(export, notice, document):
    mirror = export()
    paths = [
        *PAGE_PATHS,
        TERM_PATH,
        *FILE_PATHS,
        notice.get_absolute_url(),
        "/documents/pamphlet.pdf",
    ]
    assert (mirror / "index.html").is_file()
    assert (mirror / "insurance" / "join" / "index.html").is_file()
    assert not [path for path in paths if not (mirror / file_name(path)).is_file()]
    locations = re.findall("<loc>(.*?)</loc>", (mirror / "sitemap.xml").read_text())
    for location in locations:
        assert (mirror / file_name(urlsplit(location).path)).is_file()
    assert len(locations) == len(PAGE_PATHS) + 1
    assert (mirror / "documents" / "pamphlet.pdf").read_bytes() == pdf(pages=1)
    for calendar in mirror.glob("insurance/terms/2025/deadlines/*.ics"):
        assert calendar.read_text().startswith("BEGIN:VCALENDAR")


def test_every_page_says_when_it_was_rendered_and_wants_to_be_found_nowhere(export, notice):
    mirror = export()
    pages = [*mirror.rglob("*.html")]
    assert len(pages) == len(PAGE_PATHS) + 6  # term, notice, 404, unavailable, two refusals
    for path in pages:
        page = read(path)
        assert AS_OF in page.text, path
        assert page.one("meta[name=robots]").get("content") == "noindex", path


def test_the_page_that_is_there_leads_to_the_one_that_is_up_to_date(export):
    page = read(export() / "contact" / "index.html")
    assert page.one(".pinned-clock a").get("href") == "https://cyber.jnx.test/contact/"
    assert (
        read(export() / "404.html").one(".pinned-clock a").get("href") == "https://cyber.jnx.test"
    )


def test_no_page_says_that_a_desk_is_open_now(export, visit):
    """Whoever reads it a night later would call in vain."""
    mirror = export("2025-10-03T10:00")
    for path in PAGE_PATHS:
        page = read(mirror / file_name(path))
        assert not page.all(".desk-status"), path
    assert visit("/contact/").all(".desk-status")


def test_links_lead_to_files_of_the_mirror_and_static_ones_bear_a_hash(export, notice, document):
    mirror = export()
    for path in mirror.rglob("*.html"):
        page = read(path)
        paths = page.attributes("[href^='/']", "href") + page.attributes("[src^='/']", "src")
        static = [url for url in paths if url.startswith("/static/")]
        for url in paths:
            assert (mirror / file_name(urlsplit(url).path)).is_file(), (path, url)
        assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", url) for url in static)
        assert static or path.parent.name in ("unavailable", "refused")


def test_a_text_has_its_compressed_form_beside_it(export, document):
    mirror = export()
    for path in [*mirror.rglob("*.html"), *mirror.rglob("*.ics"), mirror / "sitemap.xml"]:
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
    (style_sheet,) = (mirror / "static" / "css").glob("site.*.css")
    assert style_sheet.with_name(f"{style_sheet.name}.gz").is_file()
    assert not (mirror / "documents" / "pamphlet.pdf.gz").exists()


def test_a_mirror_replaces_the_one_before_and_leaves_nothing_beside_it(export, target, notice):
    export()
    old = target.resolve()
    notice.delete()
    Desk.objects.filter(role=DeskRole.AGENCY).update(telephone="03-0000-0000")
    mirror = export("2025-10-20T09:00")
    assert "03-0000-0000" in (mirror / "contact" / "index.html").read_text()
    assert not (mirror / "news" / str(notice.pk)).exists()
    assert not old.exists()
    assert sorted(target.parent.iterdir()) == sorted([target, target.resolve()])


def test_others_may_read_it(export):
    mirror = export()
    for path in [mirror.resolve(), *mirror.rglob("*")]:
        assert path.stat().st_mode & 0o004, path


def test_a_mirror_that_cannot_be_finished_leaves_the_one_before(export, target):
    before = (export() / "index.html").read_bytes()
    Desk.objects.update(telephone="03-0000-0000")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE products_faqentry RENAME TO gone")
    with pytest.raises(CommandError, match="/unavailable/"):
        export("2025-10-20T09:00")
    assert (target / "index.html").read_bytes() == before
    assert sorted(target.parent.iterdir()) == sorted([target, target.resolve()])


def a_folder(target: Path) -> None:
    target.mkdir()
    (target / "index.html").write_text("of somebody else")


def a_file(target: Path) -> None:
    target.write_text("of somebody else")


def a_link(target: Path) -> None:
    (target.parent / "elsewhere").mkdir()
    target.symlink_to("elsewhere")


@pytest.mark.parametrize("something", [a_folder, a_file, a_link])
def test_what_is_no_mirror_is_left_alone(export, target, something):
    target.parent.mkdir()
    something(target)
    before = sorted(target.parent.rglob("*"))
    with pytest.raises(CommandError, match="is no mirror"):
        export()
    assert sorted(target.parent.rglob("*")) == before


def test_content_that_changes_meanwhile_is_written_anew(target, set_clock):
    """The half that was written before the edit must not stand beside the half after it."""
    agency = Desk.objects.filter(role=DeskRole.AGENCY)
    edits = iter(["03-0000-0000"])

    def edited_at_the_end(moment):
        yield from whole_site(moment)
        for telephone in edits:
            agency.update(telephone=telephone)

    set_clock(AT)
    write_mirror(target, edited_at_the_end)
    assert "03-0000-0000" in (target / "index.html").read_text()


def test_a_document_whose_file_is_lost_is_left_out_and_named(export, document, capsys):
    document.file.storage.delete(document.file.name)
    mirror = export()
    assert "/documents/pamphlet.pdf" in capsys.readouterr().err
    assert (mirror / "index.html").is_file()
    assert not (mirror / "documents" / "pamphlet.pdf").exists()


def test_a_pinned_clock_makes_no_mirror(export, settings, target):
    settings.SITE_CLOCK = parse_site_clock("2025-10-03T10:00")
    with pytest.raises(CommandError, match="SITE_CLOCK"):
        export()
    assert not target.exists()


def test_without_collected_files_there_is_no_mirror(export, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "nothing"
    with pytest.raises(CommandError, match="collectstatic"):
        export()
