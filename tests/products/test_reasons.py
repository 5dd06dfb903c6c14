"""The reasons to join: a claim stands with its limit, and is found where there is none."""

import pytest

from products.checks.terms import claims_without_limits
from products.claims import COVERAGE, SUPPORT, limits_of
from products.models import FaqEntry, PolicyTerm, Reason
from tests.findings import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("緊急時サポート総合サービスが自動付帯されます。", {SUPPORT}),
        ("事故発生時の幅広い補償を提供", {COVERAGE}),
        ("事故発生時にかかる費用を包括的に補償します。", {COVERAGE}),
        ("幅広い補償と自動付帯のサービス", {COVERAGE, SUPPORT}),
        ("サイバー保険の補償内容", set()),
    ],
)
def test_a_claim_is_known_by_its_words(text, limits):
    assert limits_of(text).keys() == limits


def test_a_reason_with_two_claims_has_both_limits_with_their_marks(visit):
    term = PolicyTerm.objects.get()
    Reason.objects.filter(order=3).update(text="幅広い補償と自動付帯のサービスです。")
    wanted = [f"*{term.coverage_note}", f"(注){term.support_note}"]
    assert Reason.objects.get(order=3).limit_notes == wanted
    for path in ("/", "/insurance/"):
        assert visit(path).texts(".reasons li:last-child .note") == wanted


def test_a_claim_whose_term_has_no_note_has_no_mark_alone_and_is_found():
    assert not found(claims_without_limits)
    PolicyTerm.objects.update(coverage_note="")
    assert Reason.objects.get(order=3).limit_notes == []
    reason, *answers = found(claims_without_limits)
    assert "「幅広い補償」とありますが、補償内容の注記が付いていません。" in reason.says
    assert reason.url.endswith("/change/#id_coverage_note")
    assert answers == []


def test_an_answer_that_claims_without_its_limit_is_found():
    entry = FaqEntry.objects.get(answer__contains="自動付帯")
    FaqEntry.objects.filter(pk=entry.pk).update(answer="自動付帯されます。")
    (finding,) = found(claims_without_limits)
    assert "「自動付帯」とありますが、サポート機能の注記が付いていません。" in finding.says
    assert finding.url == f"/admin/products/faqentry/{entry.pk}/change/#id_answer"
