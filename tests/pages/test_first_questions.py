"""The first questions of everybody, answered on home and FAQ, and the agency in the first view of the home."""

import pytest

from products.models import Document, PolicyTerm
from products.models.gaps import GAPS
from tests.html import Page
from tests.moments import tokyo

pytestmark = pytest.mark.django_db

ASK = "取扱代理店へお問い合わせください。"
FIRST = ("eligibility", "how_to_apply", "exclusions", "deductible")


def answers(page: Page) -> dict[str, str]:
    terms = page.all("#first ~ dl dt, .faq > section:first-child dt")
    return {
        "".join(term.text_content().split()): "".join(term.getnext().text_content().split())
        for term in terms
    }


@pytest.mark.parametrize("path", ["/", "/faq/"])
def test_what_nobody_has_filled_in_leads_to_the_agency(visit, path):
    assert answers(visit(path)) == {**{GAPS[name]: ASK for name in FIRST}, "資料": ASK}


@pytest.mark.parametrize("path", ["/", "/faq/"])
def test_what_is_known_stands_there_in_full(visit, path):
    PolicyTerm.objects.update(**{name: f"{name}の一行目\n終わりの行" for name in FIRST})
    Document.objects.create(
        code="pamphlet", title="パンフレットの例", kind="pamphlet", url="https://example.jp/",
        term=PolicyTerm.objects.get(), public_from=tokyo("2025-02-01T00:00"),
    )  # fmt: skip
    assert answers(visit(path)) == {
        **{GAPS[name]: f"{name}の一行目終わりの行" for name in FIRST},
        "資料": "パンフレットの例",
    }


@pytest.mark.parametrize("at", ["2025-01-01T10:00", "2026-11-22T10:00"])
@pytest.mark.parametrize("path", ["/", "/faq/"])
def test_of_a_term_that_is_over_or_not_public_nothing_is_said(visit, path, at):
    assert answers(visit(path, at=at)) == {}


def test_the_agencys_number_and_hours_stand_in_the_hero_while_applications_are_taken(visit):
    (hero,) = visit("/").texts(".hero-lead")
    assert "取扱代理店株式会社自動車部品会館" in hero
    assert "TEL:03-5422-6351" in hero
    assert "平日:午前9時から午後5時まで" in hero
    assert "今申し込むと、いつから?" in hero
