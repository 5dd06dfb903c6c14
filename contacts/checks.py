"""The content checks of contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from contacts.holidays import holidays_are_known
from contacts.models import Desk
from core.moment import Moment
from editing.findings import Finding, Rank, content_check
from editing.links import form_url, list_url

HOLIDAYS_NEEDED = timedelta(days=90)


@content_check(Rank.NOT_CERTAIN)
def holidays(moment: Moment) -> Iterator[Finding]:
    """Find a public holiday calendar that ends within three months."""
    in_three_months = moment.today + HOLIDAYS_NEEDED
    if not holidays_are_known(in_three_months):
        yield Finding(
            key="holidays",
            says=f"{in_three_months.year}年の祝日がまだ分かりません。"
            "祝日にかかわる受付時間の表示には「通常は」が付きます。",
            advice="サイトの保守担当者へ、祝日の更新を依頼してください。",
            url=list_url(Desk),
            found=str(in_three_months.year),
        )


@content_check(Rank.NOT_TO_BE_REACHED)
def desks(moment: Moment) -> Iterator[Finding]:
    """Find a desk that visitors cannot telephone, or whose hours they are not told."""
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
                url=form_url(desk),
                found="・".join(missing),
            )
