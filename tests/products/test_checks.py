"""The content checks of products: what each finds, and that it is silent where all is well."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from products.approval import fingerprint_of
from products.checks import figures, publication, terms
from products.models import Document, Notice, PolicyTerm, SecurityService, SupportDesk
from products.models.gaps import GAPS
from products.premiums import is_out_of_line, monthly_of
from tests.factories import make_term
from tests.findings import found, said
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
AFTER_THE_TERM = "2026-11-22T10:00"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-01-01T15:59", ""),
        ("2026-01-01T16:00", "2026年4月1日 午後4時に終わりますが"),
        ("2026-04-01T15:59", "終わりますが"),
        ("2026-04-01T16:00", "終わりましたが"),
        (AFTER_THE_TERM, "終わりましたが"),
    ],
)
def test_a_term_that_ends_within_90_days_wants_a_successor(at, words):
    assert words in said(terms.successor, at)
    assert bool(words) == bool(found(terms.successor, at))


def test_a_successor_that_will_be_public_by_itself_is_one():
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-03-01T00:00")
    assert not found(terms.successor, "2026-02-01T00:00")


def test_a_draft_is_no_successor_but_the_place_to_go_on():
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    (finding,) = found(terms.successor, "2026-02-01T00:00")
    assert finding.url == reverse("admin:products_policyterm_change", args=[draft.pk])
    assert "下書きの保険期間2026年4月1日〜" in finding.advice


@pytest.mark.parametrize("with_draft", [False, True])
def test_without_any_public_term_that_is_said(empty_database, with_draft):
    if with_draft:
        make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    assert said(terms.successor) == "公開する保険期間がありません。"


@pytest.mark.parametrize(
    ("annual", "monthly"),
    [(120, 10), (179, 10), (180, 20), (987_190, 82_270), (140_230, 11_690), (1, 0)],
)
def test_a_month_is_a_twelfth_rounded_to_10_yen(annual, monthly):
    assert monthly_of(annual) == monthly


def test_the_three_monthly_premiums_of_the_source_are_found():
    amounts = [("No.4", "下限 82,260円"), ("No.5", "上限 68,270円"), ("No.6", "上限 262,860円")]
    for finding, (number, figure) in zip(found(figures.monthly_premiums), amounts, strict=True):
        assert number in finding.says
        assert figure in finding.says


def test_the_premiums_of_a_superseded_term_are_no_longer_looked_at():
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-03-01T00:00")
    assert len(found(figures.monthly_premiums, "2026-03-31T00:00")) == 3
    assert not found(figures.monthly_premiums, "2026-04-01T16:00")


def test_the_premiums_of_an_ended_term_that_is_still_shown_are_looked_at():
    assert len(found(figures.monthly_premiums, AFTER_THE_TERM)) == 3


RANGE = (100, 218)


@pytest.mark.parametrize(
    ("own", "others", "out"),
    [
        ((100, 218), [RANGE, RANGE], False),
        ((100, 239), [RANGE, RANGE], False),
        ((100, 241), [RANGE, RANGE], True),
        ((100, 195), [RANGE, RANGE], True),
        ((100, 2180), [RANGE, RANGE], True),
        ((100, 2180), [RANGE], False),
        ((100, 2180), [], False),
    ],
)
def test_a_range_is_out_of_line_a_tenth_from_the_usual_ratio(own, others, out):
    assert is_out_of_line(own, [own, *others]) == out


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"annual_high": 3_053_800}, "No.1:年間保険料の幅(140,230円から3,053,800円、21.78倍)"),
        ({"monthly_low": 1_169}, "No.1:月額保険料の幅"),
    ],
)
def test_a_slip_in_a_premium_is_found(term, changes, words):
    if changes:
        term.premium_rows.filter(number=1).update(**changes)
    assert words in said(figures.premium_ranges)
    assert len(found(figures.premium_ranges)) == len(changes)


def test_only_what_is_empty_is_a_gap(term):
    term.eligibility = "文"
    term.save()
    assert "加入できる方" not in said(terms.gaps)
    assert "免責金額" in said(terms.gaps)
    for name in GAPS:
        setattr(term, name, "文")
    term.save()
    assert not found(terms.gaps)


def test_a_stored_file_that_is_gone_is_found():
    document = Document(
        code="a", title="パンフレット", kind="pamphlet", public_from=tokyo("2025-02-01T00:00")
    )
    document.file.save("a.pdf", ContentFile(b"%PDF-"))
    assert not found(publication.documents)
    document.file.storage.delete(document.file.name)
    assert said(publication.documents) == "資料「パンフレット」のファイルが見つかりません。"
    document.public_until = tokyo("2025-09-01T00:00")
    document.save()
    assert not found(publication.documents)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.jp/a.pdf", "example.jp"])
def test_a_link_that_is_none_is_found(url):
    Document.objects.update(url=url)
    assert "https:// で始まっていません" in said(publication.documents)


def test_the_terms_of_use_must_be_public():
    assert not found(publication.terms_of_use)
    Document.objects.update(public_until=tokyo("2025-09-01T00:00"))
    assert (
        said(publication.terms_of_use)
        == "サポートデスクの利用規約「サービス利用規約」が公開されていません。"
    )
    SupportDesk.objects.update(terms_of_use=None)
    assert said(publication.terms_of_use) == "サポートデスクの利用規約が選ばれていません。"


def test_two_headings_of_one_list_that_are_the_same_are_found(term):
    assert not found(publication.duplicate_headings)
    category = term.coverage_categories.first()
    for _ in range(2):
        category.events.create(title="事故", text="説明")
        SecurityService.objects.create(title="サービス", text="説明")
        SupportDesk.objects.get().strengths.create(title="特長", text="説明")
        term.reasons.create(title="理由")
        Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-09-01T00:00"))
    assert len(found(publication.duplicate_headings)) == 5
    assert "同じ見出し「事故」が2つあります" in said(publication.duplicate_headings)


def test_the_same_heading_in_two_lists_is_none(term):
    for category in term.coverage_categories.all():
        category.events.create(title="事故", text="説明")
    assert not found(publication.duplicate_headings)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2025-10-03T10:01", ""),
        ("2025-10-03T10:00", "お知らせ「件名」の公開が終わっています。"),
    ],
)
def test_a_notice_past_its_end_is_found(until, words):
    Notice.objects.create(title="件名", text="本文", public_until=tokyo(until))
    Notice.objects.create(title="続く件名", text="本文", public_from=tokyo("2025-09-01T00:00"))
    assert said(publication.ended_notices) == words


def test_many_ended_notices_are_one_finding():
    for number in range(30):
        Notice.objects.create(
            title=f"件名{number}", text="本文", public_until=tokyo("2025-09-01T00:00")
        )
    assert said(publication.ended_notices) == "お知らせ「件名0」など30件の公開が終わっています。"


def test_a_term_that_has_ended_since_is_another_finding():
    before, after = (found(terms.successor, at)[0] for at in ("2026-02-01T00:00", AFTER_THE_TERM))
    assert before.fingerprint != after.fingerprint


def test_a_term_that_is_not_as_it_was_approved_is_found():
    term = PolicyTerm.objects.get()
    term.approval_number, term.approved_on = "SJ25-1", date(2025, 1, 10)
    term.approved_fingerprint = fingerprint_of(term)
    term.save()
    assert not found(terms.approvals)
    term.coverage_note = "別の注記"
    term.save()
    assert "承認番号 SJ25-1 の承認を受けた後に変わっています" in said(terms.approvals)


def test_an_approval_that_ends_soon_is_found():
    term = PolicyTerm.objects.get()
    term.approval_number, term.approved_on = "SJ25-1", date(2025, 1, 10)
    term.approved_fingerprint = fingerprint_of(term)
    term.approval_use_by = date(2026, 3, 31)
    term.save()
    assert not found(terms.approvals, "2025-10-03T10:00")
    assert "2026年3月31日" in said(terms.approvals, "2026-01-15T10:00")
