"""What in the content wants a look, each with a reason and the place where it is edited.

A check is a function of a moment that yields findings; a new one is written below and named in
CHECKS. Checks read the database and stored files, never another site: the home of the admin waits
for them.

Of the terms, those count that visitors see or will see as an offer (`_living_terms`): what was right
or wrong in a year that is over needs nothing done.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from contacts.holidays import holidays_are_known
from contacts.models import Desk, Organisation
from core.fields import Prose, Words
from core.japanese import day, hour, yen
from core.moment import TOKYO, Moment
from editing.addresses import form_address, list_address
from editing.approval import fingerprint_of, is_as_approved
from products.models import (
    Document,
    FaqEntry,
    IncidentCase,
    LegalText,
    Notice,
    PolicyTerm,
    Product,
    SecurityProgram,
    SecurityService,
    SupportCaution,
    SupportDesk,
    SupportStrength,
)
from products.models.terms import PolicyTermQuerySet
from products.premiums import is_out_of_line, monthly_of

AHEAD = timedelta(days=90)
YEAR = re.compile(r"(?<![0-9])(?:(?:19|20)[0-9]{2}|(?:昭和|平成|令和)(?:[0-9]{1,2}|元))年")
LONGEST_QUOTE = 60  # characters


@dataclass(frozen=True)
class Finding:
    """`key` names the check and the row, and stays when the values change; `found` are the values that
    were found, with which an acceptance lapses."""

    key: str
    says: str
    advice: str
    address: str
    found: str

    @property
    def fingerprint(self) -> str:
        return sha256(self.found.encode()).hexdigest()


def find_all(moment: Moment) -> list[Finding]:
    """The findings of all checks."""
    return [finding for check in CHECKS for finding in check(moment)]


def successor(moment: Moment) -> Iterator[Finding]:
    """The last term that is, or will be, public ends soon, or has ended."""
    last = PolicyTerm.objects.exclude(public_from=None).order_by("-ends_at").first()
    if last and last.ends_at - moment.at > AHEAD:
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
        address=form_address(draft) if draft else reverse("admin:products_policyterm_next"),
        found=f"{found} {draft.code if draft else ''}",
    )


def approvals(moment: Moment) -> Iterator[Finding]:
    """What is published is what the insurer approved, and may still be used."""
    for term in _living_terms(moment).exclude(approval_number=""):
        if not is_as_approved(term):
            yield Finding(
                key=f"approval:{term.pk}",
                says=f"保険期間{term}は、承認番号 {term.approval_number} の承認を受けた後に"
                "変わっています。",
                advice="変わったところを保険期間の画面で確かめ、改めて承認が必要かどうか、"
                "引受保険会社に確認してください。",
                address=form_address(term),
                found=fingerprint_of(term),
            )
        if term.approval_use_by and term.approval_use_by < (moment.today + AHEAD):
            yield Finding(
                key=f"approval-use-by:{term.pk}",
                says=f"保険期間{term}の承認 {term.approval_number} の使用期限は"
                f"{day(term.approval_use_by)}です。",
                advice="引受保険会社に、新しい承認を依頼してください。",
                address=form_address(term),
                found=f"{term.approval_number} {term.approval_use_by}",
            )


def documents(moment: Moment) -> Iterator[Finding]:
    """A document that visitors could not open: its stored file is gone, or its link is none. (That a
    document has neither, the database refuses.)"""
    for document in _living_documents(moment):
        if document.file and not document.size:
            yield Finding(
                key=f"document-file:{document.pk}",
                says=f"資料「{document}」のファイルが見つかりません。",
                advice="訪問者は資料を開けません。PDF をもう一度登録してください。",
                address=form_address(document),
                found=str(document.file),
            )
        elif document.url and not document.url.lower().startswith(("http://", "https://")):
            yield Finding(
                key=f"document-link:{document.pk}",
                says=f"資料「{document}」のリンク先が https:// で始まっていません。",
                advice="訪問者は資料を開けません。リンク先を直してください。",
                address=form_address(document),
                found=document.url,
            )


def terms_of_use(moment: Moment) -> Iterator[Finding]:
    """The support desk points to its terms of use, which visitors must be able to open."""
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
            address=form_address(document or desk),
            found=str(document.pk if document else None),
        )


def desks(moment: Moment) -> Iterator[Finding]:
    """A desk that visitors cannot telephone, or of which they are not told when."""
    for desk in Desk.objects.select_related("organisation").prefetch_related("closed_days"):
        missing = [
            name
            for name, value in (("電話番号", desk.telephone), ("受付時間", desk.hours.in_words))
            if not value
        ]
        if missing:
            yield Finding(
                key=f"desk:{desk.role}",
                says=f"窓口「{desk.title}」の{'と'.join(missing)}が空欄です。",
                advice="分かれば入力してください。案内しない窓口なら、このままでかまいません。",
                address=form_address(desk),
                found="・".join(missing),
            )


def gaps(moment: Moment) -> Iterator[Finding]:
    """What the source left open, and the pages refer to the agency for."""
    for term in _living_terms(moment):
        if term.open_gaps:
            yield Finding(
                key=f"gaps:{term.pk}",
                says=f"保険期間{term}の「お申込みの前に」に空欄があります:"
                f"{'、'.join(term.open_gaps)}。",
                advice="ページは取扱代理店へのお問い合わせを案内しています。"
                "引受保険会社に確認した文があれば、入力してください。",
                address=form_address(term, "id_eligibility"),
                found="・".join(term.open_gaps),
            )


def monthly_premiums(moment: Moment) -> Iterator[Finding]:
    """Figures are published as they are given; a slip in copying them is to be noticed."""
    for term in _living_terms(moment).prefetch_related("premium_rows"):
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
                        address=form_address(term, "premium_rows-group"),
                        found=f"{annual} {monthly}",
                    )


def premium_ranges(moment: Moment) -> Iterator[Finding]:
    """A range that is far wider or narrower than those of the other rows: often a digit too many."""
    for term in _living_terms(moment).prefetch_related("premium_rows"):
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
                        address=form_address(term, "premium_rows-group"),
                        found=f"{low} {high}",
                    )


def ended_notices(moment: Moment) -> Iterator[Finding]:
    """All that have ended as one finding: over the years they become many."""
    ended = list(Notice.objects.filter(public_until__lte=moment.at).order_by("-public_until", "pk"))
    if ended:
        several = f"など{len(ended)}件" if len(ended) > 1 else ""
        yield Finding(
            key="ended-notices",
            says=f"お知らせ「{ended[0]}」{several}の公開が終わっています。",
            advice="もう出ていません。要らなければ削除し、続けるなら公開終了日時を延ばしてください。",
            address=list_address(Notice) if several else form_address(ended[0]),
            found=" ".join(f"{notice.pk}:{notice.public_until}" for notice in ended),
        )


def dated_sentences(moment: Moment) -> Iterator[Finding]:
    """A sentence that names a year grows old; an acceptance lasts until the year is over."""
    for row, address in _rows_with_words(moment):
        sentences = [
            sentence
            for field in row._meta.fields
            if isinstance(field, (Words, Prose))
            for sentence in re.split(r"[。\n]", str(getattr(row, field.name)))
            if YEAR.search(unicodedata.normalize("NFKC", sentence))
        ]
        if sentences:
            yield Finding(
                key=f"dated:{row._meta.label_lower}:{row.pk}",
                says=f"{row._meta.verbose_name}に、年を含む文があります:「{_shortened(sentences[0])}」"
                + (f"など{len(sentences)}か所" if len(sentences) > 1 else ""),
                advice="古くなっていないか、年に一度見直してください。",
                address=address,
                found="\n".join([str(moment.at.year), *sentences]),
            )


def duplicate_headings(moment: Moment) -> Iterator[Finding]:
    """Two parts of one list that are called the same."""
    for place, address, headings in _lists_with_headings(moment):
        for heading, times in Counter(headings).items():
            if times > 1:
                yield Finding(
                    key=f"heading:{sha256(f'{address} {heading}'.encode()).hexdigest()}",
                    says=f"{place}に、同じ見出し「{heading}」が{times}つあります。",
                    advice="訪問者が見分けられません。見出しを変えるか、一つにまとめてください。",
                    address=address,
                    found=str(times),
                )


def holidays(moment: Moment) -> Iterator[Finding]:
    in_three_months = moment.today + AHEAD
    if not holidays_are_known(in_three_months):
        yield Finding(
            key="holidays",
            says=f"{in_three_months.year}年の祝日がまだ分かりません。"
            "祝日にかかわる受付時間の表示には「通常は」が付きます。",
            advice="サイトの保守担当者へ、祝日の更新を依頼してください。",
            address=list_address(Desk),
            found=str(in_three_months.year),
        )


# In the order in which they are shown: first what visitors miss, last what is a matter of care.
CHECKS: tuple[Callable[[Moment], Iterable[Finding]], ...] = (
    successor,
    approvals,
    documents,
    terms_of_use,
    holidays,
    premium_ranges,
    monthly_premiums,
    gaps,
    desks,
    duplicate_headings,
    dated_sentences,
    ended_notices,
)


def _living_terms(moment: Moment) -> PolicyTermQuerySet:
    """Terms that have not ended, drafts too, and the newest public one: where nothing follows it, it
    stands for the product even after its end."""
    newest = PolicyTerm.objects.filter(public_from__lte=moment.at).order_by("-starts_at")
    return PolicyTerm.objects.filter(Q(ends_at__gt=moment.at) | Q(pk__in=newest.values("pk")[:1]))


def _living_documents(moment: Moment) -> QuerySet[Document]:
    return Document.objects.filter(Q(public_until=None) | Q(public_until__gt=moment.at)).filter(
        Q(term=None) | Q(term__in=_living_terms(moment))
    )


def _rows_with_words(moment: Moment) -> Iterator[tuple[Model, str]]:
    """Rows whose words visitors read, each with the address of its form; not notices, whose words are
    of their day."""
    for term in _living_terms(moment).with_details():
        yield term, form_address(term)
        yield from ((each, form_address(term, "reasons-group")) for each in term.reasons.all())
        for function in term.support_functions.all():
            yield function, form_address(term, "support_functions-group")
        for category in term.coverage_categories.all():
            yield category, form_address(category)
            yield from ((event, form_address(category)) for event in category.events.all())
    yield from ((each, form_address(each)) for each in _living_documents(moment))
    models: tuple[type[Model], ...] = (
        Product,
        SupportDesk,
        SecurityProgram,
        FaqEntry,
        LegalText,
        Organisation,
        Desk,
    )
    for model in models:
        yield from ((each, form_address(each)) for each in model._default_manager.all())
    for model in (IncidentCase, SupportStrength, SupportCaution):
        for each in model._default_manager.select_related("support_desk"):
            yield each, form_address(each.support_desk)
    for service in SecurityService.objects.select_related("program"):
        yield service, form_address(service.program)


def _lists_with_headings(moment: Moment) -> Iterator[tuple[str, str, list[str]]]:
    """What stands together on a page: what it is called, where it is edited, its headings. (Those of
    support functions and questions the database keeps apart.)"""
    for term in _living_terms(moment).with_details():
        categories = term.coverage_categories.all()
        for name, part, titles in (
            ("選ばれる理由", "reasons-group", [each.title for each in term.reasons.all()]),
            ("補償", "coverage_categories-group", [each.title for each in categories]),
        ):
            yield f"保険期間{term}の{name}", form_address(term, part), titles
        for category in categories:
            events = [each.title for each in category.events.all()]
            yield f"補償「{category}」の事故", form_address(category), events
    for desk in SupportDesk.objects.prefetch_related("strengths"):
        titles = [each.title for each in desk.strengths.all()]
        yield "サポートデスクの特長", form_address(desk, "strengths-group"), titles
    for program in SecurityProgram.objects.prefetch_related("services"):
        titles = [each.title for each in program.services.all()]
        yield "セキュリティサービス", form_address(program, "services-group"), titles
    documents = [each.title for each in Document.objects.public_at(moment) if each.term_id is None]
    yield "資料", list_address(Document), documents
    notices = [each.title for each in Notice.objects.public_at(moment)]
    yield "公開中のお知らせ", list_address(Notice), notices


def _shortened(text: str) -> str:
    """With the year in sight, which may stand far back in a long sentence."""
    text = text.strip()
    match = YEAR.search(unicodedata.normalize("NFKC", text))
    start = max(0, (match.start() if match else 0) - LONGEST_QUOTE // 2)
    end = start + LONGEST_QUOTE
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
