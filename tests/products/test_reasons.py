"""The reasons to join: a claim without its limit is refused, and found where it was stored before."""

import pytest
from django.core.exceptions import ValidationError

from products.checks import claims_without_limits
from products.claims import Limit, limits_of
from products.models import FaqEntry, PolicyTerm, Reason
from tests.findings import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("緊急時サポート総合サービスが自動付帯されます。", {Limit.SUPPORT}),
        ("事故発生時の幅広い補償を提供", {Limit.COVERAGE}),
        ("事故発生時にかかる費用を包括的に補償します。", {Limit.COVERAGE}),
        ("幅広い補償と自動付帯のサービス", {Limit.COVERAGE, Limit.SUPPORT}),
        ("サイバー保険の補償内容", set()),
    ],
)
def test_a_claim_is_known_by_its_words(text, limits):
    assert limits_of(text).keys() == limits


@pytest.mark.parametrize("limit", ["", Limit.COVERAGE])
def test_a_claim_without_its_limit_is_refused_at_the_field(limit):
    reason = Reason.objects.get(text__contains="自動付帯")
    reason.clean()
    reason.limit = limit
    with pytest.raises(ValidationError) as refused:
        reason.clean()
    message = "「自動付帯」を示すときは、「サポート機能の注記」を選んでください。"
    assert refused.value.message_dict == {"limit": [message]}


@pytest.mark.parametrize(
    ("limit", "mark"), [(Limit.SUPPORT, "(注)"), (Limit.COVERAGE, "*"), ("", "")]
)
def test_a_note_bears_the_mark_that_it_has_in_its_own_place(limit, mark):
    reason = Reason.objects.first()
    reason.limit = limit
    assert reason.limit_note == (f"{mark}{getattr(reason.term, limit)}" if limit else "")


def test_an_empty_note_limits_nothing_and_has_no_mark():
    PolicyTerm.objects.update(support_note="")
    assert Reason.objects.get(limit=Limit.SUPPORT).limit_note == ""


def test_claims_that_were_stored_without_a_limit_are_found():
    assert not found(claims_without_limits)
    Reason.objects.update(limit="")
    entry = FaqEntry.objects.get(answer__contains="自動付帯")
    FaqEntry.objects.filter(pk=entry.pk).update(answer="自動付帯されます。")
    findings = found(claims_without_limits)
    assert [each.key.split(":")[1] for each in findings] == [
        "products.reason",
        "products.reason",
        "products.faqentry",
    ]
    assert "「自動付帯」とありますが、サポート機能の注記が付いていません。" in findings[-1].says
    assert findings[-1].url == f"/admin/products/faqentry/{entry.pk}/change/#id_answer"


def test_a_note_that_is_empty_does_not_count_as_a_limit():
    PolicyTerm.objects.update(support_note="")
    assert found(claims_without_limits)
