"""Placeholders in page texts, such as 「{保険期間}」, and the values that take their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import Variable, VariableDoesNotExist
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from contacts.models import Desk
from core.japanese import hour, weekday, yen_in_units
from core.templatetags.japanese import day, day_and_hour, weekday_and_hour
from editing.placeholders import PLACEHOLDER
from products.joining import Deadline

Variables = Any  # what has values by name: a mapping, or the context of a template


class MissingValueError(LookupError):
    """A placeholder has no value on this page, for which the slot has a second text."""


@dataclass(frozen=True)
class Value:
    """The value of a placeholder: its path in the page context, and how it is written."""

    path: str  # as in a template
    write: Callable[[Any], Any] = str

    def on(self, variables: Variables) -> Any:
        """Return the value as it is written. Raises MissingValueError where the page has none."""
        try:
            value = _variable(self.path).resolve(variables)
        except VariableDoesNotExist:
            value = None
        if value is None:
            raise MissingValueError(self.path)
        return self.write(value)


_variable = cache(Variable)


def _with_weekday(deadline: Deadline) -> SafeString:
    return mark_safe(f"{day(deadline.day)}({weekday(deadline.day)})")  # noqa: S308 (no text of content)


def _telephone_with_hours(desk: Desk) -> str:
    """Return the number with the hours, without which it stands nowhere."""
    return " ".join(filter(None, [f"TEL:{desk.telephone}", desk.hours.in_words]))


VALUES = {
    "商品名": Value("product.name"),
    "保険の種類": Value("product.insurance_class"),
    "引受保険会社": Value("product.insurer.name"),
    "引受保険会社の短い名前": Value("product.insurer.short_name"),
    "引受保険会社の略称": Value("product.insurer.name_in_sentences"),
    "取扱代理店の会社名": Value("agency.organisation.name"),
    "取扱代理店の電話と受付時間": Value("agency", _telephone_with_hours),
    "緊急の窓口": Value("incident_desk.title"),
    "緊急の窓口の会社": Value("incident_desk.organisation.short_name"),
    "緊急の窓口の夜間・休日の注意": Value("incident_desk.after_hours_note"),
    "サポートデスクを利用できる方": Value("support_desk.who_may_use"),
    "サポートデスクの費用": Value("support_desk.charge_note"),
    "セキュリティサービス": Value("security_program.name"),
    "セキュリティサービスの会社": Value("security_program.provider.short_name"),
    "保険期間": Value("term"),
    "保険期間の開始": Value("term.starts_at", day_and_hour),
    "保険期間の終了": Value("term.ends_at", day_and_hour),
    "受付の状態": Value("state.name_on_pages"),
    "募集期間": Value("term.recruiting_in_words"),
    "毎月の締切日": Value("term.joining_deadline_day"),
    "毎月の開始日": Value("term.joining_start_day"),
    "開始の時刻": Value("term.joining_start_time", hour),
    "理由の数": Value("number_of_reasons"),
    "賠償": Value("term.cover_names.liability"),
    "費用": Value("term.cover_names.expenses"),
    "利益": Value("term.cover_names.profit"),
    "賠償の保険金額": Value("term.common_limits.0", yen_in_units),
    "費用の保険金額": Value("term.common_limits.1", yen_in_units),
    "目盛りの右端": Value("term.axis.end"),
    "目盛りの間隔": Value("term.axis.step"),
    "締切日": Value("deadline", _with_weekday),
    "申込みの日": Value("day", day),
    "補償の開始": Value("deadline.start", day_and_hour),
    "次の受付": Value("next_opening", weekday_and_hour),
    "休業の理由": Value("why_closed"),
    "休業の期間": Value("closed.in_words"),
    "休業の期間の理由": Value("closed.reason_in_words"),
    "質問の内容": Value("questions"),
    "例の売上高": Value("row.turnover", yen_in_units),
    "入力した売上高": Value("placement.turnover", yen_in_units),
    "小さい方の売上高": Value("placement.below", yen_in_units),
    "大きい方の売上高": Value("placement.above", yen_in_units),
    "希望の売上高": Value("wish.turnover"),
    "希望の補償": Value("wish.profit"),
    "希望の締切": Value("wish.deadline"),
    "希望の開始": Value("wish.start"),
    "サービスの一覧": Value("service_titles"),
    "ページ番号": Value("page_number"),
    "お知らせの件名": Value("notice.title"),
    "お知らせの日付": Value("notice.public_from", day),
}


def fill(text: str, variables: Variables) -> SafeString:
    """Return the text as HTML, with the values of the page in place of its placeholders.

    Everything is escaped except values that are HTML. Raises MissingValueError.
    """
    parts = PLACEHOLDER.split(text)  # texts and names in turn
    filled = [VALUES[part].on(variables) if place % 2 else part for place, part in enumerate(parts)]
    return mark_safe("".join(map(conditional_escape, filled)))  # noqa: S308 (escaped)


def fill_plain(text: str, variables: Variables) -> str:
    """Return the text as `fill` does, without HTML, for attributes and files. Raises MissingValueError."""

    def value(found: re.Match[str]) -> str:
        written = VALUES[found[1]].on(variables)
        return strip_tags(written) if isinstance(written, SafeString) else str(written)

    return PLACEHOLDER.sub(value, text)
