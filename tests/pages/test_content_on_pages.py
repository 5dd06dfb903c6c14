"""Empty and filled content on the pages that show it."""

import pytest
from django.core.files.base import ContentFile

from products.models import Document, FaqEntry, Notice
from tests.factories import make_term
from tests.moments import tokyo
from tests.pages.page_paths import PAGE_PATHS

pytestmark = pytest.mark.django_db


BEFORE_APPLYING = "section[aria-labelledby=before-applying]"


def filled_gaps(page) -> dict[str, str]:
    names, texts = page.texts(f"{BEFORE_APPLYING} dt"), page.texts(f"{BEFORE_APPLYING} dd")
    return dict(zip(names, texts, strict=True))


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("eligibility", "加入できる方"),
        ("exclusions", "保険金をお支払いできない場合"),
        ("deductible", "免責金額(自己負担額)"),
        ("how_to_apply", "申込みの手続き"),
        ("part_year_premium", "中途加入の保険料"),
        ("closed_day_rule", "締切日が休業日にあたるときの取扱い"),
        ("policyholder", "保険契約者"),
        ("duty_to_disclose", "告知義務"),
        ("agency_authority", "取扱代理店の権限"),
        ("claims_procedure", "事故のご連絡と保険金のご請求"),
    ],
)
def test_a_gap_leads_to_the_agency_until_it_is_filled(visit, term, field, label):
    page = visit("/insurance/")
    assert label in page.texts("#gaps li")
    assert "次のことは、取扱代理店へお問い合わせください。" in page.texts(BEFORE_APPLYING)[0]
    setattr(term, field, "事務局が入力した文です。")
    term.save()
    page = visit("/insurance/")
    assert filled_gaps(page) == {label: "事務局が入力した文です。"}
    assert label not in page.texts("#gaps li")


def test_the_approval_is_shown_with_its_date_and_is_nothing_to_ask_about(visit, term):
    assert "承認番号" not in visit("/insurance/").text
    term.approval_number = "SJ25-01234"
    term.approved_on = "2025-03-01"
    term.save()
    page = visit("/insurance/")
    assert "承認番号:SJ25-01234(2025年3月1日)" in page.texts(".site-footer")[0]


def test_the_gaps_stand_beside_the_telephone_of_the_agency(visit):
    numbers = visit("/insurance/").all("section[aria-labelledby=before-applying] .number a")
    assert [number.text for number in numbers] == ["03-5422-6351"]


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_without_notices_the_pages_say_so(visit, path):
    assert "現在、お知らせはありません。" in visit(path).main


def test_the_home_page_shows_the_three_newest_notices(visit):
    for day in range(1, 5):
        Notice.objects.create(
            title=f"お知らせ{day}", text="本文", public_from=tokyo(f"2025-09-0{day}T09:00")
        )
    titles = visit("/").texts(".notices a")
    assert titles == ["お知らせ4", "お知らせ3", "お知らせ2"]
    assert len(visit("/news/").texts(".notices a")) == 4


def test_a_notice_shows_its_day_in_tokyo_and_its_paragraphs(visit):
    notice = Notice.objects.create(
        title="件名", text="一つ目。\n\n二つ目。", public_from=tokyo("2025-09-01T08:00")
    )
    page = visit(notice.get_absolute_url())
    assert page.texts("article time") == ["2025年9月1日"]
    assert page.texts("article p")[:3] == ["2025年9月1日", "一つ目。", "二つ目。"]


def test_a_notice_has_no_page_before_its_time_and_keeps_it_afterwards(visit):
    notice = Notice.objects.create(
        title="件名",
        text="本文",
        public_from=tokyo("2025-09-01T08:00"),
        public_until=tokyo("2025-09-02T08:00"),
    )
    for at, status, is_listed in (
        ("2025-09-01T07:59", 404, False),
        ("2025-09-01T08:00", 200, True),
        ("2025-09-02T08:00", 200, False),
    ):
        visit(notice.get_absolute_url(), at=at, status=status)
        assert ("件名" in visit("/news/", at=at).main) == is_listed


def test_without_documents_the_insurance_page_names_the_agency(visit):
    section = visit("/insurance/").texts("section[aria-labelledby=documents]")[0]
    assert "資料については、取扱代理店へお問い合わせください。" in section
    assert "TEL:03-5422-6351" in section


def test_without_documents_the_list_says_so(visit):
    Document.objects.update(public_until=tokyo("2025-09-01T00:00"))
    assert "現在、掲載している資料はありません。" in visit("/documents/").main
    assert "利用規約(外部サイト)" not in visit("/support-desk/").main


def test_a_document_of_the_term_stands_with_it(visit, term, client):
    document = Document(
        code="pamphlet-2025",
        title="パンフレット",
        kind="pamphlet",
        term=term,
        issued_on="2025-02-01",
        public_from=tokyo("2025-02-01T00:00"),
    )
    document.file.save("pamphlet.pdf", ContentFile(b"%PDF-1.7 pamphlet"))
    for path in ("/insurance/", "/documents/"):
        assert "パンフレット(パンフレット、PDF1KB)作成日:2025年2月1日" in visit(path).main
    response = client.get("/documents/pamphlet-2025.pdf", secure=True)
    assert b"".join(response) == b"%PDF-1.7 pamphlet"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_past_term_keeps_its_documents_on_its_own_page(visit, term):
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    Document.objects.create(
        code="pamphlet-2025",
        title="前年度の資料",
        kind="pamphlet",
        term=term,
        url="https://example.com/",
        public_from=tokyo("2025-02-01T00:00"),
    )
    for at, listed in (("2026-04-01T15:59", True), ("2026-04-01T16:00", False)):
        assert ("前年度の資料" in visit("/documents/", at=at).main) == listed
        assert "前年度の資料" in visit("/insurance/terms/2025/", at=at).main


def test_a_document_is_not_served_outside_its_time_or_when_its_file_is_gone(visit, term):
    document = Document(
        code="pamphlet-2025",
        title="パンフレット",
        kind="pamphlet",
        public_from=tokyo("2025-06-01T00:00"),
    )
    document.file.save("pamphlet.pdf", ContentFile(b"%PDF-1.7"))
    visit("/documents/pamphlet-2025.pdf", at="2025-05-31T23:59", status=404)
    document.file.storage.delete(document.file.name)
    visit("/documents/pamphlet-2025.pdf", at="2025-06-01T00:00", status=404)


def test_a_document_that_is_a_link_has_no_file_here(visit):
    visit("/documents/support-desk-terms.pdf", status=404)


def test_without_questions_the_page_says_so(visit):
    FaqEntry.objects.all().delete()
    assert "現在、掲載しているご質問はありません。" in visit("/faq/").main


def test_what_an_editor_writes_is_text_and_never_markup(visit, term):
    term.coverage_lead = "<script>alert(1)</script>&<b>"
    term.save()
    page = visit("/insurance/")
    assert not page.all("main script, main b")
    assert "<script>alert(1)</script>&<b>" in page.main


def test_optional_cover_is_marked_as_an_option(visit):
    headings = visit("/insurance/").texts(".coverage h3")
    assert headings == [
        "第三者に対する賠償責任",
        "事故発生時の各種対応費用",
        "喪失利益・営業継続費用(オプション)",
    ]


CLAIMS = {
    "自動付帯": "(注)対応にかかる費用のうち、保険金としてお支払いできない費用が生じる場合もあります。",
    "包括的に補償": "*お支払いできない場合の詳細につきましてはパンフレットなどを必ずご覧ください。",
    "幅広い補償": "*お支払いできない場合の詳細につきましてはパンフレットなどを必ずご覧ください。",
    "有償": "(注)対応にかかる費用のうち、保険金としてお支払いできない費用が生じる場合もあります。",
}


@pytest.mark.parametrize(("claim", "limit"), CLAIMS.items())
def test_a_claim_stands_nowhere_without_its_limit(visit, claim, limit):
    """In the same item of a list, question, answer or structured datum, or on the same page for what costs money."""
    found = 0
    for path in PAGE_PATHS:
        page = visit(path)
        page.drop_phrase_marks()
        for place in page.document.body.xpath(
            f".//*[not(self::script)][contains(text(), '{claim}')]"
        ):
            found += 1
            around = place.xpath("ancestor::*[self::li or self::details or self::section]")
            whole = page.document.body if claim == "有償" else around[-1]
            assert limit in whole.text_content(), (path, place.text_content())
        for datum in page.structured_data:
            for question in datum.get("mainEntity", []):
                answer = question["acceptedAnswer"]["text"]
                assert claim not in answer or limit.lstrip("*") in answer, answer
    assert found >= 1


def test_the_scale_merit_claim_stands_nowhere_without_its_note(visit):
    for path in PAGE_PATHS:
        page = visit(path)
        page.drop_phrase_marks()
        for place in page.document.body.xpath("//*[contains(text(), 'スケールメリット')]"):
            if place.tag == "p" and "note" in (place.get("class") or ""):
                continue
            (reason,) = place.xpath("ancestor::li")
            assert "*過去の事故歴がある等告知内容によっては" in reason.text_content()
