"""The content checks of policy terms: what follows, approvals, claims, gaps, pamphlets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.urls import reverse

from core.clock import TOKYO
from core.japanese import day, hour
from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url
from products.approval import fingerprint_of, is_as_approved
from products.claims import Limit
from products.doubts.claims import unlimited_in_answer, unlimited_in_reason, without_note
from products.doubts.terms import NO_APPROVAL
from products.models import (
    Document,
    DocumentKind,
    FaqEntry,
    PolicyTerm,
)

NOTICE_PERIOD = timedelta(days=90)


@content_check(Rank.NOTHING_TO_SEE)
def successor(moment: Moment) -> Iterator[Finding]:
    """Find that the last term that is, or will be, public ends soon, or has ended."""
    last = PolicyTerm.objects.exclude(public_from=None).order_by("-ends_at").first()
    if last and last.ends_at - moment.at > NOTICE_PERIOD:
        return
    drafts = PolicyTerm.objects.filter(public_from=None)
    if last:
        ends_at = last.ends_at.astimezone(TOKYO)
        has_ended = ends_at <= moment.at
        drafts = drafts.filter(ends_at__gt=last.ends_at)
        ending = "終わりました" if has_ended else "終わります"
        says = f"保険期間{last}は{day(ends_at)} {hour(ends_at.time())}に{ending}が、次の保険期間の公開が決まっていません。"
        found = f"{last.code} {last.ends_at.isoformat()} {has_ended}"
    else:
        says, found = "公開する保険期間がありません。", "none"
    draft = drafts.order_by("starts_at").first()
    yield Finding(
        key="successor",
        says=says,
        advice=f"下書きの保険期間{draft}を仕上げて、公開開始日時を入力してください。"
        if draft
        else "「次年度の保険期間を準備」で下書きを作ってください。"
        "公開開始日時を入力するまでは、公開されません。",
        url=form_url(draft) if draft else reverse("admin:products_policyterm_next"),
        found=f"{found} {draft.code if draft else ''}",
    )


@content_check(Rank.NOT_ALLOWED)
def claims_without_limits(moment: Moment) -> Iterator[Finding]:
    """Find claims whose limit visitors do not see: in reasons whose term has no such note, and in answers without it."""
    terms = list(PolicyTerm.objects.living_at(moment).prefetch_related("reasons"))
    for reason in (reason for term in terms for reason in term.reasons.all()):
        for limit, words in unlimited_in_reason(reason).items():
            yield _claim_without(limit, words, reason, form_url(reason.term, f"id_{limit.field}"))
    for entry in FaqEntry.objects.all():
        for limit, words in unlimited_in_answer(entry, terms).items():
            yield _claim_without(limit, words, entry, form_url(entry, "id_answer"))


def _claim_without(limit: Limit, words: str, row: Model, url: str) -> Finding:
    return Finding(
        key=f"limit:{row._meta.label_lower}:{row.pk}:{limit.field}",
        says=without_note(limit, words, row),
        advice="訪問者が注記を読めるように、この画面で注記を入力してください。",
        url=url,
        found=words,
    )


@content_check(Rank.NOT_ALLOWED)
def approvals(moment: Moment) -> Iterator[Finding]:
    """Find content without the insurer's approval, content that differs from what was approved, and approvals that end."""
    for term in PolicyTerm.objects.living_at(moment):
        if term.public_from and not term.approval_number:
            yield Finding(
                key=f"no-approval:{term.pk}",
                says=f"保険期間{term}:{NO_APPROVAL}",
                advice="承認を受けたときの番号と承認日を入力してください。"
                "まだのときは、引受保険会社に確認してください。",
                url=form_url(term, "id_approval_number"),
                found=str(term.public_from),
            )
        elif term.approval_number and not is_as_approved(term):
            yield Finding(
                key=f"approval:{term.pk}",
                says=f"保険期間{term}は、承認番号 {term.approval_number} の承認を受けた後に"
                "変わっています。",
                advice="変わったところを保険期間の画面で確かめ、改めて承認が必要かどうか、"
                "引受保険会社に確認してください。",
                url=form_url(term),
                found=fingerprint_of(term),
            )
        if term.approval_use_by and term.approval_use_by < (moment.today + NOTICE_PERIOD):
            yield Finding(
                key=f"approval-use-by:{term.pk}",
                says=f"保険期間{term}の承認 {term.approval_number} の使用期限は"
                f"{day(term.approval_use_by)}です。",
                advice="引受保険会社に、新しい承認を依頼してください。",
                url=form_url(term),
                found=f"{term.approval_number} {term.approval_use_by}",
            )


@content_check(Rank.OPEN_QUESTION)
def gaps(moment: Moment) -> Iterator[Finding]:
    """Find what the source left open, and the pages refer to the agency for."""
    for term in PolicyTerm.objects.living_at(moment):
        if term.open_gaps:
            yield Finding(
                key=f"gaps:{term.pk}",
                says=f"保険期間{term}の「お申込みの前に」に空欄があります:"
                f"{'、'.join(term.open_gaps)}。",
                advice="ページは取扱代理店へのお問い合わせを案内しています。"
                "引受保険会社に確認した文があれば、入力してください。",
                url=form_url(term, "id_eligibility"),
                found="・".join(term.open_gaps),
            )


@content_check(Rank.OPEN_QUESTION)
def pamphlets(moment: Moment) -> Iterator[Finding]:
    """Find a term that is, or will be, public without a pamphlet."""
    with_pamphlet = Document.objects.filter(kind=DocumentKind.PAMPHLET).exclude(public_from=None)
    covered = set(with_pamphlet.values_list("term", flat=True))
    for term in PolicyTerm.objects.living_at(moment):
        if term.public_from and term.pk not in covered:
            yield Finding(
                key=f"pamphlet:{term.pk}",
                says=f"保険期間{term}のパンフレットがありません。",
                advice="資料として登録し、「保険期間」でこの保険期間を選んでください。"
                "公開しない方針なら、このままにします。",
                url=reverse("admin:products_document_add") + f"?term={term.pk}",
                found=str(term.pk),
            )
