"""The content check of the page texts."""

from __future__ import annotations

from collections.abc import Iterator

from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url
from pages.models import PageText


@content_check(Rank.NOTHING_TO_SEE)
def unfit_page_texts(moment: Moment) -> Iterator[Finding]:
    """Find texts that no longer fit their slot, in whose place pages show the shipped text."""
    for text in PageText.objects.living_at(moment):
        if not text.is_valid():
            yield Finding(
                key=f"page-text:{text.pk}",
                says=f"ページの文「{text}」に、今のサイトでは使えない差し込みか空欄があります。"
                "ページには出荷時の文が出ています。",
                advice="文を直して保存してください。",
                url=form_url(text),
                found=f"{text.text}\n{text.text_without}",
            )
