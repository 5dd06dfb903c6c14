"""The content checks of documents, questions, notices and headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url, list_url
from products.models import (
    Document,
    FaqEntry,
    Notice,
    PolicyTerm,
    SecurityProgram,
    SupportDesk,
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


@content_check(Rank.NOTHING_TO_SEE)
def questions(moment: Moment) -> Iterator[Finding]:
    """Find that no question is left."""
    if not FaqEntry.objects.exists():
        yield Finding(
            key="questions",
            says="「よくあるご質問」が1件もありません。",
            advice="質問と回答を追加してください。削除したものは、変更の記録から元に戻せます。",
            url=list_url(FaqEntry),
            found="none",
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
