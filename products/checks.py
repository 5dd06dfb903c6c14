"""The content checks of products.

They check the policy terms and documents that visitors see or will see as an offer (`living_at`); those of a
year that is over need no action.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

from django.db.models import Model
from django.urls import reverse

from core.clock import TOKYO
from core.japanese import day, hour, yen
from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url, list_url
from products.approval import fingerprint_of, is_as_approved
from products.claims import Limit, limits_of
from products.doubts import NO_APPROVAL, long_before, same_as_before, tenfold
from products.models import Document, FaqEntry, Notice, PolicyTerm, SecurityProgram, SupportDesk
from products.premiums import is_out_of_line, monthly_of

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
    terms = PolicyTerm.objects.living_at(moment).prefetch_related("reasons")
    for reason in (reason for term in terms for reason in term.reasons.all()):
        for limit, words in reason.limits.items():
            if not getattr(reason.term, limit.field):
                yield _claim_without(
                    limit, words, reason, form_url(reason.term, f"id_{limit.field}")
                )
    for entry in FaqEntry.objects.all():
        for limit, words in limits_of(f"{entry.question}{entry.answer}").items():
            notes = [note for term in terms if (note := getattr(term, limit.field))]
            if not any(note in entry.answer for note in notes):
                yield _claim_without(limit, words, entry, form_url(entry, "id_answer"))


def _claim_without(limit: Limit, words: str, row: Model, url: str) -> Finding:
    return Finding(
        key=f"limit:{row._meta.label_lower}:{row.pk}:{limit.field}",
        says=f"{row._meta.verbose_name}「{row}」に「{words}」とありますが、{limit.label}が付いていません。",
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


@content_check(Rank.NOT_TO_BE_OPENED)
def documents(moment: Moment) -> Iterator[Finding]:
    """Find a document that visitors cannot open: its file is gone, or its link is none.

    (The database refuses a document with neither.)
    """
    for document in Document.objects.living_at(moment):
        if document.file and not document.size:
            yield Finding(
                key=f"document-file:{document.pk}",
                says=f"資料「{document}」のファイルが見つかりません。",
                advice="訪問者は資料を開けません。PDF をもう一度登録してください。",
                url=form_url(document),
                found=str(document.file),
            )
        elif document.url and not document.url.lower().startswith(("http://", "https://")):
            yield Finding(
                key=f"document-link:{document.pk}",
                says=f"資料「{document}」のリンク先が https:// で始まっていません。",
                advice="訪問者は資料を開けません。リンク先を直してください。",
                url=form_url(document),
                found=document.url,
            )


@content_check(Rank.NOT_TO_BE_OPENED)
def terms_of_use(moment: Moment) -> Iterator[Finding]:
    """Find that the support desk points to terms of use that visitors cannot open."""
    for desk in SupportDesk.objects.exclude(
        terms_of_use__in=Document.objects.public_at(moment)
    ).select_related("terms_of_use"):
        document = desk.terms_of_use
        yield Finding(
            key="terms-of-use",
            says=f"サポートデスクの利用規約「{document}」が公開されていません。"
            if document
            else "サポートデスクの利用規約が選ばれていません。",
            advice="サポートデスクのページから利用規約へのリンクが消えています。"
            "公開期間を延ばすか、公開中の資料を選んでください。",
            url=form_url(document or desk),
            found=str(document.pk if document else None),
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


@content_check(Rank.DOUBTFUL_FIGURE)
def doubtful_terms(moment: Moment) -> Iterator[Finding]:
    """Find what an editor had to confirm: figures far from those of the term before, or the same, and slips in a year."""
    living = {term.pk for term in PolicyTerm.objects.living_at(moment) if term.public_from}
    terms = PolicyTerm.objects.order_by("starts_at").prefetch_related("premium_rows")
    for last_year, term in pairwise((None, *terms)):
        if term is None or term.pk not in living:
            continue
        figures = tenfold(term.premium_rows.all(), last_year)
        for says in (*long_before(term), *same_as_before(term, last_year), *figures):
            yield Finding(
                key=f"doubt:{term.pk}:{sha256(says.encode()).hexdigest()[:16]}",
                says=f"保険期間{term}:{says}",
                advice="引受保険会社の資料と見比べてください。資料のとおりなら、このままにします。",
                url=form_url(term, "premium_rows-group"),
                found=says,
            )


@content_check(Rank.DOUBTFUL_FIGURE)
def premium_ranges(moment: Moment) -> Iterator[Finding]:
    """Find a range that is far wider or narrower than those of the other rows: often a digit too many."""
    for term in PolicyTerm.objects.living_at(moment).prefetch_related("premium_rows"):
        rows = list(term.premium_rows.all())
        for name, ranges in (
            ("年間保険料", [(row.annual_low, row.annual_high) for row in rows]),
            ("月額保険料", [(row.monthly_low, row.monthly_high) for row in rows]),
        ):
            for row, (low, high) in zip(rows, ranges, strict=True):
                if is_out_of_line((low, high), ranges):
                    yield Finding(
                        key=f"premium-range:{term.pk}:{row.number}:{name}",
                        says=f"保険期間{term}の No.{row.number}:{name}の幅({yen(low)}から{yen(high)}、"
                        f"{high / low:.2f}倍)が、ほかの例と大きく違います。",
                        advice="けた違いの入力がないか、引受保険会社の資料と見比べてください。",
                        url=form_url(term, "premium_rows-group"),
                        found=f"{low} {high}",
                    )


@content_check(Rank.DOUBTFUL_FIGURE)
def monthly_premiums(moment: Moment) -> Iterator[Finding]:
    """Find monthly figures that are not a twelfth of the annual one. They are published as given."""
    for term in PolicyTerm.objects.living_at(moment).prefetch_related("premium_rows"):
        for row in term.premium_rows.all():
            for end, annual, monthly in (
                ("下限", row.annual_low, row.monthly_low),
                ("上限", row.annual_high, row.monthly_high),
            ):
                if monthly != monthly_of(annual):
                    yield Finding(
                        key=f"monthly-premium:{term.pk}:{row.number}:{end}",
                        says=f"保険期間{term}の No.{row.number}:月額保険料・{end} {yen(monthly)}は、"
                        f"年間保険料 {yen(annual)} ÷ 12 を10円単位にした {yen(monthly_of(annual))}と"
                        "違います。",
                        advice="引受保険会社の資料と見比べてください。資料のとおりなら、このままにします。",
                        url=form_url(term, "premium_rows-group"),
                        found=f"{annual} {monthly}",
                    )


@content_check(Rank.OVER)
def ended_notices(moment: Moment) -> Iterator[Finding]:
    """Find the notices that have ended, as one finding: over the years they become many."""
    ended = list(Notice.objects.filter(public_until__lte=moment.at).order_by("-public_until", "pk"))
    if ended:
        several = f"など{len(ended)}件" if len(ended) > 1 else ""
        yield Finding(
            key="ended-notices",
            says=f"お知らせ「{ended[0]}」{several}の公開が終わっています。",
            advice="もう出ていません。要らなければ削除し、続けるなら公開終了日時を延ばしてください。",
            url=list_url(Notice) if several else form_url(ended[0]),
            found=" ".join(f"{notice.pk}:{notice.public_until}" for notice in ended),
        )


@content_check(Rank.AMBIGUOUS)
def duplicate_headings(moment: Moment) -> Iterator[Finding]:
    """Find two rows of one list with the same heading."""
    for place, url, headings in _lists_with_headings(moment):
        for heading, times in Counter(headings).items():
            if times > 1:
                yield Finding(
                    key=f"heading:{sha256(f'{url} {heading}'.encode()).hexdigest()}",
                    says=f"{place}に、同じ見出し「{heading}」が{times}つあります。",
                    advice="訪問者が見分けられません。見出しを変えるか、一つにまとめてください。",
                    url=url,
                    found=str(times),
                )


def _lists_with_headings(moment: Moment) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the lists of a page: the name, the URL where it is edited, the headings.

    (The database keeps support functions and questions apart.)
    """
    for term in PolicyTerm.objects.living_at(moment).with_details():
        categories = term.coverage_categories.all()
        for name, part, titles in (
            ("選ばれる理由", "reasons-group", [each.title for each in term.reasons.all()]),
            ("補償", "coverage_categories-group", [each.title for each in categories]),
        ):
            yield f"保険期間{term}の{name}", form_url(term, part), titles
        for category in categories:
            events = [each.title for each in category.events.all()]
            yield f"補償「{category}」の事故", form_url(category), events
    for desk in SupportDesk.objects.prefetch_related("strengths"):
        titles = [each.title for each in desk.strengths.all()]
        yield "サポートデスクの特長", form_url(desk, "strengths-group"), titles
    for program in SecurityProgram.objects.prefetch_related("services"):
        titles = [each.title for each in program.services.all()]
        yield "セキュリティサービス", form_url(program, "services-group"), titles
    documents = [each.title for each in Document.objects.public_at(moment) if each.term_id is None]
    yield "資料", list_url(Document), documents
    notices = [each.title for each in Notice.objects.public_at(moment)]
    yield "公開中のお知らせ", list_url(Notice), notices
