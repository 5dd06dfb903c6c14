"""The disk is full: visitors notice nothing, and what an editor typed is not lost."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import lxml.html
import pytest

from tests.faults.conftest import FAULT_SECONDS, RunningSite, running
from tests.faults.load import assert_nobody_noticed, visitors
from tests.serving import get

MISSING = "No file system can be mounted (who is not root cannot): A FULL DISK IS NOT TESTED."
PASSWORD = "a long password for the tests"  # noqa: S105


@pytest.fixture
def site_on_a_small_disk(tmp_path, copy_prepared) -> Iterator[RunningSite]:
    checkout = copy_prepared(tmp_path)
    prepared = (checkout / "var").rename(tmp_path / "prepared")
    (checkout / "var").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", checkout / "var"]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    try:
        shutil.copytree(prepared, checkout / "var", dirs_exist_ok=True)
        site = RunningSite(checkout, "")
        site.environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
        site.manage("createsuperuser", "--noinput", "--username=editor", "--email=e@example.com")
        yield from running(site)
    finally:
        subprocess.run(["umount", "--lazy", checkout / "var"], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    for size in (2**16, 1):
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while True:
                file.write(b"x" * size)
    return filler


class Editor:
    """Somebody who edits with a browser: cookies, and the fields of a form as they stand on the page."""

    def __init__(self, site: RunningSite) -> None:
        self.url = site.environment["SITE_URL"]
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.submit("/admin/login/", username="editor", password=PASSWORD)

    def open(self, path: str, fields: list | None = None) -> tuple[int, str]:
        data = urlencode(fields).encode() if fields else None
        try:
            response = self.browser.open(self.url + path, data)
        except HTTPError as error:
            response = error
        return response.status, response.read().decode()

    def submit(self, path: str, page: str = "", **changes: str) -> tuple[int, str]:
        page = page or self.open(path)[1]
        (form,) = lxml.html.fromstring(page).xpath("//main//form[@method='post']")
        return self.open(path, list((dict(form.form_values()) | changes).items()))


def test_a_full_disk_costs_visitors_nothing_and_heals_by_itself(site_on_a_small_disk):
    site = site_on_a_small_disk
    editor = Editor(site)
    path = re.findall(
        r"/admin/contacts/desk/\d+/change/",
        editor.open("/admin/contacts/desk/?role__exact=agency")[1],
    )[0]
    form = editor.open(path)[1]

    with visitors(site.port, site.paths) as answers:
        filler = fill(site.checkout / "var")
        status, refused = editor.submit(path, form, telephone="03-1234-5678")
        unknown, _ = get(site.port, "/insurance/join/?on=2025-05-05")
        assert editor.open("/admin/")[0] == 503
        time.sleep(FAULT_SECONDS)
        filler.unlink()
        time.sleep(0.5)
    assert_nobody_noticed(answers, expected=200 * FAULT_SECONDS)
    assert unknown.status == 200  # rendered: reading needs no room
    assert status == 503
    assert "保存を終えられませんでした" in refused
    assert "入力した内容はこのページに残っています" in refused
    assert "03-1234-5678" not in get(site.port, "/contact/")[1].decode()

    status, _ = editor.submit(path, refused)  # the button on that page
    assert status == 200
    site.wait_for("03-1234-5678", within=2)
