"""The registry of content checks, and those that hold for all texts."""

import pytest
from django.test import Client

import contacts.checks
import products.checks
from contacts.models import Desk
from editing import checks
from editing.findings import find_all
from products.models import Document, FaqEntry, Notice, PolicyTerm, SecurityService
from tests.findings import found, said
from tests.moments import IN_THE_TERM, moment, tokyo

pytestmark = pytest.mark.django_db
AFTER_THE_TERM = "2026-11-22T10:00"


def test_the_shipped_content_has_the_findings_that_are_known():
    assert [finding.key.split(":")[0] for finding in find_all(moment(IN_THE_TERM))] == [
        "no-approval",
        *["monthly-premium"] * 3,
        "gaps",
        "pamphlet",
        "desk",
        *["diverging"] * 2,
        "dated",
    ]
    assert "successor" in {finding.key for finding in find_all(moment(AFTER_THE_TERM))}


@pytest.mark.parametrize("at", [IN_THE_TERM, AFTER_THE_TERM])
def test_every_finding_leads_to_a_form_that_opens(admin_client: Client, at):
    Notice.objects.create(title="件名", text="本文", public_until=tokyo("2025-01-02T00:00"))
    Document.objects.update(public_until=tokyo("2025-09-01T00:00"))
    for finding in find_all(moment(at)):
        assert admin_client.get(finding.url, secure=True).status_code == 200
        assert finding.says
        assert finding.advice


def test_a_finding_has_a_key_of_its_own():
    keys = [finding.key for finding in find_all(moment(AFTER_THE_TERM))]
    assert len(set(keys)) == len(keys)
    assert max(len(key) for key in keys) <= 150


def test_a_sentence_that_was_changed_at_one_of_its_places_is_found():
    answer = FaqEntry.objects.get(question__contains="必ず解決")
    before = found(checks.diverging_sentences)
    answer.answer = answer.answer.replace("機器・ソフトウェア", "機器やソフトウェア")
    answer.save()
    (new,) = [each for each in found(checks.diverging_sentences) if each not in before]
    assert "機器・ソフトウェア" in new.says
    assert "機器やソフトウェア" in new.says


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("2019年以降のことです。", True),
        ("２０２５年度の資料です。", True),
        ("令和7年4月から。", True),
        ("令和元年から。", True),
        ("保険期間は1年です。24時間365日、10年の実績。", False),
        ("平成30年度の実績です。", True),
        ("2026/4/1 から。", True),
        ("売上高2000万円の会社です。", False),
        ("12019年", False),
    ],
)
def test_a_sentence_with_a_year_is_found(text, is_dated):
    FaqEntry.objects.create(question="質問", answer=f"はい。{text}")
    assert ("よくあるご質問に、年を含む文が" in said(checks.dated_sentences)) == is_dated


def test_a_long_sentence_is_quoted_around_its_year():
    SecurityService.objects.create(title="サービス", text=f"{'あ' * 200}2024年{'い' * 200}")
    quotes = [finding.says for finding in found(checks.dated_sentences)]
    assert any("2024年" in quote and len(quote) < 120 for quote in quotes)


def test_years_want_a_look_each_year():
    (this_year,), (next_year,) = (
        found(checks.dated_sentences, f"{y}-12-10T10:00") for y in (2025, 2026)
    )
    assert this_year.key == next_year.key
    assert this_year.fingerprint != next_year.fingerprint


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (products.checks.figures.monthly_premiums, lambda: PolicyTerm.objects.get().premium_rows.filter(number=4).update(monthly_low=1)),
        (products.checks.terms.gaps, lambda: PolicyTerm.objects.update(eligibility="文")),
        (contacts.checks.desks, lambda: Desk.objects.filter(role="secretariat").update(telephone="03-1111-2222")),
        (checks.dated_sentences, lambda: SecurityService.objects.filter(text__contains="2019年").update(text="2020年")),
    ],
)  # fmt: skip
def test_an_acceptance_lapses_when_what_was_found_changes(check, change):
    before = found(check)[0]
    assert found(check)[0] == before
    change()
    after = found(check)[0]
    assert after.key == before.key
    assert after.fingerprint != before.fingerprint
