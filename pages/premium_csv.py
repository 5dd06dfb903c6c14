"""The premium table as a file for spreadsheets, with all that limits its figures."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.clock import TOKYO
from core.japanese import day, day_and_hour, yen_in_units
from core.moment import Moment
from pages.page_context import PageContext
from products.models import CoverageKind, LegalTextKind, PolicyTerm, PremiumRow

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
PREMIUMS, BOUNDS = ("年間保険料", "月額保険料(ご参考)"), ("の下限(円)", "の上限(円)")
FORMULA = ("=", "+", "-", "@")  # how a cell begins that a spreadsheet computes


def premiums_csv(moment: Moment) -> HttpResponse:
    """Send the premiums of the offered term with its notes. Raises Http404 where there are none."""
    page_context = PageContext.at(moment)
    term = page_context.content.terms.offered_at(moment)
    if term is None or not term.premium_rows.all():
        raise Http404
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(
        [as_text(cell) for cell in row] for row in _lines(term, page_context)
    )
    name = page_context.content.texts.plain("premiums-file-name", {"term": term})
    return HttpResponse(
        BYTE_ORDER_MARK + file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=f"{name}.csv"
            )
        },
    )


def as_text(cell: str) -> str:
    """Return the cell as a spreadsheet shows it, and never computes it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _lines(term: PolicyTerm, page_context: PageContext) -> Iterator[list[str]]:
    """Yield the rows of the file: the term, the table, and what limits it."""
    content = page_context.content
    names = term.cover_names
    profit = names[CoverageKind.PROFIT]
    start, end = (day_and_hour(at.astimezone(TOKYO)) for at in (term.starts_at, term.ends_at))
    yield [content.texts.plain("table-heading", {"term": term})]
    yield ["商品", content.product.name]
    yield ["引受保険会社", content.product.insurer.name]
    yield ["保険期間", f"{start}〜{end}"]
    state = term.state_at(page_context.moment)
    if not state.takes_applications:
        slot = "label-over" if state.is_over else "label-intake-over"
        yield [content.texts.plain(slot, {"term": term})]
    yield [
        "No", "売上高", names[CoverageKind.LIABILITY], names[CoverageKind.EXPENSES], profit,
        f"{profit}てん補期間", *(premium + bound for premium in PREMIUMS for bound in BOUNDS),
    ]  # fmt: skip
    yield from map(_row, term.premium_rows.all())
    yield from ([f"*{note}"] for note in term.premium_notes.splitlines())
    if term.coverage_note:
        yield [f"*{term.coverage_note}"]
    yield from ([text.text] for text in content.legal_texts[LegalTextKind.CLOSING])
    if term.approved_on:
        yield [f"承認番号:{term.approval_number}({day(term.approved_on)})"]


def _row(row: PremiumRow) -> list[str]:
    limits = (row.turnover, row.liability_limit, row.expense_limit)
    months = row.profit_indemnity_months
    return [
        str(row.number),
        *map(yen_in_units, limits),
        yen_in_units(row.profit_limit) if row.covers_profit and row.profit_limit else "なし",
        f"{months}カ月" if months else "",
        *map(str, (row.annual_low, row.annual_high, row.monthly_low, row.monthly_high)),
    ]
