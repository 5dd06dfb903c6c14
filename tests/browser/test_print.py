"""Printed pages, by a real Chromium on the site as it is served."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serving import free_port, stop, wait_until_served

CHROMIUM = shutil.which("chromium")
MISSING = (
    "Chromium is missing, so that no printed page is tested: apt install chromium fonts-noto-cjk"
)


@pytest.fixture(scope="module")
def site(make) -> Iterator[str]:
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    port = free_port()
    process = make("run", f"PORT={port}", "SITE_CLOCK=2025-12-10T10:00")
    wait_until_served(process, port)
    yield f"http://127.0.0.1:{port}"
    stop(process)


@pytest.fixture
def printed_pages(site, tmp_path: Path) -> Callable[[str], int]:
    """The number of A4 pages on which the page at a path is printed."""

    def printed_pages(path: str) -> int:
        pdf = tmp_path / "page.pdf"
        subprocess.run(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
                "--no-pdf-header-footer", f"--print-to-pdf={pdf}", site + path,
            ],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))

    return printed_pages


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("day", ["2025-12-10", "2025-03-25", "2026-03-01"])
def test_the_approval_sheet_is_printed_on_one_page(printed_pages, number, day):
    assert printed_pages(f"/insurance/summary/?no={number}&on={day}") == 1


def test_the_approval_sheet_stays_one_page_when_the_gaps_are_filled(printed_pages, checkout):
    gaps = (
        "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium",
        "closed_day_rule",
    )  # fmt: skip
    filled = ", ".join(f"{gap} = '{'事務局が入力した文です。' * 20}'" for gap in gaps)
    database = sqlite3.connect(checkout / "var" / "db.sqlite3")
    with database:
        database.execute(
            f"UPDATE products_policyterm SET {filled}, approval_number = 'SJ25-01234',"  # noqa: S608
            " approved_on = '2025-03-01'"
        )
    try:
        assert printed_pages("/insurance/summary/?no=4&on=2025-12-10") == 1
    finally:
        emptied = ", ".join(f"{gap} = ''" for gap in gaps)
        with database:
            database.execute(
                f"UPDATE products_policyterm SET {emptied}, approval_number = '',"  # noqa: S608
                " approved_on = NULL"
            )
        database.close()


def test_the_wall_sheet_is_printed_on_one_page(printed_pages):
    assert printed_pages("/incident/") == 1


def test_a_page_that_is_longer_is_printed_on_more(printed_pages):
    assert printed_pages("/insurance/") > 2
